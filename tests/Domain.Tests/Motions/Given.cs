using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Domain.Motions;

namespace EduUnion.Domain.Tests.Motions;

/// <summary>Motions as they stand at the moments that the tests begin with.</summary>
internal static partial class Given
{
    public const int Minimum = 2;

    public static readonly Guid Proposer = Id(1);
    public static readonly Guid First = Id(2);
    public static readonly Guid Second = Id(3);
    public static readonly Guid Clerk = Id(4);
    public static readonly Guid Chair = Id(5);
    public static readonly Guid Logistics = Id(11);
    public static readonly Guid Teaching = Id(12);
    public static readonly Guid Personnel = Id(13);
    public static readonly Guid PartId = Id(21);

    public static readonly DateOnly Today = new(2026, 3, 10);
    public static readonly DateTimeOffset Now = new(2026, 3, 10, 9, 0, 0, TimeSpan.FromHours(8));

    public static MotionContent Content { get; } =
        MotionContent.Of("改善教师午休场所", "welfare", new string('因', 50), ["利用闲置房间设置午休室。"]);

    public static Motion Draft(MotionContent? content = null) =>
        Motion.Create(Id(31), Id(32), Id(33), Proposer, content ?? Content).Value.Motion;

    public static Motion Cosigning()
    {
        var motion = Draft();
        Ok(motion.Invite([First, Second], Now));
        return motion;
    }

    public static Motion Cosigned()
    {
        var motion = Cosigning();
        Ok(motion.Cosign(First, CosignState.Confirmed, Minimum, Now));
        Ok(motion.Cosign(Second, CosignState.Confirmed, Minimum, Now));
        return motion;
    }

    public static Motion Submitted()
    {
        var motion = Cosigned();
        Ok(motion.Submit(Minimum, collecting: true, Now));
        motion.Receive("T-YXZX-32-001");
        return motion;
    }

    public static Motion UnderReview(string recommended = "file")
    {
        var motion = Submitted();
        var code = recommended == "reject" ? "personal" : null;
        Ok(motion.Recommend(new Recommendation(recommended, code, "依据章程。", null, [], Clerk)));
        return motion;
    }

    public static Motion Returned()
    {
        var motion = UnderReview();
        Ok(motion.Decide("return", null, "请补充数据。", Minimum));
        return motion;
    }

    public static Motion Filed()
    {
        var motion = UnderReview();
        Ok(motion.Decide("file", null, null, Minimum));
        motion.File("0302-001", Now);
        return motion;
    }

    public static Motion Assigned(params ImmutableArray<Guid> cohandlers)
    {
        var motion = Filed();
        Ok(motion.Assign([new Handling(PartId, Logistics, cohandlers, Now)]));
        return motion;
    }

    public static Motion TransferRequested()
    {
        var motion = Assigned();
        Ok(motion.Return(PartId, Clerk, "不属于本部门。", 2, Today, Now, Today));
        return motion;
    }

    public static Motion Accepted(params ImmutableArray<Guid> cohandlers)
    {
        var motion = Assigned(cohandlers);
        Ok(motion.Accept(PartId, Clerk, Now));
        return motion;
    }

    public static Motion Drafted()
    {
        var motion = Accepted();
        Ok(motion.DraftAnswer(PartId, AnswerClass.A, "已采纳。", null, [], Clerk, Now, Today));
        return motion;
    }

    public static Motion Delivered()
    {
        var motion = Drafted();
        motion.Deliver(PartId, Now);
        return motion;
    }

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static T Ok<T>(Outcome<T> done)
    {
        Assert.True(done.IsOk, done.Refusal?.Code);
        return done.Value;
    }

    /// <summary>Refused with this code at this field, and the motion is what it was before, to the last letter.</summary>
    public static Refusal Refused<T>(
        this Motion motion,
        string code,
        Func<Motion, Outcome<T>> act,
        string? field = null
    )
    {
        var before = JsonSerializer.Serialize(motion);
        var done = act(motion);
        Assert.Equal(code, done.Refusal?.Code);
        Assert.Equal(field, done.Refusal?.Field);
        Assert.Equal(before, JsonSerializer.Serialize(motion));
        return done.Refusal!;
    }
}
