using System.Text.Json;
using CsCheck;
using EduUnion.Domain.Motions;
using static EduUnion.Domain.Tests.Motions.Given;

namespace EduUnion.Domain.Tests.Motions;

// 退回、拿回、改后直送、跳转、终止、唤醒.
public partial class MotionTests
{
    [Fact]
    public void StepsBack_OfAnAnswer_AreTheStepsBeforeIt()
    {
        Assert.Equal([], Drafted().StepsBack("handling.draft", PartId));
        Assert.Equal(["handling.draft"], Drafted().StepsBack("handling.sign", PartId));
        Assert.Equal(
            ["handling.draft", "handling.sign", "handling.leader"],
            Reviewed().StepsBack("handling.formcheck", PartId)
        );
        Assert.Equal([], Accepted().StepsBack("handling.sign", PartId));
    }

    [Fact]
    public void SendBack_ToAnEarlierSignature_TakesTheLaterOnesAway()
    {
        var motion = Reviewed();

        var sent = Ok(motion.SendBack(PartId, "handling.formcheck", "handling.leader", "附件未审。", straight: false));

        Assert.Equal(("handling.formcheck", "handling.leader", false), (sent.From, sent.To, sent.Straight));
        var part = motion.Part(PartId);
        Assert.Equal((HandlingState.Signing, Clerk, null), (part.State, part.SignedBy?.By, part.ReviewedBy));
    }

    [Fact]
    public void SendBack_ToTheDraft_IsDraftedAnew()
    {
        var motion = Reviewed();

        Ok(motion.SendBack(PartId, "handling.leader", "handling.draft", "数据有误。", straight: false));

        Assert.Equal((HandlingState.Handling, null), (motion.Part(PartId).State, motion.Part(PartId).SignedBy));
        Ok(Answer(motion, AnswerClass.A, null));
        Assert.Equal(2, motion.Part(PartId).Answer!.Revision);
    }

    [Theory]
    [InlineData("handling.sign", "handling.leader")]
    [InlineData("handling.sign", "handling.sign")]
    [InlineData("handling.draft", "handling.accept")]
    [InlineData("handling.meeting", "handling.draft")]
    public void SendBack_Elsewhere_IsRefused(string from, string to) =>
        Drafted().Refused("task.return-not-here", m => m.SendBack(PartId, from, to, "有误。", straight: false));

    [Fact]
    public void SendBack_WithoutAReason_IsRefused() =>
        Drafted()
            .Refused(
                "form.reason-missing",
                m => m.SendBack(PartId, "handling.sign", "handling.draft", " ", straight: false),
                "reason"
            );

    [Fact]
    public void SendBack_ToTheProposer_IsTheOneReturn()
    {
        var motion = Submitted();

        Ok(motion.SendBack(null, "motion.check", "motion.revise", "请补充数据。", straight: false));

        Assert.Equal((MotionState.Returned, 1), (motion.State, motion.Returns));
        Assert.Equal("请补充数据。", motion.Review!.Reason);
        Ok(motion.Resubmit(null, Now));
        motion.Refused(
            "task.return-not-here",
            m => m.SendBack(null, "motion.check", "motion.revise", "再补充。", straight: false)
        );
        Ok(motion.Recommend(Recommended("file", null, null)));
        motion.Refused("motion.returned-before", m => m.Decide("return", null, "再补充。", Minimum));
    }

    [Theory]
    [InlineData("handling.sign", "handling.draft")]
    [InlineData("handling.leader", "handling.sign")]
    [InlineData("handling.formcheck", "handling.leader")]
    public void TakeBack_OfTheStepBefore_GivesItBack(string from, string to)
    {
        var motion = from switch
        {
            "handling.sign" => Drafted(),
            "handling.leader" => Signed(),
            _ => Reviewed(),
        };

        Ok(motion.TakeBack(PartId, from, to));

        Assert.Equal(
            to == "handling.draft" ? HandlingState.Handling : HandlingState.Signing,
            motion.Part(PartId).State
        );
        Assert.Equal(to == "handling.leader", motion.Part(PartId).SignedBy is not null);
        Assert.Null(motion.Part(PartId).ReviewedBy);
    }

    [Fact]
    public void TakeBack_OfTheRecommendation_IsCheckedAgain()
    {
        var motion = UnderReview();

        Ok(motion.TakeBack(null, "motion.review", "motion.check"));

        Assert.Equal((MotionState.Submitted, null), (motion.State, motion.Recommendation));
    }

    [Fact]
    public void TakeBack_OfMoreThanTheLastStep_IsRefused()
    {
        Reviewed().Refused("task.went-on", m => m.TakeBack(PartId, "handling.formcheck", "handling.draft"));
        Filed().Refused("task.went-on", m => m.TakeBack(null, "motion.review", "motion.check"));
    }

    [Fact]
    public void GoStraight_WithTheSamePromises_KeepsTheSignaturesAndSaysOfWhichRevision()
    {
        var motion = Reviewed();
        Ok(motion.SendBack(PartId, "handling.formcheck", "handling.draft", "缺联系电话。", straight: true));
        Ok(Answer(motion, AnswerClass.A, null));

        var straight = Ok(motion.GoStraight(PartId, "handling.draft", "handling.formcheck"));

        Assert.Equal(1, straight.Kept);
        var part = motion.Part(PartId);
        Assert.Equal((1, 1, 2), (part.SignedBy!.Revision, part.ReviewedBy!.Revision, part.Answer!.Revision));
        Assert.Null(part.CheckedBy);
    }

