using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Assessment;

/// <summary>One meeting: who is there, the list of cases, its end with minutes. What is decided of a case stands on its own page.</summary>
[Authorize(Policies.Member)]
public sealed class MeetingModel(Access access, MeetingViews views, MeetingCommands commands, Texts texts)
    : FormPage(texts)
{
    public MeetingView View { get; private set; } = null!;

    public AssessmentMeeting Meeting => View.Meeting;

    /// <summary>Applications that came since and could still be put on the list.</summary>
    public IReadOnlyList<WaitingCase> Waiting { get; private set; } = [];

    [BindProperty]
    public List<Guid> Attendees { get; set; } = [];

    [BindProperty]
    public string? Minutes { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public DateOnly? On { get; set; }

    [BindProperty]
    public string? At { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public Guid? Deputy { get; set; }

    public bool Runs => Meeting.State is MeetingState.Convened or MeetingState.Open;

    public Field Presence =>
        new("attendees", Words["assessment.attendance"], FieldKind.Choices)
        {
            Options = [.. Meeting.Members.Select(m => new Choice(m.ToString(), View.Name(m)))],
            Values = [.. Attendees.Select(a => a.ToString())],
            Error = ErrorAt("attendees"),
            Required = true,
        };

    /// <summary>Whom a member may name to lead it in the chair's place.</summary>
    public bool MayNameDeputy => Runs && View.IsMember && View.ViewerId != Meeting.ChairId;

    public Field DeputyField =>
        new("deputy", Words["assessment.deputy"], FieldKind.Choice)
        {
            Options =
            [
                .. Meeting.Members.Where(m => m != Meeting.ChairId).Select(m => new Choice(m.ToString(), View.Name(m))),
            ],
            Value = (Deputy ?? Meeting.Nominations.FirstOrDefault(n => n.By == View.ViewerId)?.DeputyId)?.ToString(),
            Error = ErrorAt("deputy"),
            Required = true,
        };

    public Field MinutesField =>
        new("minutes", Words["assessment.minutes"], FieldKind.LongText)
        {
            Value = Minutes,
            Required = true,
            MaxLength = 5000,
            Error = ErrorAt("minutes"),
        };

    public Dialog Cancelling =>
        new("dlg-cancel", Words["assessment.cancel"], $"/assessment/{Meeting.Id}?do=cancel", Words["assessment.cancel"])
        {
            Href = $"/assessment/{Meeting.Id}",
            Text = Words["assessment.cancel.text"],
            Grave = true,
            Hidden = new Dictionary<string, string> { ["key"] = Guid.NewGuid().ToString() },
            Fields =
            [
                new("reason", Words["form.reason"], FieldKind.LongText)
                {
                    Value = Reason,
                    Required = true,
                    Error = ErrorAt("reason"),
                },
            ],
        };

    public IEnumerable<Field> When => MeetingTime.Fields(Words, On, At, Place, ErrorAt);

    /// <summary>Who voted of whom is there; how, nobody is told while the meeting sits.</summary>
    public string Standing(AssessmentLine line) =>
        line.Result is { } result ? LineWords.Result(Words, result)
        : Meeting.State == MeetingState.Closed ? Words["assessment.undecided"]
        : line.Proposal is null ? Words["assessment.notProposed"]
        : Words["assessment.voted", line.Ballots.Length, line.Present(Meeting.Attendees)];

    public Tag? MyTag(AssessmentLine line) =>
        line.Result is { } result
            ? new(
                Words[result.Passed ? "assessment.passed" : "assessment.failed"],
                result.Passed ? Status.Done : Status.Late
            )
        : Meeting.State != MeetingState.Open || !View.ReadsPaper(line) ? null
        : line.Ballots.Any(b => b.MemberId == View.ViewerId) ? new(Words["assessment.mine.voted"], Status.Done)
        : line.Proposal is null ? null
        : new(Words["assessment.mine.open"], Status.Mine);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        FillBut(null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, string? @do, Guid? @case, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        FillBut(@do);
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        var asker = HttpContext.Asker(Typed.Of(Request.Form));
        Refusal? refused;
        switch (@do)
        {
            case "begin":
                refused = (await commands.BeginAsync(id, Attendees, asker, cancellation)).Refusal;
                break;
            case "attend":
                refused = (await commands.AttendAsync(id, Attendees, asker, cancellation)).Refusal;
                break;
            case "close":
                refused = (await commands.CloseAsync(id, Minutes, asker, cancellation)).Refusal;
                break;
            case "deputy":
                refused = Deputy is { } deputy
                    ? (await commands.NameDeputyAsync(id, deputy, asker, cancellation)).Refusal
                    : Refusal.At("deputy", "form.required");
                break;
            case "cancel":
                refused = (await commands.CancelAsync(id, Reason, asker, cancellation)).Refusal;
                break;
            case "add" when @case is { } added:
                refused = (await commands.AddAsync(id, added, asker, cancellation)).Refusal;
                break;
            case "move":
                if (MeetingTime.Read(On, At) is not { } meetsAt)
                    return Again(Refusal.At("at", "form.unreadable"));
                refused = (await commands.MoveAsync(id, meetsAt, Place ?? "", asker, cancellation)).Refusal;
                break;
            default:
                return BadRequest();
        }
        if (refused is not null)
            return Again(refused);
        TempData.Say(Words[$"assessment.done.{@do}"]);
        return Redirect($"/assessment/{id}");
    }

    /// <summary>What this act did not send stands as the meeting has it: the other forms of the page are drawn, too.</summary>
    private void FillBut(string? act)
    {
        if (act is not ("begin" or "attend"))
            Attendees = [.. Meeting.State == MeetingState.Convened ? Meeting.Members : Meeting.Attendees];
        if (act != "move")
            (On, At, Place) = (Dates.Of(Meeting.MeetsAt), MeetingTime.Write(Meeting.MeetsAt), Meeting.Place);
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await views.FindAsync(id, viewer, cancellation) is not { } view)
            return false;
        View = view;
        if (view.IsChair && Runs)
            Waiting = await views.WaitingAsync(view.Meeting.SchoolId, cancellation);
        return true;
    }
}
