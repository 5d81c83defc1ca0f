using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Motions;
using EduUnion.Domain.People;
using EduUnion.Host.Congresses;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>A vote of the committee as it was counted at its meeting.</summary>
public sealed record VoteCount(
    string Outcome,
    int For,
    int Against,
    int Abstained,
    DateOnly MetOn,
    string? ReasonCode = null,
    string? Reason = null
);

/// <summary>
/// What the motion committee's offices do beside deciding a task. Each is one step with one commit; whoever holds no such
/// office at the motion's school is refused <c>committee.not-yours</c> (403), and so is a motion's own proposer
/// (<c>task.proposer-handles-own</c>).
/// </summary>
public sealed class CommitteeCommands(
    EduUnionDb db,
    CaseSteps steps,
    MotionFrame frame,
    CongressBook congresses,
    RequestBook requests,
    TimeProvider time
)
{
    /// <summary>
    /// Enters a vote taken by hand at a meeting; it decides the open review as the members' own votes would. For the
    /// secretary, who keeps the minutes, and the chair. Refusals: <c>vote.not-open</c> and those of
    /// <see cref="Motion.CountVote"/>.
    /// </summary>
    public Task<Outcome<StepDone>> CountVoteAsync(
        Guid id,
        VoteCount count,
        Asker asker,
        CancellationToken cancellation
    ) =>
        frame.ByOfficeAsync(
            id,
            "motion.count-vote",
            asker,
            [Office.MotionSecretary, Office.MotionCommitteeChair],
            async (work, @case) =>
            {
                var motion = @case.Motion;
                if (work.OpenStepNamed("motion.review") is not { } review)
                    return Refusal.Because("vote.not-open");
                if (!work.Row.Tasks.Any(t => t.StepId == review.Id && t.OfferedOutcomes.Contains(count.Outcome)))
                    return Refusal.At("outcome", "task.outcome-unknown", string.Join(", ", review.Payload.Outcomes));
                if (Remark.Check("reason", count.Reason) is { } unreadable)
                    return unreadable;
                if (count.ReasonCode is { } code && !review.Spec.Field("reasonCode")!.Options.Contains(code))
                    return Refusal.At("reasonCode", "form.choice-unknown");
                // Those who have voted already are of the total too.
                await db.Set<TaskRow>().Where(t => t.StepId == review.Id).LoadAsync(cancellation);
                var vote = new CountedVote(
                    count.Outcome,
                    count.For,
                    count.Against,
                    count.Abstained,
                    count.MetOn,
                    asker.MemberId
                );
                var counted = motion.CountVote(
                    vote,
                    work.VotersOf(review),
                    count.ReasonCode,
                    count.Reason,
                    @case.MinimumCosigners(work.Moment),
                    work.Moment.Today
                );
                if (!counted.IsOk)
                    return counted.Refusal;
                work.Happened(counted.Value);
                return (await work.ConcludeAsync(review, count.Outcome, cancellation)).Refusal;
            },
            cancellation,
            withMain: count.Outcome == "merge"
        );

    /// <summary>Takes a motion out of its group (取消并案), until the main motion is answered: <c>merge.main-answered</c>.</summary>
    public Task<Outcome<StepDone>> UnmergeAsync(Guid id, Asker asker, CancellationToken cancellation) =>
        frame.ByOfficeAsync(
            id,
            "motion.unmerge",
            asker,
            [Office.MotionSecretary, Office.MotionCommitteeChair],
            async (work, @case) =>
            {
                var motion = @case.Motion;
                // The main's row is locked: its answer cannot go out while this is decided.
                if (work.Moment.Other is { } main && MotionCases.MotionOf(main).IsAnswered)
                    return Refusal.Because("merge.main-answered");
                var unmerged = motion.Unmerge();
                if (!unmerged.IsOk)
                    return unmerged.Refusal;
                work.Happened(unmerged.Value);
                var goOn = new Taken { Main = new MainMove.Answer("motion.follow", "unmerged") };
                await work.ApplyAsync(goOn, null, cancellation);
                return null;
            },
            cancellation,
            withMain: true
        );

    /// <summary>Names the committee member who looks after a motion, or nobody. Refusal: <c>sponsor.not-of-committee</c>.</summary>
    public Task<Outcome<StepDone>> NameSponsorAsync(
        Guid id,
        Guid? member,
        Asker asker,
        CancellationToken cancellation
    ) =>
        frame.ByOfficeAsync(
            id,
            "motion.name-sponsor",
            asker,
            [Office.MotionSecretary, Office.MotionCommitteeChair],
            async (work, @case) =>
            {
                var motion = @case.Motion;
                if (
                    member is { } sponsor
                    && !await frame.HoldsAsync(
                        sponsor,
                        motion.SchoolId,
                        [Office.MotionCommittee],
                        work.Moment.Now,
                        cancellation
                    )
                )
                    return Refusal.At("memberId", "sponsor.not-of-committee");
                return Take(work, motion.NameSponsor(member));
            },
            cancellation
        );

    /// <summary>
    /// The chair signs a supervision notice (督办单); the promise has a new deadline from here. Refusals:
    /// <c>commitment.unknown</c> (404), <c>form.unreadable</c> (beyond the calendar) and those of
    /// <see cref="Motion.Supervise"/>.
    /// </summary>
    public Task<Outcome<StepDone>> SuperviseAsync(
        Guid id,
        Guid commitment,
        DateOnly dueOn,
        string? text,
        Asker asker,
        CancellationToken cancellation
    ) =>
        frame.ByOfficeAsync(
            id,
            "commitment.supervise",
            asker,
            [Office.MotionCommitteeChair],
            (work, @case) =>
            {
                var motion = @case.Motion;
                if (motion.Commitments.All(c => c.Id != commitment))
                    return Task.FromResult<Refusal?>(Refusal.Missing("commitment.unknown"));
                // No clock can be set beyond the calendar.
                if (dueOn > WorkingCalendar.Latest)
                    return Task.FromResult<Refusal?>(Refusal.At("dueOn", "form.unreadable"));
                if (Remark.Check("text", text) is { } unreadable)
                    return Task.FromResult<Refusal?>(unreadable);
                var issued = motion.Supervise(
                    commitment,
                    dueOn,
                    text,
                    asker.MemberId,
                    work.Moment.Today,
                    work.Moment.Now
                );
                if (issued.IsOk && work.ClockOf("commitment", commitment) is { } clock)
                    work.SetClock(clock, inputs => inputs with { Until = MotionCase.EndOf(dueOn) });
                return Task.FromResult(Take(work, issued));
            },
            cancellation,
            commitment
        );

    /// <summary>
    /// Archives a session: every closed motion of it becomes read-only; what is still followed stays and can be archived
    /// later. Doing it again archives what has closed since. Refusals: <c>motion.session-unknown</c>,
    /// <c>committee.not-yours</c>.
    /// </summary>
    public async Task<Outcome<int>> ArchiveAsync(Guid sessionId, Asker asker, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var session = await congresses.FindSessionAsync(sessionId, cancellation);
        if (session is null)
            return Refusal.Missing("motion.session-unknown");
        if (!await frame.HoldsAsync(asker.MemberId, session.SchoolId, [Office.MotionSecretary], now, cancellation))
            return Refusal.Forbidden("committee.not-yours");
        var told = await requests.OnceAsync<SessionTold>(
            asker,
            async () => new SessionTold(await SignalsAsync(session, now, cancellation), now),
            done => done.At,
            cancellation
        );
        if (!told.IsOk)
            return told.Refusal;
        var signals = told.Value.Signals;
        await steps.DeliverAsync(signals);
        return await db.Set<SignalRow>()
            .CountAsync(s => signals.Contains(s.Id) && s.DeliveredAt != null && s.Refused == null, cancellation);
    }

    private sealed record SessionTold(List<Guid> Signals, DateTimeOffset At);

    private async Task<List<Guid>> SignalsAsync(
        CongressSession session,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await db.LockSessionAsync(session.Id, cancellation);
        string[] closed = [nameof(MotionState.Closed), nameof(MotionState.ClosedDissent)];
        // One that came too early (a rating was corrected in between) is told again.
        await db.Set<SignalRow>()
            .Where(s => s.Kind == SignalRow.SessionArchived && s.SourceId == session.Id && s.Refused != null)
            .ExecuteDeleteAsync(cancellation);
        var told = db.Set<SignalRow>().Where(s => s.Kind == SignalRow.SessionArchived && s.SourceId == session.Id);
        var cases = await db.Set<CaseRow>()
            .Where(c => c.SessionId == session.Id && closed.Contains(c.State))
            .Where(c => !told.Any(s => s.CaseId == c.Id))
            .Select(c => c.Id)
            .ToListAsync(cancellation);
        var signals = cases.ConvertAll(c => SignalRow.To(c, SignalRow.SessionArchived, session.Id, now));
        db.AddRange(signals);
        return signals.ConvertAll(s => s.Id);
    }

    private static Refusal? Take<T>(CaseWork work, Outcome<T> done)
        where T : MotionEvent
    {
        if (done.IsOk)
            work.Happened(done.Value);
        return done.Refusal;
    }
}
