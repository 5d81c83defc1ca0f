using EduUnion.Domain.Congresses;
using EduUnion.Domain.Motions;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tour.Scenarios;

/// <summary>Scenario 2 of the domain: too few co-signers, so it goes on as an opinion that must still be answered.</summary>
public sealed class CosignerShortage : IScenario
{
    public int Number => 2;
    public string Title => "附议不足，转为意见建议 / co-signer shortage, answered as an opinion";
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

        await stage.MoveToAsync(new(2026, 3, 4), new(10, 0), cancellation);
        var id = await play.CreateAsync("校门口增设等候雨棚", "logistics");
        await play.InviteAsync(id, "附议人甲", "附议人乙");
        // Five working days would be 11 March, but the collection closes before.
        var invitations = await stage.ClocksAsync(id, "cosign");
        Stage.ExpectAll(
            "invitations end",
            [Dates.At(2026, 3, 10, 17), Dates.At(2026, 3, 10, 17)],
            invitations.Select(c => c.DueAt!.Value.ToOffset(TimeSpan.FromHours(8)))
        );
        await stage.MoveToAsync(new(2026, 3, 5), new(9, 0), cancellation);
        await play.DecideAsync(id, "附议人甲", "motion.cosign", "decline");
        await play.RefusedAsync(id, "提案人", "motion.gather", "submit", "motion.cosigners-missing");
        var unanswered = (await stage.FindTaskAsync(id, town["附议人乙"], "motion.cosign")).Id;

        await stage.MoveToAsync(new(2026, 3, 10), new(17, 0), cancellation);
        var failed = await stage.MotionAsync(id);
        Stage.Expect("state at the close", MotionState.CosignFailed, failed.State);
        stage.Say("系统", "征集截止，附议 0 人，不足 2 人");
        Stage.ExpectAll(
            "co-signers",
            [CosignState.Declined, CosignState.Lapsed],
            failed.Cosigners.OrderBy(c => c.State).Select(c => c.State)
        );
        Stage.ExpectAll("open tasks", ["motion.lapsed"], (await stage.OpenTasksAsync(id)).Select(t => t.Name));
        var late = await stage.TryDecideAsync(unanswered, town["附议人乙"], "confirm");
        play.Refused("附议人乙", "附议", "task.closed", late);
        play.Refused("提案人", "起草提案", "motion.collection-closed", await play.TryCreateAsync("校门口增设自行车棚"));

        // On the last day: nobody reminds of an offer.
        await stage.MoveToAsync(new(2026, 3, 13), new(16, 0), cancellation);
        await play.DecideAsync(id, "提案人", "motion.lapsed", "opinion");
        await stage.MoveToAsync(new(2026, 3, 16), new(9, 0), cancellation);
        await play.AssignAsync(id, "总务处");
        var answer = (await stage.ClocksAsync(id, "answer")).Single();
        Stage.Expect("answer due", new DateOnly(2026, 4, 28), answer.DueOn!.Value);
        stage.Say("总务处", "主办，书面答复", answer.DueOn);

        await stage.MoveToAsync(new(2026, 3, 17), new(9, 0), cancellation);
        await play.DecideAsync(id, "总务处经办", "handling.accept", "accept");
        await stage.MoveToAsync(new(2026, 3, 25), new(15, 0), cancellation);
        await play.MeetAsync(id, "总务处");
        await stage.MoveToAsync(new(2026, 3, 26), new(9, 0), cancellation);
        await play.DraftAsync(id, "总务处");
        await stage.MoveToAsync(new(2026, 3, 27), new(9, 0), cancellation);
        await play.DecideAsync(id, "总务处负责人", "handling.sign", "sign");
        await stage.MoveToAsync(new(2026, 3, 30), new(9, 0), cancellation);
        await play.DecideAsync(id, "分管校长", "handling.leader", "agree");
        await play.DecideAsync(id, "秘书", "handling.formcheck", "deliver");
        await stage.MoveToAsync(new(2026, 5, 15), new(9, 0), cancellation);

        var motion = await stage.MotionAsync(id);
        Stage.Expect("state", MotionState.Closed, motion.State);
        Stage.Expect("feedback forms", 0, motion.Forms.Length);
        Stage.Expect("delivered on", new DateOnly(2026, 3, 30), Dates.Of(motion.Parts.Single().DeliveredAt!.Value));
        // What keeps it out of every motion rate: an opinion, never submitted, no official number used for it.
        Stage.Expect("is an opinion", true, motion.IsOpinion);
        Stage.Expect("submitted", null, motion.SubmittedAt);
        Stage.Expect("official number", null, motion.Number);
        Stage.Expect("receipt number", "T-XXXX-32-012", motion.ReceiptNumber);
        var filed = await stage.WithAsync<EduUnionDb, int>(db =>
            db.Set<CongressSession>().Where(s => s.Id == town.SessionId).Select(s => s.LastFiled).SingleAsync()
        );
        Stage.Expect("last official number", 11, filed);
        await new Post(stage, town).ExpectAsync(
            id,
            MotionPlay.Secrets,
            "2026-03-04 N2.invited → 附议人甲",
            "2026-03-04 N2.invited → 附议人乙",
            "2026-03-05 N3.declined → 提案人",
            "2026-03-09 N2.last → 附议人乙",
            "2026-03-10 N3.short → 提案人",
            "2026-03-13 N6.converted → 提案人",
            "2026-03-16 N7.host → 总务处经办、总务处负责人",
            "2026-03-17 N7.receipt → 总务处经办、总务处负责人",
            "2026-03-26 N12.sign → 总务处负责人",
            "2026-03-27 N12.review → 分管校长",
            "2026-03-30 N13.opinion → 提案人"
        );
    }
}
