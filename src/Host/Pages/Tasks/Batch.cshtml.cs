using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>
/// Several ticked tasks of one step, decided alike: each is a step of its own, and what became of each is told after. Only
/// outcomes that ask for nothing beside a comment, and none that is grave.
/// </summary>
[Authorize(Policies.Member)]
public sealed class BatchModel(EduUnionDb db, Access access, BatchDecisions batch, StepWords steps, Texts texts)
    : FormPage(texts)
{
    private const string Told = "batch";

    [FromQuery(Name = "task")]
    public IReadOnlyList<Guid> Ticked { get; init; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>What was just done, after the redirect.</summary>
    public IReadOnlyList<Result> Results { get; private set; } = [];

    public StepSpec? Step { get; private set; }

    public string StepName => Step is null ? "" : steps.Step(Step.Name);

    public Typed Typed { get; private set; } = Typed.Nothing;

    public string Key => Typed.One("key") ?? Guid.NewGuid().ToString();

    public IReadOnlyList<OutcomeSpec> Outcomes { get; private set; } = [];

    public IEnumerable<Field> Fields =>
        [
            new("outcome", Words["batch.outcome"], FieldKind.Choice)
            {
                Required = true,
                Value = Typed.One("outcome"),
                Error = ErrorAt("outcome"),
                Options = [.. Outcomes.Select(o => new Choice(o.Name, steps.Outcome(Step!.Name, o.Name)))],
            },
            new("comment", Words["form.comment"], FieldKind.LongText)
            {
                Value = Typed.One("comment"),
                When = Reasoned.Length == 0 ? null : Words["task.when", Reasoned],
                Error = ErrorAt("comment"),
                Hint = Words["batch.comment.hint"],
            },
        ];

    /// <summary>The outcomes that need a reason, in words.</summary>
    private string Reasoned =>
        string.Join(
            Words["clock.separator"],
            Outcomes.Where(o => o.ReasonRequired).Select(o => steps.Outcome(Step!.Name, o.Name))
        );

    /// <summary>Outcomes that can be given to several at once.</summary>
    public static IEnumerable<OutcomeSpec> PlainOf(StepSpec step, IEnumerable<string> offered) =>
        offered.Select(step.Outcome).OfType<OutcomeSpec>().Where(o => o.Fields.IsEmpty && o is { Grave: false });

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (TempData[Told] is string told)
            Results = JsonSerializer.Deserialize<List<Result>>(told)!;
        else if (await LoadAsync(Ticked, cancellation) is { } wrong)
            Point(wrong);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Typed = Typed.Of(Request.Form);
        var marks = Typed.All("mark").Select(Mark).OfType<(Guid Task, int Version)>().ToList();
        if (await LoadAsync([.. marks.Select(m => m.Task)], cancellation) is { } wrong)
            return Again(wrong);
        if (Outcomes.FirstOrDefault(o => o.Name == Typed.One("outcome")) is not { } outcome)
            return Again(Refusal.At("outcome", "form.required"));
        if (outcome.ReasonRequired && string.IsNullOrWhiteSpace(Typed.One("comment")))
            return Again(Refusal.At("comment", "form.reason-missing"));
        var decided = await batch.DecideAsync(
            [.. marks.Select(m => new Decision(m.Task, outcome.Name, Typed.One("comment"), null, m.Version))],
            HttpContext.Asker(Typed),
            cancellation
        );
        if (!decided.IsOk)
            return Again(decided.Refusal);
        var rows = Rows.ToDictionary(r => r.Id);
        TempData[Told] = JsonSerializer.Serialize(
            decided.Value.Select(d => new Result(
                rows.TryGetValue(d.TaskId, out var row) ? row.Number : "",
                rows.TryGetValue(d.TaskId, out row) ? row.Title : "",
                d.Refusal is null ? null : Words.Of(d.Refusal)
            ))
        );
        return Redirect("/tasks/batch");
    }

    /// <summary>The ticked tasks, decided ones too, so that a repeated form gets its first answers.</summary>
    private async Task<Refusal?> LoadAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return Refusal.Because("batch.none");
        if (ids.Count > BatchDecisions.Most)
            return Refusal.Because("form.too-many", BatchDecisions.Most);
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var own = access.Decidable(viewer);
        var found = await db.Set<TaskRow>()
            .AsNoTracking()
            .Include(t => t.Case)
            .Where(t => ids.Contains(t.Id))
            .Where(t => own.Any(o => o.Id == t.Id) || t.DecidedBy == viewer.MemberId)
            .OrderBy(t => t.Id)
            .ToListAsync(cancellation);
        if (found.Count == 0)
            return Refusal.Because("batch.gone");
        if (found.Select(t => t.Name).Distinct().Count() > 1)
            return Refusal.Because("batch.mixed");
        Step = StepCatalogue.Shipped.Find(found[0].Name)!;
        Rows =
        [
            .. found.Select(t => new Row(
                t.Id,
                t.Version,
                t.Case.Number ?? t.Case.Receipt ?? Words["desk.noNumber"],
                CaseWords.Title(Words, t.Case.Kind, t.Case.Title),
                CaseWords.Href(t.Case.Kind, t.CaseId, t.Id),
                Access.PrincipalOf(t, viewer)?.Name
            )),
        ];
        Outcomes =
        [
            .. PlainOf(Step, Step.Outcomes.Select(o => o.Name))
                .Where(o => found.All(t => t.OfferedOutcomes.Contains(o.Name))),
        ];
        return Outcomes.Count == 0 ? Refusal.Because("batch.not-plain") : null;
    }

    private static (Guid, int)? Mark(string text) =>
        text.Split(':') is [var id, var seen] && Guid.TryParse(id, out var task) && int.TryParse(seen, out var version)
            ? (task, version)
            : null;

    /// <summary>One ticked task.</summary>
    public sealed record Row(Guid Id, int Version, string Number, string Title, string Href, string? ActingFor);

    /// <summary>What became of it; null = done.</summary>
    public sealed record Result(string Number, string Title, string? Refused);
}
