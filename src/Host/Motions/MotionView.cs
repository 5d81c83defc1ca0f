using System.Text.Json;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Motions;
using EduUnion.Domain.People;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;
using DeskPart = EduUnion.Workflows.Steps.DeskPart;

namespace EduUnion.Host.Motions;

/// <summary>A running or stopped clock with its computation, which is its explanation.</summary>
public sealed record ClockView(ClockRow Row, ClockInputs Inputs, DueDate Due, int WorkdaysLeft);

/// <summary>An open task of the case, and whether the viewer may decide it.</summary>
public sealed record TaskView(TaskRow Row, bool Mine, string Who, ClockView? Clock);

/// <summary>A task that was given to the viewer (转办), or to which he was added (委派、加签).</summary>
/// <param name="Step">The step that is decided, also where he only advises or signs.</param>
public sealed record GivenWork(string Step, Guid? Part);

/// <summary>Everything the case page and GET /api/motions/{id} show of a motion, as far as the viewer may see it.</summary>
public sealed record MotionView(
    CaseRow Row,
    Motion Motion,
    CongressSession Session,
    IReadOnlyList<TaskView> Tasks,
    IReadOnlyList<ClockView> Clocks,
    IReadOnlyDictionary<Guid, string> Names,
    IReadOnlyDictionary<Guid, string> Departments,
    bool IsProposer,
    bool MayRevise,
    bool MayInvite,
    bool MayWithdrawCosignature,
    IReadOnlyList<Guid> MayAskExtension
)
{
    /// <summary>The motions that follow this one (并案) and that the viewer may see.</summary>
    public IReadOnlyList<Follower> Followers { get; init; } = [];

    /// <summary>What was given to the viewer, done or not.</summary>
    public IReadOnlyList<GivenWork> Given { get; init; } = [];

    /// <summary>What the viewer may do beside his tasks, by the name of the act; for acts on promises with their ids.</summary>
    public IReadOnlyList<(string Act, Guid? Item)> MayAct { get; init; } = [];
}

/// <summary>A motion merged into another.</summary>
public sealed record Follower(Guid Id, string Number, string Title);

