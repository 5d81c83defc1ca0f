using System.Globalization;
using EduUnion.Domain;
using EduUnion.Host.Drafts;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Pages.Review;

/// <summary>One act on the ticked rows as it is looked at before it is done: which rows, what of each, what is still asked.</summary>
public sealed record BulkForm(
    BulkAct Act,
    CommitteeTable Table,
    IReadOnlyList<(RowMark Mark, TableRow Row)> Ticked,
    Typed Typed,
    Texts Texts
)
{
    /// <summary>Each row what the secretary proposed for it, or the host he proposed.</summary>
    public const string AsRecommended = "recommended";
    private const string OneHost = "one";

    public static readonly IReadOnlyList<string> Verdicts = StepCatalogue
        .Shipped.Find("motion.check")!
        .Field("recommendation")!
        .Options;

    public Refusal? Refusal { get; init; }

    /// <summary>Asks once more, with the consequence named.</summary>
    public bool AsksTwice { get; init; }

    /// <summary>The ticked rows that it is done to.</summary>
    public IReadOnlyList<(RowMark Mark, TableRow Row)> Rows
    {
        get
        {
            var skipped = Skipped.Select(r => r.Id).ToHashSet();
            return [.. Ticked.Where(t => !skipped.Contains(t.Row.Id) && !IsMain(t.Row))];
        }
    }

    /// <summary>
    /// Rows to which it could not be done when the viewer looked: passed over, and he was told. Once he has looked the form
    /// says which, because a repeated request finds the others done and no longer fit either.
    /// </summary>
    public IReadOnlyList<TableRow> Skipped
    {
        get
        {
            var told = Typed.All("skip");
            var looked = Typed.One("confirmed") is not null;
            return
            [
                .. Ticked
                    .Select(t => t.Row)
                    .Where(r => looked ? told.Contains(r.Id.ToString()) : !Act.Applies(r, Table) && !IsMain(r)),
            ];
        }
    }

    public bool IsMain(TableRow row) => Outcome == BulkAct.Merge && row.Id == Main;

    public string Outcome =>
        Act.Name switch
        {
            BulkAct.Merge => BulkAct.Merge,
            BulkAct.Propose => Typed.One("outcome") ?? "file",
            _ => Typed.One("outcome") ?? AsRecommended,
        };

    public Guid? Main => Guid.TryParse(Typed.One("main") ?? FirstMain?.Id.ToString(), out var id) ? id : null;

    public string? Comment => Typed.One("comment") is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>What this row is proposed for, voted or counted as; null = there is no recommendation to follow.</summary>
    public string? VerdictOf(TableRow row) => Outcome == AsRecommended ? row.Recommended : Outcome;

    /// <summary>The row's own host where one is chosen for it, else that of all.</summary>
    public string? HostOf(TableRow row) =>
        Act.Name == BulkAct.Assign && Outcome == AsRecommended ? row.Motion.Recommendation?.HostId?.ToString()
        : Typed.One(HostName(row)) is { Length: > 0 } own ? own
        : Typed.One("host") is { Length: > 0 } all ? all
        : null;

    public IReadOnlyList<string> CohandlersOf(TableRow row) =>
        Act.Name == BulkAct.Assign && Outcome == AsRecommended
            ? [.. (row.Motion.Recommendation?.CohandlerIds ?? []).Select(d => d.ToString())]
            : [.. Typed.All("cohandlers").Where(d => d != HostOf(row))];

    public static string HostName(TableRow row) => $"host-{row.Id:N}";

    /// <summary>Rejecting is looked at once more; nobody votes a motion down in passing.</summary>
    public bool IsGrave => Act.Name is BulkAct.Vote or BulkAct.Count && Rows.Any(r => VerdictOf(r.Row) == "reject");

    public int? Number(string name) =>
        int.TryParse(Typed.One(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public DateOnly? MetOn =>
        DateOnly.TryParseExact(Typed.One("metOn"), "yyyy-MM-dd", CultureInfo.InvariantCulture, 0, out var day)
            ? day
            : null;

    public IReadOnlyList<Choice> Departments =>
        [.. Table.Departments.Select(d => new Choice(d.Key.ToString(), d.Value))];

    /// <summary>What the act still asks, besides the rows.</summary>
    public IReadOnlyList<Field> Fields =>
        Act.Name switch
        {
            BulkAct.Propose => [Verdict(Verdicts, "option.recommendation."), MainField, Host, Cohandlers, Code, Reason],
            BulkAct.Merge => [MainField, Reason],
            BulkAct.Vote => [Verdict([AsRecommended, .. Verdicts], "review.verdict."), Code, Reason],
            BulkAct.Count =>
            [
                Verdict([AsRecommended, .. Verdicts], "review.verdict."),
                Asked("metOn", FieldKind.Date, Dates.Machine(Table.Viewer.Today)),
                Asked("for", FieldKind.Number, null),
                Asked("against", FieldKind.Number, "0"),
                Asked("abstained", FieldKind.Number, "0"),
                Code,
                Reason,
            ],
            BulkAct.Assign => [Verdict([AsRecommended, OneHost], "review.assign."), Host, Cohandlers],
            BulkAct.Sponsor => [Sponsor],
            _ => [],
        };

    /// <summary>What would be wrong with every row; what is wrong with one row is its own answer.</summary>
    public Refusal? Check() =>
        Refusal.Of([
            .. Fields
                .Where(f => f.Required && string.IsNullOrWhiteSpace(f.Value))
                .Select(f => Refusal.At(f.Name, "form.required")),
            .. Fields
                .Where(f => f.Options.Count > 0 && f.Kind == FieldKind.Choice && f.Value is { Length: > 0 })
                .Where(f => f.Options.All(o => o.Value != f.Value))
                .Select(f => Refusal.At(f.Name, "form.choice-unknown")),
            .. CheckNumbers(),
            .. CheckReason(),
            .. Act.Name == BulkAct.Assign && Outcome == OneHost && string.IsNullOrEmpty(Typed.One("host"))
                ? [Refusal.At("host", "form.required")]
                : Array.Empty<Refusal>(),
        ]);

    private IEnumerable<Refusal> CheckNumbers() =>
        Act.Name != BulkAct.Count
            ? []
            :
            [
                .. Fields
                    .Where(f => f.Kind == FieldKind.Number && !string.IsNullOrWhiteSpace(f.Value))
                    .Where(f => Number(f.Name) is null && Typed.One(f.Name) is not null)
                    .Select(f => Refusal.At(f.Name, "form.unreadable")),
                .. MetOn is null && !string.IsNullOrWhiteSpace(Typed.One("metOn"))
                    ? [Refusal.At("metOn", "form.unreadable")]
                    : Array.Empty<Refusal>(),
            ];

    private IEnumerable<Refusal> CheckReason()
    {
        if (Act.Name is not (BulkAct.Propose or BulkAct.Vote or BulkAct.Count))
            yield break;
        if (Outcome is "return" or "opinion" or "reject" && Comment is null)
            yield return Refusal.At("comment", "form.reason-missing");
        if (Outcome is "reject" && string.IsNullOrEmpty(Typed.One("reasonCode")))
            yield return Refusal.At("reasonCode", "motion.reason-code-missing");
        if (Act.Name == BulkAct.Propose && Outcome == BulkAct.Merge && string.IsNullOrEmpty(Typed.One("main")))
            yield return Refusal.At("main", "merge.main-missing");
    }

    /// <summary>Ticked motions and those filed already: what the others can be merged into.</summary>
    private IReadOnlyList<TableRow> Mains =>
        [.. Table.Rows.Where(r => r.MayBeMain || (!r.IsMerged && Ticked.Any(t => t.Row.Id == r.Id)))];

    // The first that came in is the main motion unless somebody chooses another.
    private TableRow? FirstMain =>
        Act.Name != BulkAct.Merge
            ? null
            : Mains
                .Where(m => m.MayBeMain || Ticked.Count > 1)
                .Where(m => Ticked.Any(t => t.Row.Id == m.Id))
                .OrderByDescending(m => m.MayBeMain)
                .FirstOrDefault();

    private Field MainField =>
        new("main", Texts["field.main"], FieldKind.Choice)
        {
            Required = Act.Name == BulkAct.Merge,
            Folded = Act.Name == BulkAct.Propose,
            Hint = Act.Name == BulkAct.Propose ? OnlyFor("merge") : Texts["review.main.hint"],
            Options = [.. Mains.Select(m => new Choice(m.Id.ToString(), $"{m.Number} {m.Motion.Content.Title}"))],
            Value = Typed.One("main") ?? FirstMain?.Id.ToString(),
            Error = ErrorAt("main"),
        };

    private Field Host =>
        new("host", Texts["field.host"], FieldKind.Choice)
        {
            Folded = true,
            Hint = Act.Name == BulkAct.Assign ? Texts["review.host.one"] : Texts["review.host.all"],
            Options = Departments,
            Value = Typed.One("host"),
            Error = ErrorAt("host"),
        };

    private Field Cohandlers =>
        new("cohandlers", Texts["field.cohandlers"], FieldKind.Choices)
        {
            Options = Departments,
            Values = Typed.All("cohandlers"),
        };

    private Field Code =>
        new("reasonCode", Texts["field.reasonCode"], FieldKind.Choice)
        {
            Folded = true,
            Hint = OnlyFor("reject"),
            Options =
            [
                .. StepCatalogue
                    .Shipped.Find("motion.review")!
                    .Field("reasonCode")!
                    .Options.Select(r => new Choice(r, Texts["option.reasonCode." + r])),
            ],
            Value = Typed.One("reasonCode"),
            Error = ErrorAt("reasonCode"),
        };

    private Field Reason =>
        new("comment", Texts["form.reason"], FieldKind.LongText)
        {
            Hint = Act.Name == BulkAct.Merge ? null : Texts["review.reason.hint"],
            Value = Typed.One("comment"),
            Error = ErrorAt("comment"),
        };

    private Field Sponsor =>
        new("memberId", Texts["review.sponsor"], FieldKind.Choice)
        {
            Required = true,
            Options =
            [
                .. Table.Members.Select(m => new Choice(
                    m.ToString(),
                    Table.Name(m),
                    Texts["review.load", Table.Rows.Count(r => r.Motion.SponsorId == m)]
                )),
                new Choice(TableFilter.None, Texts["review.sponsor.none"]),
            ],
            Value = Typed.One("memberId"),
            Error = ErrorAt("memberId"),
        };

    private Field Verdict(IReadOnlyList<string> options, string words) =>
        new("outcome", Texts[Act.Name == BulkAct.Assign ? "review.assign" : "review.verdict"], FieldKind.Choice)
        {
            Required = true,
            Options =
            [
                .. options.Select(o => new Choice(
                    o,
                    Texts.Has(words + o) ? Texts[words + o] : Texts["outcome." + o],
                    Texts.Has("next.motion.review." + o) ? Texts["next.motion.review." + o] : null
                )),
            ],
            Value = Outcome,
            Error = ErrorAt("outcome"),
        };

    private Field Asked(string name, FieldKind kind, string? start) =>
        new(name, Texts["review.count." + name], kind)
        {
            Required = true,
            Value = Typed.One(name) ?? start,
            Error = ErrorAt(name),
        };

    private string OnlyFor(string verdict) => Texts["task.onlyFor", Texts["outcome." + verdict]];

    private string? ErrorAt(string field) => FormErrors.At(Refusal, field, Texts);
}
