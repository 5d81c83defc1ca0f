using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Relations;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Aid.Files;

/// <summary>A verification of the file, in the list on its page.</summary>
public sealed record VerificationItem(int Year, string State, DateTimeOffset At);

/// <summary>
/// One hardship file: its history, what was given, who keeps contact, and what may be done with it now. Each act is its
/// own small form; one that is refused opens again with what was typed.
/// </summary>
[Authorize(Policies.Member)]
public sealed class FileModel(
    EduUnionDb db,
    Access access,
    FileViews views,
    FileCommands commands,
    RelationBook relations,
    MemberBook members,
    OrganisationBook organisations,
    Texts texts
) : FormPage(texts)
{
    public FileView View { get; private set; } = null!;
    public AidFile PersonFile => View.File;
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();
    public IReadOnlyList<VerificationItem> Verifications { get; private set; } = [];

    /// <summary>Members of the school and the district's office: leaders and visitors.</summary>
    private IReadOnlyList<Choice> Colleagues { get; set; } = [];

    /// <summary>The act whose form was refused and stands open.</summary>
    public string? Open { get; private set; }

    [BindProperty]
    public Guid? Leader { get; set; }

    [BindProperty]
    public DateOnly? On { get; set; }

    [BindProperty]
    public ContactMode? Mode { get; set; }

    [BindProperty]
    public string? Need { get; set; }

    [BindProperty]
    public string? Action { get; set; }

    [BindProperty]
    public List<Guid> Visitors { get; set; } = [];

    [BindProperty]
    public string? Occasion { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public string? Gift { get; set; }

    [BindProperty]
    public string? Kin { get; set; }

    [BindProperty]
    public string? Given { get; set; }

    [BindProperty]
    public Guid? School { get; set; }

    [BindProperty]
    public ExitReason? Why { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public bool Keeps => View.Keeps;
    public bool IsLeader => PersonFile.LeaderId is { } leader && leader == User.MemberId();

    public string Name(Guid? id) => id is { } known ? Names.GetValueOrDefault(known, "") : "";

    /// <summary>The acts that are the viewer's now, in the order of the page.</summary>
    public IEnumerable<(string Act, IReadOnlyList<Field> Fields, bool Grave)> Acts
    {
        get
        {
            var exited = PersonFile.State == FileState.Exited;
            if (IsLeader && !exited)
                yield return ("contact", ContactFields, false);
            if (!Keeps)
                yield break;
            if (!exited || PersonFile.ExitedFor == ExitReason.Died)
                yield return ("visit", VisitFields, false);
            if (PersonFile.ExitedFor == ExitReason.Died)
                yield return ("kin", KinFields, false);
            if (exited)
                yield break;
            yield return ("leader", LeaderFields, false);
            yield return ("move", MoveFields, true);
            if (!PersonFile.IsRetired)
                yield return ("retire", [], false);
            yield return ("exit", ExitFields, true);
        }
    }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation) =>
        await LoadAsync(id, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, string? @do, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        Open = @do;
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var asker = HttpContext.Asker(Typed.Of(Request.Form));
        var refused = await ActAsync(id, @do, viewer, asker, cancellation);
        if (refused is not null)
            return Again(refused);
        TempData.Say(Words[$"aidfiles.done.{@do}"]);
        // Whoever gives a file away does not see it any more.
        return Redirect(await views.FindAsync(id, viewer, cancellation) is null ? "/aid/files" : $"/aid/files/{id}");
    }

    private async Task<Refusal?> ActAsync(
        Guid id,
        string? act,
        Viewer viewer,
        Asker asker,
        CancellationToken cancellation
    )
    {
        switch (act)
        {
            case "leader":
                return Leader is { } leader
                    ? (await commands.NameLeaderAsync(id, leader, viewer, cancellation, asker)).Refusal
                    : Refusal.At("leader", "form.required");
            case "contact":
                if (On is not { } on)
                    return Refusal.At("on", "form.required");
                if (Mode is not { } mode)
                    return Refusal.At("mode", "form.required");
                return (await commands.ContactAsync(id, on, mode, Need, Action, viewer, cancellation, asker)).Refusal;
            case "visit":
                if (On is not { } visitedOn)
                    return Refusal.At("on", "form.required");
                Money? gift = null;
                if (!string.IsNullOrWhiteSpace(Gift) && (gift = Money.Parse(Gift)) is null)
                    return Refusal.At("gift", "form.unreadable");
                var visit = new FileVisit(visitedOn, [.. Visitors], Occasion ?? "", Note ?? "", gift);
                return (await commands.VisitAsync(id, visit, viewer, cancellation, asker)).Refusal;
            case "kin":
                return On is { } askedOn
                    ? (await commands.AnswerKinAsync(id, askedOn, Kin, Given, viewer, cancellation, asker)).Refusal
                    : Refusal.At("on", "form.required");
            case "move":
                return School is { } school
                    ? (await commands.MoveAsync(id, school, viewer, cancellation)).Refusal
                    : Refusal.At("school", "form.required");
            case "retire":
                return (await commands.RetireAsync(id, viewer, cancellation)).Refusal;
            case "exit":
                return Why is { } why
                    ? (await commands.ExitAsync(id, why, Reason, viewer, cancellation)).Refusal
                    : Refusal.At("why", "form.required");
            default:
                return Refusal.Missing("file.unknown");
        }
    }

    private IReadOnlyList<Field> LeaderFields =>
        [
            Of("leader", "leader", "leader", FieldKind.Choice) with
            {
                Value = Leader?.ToString(),
                Options = Colleagues,
                Folded = true,
                Hint = Words["aidfiles.leader.hint", AidFile.FilesPerLeader],
            },
        ];

    private IReadOnlyList<Field> ContactFields =>
        [
            Of("contact", "on", "contact.on", FieldKind.Date) with
            {
                Value = Day(On),
            },
            Of("contact", "mode", "contact.mode", FieldKind.Choice) with
            {
                Value = Mode?.ToString(),
                Options = Words.Choices<ContactMode>(),
            },
            Of("contact", "need", "contact.need", FieldKind.LongText) with
            {
                Value = Need,
                MaxLength = 500,
            },
            Of("contact", "action", "contact.action", FieldKind.LongText) with
            {
                Value = Action,
                MaxLength = 500,
            },
        ];

    private IReadOnlyList<Field> VisitFields =>
        [
            Of("visit", "on", "visit.on", FieldKind.Date) with
            {
                Value = Day(On),
            },
            Of("visit", "visitors", "visit.visitors", FieldKind.Choices) with
            {
                Values = [.. Visitors.Select(v => v.ToString())],
                Options = Colleagues,
                Hint = Words["aidfiles.visit.visitors.hint"],
            },
            Of("visit", "occasion", "visit.occasion", FieldKind.Text) with
            {
                Value = Occasion,
            },
            Of("visit", "note", "visit.note", FieldKind.LongText) with
            {
                Value = Note,
                MaxLength = 1000,
            },
            Of("visit", "gift", "visit.gift", FieldKind.Money) with
            {
                Value = Gift,
                Required = false,
            },
        ];

    private IReadOnlyList<Field> KinFields =>
        [
            Of("kin", "on", "kin.on", FieldKind.Date) with
            {
                Value = Day(On),
            },
            Of("kin", "kin", "kin.kin", FieldKind.Text) with
            {
                Value = Kin,
                Hint = Words["aidfiles.kin.kin.hint"],
            },
            Of("kin", "given", "kin.given", FieldKind.LongText) with
            {
                Value = Given,
                MaxLength = 1000,
            },
        ];

    private IReadOnlyList<Field> MoveFields =>
        [
            Of("move", "school", "move.school", FieldKind.Choice) with
            {
                Value = School?.ToString(),
                Folded = true,
                Options =
                [
                    .. organisations
                        .All()
                        .Where(o =>
                            o.Kind == OrganisationKind.School
                            && o.Id != PersonFile.SchoolId
                            && organisations.Path(PersonFile.SchoolId).Contains(o.ParentId ?? Guid.Empty)
                        )
                        .Select(o => new Choice(o.Id.ToString(), o.Name)),
                ],
            },
        ];

    private IReadOnlyList<Field> ExitFields =>
        [
            Of("exit", "why", "exit.why", FieldKind.Choice) with
            {
                Value = Why?.ToString(),
                Options = Words.Choices<ExitReason>(),
            },
            Of("exit", "reason", "exit.reason", FieldKind.LongText) with
            {
                Value = Reason,
                MaxLength = 1000,
            },
        ];

    private Field Of(string act, string name, string word, FieldKind kind) =>
        new(name, Words["aidfiles." + word], kind)
        {
            IdPrefix = act + "-",
            Required = true,
            Error = Open == act ? ErrorAt(name) : null,
        };

    /// <summary>The summary leads to the form that was refused.</summary>
    public ErrorSummary Wrong =>
        new([.. Errors.Errors.Select(e => e with { FieldId = e.FieldId is null ? null : $"{Open}-{e.FieldId}" })]);

    private static string? Day(DateOnly? day) => day is { } on ? Dates.Machine(on) : null;

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await views.FindAsync(id, viewer, cancellation) is not { } view)
            return false;
        View = view;
        Names = await members.NamesAsync(
            [
                .. PersonFile.Leaders.Select(l => l.MemberId),
                .. PersonFile.Visits.SelectMany(v => v.Visitors),
                .. PersonFile.KinRequests.Select(k => k.By),
                .. PersonFile.History.Select(h => h.By).OfType<Guid>(),
            ],
            cancellation
        );
        if (Keeps)
            Colleagues =
            [
                .. (
                    await relations.OfSchoolsAsync(
                        [PersonFile.SchoolId],
                        organisations.Path(PersonFile.SchoolId)[^1],
                        viewer.Today,
                        cancellation
                    )
                )
                    .Where(c => c.Id != PersonFile.MemberId)
                    .Select(c => new Choice(c.Id.ToString(), c.Name)),
            ];
        Verifications =
        [
            .. (
                await db.Set<CaseRow>()
                    .Where(c => c.Kind == VerificationCase.KindName && c.StarterId == PersonFile.MemberId)
                    .OrderByDescending(c => c.OpenedAt)
                    .Select(c => new
                    {
                        c.OpenedAt,
                        c.State,
                        c.ChangedAt,
                    })
                    .ToListAsync(cancellation)
            ).Select(c => new VerificationItem(Dates.Of(c.OpenedAt).Year, c.State, c.ChangedAt)),
        ];
        return true;
    }
}
