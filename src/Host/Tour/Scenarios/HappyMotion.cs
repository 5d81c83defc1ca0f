using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;

namespace EduUnion.Host.Tour.Scenarios;

/// <summary>Scenario 1 of the domain: a motion to the delivered answer.</summary>
public sealed class HappyMotion : IScenario
{
    public int Number => 1;
    public string Title => "改善教师午休场所，提出到答复 / a happy motion to the delivered answer";
    public DateTimeOffset Opens => Dates.At(2026, 2, 25, 9);

    public async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var town = await Town.BuildAsync(
            stage,
            "XX小学",
            "XXXX",
            (3, 2, new DateOnly(2026, 3, 25)),
            ["总务处", "校医务室"],
            filedBefore: 11,
            new Dictionary<string, string>(),
            cancellation
        );
        var play = new MotionPlay(stage, town);

        await stage.MoveToAsync(new(2026, 3, 2), new(9, 0), cancellation);
        var id = await play.CreateAsync("改善教师午休场所");
        await play.InviteAsync(id, "附议人甲", "附议人乙");
        await stage.MoveToAsync(new(2026, 3, 3), new(10, 0), cancellation);
        await play.CosignAsync(id);
        await stage.MoveToAsync(new(2026, 3, 10), new(9, 0), cancellation);
        await play.SubmitAsync(id);
        await play.ReviewAsync(id, "file");
        Stage.Expect("official number", "0302-012", (await stage.MotionAsync(id)).Number);

        await play.AssignAsync(id, "总务处", "校医务室");
        var answer = (await stage.ClocksAsync(id, "answer")).Single();
        Stage.Expect("answer due", new DateOnly(2026, 4, 22), answer.DueOn!.Value);
        stage.Say("总务处", "主办，答复期限", answer.DueOn);

        await stage.MoveToAsync(new(2026, 3, 11), new(9, 0), cancellation);
        await play.DecideAsync(id, "总务处经办", "handling.accept", "accept");
        await stage.MoveToAsync(new(2026, 3, 18), new(9, 0), cancellation);
        await play.DecideAsync(
            id,
            "校医务室经办",
            "handling.opinion",
            "submit",
            new { opinion = "建议配备颈枕，每季度消毒一次。" }
        );
        await stage.MoveToAsync(new(2026, 4, 9), new(15, 0), cancellation);
        await play.MeetAsync(id, "总务处");
        await stage.MoveToAsync(new(2026, 4, 14), new(9, 0), cancellation);
        await play.DecideAsync(
            id,
            "总务处经办",
            "handling.draft",
            "submit",
            new
            {
                @class = "B",
                text = "实训楼一层储物间改造为教师午休室，2026年8月31日前完成，配躺椅二十四张；行政楼会议室午间开放。",
                commitments = new[]
                {
                    new
                    {
                        item = "午休室改造完成",
                        owner = "总务处",
                        dueOn = "2026-08-31",
                    },
                },
            }
        );
        await stage.MoveToAsync(new(2026, 4, 15), new(9, 0), cancellation);
        await play.DecideAsync(id, "总务处负责人", "handling.sign", "sign");
        await stage.MoveToAsync(new(2026, 4, 16), new(9, 0), cancellation);
        await play.DecideAsync(id, "分管校长", "handling.leader", "agree");
        await stage.MoveToAsync(new(2026, 4, 17), new(9, 0), cancellation);
        await play.DecideAsync(id, "秘书", "handling.formcheck", "deliver");

