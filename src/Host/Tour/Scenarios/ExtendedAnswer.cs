using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;

namespace EduUnion.Host.Tour.Scenarios;

/// <summary>
/// Scenario 5 of the domain: a deadline over the October holidays and its make-up days, extended once. A second motion of
/// the same day is not extended, and shows the warnings that the extension took away, and what silence means.
/// </summary>
public sealed class ExtendedAnswer : IScenario
{
    public int Number => 5;
    public string Title => "国庆调休与延期答复 / an extension over the October holidays";
    public DateTimeOffset Opens => Dates.At(2026, 8, 24, 9);

    public async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var town = await Town.BuildAsync(
            stage,
            "XX中学",
            "XXZX",
            (5, 1, new DateOnly(2026, 9, 22)),
            ["总务处", "教务处"],
            filedBefore: 0,
            new Dictionary<string, string> { ["answer.wd"] = "20" },
            cancellation
        );
        var play = new MotionPlay(stage, town);
        await stage.MoveToAsync(new(2026, 8, 25), new(9, 0), cancellation);
        var extended = await play.CreateAsync("改造教学楼照明", "logistics");
        var silent = await play.CreateAsync("错峰安排教师用餐");
        foreach (var id in new[] { extended, silent })
        {
            await play.InviteAsync(id, "附议人甲", "附议人乙");
            await play.CosignAsync(id);
        }
        await stage.MoveToAsync(new(2026, 9, 7), new(10, 0), cancellation);
        foreach (var id in new[] { extended, silent })
        {
            await play.SubmitAsync(id);
            await play.ReviewAsync(id, "file");
        }
        await stage.MoveToAsync(new(2026, 9, 8), new(9, 0), cancellation);
        await AssignAsync(stage, play, extended, "总务处");
        await AssignAsync(stage, play, silent, "教务处");

        await stage.MoveToAsync(new(2026, 9, 28), new(15, 0), cancellation);
        await play.MeetAsync(silent, "教务处");
        await stage.MoveToAsync(new(2026, 9, 30), new(10, 0), cancellation);
        await AskAndGrantAsync(stage, play, extended);
        await stage.MoveToAsync(new(2026, 10, 8), new(9, 30), cancellation);
        await play.AskExtensionAsync(silent, "教务处经办", 5);
        await stage.MoveToAsync(new(2026, 10, 9), new(9, 0), cancellation);
        await play.DraftAsync(silent, "教务处");
        await play.MeetAsync(extended, "总务处");
        await stage.MoveToAsync(new(2026, 10, 10), new(9, 0), cancellation);
        await play.DecideAsync(silent, "教务处负责人", "handling.sign", "sign");
        await play.DecideAsync(silent, "分管校长", "handling.leader", "agree");

        await stage.MoveToAsync(new(2026, 10, 12), new(9, 0), cancellation);
        stage.Say("系统", "延期审批到期未决，视为不同意");
        play.Refused(
            "教务处经办",
            "申请延期5个工作日",
            "extension.too-late",
            await play.TryAskExtensionAsync(silent, "教务处经办", 5)
        );
        await play.DecideAsync(silent, "秘书", "handling.formcheck", "deliver");
        await ExpectOnTimeAsync(stage, silent, new(2026, 10, 12), original: new(2026, 10, 12), due: new(2026, 10, 12));
        await play.RateAsync(silent, "提案人", Satisfaction.Satisfied);

        await stage.MoveToAsync(new(2026, 10, 22), new(9, 0), cancellation);
        await play.DraftAsync(extended, "总务处");
        await stage.MoveToAsync(new(2026, 10, 23), new(9, 0), cancellation);
        await play.DecideAsync(extended, "总务处负责人", "handling.sign", "sign");
        await stage.MoveToAsync(new(2026, 10, 26), new(9, 0), cancellation);
        await play.DecideAsync(extended, "分管校长", "handling.leader", "agree");
        await play.DecideAsync(extended, "秘书", "handling.formcheck", "deliver");
        await ExpectOnTimeAsync(
            stage,
            extended,
            new(2026, 10, 26),
            original: new(2026, 10, 12),
            due: new(2026, 10, 26)
        );

