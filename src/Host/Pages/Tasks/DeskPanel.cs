using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Privacy;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;
using Microsoft.EntityFrameworkCore;
using DeskPart = EduUnion.Workflows.Steps.DeskPart;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>What stands round a task on its page, and the form of what can be done with it beside deciding it.</summary>
/// <param name="Said">For a signer after the decision: what he is asked to sign, label by label.</param>
public sealed record DeskPanel(
    DeskView View,
    IReadOnlyList<(string Label, string Value)> Said,
    IReadOnlyList<Choice> People,
    Texts Texts
)
{
    /// <summary>What is done with somebody else: the radio buttons of the form.</summary>
    private static readonly (string Word, string Right)[] Words =
    [
        ("transfer", "transfer"),
        ("delegate", "delegate"),
        ("before", "addSigners"),
        ("after", "addSigners"),
    ];

    public Typed Typed { get; init; } = Typed.Nothing;

    public Refusal? Refusal { get; init; }

    public TaskRow Task => View.Task;

    public IReadOnlyList<Choice> Offered =>
        [
            .. Words
                .Where(w => View.Can.Contains(w.Right))
                .Select(w => new Choice(w.Word, Texts["deskact.do." + w.Word], Texts["deskact.note." + w.Word])),
        ];

    public bool May(string right) => View.Can.Contains(right);

    public bool IsEmpty => View.Can.Count == 0 && View.Added.Count == 0 && View.ClaimedBy is null && View.Owner is null;

    /// <summary>Others have said something, or are to say it: that is read before one decides.</summary>
    public bool IsToBeRead => View.Added.Count > 0 || View.Owner is not null || View.IsClaimedByOther;

    public IReadOnlyList<Field> Fields =>
        [
            new Field("word", Texts["deskact.word"], FieldKind.Choice)
            {
                IdPrefix = "desk-",
                Options = Offered,
                Value = Typed.One("word"),
                Required = true,
                Error = ErrorAt("word"),
            },
            new Field("member", Texts["deskact.member"], FieldKind.Choice)
            {
                IdPrefix = "desk-",
                Options = People,
                Folded = true,
                Value = Typed.One("member"),
                Required = true,
                Error = ErrorAt("member"),
            },
            new Field("reason", Texts["deskact.reason"], FieldKind.LongText)
            {
                IdPrefix = "desk-",
                Value = Typed.One("reason"),
                When = Offered.Any(o => o.Value == "transfer") ? Texts["deskact.reason.when"] : null,
                Error = ErrorAt("reason"),
            },
        ];

    /// <summary>What is wrong with none of the fields.</summary>
    public IReadOnlyList<string> Wrong =>
        [
            .. FormErrors
                .Each(Refusal)
                .Where(r => r.Field is not ("word" or "member" or "reason"))
                .Select(r => Texts.Of(r)),
        ];

    public string State(TaskRow added) =>
        added.Outcome is { } outcome ? Texts["deskact.said." + outcome] : Texts["deskact.state." + added.State];

    private string? ErrorAt(string field) => FormErrors.At(Refusal, field, Texts);
}

/// <summary>Reads the panel of a task, and does what its buttons say.</summary>
public sealed class DeskPanels(
    DeskViews views,
    OfficeCommands office,
    CaseKinds kinds,
    OfficeBook offices,
    OrganisationBook organisations,
    Vault vault,
    StepWords words,
    Texts texts
)
{
    /// <param name="viewer">Who looks, without the offices of those for whom he acts.</param>
    public async Task<DeskPanel> OfAsync(TaskRow task, CaseRow row, Viewer viewer, CancellationToken cancellation)
    {
        var view = await views.OfAsync(task, row, viewer, cancellation);
        var offers = view.Can.Any(c => c is "transfer" or "delegate" or "addSigners");
        return new DeskPanel(
            view,
            [.. Said(view)],
            offers && view.Step is { } step ? await PeopleAsync(row, step, viewer, cancellation) : [],
            texts
        );
    }

    public Task<Outcome<StepDone>> ActAsync(Guid id, Typed typed, Asker asker, CancellationToken cancellation)
    {
        var reason = typed.One("reason");
        Guid? member = Guid.TryParse(typed.One("member"), out var named) ? named : null;
        return (typed.One("desk") ?? typed.One("word"), member) switch
        {
            ("claim", _) => office.ClaimAsync(id, asker, cancellation),
            ("release", _) => office.ReleaseAsync(id, asker, cancellation),
            ("take-back", _) => office.TakeBackAsync(id, asker, cancellation),
            ({ } remove, _) when Guid.TryParse(remove, out var signer) => office.RemoveSignerAsync(
                id,
                signer,
                asker,
                cancellation
            ),
            ("transfer" or "delegate" or "before" or "after", null) => Refused("member"),
            ("transfer", { } to) => office.TransferAsync(id, to, reason, asker, cancellation),
            ("delegate", { } to) => office.DelegateAsync(id, to, reason, asker, cancellation),
            ("before" or "after", { } to) => office.AddSignersAsync(
                id,
                [to],
                typed.One("word") == "after",
                reason,
                asker,
                cancellation
            ),
            _ => Refused("word"),
        };
    }

    private static Task<Outcome<StepDone>> Refused(string field) =>
        Task.FromResult<Outcome<StepDone>>(Refusal.At(field, "form.required"));

    /// <summary>Of the school, its departments and its district those who may do it.</summary>
    private async Task<IReadOnlyList<Choice>> PeopleAsync(
        CaseRow row,
        OpenedStep step,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var people = await offices
            .Of(organisations.Around(row.SchoolId), viewer.Today)
            .Where(m => m.Id != viewer.MemberId)
            .OrderBy(m => m.Name)
            .Select(m => new
            {
                m.Id,
                m.Name,
                m.OrganisationId,
            })
            .ToListAsync(cancellation);
        var separation = await kinds.Read(row).SeparationAsync(step, viewer.Today, cancellation);
        return
        [
            .. people
                .Where(m => separation(m.Id) is null)
                .Select(m => new Choice(
                    m.Id.ToString(),
                    texts["deskact.person", m.Name, organisations.Find(m.OrganisationId)?.Name ?? ""]
                )),
        ];
    }

    /// <summary>What the owner has answered, for those who sign after him.</summary>
    private IEnumerable<(string, string)> Said(DeskView view)
    {
        if (view is not { Task.Desk: DeskPart.After, Owner.Task: var owner })
            yield break;
        if (PendingAnswer.Read(owner, vault) is not { } kept || StepCatalogue.Shipped.Find(owner.Name) is not { } step)
            yield break;
        yield return (words.Step(step.Name), words.Outcome(step.Name, kept.Outcome));
        foreach (var name in step.Outcome(kept.Outcome)!.Fields)
            if (
                kept.Form is { ValueKind: System.Text.Json.JsonValueKind.Object } form
                && form.TryGetProperty(name, out var value)
                && Shown(step.Field(name)!, value) is { Length: > 0 } shown
            )
                yield return (words.Field(step.Name, name), shown);
        if (!string.IsNullOrWhiteSpace(kept.Comment))
            yield return (texts["form.comment"], kept.Comment);
    }

    private string? Shown(FormField field, System.Text.Json.JsonElement value) =>
        field.Type switch
        {
            FieldType.Choice when value.GetString() is { Length: > 0 } option => words.Option(field.Name, option),
            FieldType.Department when value.TryGetGuid(out var id) => organisations.Find(id)?.Name,
            FieldType.Text or FieldType.LongText or FieldType.Date or FieldType.Money => value.GetString(),
            FieldType.Number => value.ToString(),
            _ => null,
        };
}
