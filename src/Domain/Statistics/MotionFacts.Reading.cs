using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;

namespace EduUnion.Domain.Statistics;

public sealed partial record MotionFacts
{
    /// <summary>
    /// The facts of a motion; null when it never was formally submitted (a draft, too few co-signers), which counts in no
    /// rate.
    /// </summary>
    /// <param name="due">The answer's last day by part; null where nobody knows it.</param>
    /// <param name="endedAt">When it was withdrawn, where it was; unknown counts as from its submission.</param>
    /// <param name="lapseSatisfies">See <see cref="LapseSatisfies"/>.</param>
    public static MotionFacts? Of(
        Motion motion,
        Func<Guid, AnswerDue?> due,
        DateTimeOffset? endedAt,
        bool lapseSatisfies
    )
    {
        if (motion.SubmittedAt is not { } submitted)
            return null;
        var decided = ChinaTime.DateOf(motion.DecidedAt ?? submitted);
        return new(
            motion.Id,
            motion.SchoolId,
            motion.SessionId,
            motion.Content.Category,
            motion.ProposerId,
            ChinaTime.DateOf(submitted)
        )
        {
            People =
            [
                .. motion.LeadChanges.Select(c => c.From).Append(motion.ProposerId).Distinct(),
                .. motion.ConfirmedCosigners,
            ],
            FiledOn = Day(motion.FiledAt),
            MainId = motion.MainId,
            // What an administrator ended counts as withdrawn: nobody answers it any more.
            WithdrawnOn = motion.State is MotionState.Withdrawn or MotionState.Terminated
                ? ChinaTime.DateOf(endedAt ?? submitted)
                : null,
            RejectedOn = motion.State == MotionState.Rejected ? decided : null,
            OpinionOn = motion.IsOpinion ? decided : null,
            Parts = [.. motion.Parts.Select(p => Part(p, due(p.Id)))],
            Forms =
            [
                .. motion.Forms.Select(f => new FormFacts(f.Round, ChinaTime.DateOf(f.SentAt))
                {
                    Returned = Rating(f.Returned),
                    Corrected = Rating(f.Corrected),
                    LapsedOn = Day(f.LapsedAt),
                }),
            ],
            Commitments =
            [
                .. motion.Commitments.Select(c => new CommitmentFacts(
                    c.Part,
                    c.State == CommitmentState.Verified ? Day(c.SettledAt) : null
                )),
            ],
            ClosedOn = Day(motion.ClosedAt),
            IsDissent = motion.ClosedAs == MotionState.ClosedDissent,
            LapseSatisfies = lapseSatisfies,
        };
    }

    private static PartFacts Part(Handling part, AnswerDue? due) =>
        new(part.Id, part.Round, part.HostId, ChinaTime.DateOf(part.AssignedAt))
        {
            Due = due,
            DeliveredOn = Day(part.DeliveredAt),
            Class = part.DeliveredAt is null ? null : part.Answer?.Class,
            Promised = part.DeliveredAt is null ? 0 : part.Answer?.Commitments.Length ?? 0,
            // A talk that was written down after the answer had gone out did not come before it.
            Contacts =
            [
                .. part.Meetings.Where(m => part.DeliveredAt is null || m.At <= part.DeliveredAt).Select(m => m.Mode),
            ],
        };

    private static RatingFacts? Rating(Rating? rating) =>
        rating is null ? null : new(ChinaTime.DateOf(rating.At), rating.Manner, rating.Result);

    private static DateOnly? Day(DateTimeOffset? at) => at is { } instant ? ChinaTime.DateOf(instant) : null;
}