        var motion = await stage.MotionAsync(id);
        Stage.Expect("state", MotionState.Replied, motion.State);
        Stage.Expect("form sent to", town["提案人"].Id, motion.Forms.Single().To);
        var part = motion.Parts.Single();
        Stage.Expect("delivered on", new DateOnly(2026, 4, 17), Dates.Of(part.DeliveredAt!.Value));
        Stage.Expect("class", AnswerClass.B, part.Answer!.Class);
        Stage.Expect("promised for", new DateOnly(2026, 8, 31), part.Answer.Commitments.Single().DueOn);
        var clock = (await stage.ClocksAsync(id, "answer")).Single();
        Stage.Expect("answer clock stopped on", new DateOnly(2026, 4, 17), Dates.Of(clock.StoppedAt!.Value));
        Stage.Expect("on time", true, Dates.Of(clock.StoppedAt.Value) <= clock.DueOn);
        var feedback = (await stage.ClocksAsync(id, "feedback")).Single();
        Stage.Expect("feedback due", new DateOnly(2026, 5, 6), feedback.DueOn!.Value);
        await stage.MoveToAsync(new(2026, 4, 20), new(9, 0), cancellation);
        await play.RateAsync(id, "提案人", Satisfaction.Satisfied);
        await KeepAsync(stage, play, id, cancellation);
        await ArchiveAsync(stage, play, town, id);
        // Seven working days before 22 April, and three, half an hour before the answer went out; never the mark of one.
        await new Post(stage, town).ExpectAsync(
            id,
            [.. MotionPlay.Secrets, "颈枕", "储物间"],
            "2026-03-02 N2.invited → 附议人甲",
            "2026-03-02 N2.invited → 附议人乙",
            "2026-03-03 N3.accepted → 提案人",
            "2026-03-03 N3.accepted → 提案人",
            "2026-03-10 N4.received → 提案人、附议人甲、附议人乙",
            "2026-03-10 N6.filed → 提案人、附议人甲、附议人乙",
            "2026-03-10 N7.host → 总务处经办、总务处负责人",
            "2026-03-11 N7.receipt → 总务处经办、总务处负责人",
            "2026-03-11 N7.cohandler → 校医务室经办",
            "2026-04-13 N9.due → 总务处经办、总务处负责人",
            "2026-04-14 N12.sign → 总务处负责人",
            "2026-04-15 N12.review → 分管校长",
            "2026-04-17 N9.due → 总务处经办、总务处负责人",
            "2026-04-17 N13.delivered → 提案人",
            "2026-04-17 N13.copy → 附议人甲、附议人乙",
            "2026-07-01 N16.progress → 总务处经办、总务处负责人",
            "2026-08-20 N16.due → 总务处经办、总务处负责人",
            "2026-08-28 N16.last → 总务处经办、总务处负责人",
            "2026-09-01 N16.overdue → 总务处经办、总务处负责人"
        );
    }

    /// <summary>The promise is kept a day late, looked at, and with it the motion is closed.</summary>
    private static async Task KeepAsync(Stage stage, MotionPlay play, Guid id, CancellationToken cancellation)
    {
        var motion = await stage.MotionAsync(id);
        Stage.Expect("state after the feedback", MotionState.Tracking, motion.State);
        var due = (await stage.ClocksAsync(id, "commitment")).Single();
        Stage.Expect("promise due", new DateOnly(2026, 8, 31), due.DueOn!.Value);
        await stage.MoveToAsync(new(2026, 7, 1), new(9, 0), cancellation);
        await stage.MoveToAsync(new(2026, 7, 3), new(9, 0), cancellation);
        await play.DoAsync<FollowUpCommands>(
            "总务处经办",
            "报告落实进展",
            c =>
                c.ReportProgressAsync(
                    id,
                    motion.Commitments[0].Id,
                    "墙面已完工，躺椅招标中。",
                    play.As("总务处经办"),
                    default
                )
        );
        await stage.MoveToAsync(new(2026, 9, 1), new(10, 0), cancellation);
        await play.DecideAsync(
            id,
            "总务处经办",
            "commitment.report",
            "done",
            new { text = "午休室已交付使用，躺椅二十四张全部到位。" }
        );
        await stage.MoveToAsync(new(2026, 9, 3), new(15, 0), cancellation);
        await play.DecideAsync(id, "秘书", "commitment.verify", "verify");
        motion = await stage.MotionAsync(id);
        Stage.Expect("state", MotionState.Closed, motion.State);
        Stage.Expect("promise", CommitmentState.Verified, motion.Commitments.Single().State);
        Stage.Expect("closed on", new DateOnly(2026, 9, 3), Dates.Of(motion.ClosedAt!.Value));
        Stage.Expect("open tasks", 0, (await stage.OpenTasksAsync(id)).Count);
    }

    /// <summary>Into the archive, where nothing changes any more.</summary>
    private static async Task ArchiveAsync(Stage stage, MotionPlay play, Town town, Guid id)
    {
        await stage.RestartAsync();
        var archived = await stage.WithAsync<CommitteeCommands, Outcome<int>>(c =>
            c.ArchiveAsync(town.SessionId, play.As("秘书"), default)
        );
        Stage.Expect("archived", 1, archived.Value);
        stage.Say("秘书", "本次会议提案归档");
        Stage.Expect("state", MotionState.Archived, (await stage.MotionAsync(id)).State);
        var promise = (await stage.MotionAsync(id)).Commitments[0].Id;
        play.Refused(
            "提案人",
            "对落实事项提出意见",
            "motion.archived",
            await play.TryAsync<FollowUpCommands>(c => c.RemarkAsync(id, promise, "很好。", play.As("提案人"), default))
        );
    }
}
