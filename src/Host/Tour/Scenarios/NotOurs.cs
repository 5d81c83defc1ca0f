using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;

namespace EduUnion.Host.Tour.Scenarios;

/// <summary>Scenario 4 of the domain: two departments say "not ours", the committee's chair rules, and that is final.</summary>
public sealed class NotOurs : IScenario
{
    public int Number => 4;
    public string Title => "两次退回改派，主任裁定 / twice not ours, then the chair's ruling";
    public DateTimeOffset Opens => Dates.At(2026, 2, 25, 9);

    public async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var town = await Town.BuildAsync(
            stage,
            "XX小学",
            "XXXX",
            (3, 2, new DateOnly(2026, 3, 25)),
            ["教务处", "人事处"],
            filedBefore: 11,
            new Dictionary<string, string>(),
            cancellation
        );
        var play = new MotionPlay(stage, town);
        await stage.MoveToAsync(new(2026, 3, 3), new(9, 0), cancellation);
        var id = await play.CreateAsync("调整代课工作量计算办法", "personnel");
        await play.InviteAsync(id, "附议人甲", "附议人乙");
        await play.CosignAsync(id);
        await stage.MoveToAsync(new(2026, 3, 10), new(9, 0), cancellation);
        await play.SubmitAsync(id);
        await play.ReviewAsync(id, "file");
        await play.AssignAsync(id, "教务处");
        await ExpectPeriodAsync(stage, id, "教务处", new(2026, 4, 22));

        // The third working day after assignment; five are allowed.
        await stage.MoveToAsync(new(2026, 3, 13), new(10, 0), cancellation);
        await play.RefusedAsync(id, "教务处经办", "handling.accept", "notOurs", "form.reason-missing");
        await ReturnAsync(play, id, "教务处经办");
        await stage.MoveToAsync(new(2026, 3, 16), new(10, 0), cancellation);
        await play.RefusedAsync(
            id,
            "秘书",
            "handling.reassign",
            "reassign",
            "handling.same-host",
            new { host = town.Department("教务处") }
        );
        await play.DecideAsync(id, "秘书", "handling.reassign", "reassign", new { host = town.Department("人事处") });
        await ExpectPeriodAsync(stage, id, "人事处", new(2026, 4, 28));

        await stage.MoveToAsync(new(2026, 3, 18), new(10, 0), cancellation);
        await ReturnAsync(play, id, "人事处经办");
        Stage.ExpectAll("who decides now", ["handling.ruling"], (await stage.OpenTasksAsync(id)).Select(t => t.Name));
        await stage.MoveToAsync(new(2026, 3, 20), new(10, 0), cancellation);
        await play.RefusedAsync(id, "秘书", "handling.ruling", "rule", "task.not-yours", Ruling(town), "职责所在。");
        await play.DecideAsync(id, "主任", "handling.ruling", "rule", Ruling(town), "按职责分工裁定。");
        await ExpectPeriodAsync(stage, id, "人事处", new(2026, 5, 7));

