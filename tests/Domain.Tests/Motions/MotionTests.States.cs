using System.Text.Json;
using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// Which act is possible in which state (domain §2.9); everywhere else it is refused and changes nothing.
public partial class MotionTests
{
    [Theory]
    [InlineData("submit", MotionState.Draft, MotionState.Cosigning)]
    [InlineData("lapse", MotionState.Draft, MotionState.Cosigning)]
    [InlineData("recommend", MotionState.Submitted, MotionState.UnderReview)]
    [InlineData("delegation", MotionState.Submitted)]
    [InlineData("vote", MotionState.UnderReview)]
    [InlineData("count", MotionState.UnderReview)]
    [InlineData("file", MotionState.UnderReview, MotionState.Disputed)]
    [InlineData("merge", MotionState.UnderReview)]
    [InlineData("return", MotionState.UnderReview)]
    [InlineData("opinion", MotionState.UnderReview, MotionState.Disputed)]
    [InlineData("reject", MotionState.UnderReview, MotionState.Disputed)]
    [InlineData("dispute", MotionState.UnderReview)]
    [InlineData("assign", MotionState.Opinion, MotionState.Filed)]
    [InlineData("unmerge", MotionState.Merged)]
    [InlineData("withdraw", MotionState.Submitted, MotionState.UnderReview, MotionState.Returned, MotionState.Disputed)]
    [InlineData(
        "ask withdrawal",
        MotionState.Opinion,
        MotionState.Filed,
        MotionState.Assigned,
        MotionState.Handling,
        MotionState.Merged
    )]
    [InlineData("appeal", MotionState.Opinion, MotionState.Rejected)]
    [InlineData(
        "lose cosigner",
        MotionState.Cosigning,
        MotionState.Submitted,
        MotionState.UnderReview,
        MotionState.Returned,
        MotionState.Disputed
    )]
    [InlineData("rate", MotionState.Replied)]
    [InlineData("correct", MotionState.DisputeMeeting, MotionState.Tracking, MotionState.Closed)]
    [InlineData("review discontent", MotionState.Replied)]
    [InlineData("explain", MotionState.Replied)]
    [InlineData("minute", MotionState.DisputeMeeting)]
    [InlineData("report", MotionState.Tracking)]
    [InlineData("archive", MotionState.Closed, MotionState.ClosedDissent)]
    public void Act_IsPossibleOnlyIn(string act, params MotionState[] allowed) =>
        Assert.Equal(allowed, Enum.GetValues<MotionState>().Where(s => IsPossible(act, s)));

    [Theory]
    [InlineData("name sponsor", MotionState.Archived)]
    [InlineData("lose lead", MotionState.Archived, MotionState.Withdrawn, MotionState.Terminated)]
    public void Act_IsPossibleExceptIn(string act, params MotionState[] refused) =>
        Assert.Equal(refused, Enum.GetValues<MotionState>().Where(s => !IsPossible(act, s)));

    private static bool IsPossible(string act, MotionState state)
    {
        var motion = In(state);
        Assert.Equal(state, motion.State);
        var before = JsonSerializer.Serialize(motion);
        var possible = Try(act, motion);
        Assert.Equal(possible, before != JsonSerializer.Serialize(motion));
        return possible;
    }

    private static bool Try(string act, Motion m) =>
        act switch
        {
            "submit" => m.Submit(0, collecting: true, Now).IsOk,
            "lapse" => m.Lapse(Minimum, Now).IsOk,
            "recommend" => m.Recommend(Recommended("file", null, null)).IsOk,
            "delegation" => m.SpeakForDelegation(new DelegationOpinion(true, null, Chair, Now)).IsOk,
            "name sponsor" => m.NameSponsor(Clerk).IsOk,
            // A single vote is kept by its task; only a vote to reject leaves its code here.
            "vote" => m.Vote("reject", "personal", "个人事项。", Minimum).IsOk,
            "count" => Count(m, "file", 3, 0, 0, voters: 5).IsOk,
            "file" or "merge" or "return" or "opinion" or "reject" or "dispute" => m.Decide(
                act,
                "personal",
                "依据章程。",
                Minimum
            ).IsOk,
            "assign" => m.Assign([Part(21, Logistics)]).IsOk,
            "unmerge" => m.Unmerge().IsOk,
            "withdraw" => m.Withdraw(null).IsOk,
            "ask withdrawal" => m.AskWithdrawal("已解决。", Proposer, Now).IsOk,
            "appeal" => m.LodgeAppeal("不属个人事项。", Proposer, Today, Today, Now).IsOk,
            "lose lead" => m.LoseLead(Now) is not null,
            "lose cosigner" => m.LoseCosigner(First, Minimum, Now) is not null,
            "rate" => m.Rate(Satisfaction.Satisfied, Satisfaction.Basic, null, Proposer, Now).IsOk,
            "correct" => Correct(m, Satisfaction.Basic).IsOk,
            "review discontent" => m.ReviewDiscontent(true, null, Chair, Now).IsOk,
            "explain" => m.Explain(Table, Today, Now).IsOk,
            "minute" => m.MinuteDispute(Table, Today).IsOk,
            "report" => m.Report(Owed, true, "已完成。", Clerk, Now).IsOk,
            "archive" => m.Archive(Now).IsOk,
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
        };
}