    [Fact]
    public void GoStraight_WithAnotherClass_IsRefused()
    {
        var motion = Reviewed();
        Ok(motion.SendBack(PartId, "handling.formcheck", "handling.draft", "缺联系电话。", straight: true));
        Ok(Answer(motion, AnswerClass.B, null, Promise));

        motion.Refused("task.straight-changed", m => m.GoStraight(PartId, "handling.draft", "handling.formcheck"));
    }

    [Fact]
    public void GoStraight_NothingKept_IsRefused()
    {
        var motion = Reviewed();
        Ok(motion.SendBack(PartId, "handling.formcheck", "handling.draft", "缺联系电话。", straight: false));
        Ok(Answer(motion, AnswerClass.A, null));

        motion.Refused("task.straight-changed", m => m.GoStraight(PartId, "handling.draft", "handling.formcheck"));
    }

    [Fact]
    public void Jump_NeverPassesASignature()
    {
        Assert.Equal(["handling.accept", "handling.draft", "handling.sign"], Drafted().StepsOpen(PartId));
        Drafted().Refused("case.jump-impossible", m => m.Jump(PartId, "handling.leader", "赶时间。", Now));
        // Nobody has met the proposer.
        Accepted().Refused("case.jump-impossible", m => m.Jump(PartId, "handling.draft", "赶时间。", Now));
    }

    [Fact]
    public void Jump_ToTheAssignment_TakesThePartsBack()
    {
        var motion = Accepted();

        Ok(motion.Jump(null, "motion.assign", "部门合并。", Now));

        Assert.Equal((MotionState.Filed, true), (motion.State, motion.Parts.IsEmpty));
        Ok(motion.Assign([Part(22, Teaching)]));
    }

    [Theory]
    [InlineData(MotionState.Cosigning, "motion.gather")]
    [InlineData(MotionState.Submitted, "motion.check")]
    [InlineData(MotionState.UnderReview, "motion.review")]
    [InlineData(MotionState.Returned, "motion.revise")]
    [InlineData(MotionState.Disputed, "motion.presidium")]
    [InlineData(MotionState.Filed, "motion.assign")]
    public void Wake_WhereItStood_IsAsItWas(MotionState state, string step)
    {
        var motion = In(state);
        Ok(motion.Terminate("重复提交。", Now));
        Assert.Equal((MotionState.Terminated, state), (motion.State, motion.Termination!.From));

        Ok(motion.Wake(step, "终止有误。"));

        Assert.Equal((state, null), (motion.State, motion.Termination));
    }

    [Theory]
    [InlineData(MotionState.Merged)]
    [InlineData(MotionState.Replied)]
    [InlineData(MotionState.Closed)]
    [InlineData(MotionState.Withdrawn)]
    [InlineData(MotionState.Rejected)]
    public void Terminate_AnsweredOrOver_IsRefused(MotionState state) =>
        In(state).Refused("case.terminate-too-late", m => m.Terminate("重复提交。", Now));

    [Fact]
    public void Wake_WhatWasNotTerminated_IsRefused() =>
        In(MotionState.Withdrawn).Refused("case.not-terminated", m => m.Wake("motion.check", "有误。"));

    /// <summary>Whatever way an answer takes back and forth, it is never checked without the signatures before it.</summary>
    [Fact]
    public void NoWay_LeadsPastASignature() =>
        Gen.Int[0, 11]
            .Array[1, 40]
            .Sample(
                acts =>
                {
                    var motion = Drafted();
                    return acts.All(act =>
                    {
                        Wander(motion, act);
                        var part = motion.Part(PartId);
                        RoundTrip(motion);
                        return part.State == HandlingState.Delivered
                            || (part.ReviewedBy is null || part.SignedBy is not null)
                                && (part.CheckedBy is null || part.ReviewedBy is not null)
                                && (part.State == HandlingState.Signing || part.SignedBy is null);
                    });
                },
                iter: 2_000
            );

    // One after the other as the process would ask; what is not open is refused.
    private static void Wander(Motion motion, int act)
    {
        var part = motion.Part(PartId);
        var at =
            part.State != HandlingState.Signing ? "handling.draft"
            : part.SignedBy is null ? "handling.sign"
            : part.ReviewedBy is null ? "handling.leader"
            : "handling.formcheck";
        string[] steps = ["handling.draft", "handling.sign", "handling.leader", "handling.formcheck"];
        switch (act)
        {
            case < 4 when at == "handling.draft":
                Answer(motion, act % 2 == 0 ? AnswerClass.A : AnswerClass.D, null);
                break;
            case < 4 when at == "handling.sign":
                motion.Sign(PartId, Clerk, Now);
                break;
            case < 4 when at == "handling.leader":
                motion.ReviewAnswer(PartId, Chair, Now);
                break;
            case < 6:
                motion.SendBack(PartId, at, steps[act % 4], "有误。", straight: true);
                break;
            case 6 or 7:
                motion.GoStraight(PartId, at, steps[act % 4]);
                break;
            case 8 or 9:
                motion.TakeBack(PartId, at, steps[act % 4]);
                break;
            default:
                motion.Jump(PartId, steps[act % 4], "跳转。", Now);
                break;
        }
    }

    private static void RoundTrip(Motion motion)
    {
        var stored = JsonSerializer.Serialize(motion);
        Assert.Equal(stored, JsonSerializer.Serialize(JsonSerializer.Deserialize<Motion>(stored)));
    }

    private static Motion Signed() => After(Drafted(), m => m.Sign(PartId, Clerk, Now));

    private static Motion Reviewed() => After(Signed(), m => m.ReviewAnswer(PartId, Chair, Now));
}