        await stage.MoveToAsync(new(2026, 3, 23), new(9, 0), cancellation);
        var receipt = await stage.FindTaskAsync(id, town["人事处经办"], "handling.accept");
        Stage.ExpectAll("offered after the ruling", ["accept"], receipt.OfferedOutcomes);
        await play.RefusedAsync(
            id,
            "人事处经办",
            "handling.accept",
            "notOurs",
            "task.outcome-unknown",
            comment: MotionPlay.ReturnReason
        );
        await play.DecideAsync(id, "人事处经办", "handling.accept", "accept");
        var opinion = (await stage.ClocksAsync(id, "coanswer")).Single();
        Stage.Expect("opinion due", new DateOnly(2026, 4, 3), opinion.DueOn!.Value);
        await stage.MoveToAsync(new(2026, 4, 1), new(9, 0), cancellation);
        await play.DecideAsync(
            id,
            "教务处经办",
            "handling.opinion",
            "submit",
            new { opinion = "课时系数由教务处每学期提供。" }
        );
        await stage.MoveToAsync(new(2026, 4, 8), new(15, 0), cancellation);
        await play.MeetAsync(id, "人事处");
        await stage.MoveToAsync(new(2026, 4, 10), new(9, 0), cancellation);
        await play.DraftAsync(id, "人事处");
        await stage.MoveToAsync(new(2026, 4, 13), new(9, 0), cancellation);
        await play.DecideAsync(id, "人事处负责人", "handling.sign", "sign");
        await stage.MoveToAsync(new(2026, 4, 14), new(9, 0), cancellation);
        await play.DecideAsync(id, "分管校长", "handling.leader", "agree");
        await stage.MoveToAsync(new(2026, 4, 15), new(9, 0), cancellation);
        await play.DecideAsync(id, "秘书", "handling.formcheck", "deliver");
        await play.RateAsync(id, "提案人", Satisfaction.Basic);
        await stage.MoveToAsync(new(2026, 5, 15), new(9, 0), cancellation);
        await ExpectEndAsync(stage, town, id);
    }

    private static object Ruling(Town town) =>
        new { host = town.Department("人事处"), cohandlers = new[] { town.Department("教务处") } };

    private static Task ReturnAsync(MotionPlay play, Guid id, string who) =>
        play.DecideAsync(id, who, "handling.accept", "notOurs", comment: MotionPlay.ReturnReason);

    /// <summary>Each new host has thirty working days of his own; the clocks before stand as history.</summary>
    private static async Task ExpectPeriodAsync(Stage stage, Guid id, string host, DateOnly due)
    {
        var running = (await stage.ClocksAsync(id, "answer")).Single(c => c.StoppedAt is null);
        Stage.Expect($"answer of {host} due", due, running.DueOn!.Value);
        stage.Say(host, "主办，答复", due);
    }

    private static async Task ExpectEndAsync(Stage stage, Town town, Guid id)
    {
        var motion = await stage.MotionAsync(id);
        Stage.Expect("state", MotionState.Closed, motion.State);
        var part = motion.Parts.Single();
        Stage.Expect("host", town.Department("人事处"), part.HostId);
        Stage.ExpectAll("co-handlers", [town.Department("教务处")], part.CohandlerIds);
        Stage.ExpectAll(
            "returned by",
            [town.Department("教务处"), town.Department("人事处")],
            part.Returns.Select(r => r.HostId)
        );
        Stage.Expect("ruled finally", true, part.Ruled);
        Stage.ExpectAll(
            "periods to answer",
            [new(2026, 4, 22), new(2026, 4, 28), new DateOnly(2026, 5, 7)],
            (await stage.ClocksAsync(id, "answer")).Select(c => c.DueOn!.Value)
        );
        await new Post(stage, town).ExpectAsync(
            id,
            [.. MotionPlay.Secrets, "按职责分工裁定", "课时系数"],
            "2026-03-03 N2.invited → 附议人甲",
            "2026-03-03 N2.invited → 附议人乙",
            "2026-03-03 N3.accepted → 提案人",
            "2026-03-03 N3.accepted → 提案人",
            "2026-03-10 N4.received → 提案人、附议人甲、附议人乙",
            "2026-03-10 N6.filed → 提案人、附议人甲、附议人乙",
            "2026-03-10 N7.host → 教务处经办、教务处负责人",
            "2026-03-11 N7.receipt → 教务处经办、教务处负责人",
            "2026-03-13 N7.receiptOverdue → 教务处经办、教务处负责人",
            "2026-03-13 N8.returned → 秘书",
            "2026-03-16 N8.changed → 提案人",
            "2026-03-16 N8.newHost → 人事处经办、人事处负责人",
            "2026-03-17 N7.receipt → 人事处经办、人事处负责人",
            "2026-03-18 N8.returned → 主任",
            "2026-03-20 N8.changed → 提案人",
            "2026-03-20 N8.newHost → 人事处经办、人事处负责人",
            "2026-03-23 N7.receipt → 人事处经办、人事处负责人",
            "2026-03-23 N7.cohandler → 教务处经办",
            "2026-03-31 N9.opinion → 教务处经办",
            "2026-04-10 N12.sign → 人事处负责人",
            "2026-04-13 N12.review → 分管校长",
            "2026-04-15 N13.copy → 附议人甲、附议人乙",
            "2026-04-15 N13.delivered → 提案人"
        );
    }
}
