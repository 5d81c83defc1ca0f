using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Workflows.Catalogue;
using Microsoft.EntityFrameworkCore;
using DeskPart = EduUnion.Workflows.Steps.DeskPart;

namespace EduUnion.Host.Api;

/// <summary>A task as far as its viewer may know it: one of his own, one he decided, or one of a case that he may see.</summary>
public sealed class TaskDetails(
    EduUnionDb db,
    Access access,
    CalendarBook calendars,
    OrganisationBook organisations,
    MemberBook members,
    DeskViews desks,
    StepWords words
)
{
    /// <summary>Null = there is no such task, or the viewer may not know of it.</summary>
    public async Task<TaskAnswer?> FindAsync(Guid id, Viewer viewer, CancellationToken cancellation)
    {
        if (await KnownAsync(id, viewer, cancellation) is not var (task, own))
            return null;
        var clock = await db.Set<ClockRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(c => c.Id == task.ClockId, cancellation);
        var shown = clock is null
            ? null
            : Of(MotionViews.View(clock, await calendars.ForAsync(clock.OrganisationId, cancellation), viewer.Today));
        Guid[] named = [task.Case.StarterId, .. task.MemberId is { } asked ? [asked] : Array.Empty<Guid>()];
        var names = await members.NamesAsync(named, cancellation);
        var open = task.State == TaskState.Open;
        var @case = task.Case;
        return new TaskAnswer(
            task.Id,
            task.Name,
            @case.Title,
            @case.Kind,
            @case.Id,
            @case.Number ?? @case.Receipt,
            @case.State,
            task.State.ToString().ToLowerInvariant(),
            clock?.DueAt,
            clock?.DueOn,
            shown?.WorkdaysLeft,
            task.Version,
            task.Part,
            task.MemberId is { } member
                ? names.GetValueOrDefault(member)
                : organisations.Find(task.OrganisationId!.Value)?.Name,
            open && own && await access.Decidable(viewer).AnyAsync(t => t.Id == task.Id, cancellation),
            task.OpenedAt,
            task.ClosedAt,
            own ? task.Outcome : null,
            own ? task.Comment : null,
            shown,
            new CaseSummary(
                @case.Id,
                @case.Kind,
                @case.Number ?? @case.Receipt,
                @case.Title,
                @case.Category,
                @case.State,
                // Of aid it would be the person in hardship, of an objection the objector.
                @case.Kind == MotionCase.KindName
                    ? names.GetValueOrDefault(@case.StarterId, "")
                    : "",
                @case.Version
            ),
            open ? Outcomes(task) : []
        )
        {
            ActingFor = open && own ? Access.PrincipalOf(task, viewer)?.Name : null,
            Desk = own ? Of(await desks.OfAsync(task, @case, viewer, cancellation)) : null,
        };
    }

    private static DeskAnswer Of(DeskView desk) =>
        new(
            Name(desk.Task.Desk),
            desk.Can,
            desk.ClaimedBy,
            desk.ClaimedBy is null ? null : desk.Task.ClaimedAt,
            [
                .. desk.Added.Select(a => new SignerAnswer(
                    a.Task.Id,
                    a.Who,
                    Name(a.Task.Desk),
                    a.Task.State.ToString().ToLowerInvariant(),
                    a.Task.Outcome,
                    a.Comment
                )),
            ],
            desk.Task.OwnerId
        );

    private static string Name(DeskPart part) => part.ToString().ToLowerInvariant();

    /// <summary>A refusal of a decision, or 404 when the viewer may not even know that the task exists.</summary>
    public async Task<Refusal> AsKnownAsync(Guid id, Viewer viewer, Refusal refusal, CancellationToken cancellation) =>
        // Whoever stands too near is told so, though he does not see the task (domain §8, acceptance).
        refusal.Code == "aid.recused"
        || await KnownAsync(id, viewer, cancellation) is not null
            ? refusal
            : Refusal.Missing("task.unknown");

    internal static ClockAnswer Of(ClockView clock) =>
        new(
            clock.Row.Name,
            clock.Row.DueOn,
            clock.Row.DueAt,
            clock.Row.OriginalDueOn,
            clock.Row.Provisional,
            clock.Row.DueOn is null ? null : clock.WorkdaysLeft,
            clock.Row.StartedAt,
            clock.Row.StoppedAt
        )
        {
            Part = clock.Row.Part,
        };

    private async Task<(TaskRow Task, bool Own)?> KnownAsync(Guid id, Viewer viewer, CancellationToken cancellation)
    {
        var task = await db.Set<TaskRow>()
            .AsNoTracking()
            .Include(t => t.Case)
            .FirstOrDefaultAsync(t => t.Id == id, cancellation);
        if (task is null)
            return null;
        var own =
            task.DecidedBy == viewer.MemberId
            || task.DecidedForId == viewer.MemberId
            || Access.AddressedTo(viewer).Compile()(task) && !await access.IsRecusedAsync(task, viewer, cancellation);
        return own || await access.Visible(viewer).AnyAsync(c => c.Id == task.CaseId, cancellation)
            ? (task, own)
            : null;
    }

    private List<OutcomeAnswer> Outcomes(TaskRow task)
    {
        var step = StepCatalogue.Shipped.Find(task.Name)!;
        return
        [
            .. task
                .OfferedOutcomes.Select(o => step.Outcome(o)!)
                .Select(outcome => new OutcomeAnswer(
                    outcome.Name,
                    words.Outcome(step.Name, outcome.Name),
                    outcome.ReasonRequired,
                    outcome.Grave,
                    [.. outcome.Fields.Select(f => FieldAnswer.Of(step.Field(f)!, words.Field(step.Name, f)))]
                )),
        ];
    }
}
