using EduUnion.Domain.Congresses;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tour.Scenarios;

/// <summary>
/// Scenario 3 of the domain: two motions on one matter, one answer, two feedback forms, and one dissatisfied proposer for
/// whom it is handled again.
/// </summary>
public sealed class Merge : IScenario
{
    private const string Reason = "只调整了窗口，排队时间没有变化。";

    public int Number => 3;
    public string Title => "并案：一份答复，两份征询意见表 / merged: one answer, two feedback forms";
    public DateTimeOffset Opens => Dates.At(2026, 3, 16, 9);

    public async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var town = await Town.BuildAsync(
            stage,
            "XX中学",
            "XXZX",
            (5, 1, new DateOnly(2026, 4, 15)),
            ["总务处"],
            filedBefore: 3,
            new Dictionary<string, string>(),
            cancellation
        );
        var play = new MotionPlay(stage, town);
        await stage.MoveToAsync(new(2026, 3, 18), new(9, 0), cancellation);
        var main = await play.FileAsync("改善教工食堂供餐");
        var follower = await play.FileAsync("缩短教工食堂排队时间", who: "提案人乙");
        await stage.MoveToAsync(new(2026, 4, 1), new(9, 0), cancellation);
        await play.ReviewAsync(main, "file");
        Stage.Expect("main number", "0501-004", (await stage.MotionAsync(main)).Number);
        // Six others were filed on paper in between.
        await stage.WithAsync<EduUnionDb, int>(db =>
            db.Set<CongressSession>()
                .Where(s => s.Id == town.SessionId)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.LastFiled, 10))
        );
        await play.RefusedAsync(
            follower,
            "秘书",
            "motion.check",
            "propose",
            "merge.main-missing",
            new { recommendation = "merge", recommendationReason = "同一事项。" }
        );
        await play.ReviewAsync(follower, "merge", main);
        var merged = await stage.MotionAsync(follower);
        Stage.Expect("state", MotionState.Merged, merged.State);
        Stage.Expect("its own number", "0501-011", merged.Number);
        Stage.Expect("main number", "0501-004", merged.MainNumber);
        Stage.Expect("open tasks of the follower", 0, (await stage.OpenTasksAsync(follower)).Count);

        await TakeOutAndBackAsync(stage, play, follower);
        await play.AssignAsync(main, "总务处");
        await stage.MoveToAsync(new(2026, 4, 20), new(9, 0), cancellation);
        await play.AnswerAsync(main, "总务处");
        merged = await stage.MotionAsync(follower);
        Stage.Expect("state of the follower", MotionState.Replied, merged.State);
        Stage.Expect("its answer is the main one's", AnswerClass.A, merged.Parts.Single().Answer!.Class);
        play.Refused(
            "秘书",
            "取消并案",
            "merge.main-answered",
            await play.TryAsync<CommitteeCommands>(c => c.UnmergeAsync(follower, play.As("秘书"), default))
        );

        await stage.MoveToAsync(new(2026, 4, 22), new(9, 0), cancellation);
        await play.RateAsync(main, "提案人", Satisfaction.Satisfied);
        await play.RefusedAsync(
            follower,
            "提案人乙",
            "motion.feedback",
            "rate",
            "form.reason-missing",
            new { manner = "Satisfied", result = "Dissatisfied" }
        );
        await play.RateAsync(follower, "提案人乙", Satisfaction.Dissatisfied, Reason);
        Stage.Expect("state of the main", MotionState.Closed, (await stage.MotionAsync(main)).State);
        await RehandleAsync(stage, play, town, follower, cancellation);
        var forms = new[] { await stage.MotionAsync(main), await stage.MotionAsync(follower) }
            .Select(m => m.Forms.Last(f => f.Rating is not null).Rating!.Result)
            .ToList();
        Stage.Expect("forms", 2, forms.Count);
        Stage.Expect("content", 1, forms.Count(r => r != Satisfaction.Dissatisfied));
        await new Post(stage, town).ExpectAsync(
            follower,
            [.. MotionPlay.Secrets, Reason],
            "2026-03-18 N2.invited → 附议人甲",
            "2026-03-18 N2.invited → 附议人乙",
            "2026-03-18 N3.accepted → 提案人乙",
            "2026-03-18 N3.accepted → 提案人乙",
            "2026-03-18 N4.received → 附议人甲、附议人乙、提案人乙",
            "2026-04-01 N6.merged → 附议人甲、附议人乙、提案人乙",
            "2026-04-20 N13.copy → 附议人甲、附议人乙",
            "2026-04-20 N13.delivered → 提案人乙",
            "2026-04-22 N14.discontent → 主任、总务处负责人",
            "2026-04-24 N14.rehandle → 总务处经办、总务处负责人",
            "2026-04-27 N7.receipt → 总务处经办、总务处负责人"
        );
    }

    /// <summary>Nothing but the main motion's answer ends the waiting; nobody outside the committee can.</summary>
    private static async Task TakeOutAndBackAsync(Stage stage, MotionPlay play, Guid follower)
    {
        play.Refused(
            "提案人乙",
            "取消并案",
            "committee.not-yours",
            await play.TryAsync<CommitteeCommands>(c => c.UnmergeAsync(follower, play.As("提案人乙"), default))
        );
        Stage.Expect("state", MotionState.Merged, (await stage.MotionAsync(follower)).State);
    }

    private static async Task RehandleAsync(
        Stage stage,
        MotionPlay play,
        Town town,
        Guid follower,
        CancellationToken cancellation
    )
    {
        var review = (await stage.ClocksAsync(follower, "rehandle.review")).Single();
        Stage.Expect("review of the dissatisfied rating due", new DateOnly(2026, 4, 29), review.DueOn!.Value);
        await stage.MoveToAsync(new(2026, 4, 24), new(9, 0), cancellation);
        await play.DecideAsync(
            follower,
            "主任",
            "motion.discontent",
            "rehandle",
            comment: "请总务处重新研究分时就餐。"
        );
        var motion = await stage.MotionAsync(follower);
        Stage.Expect("state", MotionState.Rehandling, motion.State);
        Stage.Expect("round", 2, motion.Round);
        Stage.Expect("host again", town.Department("总务处"), motion.CurrentParts.Single().HostId);
        var answer = (await stage.ClocksAsync(follower, "answer")).Single(c => c.StoppedAt is null);
        Stage.Expect("new answer due", new DateOnly(2026, 5, 26), answer.DueOn!.Value);
        stage.Say("总务处", "重新办理，答复", answer.DueOn);
        await stage.MoveToAsync(new(2026, 4, 27), new(9, 0), cancellation);
    }
}
