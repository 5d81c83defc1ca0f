using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;

namespace EduUnion.Host.Cases;

/// <summary>
/// The rights that may be used beside the tasks of a motion: withdrawing, appealing, correcting a feedback, remarks and
/// reports on promises. Each is one step with one commit.
/// </summary>
public sealed class FollowUpCommands(MotionFrame frame, MotionCommands motions)
{
    /// <summary>
    /// Withdraws. Before submission it is given up; before filing the proposer alone decides; after it the co-signers are
    /// offered the lead and then the committee must agree. Refusals: <c>motion.not-yours</c>, <c>motion.lead-left</c>, and
    /// those of <see cref="Motion.Withdraw"/> and <see cref="Motion.AskWithdrawal"/>.
    /// </summary>
    public async Task<Outcome<StepDone>> WithdrawAsync(
        Guid id,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var done = await frame.ByLeadAsync(
            id,
            "motion.withdraw",
            asker,
            async (work, motion) =>
            {
                if (Remark.Check("reason", reason) is { } unreadable)
                    return unreadable;
                if (motion.SubmittedAt is null && motion.ReceiptNumber is null)
                    return Refusal.Because("motion.not-submitted");
                if (motion.FiledAt is not null || motion.IsOpinion)
                {
                    var asked = motion.AskWithdrawal(reason, asker.MemberId, work.Moment.Now);
                    if (!asked.IsOk)
                        return asked.Refusal;
                    work.Happened(asked.Value);
                    await work.ApplyAsync(new Taken { Starts = MotionCase.WithdrawalProcess }, null, cancellation);
                    return null;
                }
                var withdrawn = motion.Withdraw(reason);
                if (!withdrawn.IsOk)
                    return withdrawn.Refusal;
                work.Happened(withdrawn.Value);
                await work.ApplyAsync(new Taken { Main = new MainMove.End("withdrawn") }, null, cancellation);
                return null;
            },
            cancellation
        );
        return done.Refusal?.Code == "motion.not-submitted"
            ? await motions.AbandonAsync(id, asker, cancellation)
            : done;
    }

    /// <summary>The one appeal (复议). Refusals: those of <see cref="Motion.LodgeAppeal"/>.</summary>
    public Task<Outcome<StepDone>> AppealAsync(Guid id, string? reason, Asker asker, CancellationToken cancellation) =>
        frame.ByLeadAsync(
            id,
            "motion.appeal",
            asker,
            async (work, motion) =>
            {
                if (Remark.Check("reason", reason) is { } unreadable)
                    return unreadable;
                var lodged = motion.LodgeAppeal(
                    reason,
                    asker.MemberId,
                    motion.DecidedAt is { } decided
                        ? work.Moment.Calendar.AddWorkdays(
                            ChinaTime.DateOf(decided),
                            work.Moment.Rules.Workdays("appeal")
                        )
                        : work.Moment.Today,
                    work.Moment.Today,
                    work.Moment.Now
                );
                if (!lodged.IsOk)
                    return lodged.Refusal;
                work.Happened(lodged.Value);
                // The period has done its work; from here the chair's ruling ends the waiting.
                if (work.ClockOf("appeal", null) is { } clock)
                    work.StopClock(clock);
                await work.ApplyAsync(new Taken { Starts = MotionCase.AppealProcess }, null, cancellation);
                return null;
            },
            cancellation
        );

    /// <summary>Corrects the latest feedback once (M-32). Refusals: those of <see cref="Motion.CorrectRating"/>.</summary>
    public Task<Outcome<StepDone>> CorrectFeedbackAsync(
        Guid id,
        Satisfaction manner,
        Satisfaction result,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) =>
        frame.ByLeadAsync(
            id,
            "motion.correct-feedback",
            asker,
            async (work, motion) =>
            {
                if (Remark.Check("comment", reason) is { } unreadable)
                    return unreadable;
                var moment = work.Moment;
                var lastDay = motion.Forms.LastOrDefault()?.Returned is { } returned
                    ? moment.Calendar.AddWorkdays(
                        ChinaTime.DateOf(returned.At),
                        moment.Rules.Workdays("feedback.correct")
                    )
                    : moment.Today;
                var corrected = motion.CorrectRating(
                    manner,
                    result,
                    reason,
                    asker.MemberId,
                    lastDay,
                    moment.Today,
                    moment.Now
                );
                if (!corrected.IsOk)
                    return corrected.Refusal;
                work.Happened(corrected.Value);
                await work.ApplyAsync(new Taken { Main = new MainMove.Restart("rated") }, null, cancellation);
                return null;
            },
            cancellation
        );

    /// <summary>What the lead proposer says to a promise. Refusals: <c>commitment.unknown</c> and those of the aggregate.</summary>
    public Task<Outcome<StepDone>> RemarkAsync(
        Guid id,
        Guid commitment,
        string? text,
        Asker asker,
        CancellationToken cancellation
    ) =>
        frame.ByLeadAsync(
            id,
            "commitment.remark",
            asker,
            (work, motion) =>
                Task.FromResult(
                    Remark.Check("text", text)
                        ?? OnCommitment(work, motion, commitment, () => motion.Remark(commitment, text, asker.MemberId))
                ),
            cancellation
        );

    /// <summary>
    /// How far a promise is (每季度自报), by the host's clerk or head. Refusals: <c>commitment.unknown</c>,
    /// <c>task.not-yours</c>, and those of <see cref="Motion.Report"/>.
    /// </summary>
    public Task<Outcome<StepDone>> ReportProgressAsync(
        Guid id,
        Guid commitment,
        string? text,
        Asker asker,
        CancellationToken cancellation
    ) =>
        frame.ByHostAsync(
            id,
            "commitment.progress",
            asker,
            motion =>
                motion.Commitments.FirstOrDefault(c => c.Id == commitment) is { } promised
                    ? motion.Part(promised.Part)
                    : null,
            "commitment.unknown",
            (work, motion) =>
                Task.FromResult(
                    Remark.Check("text", text)
                        ?? OnCommitment(
                            work,
                            motion,
                            commitment,
                            () => motion.Report(commitment, false, text, asker.MemberId, work.Moment.Now)
                        )
                ),
            cancellation,
            commitment
        );

    private static Refusal? OnCommitment<T>(CaseWork work, Motion motion, Guid id, Func<Outcome<T>> act)
        where T : MotionEvent
    {
        if (motion.Commitments.All(c => c.Id != id))
            return Refusal.Missing("commitment.unknown");
        var done = act();
        if (done.IsOk)
            work.Happened(done.Value);
        return done.Refusal;
    }
}