public sealed class MotionViews(
    EduUnionDb db,
    Access access,
    CongressBook congresses,
    CalendarBook calendars,
    OrganisationBook organisations,
    RuleBook rules
)
{
    /// <summary>Null = there is no such motion, or the viewer may not know of it.</summary>
    public async Task<MotionView?> FindAsync(Guid id, Viewer viewer, CancellationToken cancellation)
    {
        var row = await access
            .Visible(viewer)
            .AsNoTracking()
            .AsSplitQuery()
            .Include(c => c.Tasks.Where(t => t.State == TaskState.Open))
            .Include(c => c.Clocks)
            .FirstOrDefaultAsync(c => c.Id == id && c.Kind == MotionCase.KindName, cancellation);
        if (row is null)
            return null;
        var motion = MotionCases.MotionOf(row);
        var calendar = await calendars.ForAsync(row.SchoolId, cancellation);
        var clocks = row
            .Clocks.Where(c => c.Name != "timer")
            .OrderBy(c => c.StartedAt)
            .Select(c => View(c, calendar, viewer.Today))
            .ToDictionary(c => c.Row.Id);
        var mine = Access.AddressedTo(viewer).Compile();
        var names = await NamesAsync(motion, row, cancellation);
        var departments = organisations.Departments(row.SchoolId).ToDictionary(d => d.Id, d => d.Name);
        var isProposer = motion.ProposerId == viewer.MemberId;
        var gathering = motion.State is MotionState.Draft or MotionState.Cosigning;
        var ruled = await rules.ForAsync(row.SchoolId, row.RulesAt, cancellation);
        return new MotionView(
            row,
            motion,
            (await congresses.FindSessionAsync(motion.SessionId, cancellation))!,
            [
                .. row
                    .Tasks.OrderBy(t => t.OpenedAt)
                    .ThenBy(t => t.Id)
                    .Select(t => new TaskView(
                        t,
                        mine(t) && !Access.IsOwnMatter(t, row.StarterId, viewer),
                        t.MemberId is { } member
                            ? names.GetValueOrDefault(member, "")
                            : organisations.Find(t.OrganisationId!.Value)?.Name ?? "",
                        t.ClockId is { } clock ? clocks.GetValueOrDefault(clock) : null
                    )),
            ],
            [.. clocks.Values],
            names,
            departments,
            isProposer,
            isProposer
                && (motion.State is MotionState.Draft or MotionState.Returned || (gathering && motion.Confirmed == 0)),
            isProposer && (gathering || motion.State == MotionState.Returned),
            motion.Cosigners.Any(c => c.MemberId == viewer.MemberId && c.State == CosignState.Confirmed)
                && motion.State
                    is MotionState.Cosigning
                        or MotionState.Submitted
                        or MotionState.UnderReview
                        or MotionState.Returned,
            [
                .. motion
                    .Parts.Where(p => !isProposer && MayAskExtension(p, viewer, clocks.Values, calendar, ruled))
                    .Select(p => p.Id),
            ]
        )
        {
            Followers = await FollowersAsync(motion, viewer, cancellation),
            MayAct = [.. MotionActs.Of(motion, viewer, calendar, ruled)],
            Given = await GivenAsync(motion, viewer, cancellation),
        };
    }

    /// <summary>What was given to the viewer, done or not; to the proposer nothing is.</summary>
    public async Task<IReadOnlyList<GivenWork>> GivenAsync(
        Motion motion,
        Viewer viewer,
        CancellationToken cancellation
    ) =>
        motion.ProposerId == viewer.MemberId
            ? []
            : await (
                from task in db.Set<TaskRow>()
                where task.CaseId == motion.Id && task.MemberId == viewer.MemberId
                where task.State != TaskState.Dropped && task.State != TaskState.Handed
                where task.Desk != DeskPart.Own || task.Office != null
                join owner in db.Set<TaskRow>() on task.OwnerId equals (Guid?)owner.Id into owners
                from owner in owners.DefaultIfEmpty()
                select new GivenWork(owner == null ? task.Name : owner.Name, task.Part)
            ).ToListAsync(cancellation);

    private async Task<IReadOnlyList<Follower>> FollowersAsync(
        Motion motion,
        Viewer viewer,
        CancellationToken cancellation
    ) =>
        motion.Number is null
            ? []
            : await access
                .Visible(viewer)
                .Where(c => c.MainId == motion.Id && c.Number != null)
                .OrderBy(c => c.Number)
                .Select(c => new Follower(c.Id, c.Number!, c.Title))
                .ToListAsync(cancellation);

    public static ClockView View(ClockRow row, WorkingCalendar calendar, DateOnly today)
    {
        var inputs = row.InputsOf();
        // A stopped clock shows what it showed when it stopped.
        var until = row.StoppedAt is { } stopped ? ChinaTime.DateOf(stopped) : today;
        return new ClockView(row, inputs, Clock.Due(inputs, calendar), Clock.WorkdaysLeft(inputs, calendar, until));
    }

    private static bool MayAskExtension(
        Handling part,
        Viewer viewer,
        IEnumerable<ClockView> clocks,
        WorkingCalendar calendar,
        Domain.Parameters.Rules rules
    )
    {
        if (!viewer.At(Office.DepartmentClerk, Office.DepartmentHead).Contains(part.HostId))
            return false;
        if (part.State is HandlingState.Delivered or HandlingState.TransferRequested)
            return false;
        if (part.ExtensionsUsed >= rules.Number("ext.max_times"))
            return false;
        var answer = clocks.FirstOrDefault(c => c.Row is { Name: "answer", StoppedAt: null } && c.Row.Part == part.Id);
        return answer?.Due.On is { } due
            && viewer.Today <= calendar.BackWorkdays(due, rules.Workdays("ext.ask_before"), answer.Inputs.VacationRule);
    }

    private async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(
        Motion motion,
        CaseRow row,
        CancellationToken cancellation
    )
    {
        Guid?[] named =
        [
            motion.ProposerId,
            motion.SponsorId,
            motion.CountedVote?.By,
            motion.DelegationOpinion?.By,
            .. motion.LeadChanges.SelectMany(c => new Guid?[] { c.From, c.To }),
            .. motion.Forms.Select(f => (Guid?)f.To),
            .. motion.FollowUpMeetings.Select(m => (Guid?)m.By),
            .. motion.DiscontentReviews.Select(r => (Guid?)r.By),
            .. motion.Commitments.SelectMany(c => c.Reports.Select(r => (Guid?)r.By).Append(c.SettledBy)),
            .. motion.Cosigners.Select(c => (Guid?)c.MemberId),
            .. row.Tasks.Select(t => t.MemberId),
            .. motion.Parts.SelectMany(p =>
                new[] { p.ContactId, p.Answer?.By, p.SignedBy?.By, p.ReviewedBy?.By, p.CheckedBy?.By }
            ),
            .. motion.Parts.SelectMany(p => p.Meetings).Select(m => (Guid?)m.By),
            .. motion.Parts.SelectMany(p => p.Opinions).Select(o => (Guid?)o.By),
        ];
        var ids = named.Where(i => i is not null).Select(i => i!.Value).Distinct().ToList();
        return await db.Set<Member>()
            .Where(m => ids.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, m => m.Name, cancellation);
    }
}
