using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Assessment;

/// <summary>Calls a meeting: when and where, who, and which applications. Who must stand aside is derived, not ticked.</summary>
[Authorize(Policies.Member)]
public sealed class ConveneModel(
    Access access,
    MeetingViews views,
    MeetingCommands commands,
    OfficeBook offices,
    MemberBook members,
    OrganisationBook organisations,
    Texts texts
) : FormPage(texts)
{
    [FromQuery]
    public Guid School { get; init; }

    [BindProperty]
    public DateOnly? On { get; set; }

    [BindProperty]
    public string? At { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public List<Guid> Lines { get; set; } = [];

    public string SchoolName => organisations.Find(School)?.Name ?? "";
    public IReadOnlyList<WaitingCase> Waiting { get; private set; } = [];

    /// <summary>Who is called: the committee as it stands today, the chair first.</summary>
    public IReadOnlyList<string> Committee { get; private set; } = [];

    public IEnumerable<Field> When => MeetingTime.Fields(Words, On, At, Place, ErrorAt);

    public Field What =>
        new("lines", Words["assessment.lines"], FieldKind.Choices)
        {
            Values = [.. Lines.Select(l => l.ToString())],
            Options =
            [
                .. Waiting.Select(w => new Choice(
                    w.Id.ToString(),
                    w.Number,
                    Words["assessment.waiting.since", w.Since]
                )),
            ],
            Hint = Words["assessment.lines.hint"],
            Required = true,
            Error = ErrorAt("lines"),
        };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return NotFound();
        Lines = [.. Waiting.Select(w => w.Id)];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return NotFound();
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        if (Missing() is { } missing)
            return Again(missing);
        if (MeetingTime.Read(On, At) is not { } meetsAt)
            return Again(Refusal.At("at", "form.unreadable"));
        var done = await commands.ConveneAsync(
            School,
            meetsAt,
            Place ?? "",
            Lines,
            HttpContext.Asker(Typed.Of(Request.Form)),
            cancellation
        );
        if (!done.IsOk)
            return Again(done.Refusal);
        TempData.Say(Words["assessment.convened", meetsAt]);
        return Redirect($"/assessment/{done.Value}");
    }

    protected override string? LabelOf(string field) => When.Append(What).FirstOrDefault(f => f.Name == field)?.Label;

    private Refusal? Missing() =>
        Refusal.Of([
            .. new[]
            {
                (Name: "on", Empty: On is null),
                (Name: "at", Empty: string.IsNullOrWhiteSpace(At)),
                (Name: "place", Empty: string.IsNullOrWhiteSpace(Place)),
                (Name: "lines", Empty: Lines.Count == 0),
            }
                .Where(f => f.Empty)
                .Select(f => Refusal.At(f.Name, "form.required")),
        ]);

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (!MeetingViews.Convenes(viewer).Contains(School))
            return false;
        Waiting = await views.WaitingAsync(School, cancellation);
        var held = await offices.HoldersAsync(Office.AidCommittee, School, viewer.Today, cancellation);
        var names = await members.NamesAsync([.. held.Append(viewer.MemberId)], cancellation);
        Committee =
        [
            .. names
                .OrderBy(n => n.Key != viewer.MemberId)
                .ThenBy(n => n.Value, StringComparer.Ordinal)
                .Select(n => n.Value),
        ];
        return true;
    }
}