        // Nobody returns this form: reminded twice, then it lapses, and the motion is closed without a rating.
        await stage.MoveToAsync(new(2026, 11, 20), new(9, 0), cancellation);
        var closed = await stage.MotionAsync(extended);
        Stage.Expect("state", MotionState.Closed, closed.State);
        Stage.Expect("rating", null, closed.Forms.Single().Rating);
        Stage.Expect("lapsed", true, closed.Forms.Single().LapsedAt is not null);
        await ExpectMailsAsync(stage, town, extended, silent);
    }

    private static async Task AssignAsync(Stage stage, MotionPlay play, Guid id, string host)
    {
        await play.AssignAsync(id, host);
        // Sunday 20 September and Saturday 10 October count, 25–27 September and 1–7 October do not.
        var answer = (await stage.ClocksAsync(id, "answer")).Single();
        Stage.Expect("answer due", new DateOnly(2026, 10, 12), answer.DueOn!.Value);
        stage.Say(host, "主办，答复", answer.DueOn);
        await play.DecideAsync(id, $"{host}经办", "handling.accept", "accept");
    }

    private static async Task AskAndGrantAsync(Stage stage, MotionPlay play, Guid id)
    {
        const string Ask = "申请延期";
        play.Refused("教务处经办", Ask, "task.not-yours", await play.TryAskExtensionAsync(id, "教务处经办", 10));
        play.Refused("总务处经办", Ask, "extension.too-long", await play.TryAskExtensionAsync(id, "总务处经办", 21));
        await play.AskExtensionAsync(id, "总务处经办", 15);
        var decide = (await stage.ClocksAsync(id, "ext.decide")).Single();
        Stage.Expect("decision due", new DateOnly(2026, 10, 9), decide.DueOn!.Value);
        play.Refused("总务处经办", Ask, "extension.used", await play.TryAskExtensionAsync(id, "总务处经办", 5));
        await play.RefusedAsync(id, "主任", "extension.decide", "grant", "extension.too-long", new { workdays = 16 });
        await play.DecideAsync(id, "主任", "extension.decide", "grant", new { workdays = 10 });
        var answer = (await stage.ClocksAsync(id, "answer")).Single();
        Stage.Expect("new answer due", new DateOnly(2026, 10, 26), answer.DueOn!.Value);
        stage.Say("总务处", "延期后，答复", answer.DueOn);
        play.Refused("总务处经办", Ask, "extension.used", await play.TryAskExtensionAsync(id, "总务处经办", 5));
    }

    private static async Task ExpectOnTimeAsync(
        Stage stage,
        Guid id,
        DateOnly delivered,
        DateOnly original,
        DateOnly due
    )
    {
        var motion = await stage.MotionAsync(id);
        Stage.Expect("state", MotionState.Replied, motion.State);
        Stage.Expect("delivered on", delivered, Dates.Of(motion.Parts.Single().DeliveredAt!.Value));
        var clock = (await stage.ClocksAsync(id, "answer")).Single();
        Stage.Expect("answer clock stopped on", delivered, Dates.Of(clock.StoppedAt!.Value));
        Stage.Expect("effective due date", due, clock.DueOn!.Value);
        Stage.Expect("original due date", original, clock.OriginalDueOn!.Value);
        Stage.Expect("on time", true, delivered <= clock.DueOn);
    }

    private static async Task ExpectMailsAsync(Stage stage, Town town, Guid extended, Guid silent)
    {
        var post = new Post(stage, town);
        string[] filed =
        [
            "2026-08-25 N2.invited → 附议人甲",
            "2026-08-25 N2.invited → 附议人乙",
            "2026-08-25 N3.accepted → 提案人",
            "2026-08-25 N3.accepted → 提案人",
            "2026-09-07 N4.received → 提案人、附议人甲、附议人乙",
            "2026-09-07 N6.filed → 提案人、附议人甲、附议人乙",
        ];
        // Extended on 30 September: no warning on 8 and 10 October, the ladder starts anew before 26 October.
        await post.ExpectAsync(
            extended,
            MotionPlay.Secrets,
            [
                .. filed,
                "2026-09-08 N7.host → 总务处经办、总务处负责人",
                "2026-09-24 N9.due → 总务处经办、总务处负责人",
                "2026-09-30 N11.asked → 主任",
                "2026-09-30 N11.granted → 提案人、总务处经办、总务处负责人",
                "2026-10-15 N9.due → 总务处经办、总务处负责人",
                "2026-10-21 N9.due → 总务处经办、总务处负责人",
                "2026-10-22 N12.sign → 总务处负责人",
                "2026-10-23 N9.last → 总务处经办、总务处负责人",
                "2026-10-23 N12.review → 分管校长",
                "2026-10-26 N13.copy → 附议人甲、附议人乙",
                "2026-10-26 N13.delivered → 提案人",
                "2026-11-04 N13.due → 提案人",
                "2026-11-06 N13.last → 提案人",
                "2026-11-10 N13.lapsed → 提案人",
            ]
        );
        // Saturday 10 October is a working day, Sunday the 11th is not: the refusal by silence is told on Monday.
        await post.ExpectAsync(
            silent,
            MotionPlay.Secrets,
            [
                .. filed,
                "2026-09-08 N7.host → 教务处经办、教务处负责人",
                "2026-09-24 N9.due → 教务处经办、教务处负责人",
                "2026-10-08 N9.due → 教务处经办、教务处负责人",
                "2026-10-08 N11.asked → 主任",
                "2026-10-09 N12.sign → 教务处负责人",
                "2026-10-10 N9.last → 教务处经办、教务处负责人",
                "2026-10-10 N12.review → 分管校长",
                "2026-10-12 N11.refused → 提案人、教务处经办、教务处负责人",
                "2026-10-12 N13.copy → 附议人甲、附议人乙",
                "2026-10-12 N13.delivered → 提案人",
            ]
        );
    }
}
