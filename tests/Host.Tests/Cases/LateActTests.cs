using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Tour;
using EduUnion.Host.Tour;

namespace EduUnion.Host.Tests.Cases;

/// <summary>What comes after a period has run out is late, whether or not the sweep has been there already.</summary>
public sealed class LateActTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Submit_AfterTheCollectionClosed_IsLateBeforeTheSweepComes(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        var moves = new MotionPlay(play.Stage, play.Town);
        var id = await play.DraftAsync();
        await moves.DecideAsync(id, "附议人乙", "motion.cosign", "confirm");

        // Only the clock on the wall moves: nothing works the deadline off.
        play.Stage.Time.MoveTo(ChinaTime.At(new(2026, 3, 10), new(17, 0)));
        await moves.RefusedAsync(id, "提案人", "motion.gather", "submit", "task.expired");

        await play.Stage.MoveToAsync(new(2026, 3, 10), new(18, 0), default);
        Assert.Equal(MotionState.CosignFailed, (await play.Stage.MotionAsync(id)).State);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Deliver_WithAnOpenRequestForExtension_EndsTheRequestToo(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        var moves = new MotionPlay(play.Stage, play.Town);
        var id = await play.AssignedAsync();
        await moves.DecideAsync(id, "总务处经办", "handling.accept", "accept");
        await moves.DecideAsync(id, "校医务室经办", "handling.opinion", "submit", new { opinion = "同意。" });
        await moves.MeetAsync(id, "总务处");
        await moves.AskExtensionAsync(id, "总务处经办", 5);
        Assert.Contains(await play.Stage.OpenTasksAsync(id), t => t.Name == "extension.decide");
        await moves.DraftAsync(id, "总务处");
        await moves.DecideAsync(id, "总务处负责人", "handling.sign", "sign");
        await moves.DecideAsync(id, "分管校长", "handling.leader", "agree");
        await moves.DecideAsync(id, "秘书", "handling.formcheck", "deliver");

        Assert.Equal(["motion.feedback"], (await play.Stage.OpenTasksAsync(id)).Select(t => t.Name));
        Assert.All((await play.Stage.MotionAsync(id)).Parts[0].Extensions, e => Assert.NotNull(e.DecidedAt));
        Assert.All(await play.Stage.ClocksAsync(id, "ext.decide"), c => Assert.NotNull(c.StoppedAt));
    }
}
