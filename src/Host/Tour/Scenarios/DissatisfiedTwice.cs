using EduUnion.Domain.Motions;
using EduUnion.Host.Web;

namespace EduUnion.Host.Tour.Scenarios;

/// <summary>
/// Scenario 6 of the domain: dissatisfied, handled again, dissatisfied again: no third cycle but a meeting of all sides, and
/// the motion is closed with the dissent kept.
/// </summary>
public sealed class DissatisfiedTwice : IScenario
{
    private const string First = "没有说明何时再次研究。";
    private const string Second = "资金来源仍未落实。";
    private const string Minutes = "总务处说明经费未列入本年预算；提案人保留意见，建议列入下次会议报告。";

    public int Number => 6;
    public string Title => "两次不满意，当面协商，保留意见办结 / dissatisfied twice, closed with dissent";
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
        await stage.MoveToAsync(new(2026, 3, 10), new(9, 0), cancellation);
        var id = await play.FileAsync("新建教职工停车场", "logistics");
        await play.ReviewAsync(id, "file");
        await play.AssignAsync(id, "总务处");
        await stage.MoveToAsync(new(2026, 3, 18), new(9, 0), cancellation);
        await play.AnswerAsync(id, "总务处", form: Refusal());
        await stage.MoveToAsync(new(2026, 3, 20), new(9, 0), cancellation);
        await play.RateAsync(id, "提案人", Satisfaction.Dissatisfied, First);
        await stage.MoveToAsync(new(2026, 3, 23), new(9, 0), cancellation);
        await play.RefusedAsync(id, "主任", "motion.discontent", "explain", "form.reason-missing");
        await play.DecideAsync(id, "主任", "motion.discontent", "rehandle");
        var answer = (await stage.ClocksAsync(id, "answer")).Single(c => c.StoppedAt is null);
        // Twenty working days: Tomb Sweeping (4–6 April) does not count.
        Stage.Expect("new answer due", new DateOnly(2026, 4, 21), answer.DueOn!.Value);
        await stage.MoveToAsync(new(2026, 4, 13), new(9, 0), cancellation);
        await play.AnswerAsync(id, "总务处", form: Refusal());
        await stage.MoveToAsync(new(2026, 4, 15), new(9, 0), cancellation);
        await play.RateAsync(id, "提案人", Satisfaction.Dissatisfied, Second);

        Stage.Expect("state", MotionState.DisputeMeeting, (await stage.MotionAsync(id)).State);
        Stage.ExpectAll("no third cycle", ["motion.dispute"], (await stage.OpenTasksAsync(id)).Select(t => t.Name));
        await stage.MoveToAsync(new(2026, 4, 22), new(15, 0), cancellation);
        var minutes = new
        {
            metOn = "2026-04-22",
            place = "工会会议室",
            people = "工会主席、提案人、总务处负责人、分管校长",
            minutes = Minutes,
        };
        await play.RefusedAsync(id, "主任", "motion.dispute", "minute", "task.not-yours", minutes);
        await play.DecideAsync(id, "工会主席", "motion.dispute", "minute", minutes);

        var motion = await stage.MotionAsync(id);
        Stage.Expect("state", MotionState.ClosedDissent, motion.State);
        Stage.ExpectAll(
            "both opinions are kept",
            [First, Second, Minutes],
            [.. motion.Forms.Select(f => f.Rating!.Reason!), motion.FollowUpMeetings.Single().Minutes]
        );
        Stage.Expect("open tasks", 0, (await stage.OpenTasksAsync(id)).Count);
        await stage.MoveToAsync(new(2026, 5, 15), new(9, 0), cancellation);
        await new Post(stage, town).ExpectAsync(
            id,
            [.. MotionPlay.Secrets, First, Second, Minutes],
            "2026-03-10 N2.invited → 附议人甲",
            "2026-03-10 N2.invited → 附议人乙",
            "2026-03-10 N3.accepted → 提案人",
            "2026-03-10 N3.accepted → 提案人",
            "2026-03-10 N4.received → 提案人、附议人甲、附议人乙",
            "2026-03-10 N6.filed → 提案人、附议人甲、附议人乙",
            "2026-03-10 N7.host → 总务处经办、总务处负责人",
            "2026-03-11 N7.receipt → 总务处经办、总务处负责人",
            "2026-03-13 N7.receiptOverdue → 总务处经办、总务处负责人",
            "2026-03-18 N12.sign → 总务处负责人",
            "2026-03-18 N12.review → 分管校长",
            "2026-03-18 N13.copy → 附议人甲、附议人乙",
            "2026-03-18 N13.delivered → 提案人",
            "2026-03-20 N14.discontent → 主任、总务处负责人",
            "2026-03-23 N14.rehandle → 总务处经办、总务处负责人",
            "2026-03-24 N7.receipt → 总务处经办、总务处负责人",
            "2026-03-26 N7.receiptOverdue → 总务处经办、总务处负责人",
            "2026-04-10 N9.due → 总务处经办、总务处负责人",
            "2026-04-13 N12.sign → 总务处负责人",
            "2026-04-13 N12.review → 分管校长",
            "2026-04-13 N13.copy → 附议人甲、附议人乙",
            "2026-04-13 N13.delivered → 提案人",
            "2026-04-15 N15.meeting → 主任、工会主席、总务处负责人、分管校长"
        );
    }

    private static object Refusal() =>
        new
        {
            @class = "C",
            text = "因校园用地和经费限制，目前不具备新建条件，现有车位已重新划线。",
            reconsiderOn = "2027-03-01",
        };
}
