using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Web;

namespace EduUnion.Host.Tour.Scenarios;

/// <summary>
/// Scenario 8 of the domain: a filed motion is to be withdrawn. Where a co-signer takes it over it goes on; else the
/// committee agrees and it counts no more.
/// </summary>
public sealed class Withdrawal : IScenario
{
    private const string Reason = "学校已另行安排。";

    public int Number => 8;
    public string Title => "立案后撤回：接手或撤案 / withdrawn after filing: taken over, or ended";
    public DateTimeOffset Opens => Dates.At(2026, 2, 25, 9);

    public async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var town = await Town.BuildAsync(
            stage,
            "XX小学",
            "XXXX",
            (3, 2, new DateOnly(2026, 3, 25)),
            ["总务处"],
            filedBefore: 11,
            new Dictionary<string, string>(),
            cancellation
        );
        var play = new MotionPlay(stage, town);
        await stage.MoveToAsync(new(2026, 3, 9), new(9, 0), cancellation);
        var taken = await play.FileAsync("延长图书馆开放时间", "teaching");
        var ended = await play.FileAsync("增加教工体检项目", "welfare");
        foreach (var id in new[] { taken, ended })
        {
            await play.ReviewAsync(id, "file");
            await play.AssignAsync(id, "总务处");
            await play.DecideAsync(id, "总务处经办", "handling.accept", "accept");
        }
        await stage.MoveToAsync(new(2026, 3, 12), new(9, 0), cancellation);
        foreach (var id in new[] { taken, ended })
            await play.DoAsync<FollowUpCommands>(
                "提案人",
                "申请撤回",
                c => c.WithdrawAsync(id, Reason, play.As("提案人"), default)
            );
        var offer = (await stage.ClocksAsync(taken, "takeover")).Single();
        Stage.Expect("offer ends", new DateOnly(2026, 3, 17), offer.DueOn!.Value);
        play.Refused(
            "提案人",
            "再次申请撤回",
            "withdrawal.open",
            await play.TryAsync<FollowUpCommands>(c => c.WithdrawAsync(taken, Reason, play.As("提案人"), default))
        );

        await stage.MoveToAsync(new(2026, 3, 16), new(9, 0), cancellation);
        await play.DecideAsync(taken, "附议人乙", "withdrawal.takeover", "takeover");
        var motion = await stage.MotionAsync(taken);
        Stage.Expect("new lead", town["附议人乙"].Id, motion.ProposerId);
        Stage.Expect("goes on", MotionState.Handling, motion.State);
        Stage.ExpectAll(
            "nobody else is asked any more",
            ["handling.meeting"],
            (await stage.OpenTasksAsync(taken)).Select(t => t.Name)
        );

        await play.DecideAsync(ended, "附议人甲", "withdrawal.takeover", "decline");
        await play.DecideAsync(ended, "附议人乙", "withdrawal.takeover", "decline");
        await stage.MoveToAsync(new(2026, 3, 18), new(9, 0), cancellation);
        await play.RefusedAsync(ended, "秘书", "withdrawal.consent", "agree", "task.not-yours");
        await play.DecideAsync(ended, "主任", "withdrawal.consent", "agree");
        motion = await stage.MotionAsync(ended);
        Stage.Expect("state", MotionState.Withdrawn, motion.State);
        Stage.Expect("it had been filed", "0302-013", motion.Number);
        Stage.Expect("open tasks", 0, (await stage.OpenTasksAsync(ended)).Count);
        foreach (var name in new[] { "answer", "withdrawal.decide", "takeover" })
            Stage.Expect(
                $"running {name} clocks",
                0,
                (await stage.ClocksAsync(ended, name)).Count(c => c.StoppedAt is null)
            );
        await stage.MoveToAsync(new(2026, 5, 15), new(9, 0), cancellation);
        await new Post(stage, town).ExpectAsync(
            ended,
            [.. MotionPlay.Secrets, Reason],
            "2026-03-09 N2.invited → 附议人甲",
            "2026-03-09 N2.invited → 附议人乙",
            "2026-03-09 N3.accepted → 提案人",
            "2026-03-09 N3.accepted → 提案人",
            "2026-03-09 N4.received → 提案人、附议人甲、附议人乙",
            "2026-03-09 N6.filed → 提案人、附议人甲、附议人乙",
            "2026-03-09 N7.host → 总务处经办、总务处负责人",
            "2026-03-12 N6.takeover → 附议人甲、附议人乙",
            "2026-03-16 N6.takeoverLast → 附议人甲、附议人乙",
            "2026-03-16 N6.withdrawalAsked → 主任",
            "2026-03-18 N6.withdrawn → 提案人、附议人甲、附议人乙、总务处经办、总务处负责人"
        );
    }
}
