using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Assessment;

/// <summary>
/// One case before the committee: its masked paper while the meeting sits, the proposal, the member's own vote, and what
/// is entered from paper. Whoever is recused finds no such page.
/// </summary>
[Authorize(Policies.Member)]
public sealed class LineModel(
    EduUnionDb db,
    Access access,
    MeetingViews views,
    MeetingCommands commands,
    AidCases cases,
    Texts texts
) : FormPage(texts)
{
    public MeetingView View { get; private set; } = null!;
    public AssessmentMeeting Meeting => View.Meeting;
    public AssessmentLine Line { get; private set; } = null!;

    /// <summary>Null where the paper is not on the table for this reader.</summary>
    public AidApplication? Paper { get; private set; }

    [BindProperty]
    public AidCategory? Category { get; set; }

    [BindProperty]
    public string? Amount { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public Relation? Relation { get; set; }

    /// <summary>Why he stands aside; the proposal's reason is another.</summary>
    [BindProperty]
    public string? Why { get; set; }

    /// <summary>The recusal was refused and stands open.</summary>
    public bool IsRecusing { get; private set; }

    public string Quorum => LineWords.Quorum(Words, Meeting, Line);
    public bool HasQuorum => Line.HasQuorum(Meeting.Members, Meeting.Attendees);
    public bool HasVoted => Line.Ballots.Any(b => b.MemberId == View.ViewerId);

    public bool MayVote => View.ReadsPaper(Line) && Line.Proposal is not null && !HasVoted;

    public bool MayPropose => View.Presides(Line) && !Line.IsVotedOn;

    /// <summary>Who is there, may vote and has not: his paper ballot can be entered.</summary>
    public IReadOnlyList<Guid> Waiting =>
        View.Presides(Line) && Meeting.State == MeetingState.Open && Line.Proposal is not null
            ?
            [
                .. Meeting.Attendees.Where(m =>
                    m != View.ViewerId && !Line.IsRecused(m) && Line.Ballots.All(b => b.MemberId != m)
                ),
            ]
            : [];

    public bool MayRecuse =>
        Meeting.State is MeetingState.Convened or MeetingState.Open && View.IsMember && !Line.IsRecused(View.ViewerId);

    public IEnumerable<Field> Proposal =>
        [
            new("category", Words["assessment.category"], FieldKind.Choice)
            {
                Value = (Category ?? Line.Proposal?.Category ?? Line.Suggested)?.ToString(),
                Options = Words.Choices<AidCategory>(),
                Hint = Line.Suggested is { } suggested
                    ? Words["assessment.suggested.hint", Words.Term(suggested)]
                    : Words["assessment.suggested.none"],
                Required = true,
                Error = ErrorAt("category"),
            },
            new("amount", Words["assessment.amount"], FieldKind.Money)
            {
                Value = Amount ?? Line.Proposal?.Amount.ToString() ?? Line.Requested?.ToString(),
                Hint = Line.Requested is { } asked ? Words["assessment.requested.hint", asked] : null,
                Required = true,
                Error = ErrorAt("amount"),
            },
            new("reason", Words["form.reason"], FieldKind.LongText)
            {
                Value = Reason ?? Line.Proposal?.Reason,
                When = Words["assessment.reason.when"],
                MaxLength = 1000,
                Error = ErrorAt("reason"),
            },
        ];

    public IEnumerable<Field> Recusal =>
        [
            new("relation", Words["relations.kind"], FieldKind.Choice)
            {
                Value = Relation?.ToString(),
                Options = [.. Enum.GetValues<Relation>().Select(r => new Choice(r.ToString(), Words[$"relation.{r}"]))],
                Required = true,
                Error = ErrorAt("relation"),
            },
            new("why", Words["form.reason"], FieldKind.LongText)
            {
                Value = Why,
                Required = true,
                Error = ErrorAt("why"),
            },
        ];

    public async Task<IActionResult> OnGetAsync(Guid id, Guid line, CancellationToken cancellation) =>
        await LoadAsync(id, line, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(
        Guid id,
        Guid line,
        string? @do,
        Guid? member,
        Ballot? ballot,
        CancellationToken cancellation
    )
    {
        if (!await LoadAsync(id, line, cancellation))
            return NotFound();
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        var asker = HttpContext.Asker(Typed.Of(Request.Form));
        Refusal? refused;
        switch (@do)
        {
            case "propose":
                if (Category is not { } category)
                    return Again(Refusal.At("category", "form.required"));
                if (Money.Parse(Amount) is not { } amount)
                    return Again(Refusal.At("amount", "form.unreadable"));
                refused = (
                    await commands.ProposeAsync(id, line, category, amount, Reason, asker, cancellation)
                ).Refusal;
                break;
            case "vote" when ballot is { } own:
                refused = (await commands.VoteAsync(id, line, asker.MemberId, own, asker, cancellation)).Refusal;
                break;
            case "paper" when ballot is { } entered && member is { } voter:
                refused = (await commands.VoteAsync(id, line, voter, entered, asker, cancellation)).Refusal;
                break;
            case "recuse":
                IsRecusing = true;
                if (Relation is not { } relation)
                    return Again(Refusal.At("relation", "form.required"));
                refused = (await commands.RecuseAsync(id, line, relation, Why, asker, cancellation)).Refusal;
                if (refused is { Field: "reason" })
                    refused = refused with { Field = "why" };
                break;
            default:
                return BadRequest();
        }
        if (refused is not null)
            return Again(refused);
        TempData.Say(Words[$"assessment.done.{@do}"]);
        // Who declared himself recused does not see the line any more.
        return Redirect(@do == "recuse" ? $"/assessment/{id}" : $"/assessment/{id}/lines/{line}");
    }

    private async Task<bool> LoadAsync(Guid id, Guid line, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (
            await views.FindAsync(id, viewer, cancellation) is not { } view
            || view.Lines.FirstOrDefault(l => l.Id == line) is not { } found
        )
            return false;
        (View, Line) = (view, found);
        if (view.ReadsPaper(found))
            Paper = cases.ApplicationOf(
                await db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == found.CaseId, cancellation)
            );
        return true;
    }
}
