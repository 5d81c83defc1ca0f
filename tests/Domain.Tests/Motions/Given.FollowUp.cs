using System.Collections.Immutable;
using EduUnion.Domain.Motions;

namespace EduUnion.Domain.Tests.Motions;

// Motions after the filing review and after the answer, and one in every state.
internal static partial class Given
{
    public static readonly Guid MainId = Id(41);

    /// <summary>The first promise that is followed; the next ones count on from it.</summary>
    public static readonly Guid Owed = Id(51);
    public static readonly Guid OwedNext = Id(52);

    public static readonly Commitment Promised = new("午休室改造", "总务处", Today.AddDays(30));

    public static readonly FollowUpMeeting Table = new(1, Today, null, "提案人、总务处", "双方交换意见。", Chair, Now);

    public static Motion ToBeMerged()
    {
        var motion = Submitted();
        Ok(motion.Recommend(new Recommendation("merge", null, null, null, [], Clerk, MainId)));
        return motion;
    }

    public static Motion Merged()
    {
        var motion = ToBeMerged();
        Ok(motion.Decide("merge", null, null, Minimum));
        motion.Merge("0302-002", MainId, "0302-001", Now);
        return motion;
    }

    public static Motion Disputed()
    {
        var motion = ToBeMerged();
        Ok(motion.Decide("dispute", null, null, Minimum));
        return motion;
    }

    public static Motion Opinion()
    {
        var motion = UnderReview("opinion");
        Ok(motion.Decide("opinion", null, null, Minimum));
        motion.BecomeOpinion(null, Now);
        return motion;
    }

    public static Motion AssignedOpinion()
    {
        var motion = Opinion();
        Ok(motion.Assign([new Handling(PartId, Logistics, [], Now)]));
        return motion;
    }

    public static Motion Rejected()
    {
        var motion = UnderReview("reject");
        Ok(motion.Decide("reject", null, null, Minimum));
        motion.Reject(Now);
        return motion;
    }

    public static Motion Replied(params ImmutableArray<Commitment> promises)
    {
        var motion = Accepted();
        var @class = promises.IsEmpty ? AnswerClass.C : AnswerClass.B;
        DateOnly? reconsiderOn = promises.IsEmpty ? Today.AddYears(1) : null;
        Ok(motion.DraftAnswer(PartId, @class, "答复。", reconsiderOn, promises, Clerk, Now, Today));
        motion.Deliver(PartId, Now);
        motion.Reply(Now);
        return motion;
    }

    public static Motion Rated(this Motion motion, Satisfaction result)
    {
        Ok(motion.Rate(Satisfaction.Satisfied, result, "说明。", motion.ProposerId, Now));
        return motion;
    }

    public static Motion Rehandling()
    {
        var motion = Replied().Rated(Satisfaction.Dissatisfied);
        Ok(motion.ReviewDiscontent(true, null, Chair, Now));
        motion.Rehandle(i => Id(61 + i), Now);
        return motion;
    }

    public static Motion DisputeMeeting()
    {
        var motion = Replied().Rated(Satisfaction.Dissatisfied);
        motion.CallMeeting();
        return motion;
    }

    /// <summary>Two promises are followed when none is named.</summary>
    public static Motion Tracking(params ImmutableArray<Commitment> promises)
    {
        var motion = Replied(promises.IsEmpty ? [Promised, Promised] : promises).Rated(Satisfaction.Satisfied);
        motion.Follow(i => Id(51 + i), Today);
        return motion;
    }

    public static Motion Closed()
    {
        var motion = Replied().Rated(Satisfaction.Basic);
        motion.Close(Now);
        return motion;
    }

    public static Motion ClosedDissent()
    {
        var motion = DisputeMeeting();
        Ok(motion.MinuteDispute(Table, Today));
        motion.Close(Now);
        return motion;
    }

    public static Motion Archived()
    {
        var motion = Closed();
        Ok(motion.Archive(Now));
        return motion;
    }

    /// <summary>A motion in this state, by legal moves alone.</summary>
    public static Motion In(MotionState state) =>
        state switch
        {
            MotionState.Draft => Draft(),
            MotionState.Cosigning => Cosigned(),
            MotionState.CosignFailed => After(Cosigning(), m => Ok(m.Lapse(Minimum, Now))),
            MotionState.Submitted => Submitted(),
            MotionState.UnderReview => ToBeMerged(),
            MotionState.Returned => Returned(),
            MotionState.Disputed => Disputed(),
            MotionState.Opinion => Opinion(),
            MotionState.Rejected => Rejected(),
            MotionState.Filed => Filed(),
            MotionState.Assigned => Assigned(),
            MotionState.Handling => Accepted(),
            MotionState.Merged => Merged(),
            MotionState.Replied => Replied(),
            MotionState.Rehandling => Rehandling(),
            MotionState.DisputeMeeting => DisputeMeeting(),
            MotionState.Tracking => Tracking(),
            MotionState.Closed => Closed(),
            MotionState.ClosedDissent => ClosedDissent(),
            MotionState.Archived => Archived(),
            MotionState.Withdrawn => After(Submitted(), m => Ok(m.Withdraw(null))),
            MotionState.Terminated => After(Submitted(), m => Ok(m.Terminate("重复提交。", Now))),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };

    public static Motion After(Motion motion, Action<Motion> act)
    {
        act(motion);
        return motion;
    }
}
