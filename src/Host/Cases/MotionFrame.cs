using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Domain.People;
using EduUnion.Host.People;

namespace EduUnion.Host.Cases;

/// <summary>
/// The frame of everything that is done to a motion beside its tasks: the case is a motion, and whoever asks is the lead
/// proposer, a host, or holds an office at the school. What is not is <c>case.unknown</c> where he may not know of it.
/// </summary>
public sealed class MotionFrame(CaseSteps steps, OfficeBook offices)
{
    public Task<Outcome<StepDone>> OnAsync(
        Guid id,
        string act,
        Asker asker,
        Func<CaseWork, MotionCase, Task<Refusal?>> change,
        CancellationToken cancellation,
        Guid? part = null,
        bool withMain = false
    ) =>
        steps.CommandAsync(
            id,
            asker,
            act,
            work =>
                work.Case is MotionCase motion
                    ? change(work, motion)
                    : Task.FromResult<Refusal?>(Refusal.Missing("case.unknown")),
            cancellation,
            part,
            withMain
        );

    /// <summary>By the lead proposer: <c>motion.not-yours</c>, <c>motion.lead-left</c>.</summary>
    public Task<Outcome<StepDone>> ByLeadAsync(
        Guid id,
        string act,
        Asker asker,
        Func<CaseWork, Motion, Task<Refusal?>> change,
        CancellationToken cancellation
    ) =>
        OnAsync(
            id,
            act,
            asker,
            async (work, @case) =>
            {
                var motion = @case.Motion;
                if (motion.ProposerId != asker.MemberId)
                    // Whoever is neither proposer nor invited does not learn that a motion is being written.
                    return
                        motion.State is MotionState.Draft or MotionState.Cosigning
                        && motion.Cosigners.All(c => c.MemberId != asker.MemberId)
                        ? Refusal.Missing("case.unknown")
                        : Refusal.Forbidden("motion.not-yours");
                return motion.LeadLeftAt is not null
                    ? Refusal.Forbidden("motion.lead-left")
                    : await change(work, motion);
            },
            cancellation
        );

    /// <summary>
    /// By the clerk or the head of a host (主办): <c>task.not-yours</c>; who proposed a motion does not handle it
    /// (<c>task.proposer-handles-own</c>). Null of <paramref name="handling"/> is refused as <paramref name="unknown"/>.
    /// </summary>
    public Task<Outcome<StepDone>> ByHostAsync(
        Guid id,
        string act,
        Asker asker,
        Func<Motion, Handling?> handling,
        string unknown,
        Func<CaseWork, Motion, Task<Refusal?>> change,
        CancellationToken cancellation,
        Guid? part = null
    ) =>
        OnAsync(
            id,
            act,
            asker,
            async (work, @case) =>
            {
                var motion = @case.Motion;
                if (handling(motion) is not { } found)
                    return Refusal.Missing(unknown);
                if (motion.ProposerId == asker.MemberId)
                    return Refusal.Forbidden("task.proposer-handles-own");
                foreach (var office in new[] { Office.DepartmentClerk, Office.DepartmentHead })
                    if (await offices.HoldsAsync(asker.MemberId, office, found.HostId, work.Moment.Today, cancellation))
                        return await change(work, motion);
                return Refusal.Forbidden("task.not-yours");
            },
            cancellation,
            part
        );

    /// <summary>By a holder of one of these offices at the motion's school: <c>committee.not-yours</c>.</summary>
    public Task<Outcome<StepDone>> ByOfficeAsync(
        Guid id,
        string act,
        Asker asker,
        IReadOnlyList<Office> held,
        Func<CaseWork, MotionCase, Task<Refusal?>> change,
        CancellationToken cancellation,
        Guid? part = null,
        bool withMain = false
    ) =>
        OnAsync(
            id,
            act,
            asker,
            async (work, @case) =>
            {
                var motion = @case.Motion;
                if (!await HoldsAsync(asker.MemberId, motion.SchoolId, held, work.Moment.Now, cancellation))
                    return motion.ReceiptNumber is null
                        ? Refusal.Missing("case.unknown")
                        : Refusal.Forbidden("committee.not-yours");
                return motion.ProposerId == asker.MemberId
                    ? Refusal.Forbidden("task.proposer-handles-own")
                    : await change(work, @case);
            },
            cancellation,
            part,
            withMain
        );

    public async Task<bool> HoldsAsync(
        Guid member,
        Guid school,
        IReadOnlyList<Office> held,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var today = ChinaTime.DateOf(now);
        foreach (var office in held)
            if (await offices.HoldsAsync(member, office, school, today, cancellation))
                return true;
        return false;
    }
}
