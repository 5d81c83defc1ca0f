using EduUnion.Domain.Congresses;
using EduUnion.Domain.Motions;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tour.Scenarios;

/// <summary>
/// Scenario 7 of the domain: the lead proposer is transferred. His rights end that day, the motion stays valid, the first
/// co-signer is offered the lead and after him the head of the delegation has it.
/// </summary>
public sealed class LeadLeaves : IScenario
{
    public int Number => 7;
    public string Title => "领衔代表调离 / the lead proposer leaves";
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
        await stage.MoveToAsync(new(2026, 3, 3), new(9, 0), cancellation);
        var accepted = await play.FileAsync("规范教师加班补休", "personnel");
        var declined = await play.FileAsync("增设教师心理咨询", "welfare");
        // Still looking for signatures when one who has signed leaves: the count drops.
        var gathering = await play.CreateAsync("更换办公座椅", "logistics", "提案人乙");
        await play.InviteAsync("提案人乙", gathering, "附议人甲", "附议人乙");
        await play.CosignAsync(gathering);
        foreach (var id in new[] { accepted, declined })
        {
            await play.ReviewAsync(id, "file");
            await play.AssignAsync(id, "总务处");
            await play.DecideAsync(id, "总务处经办", "handling.accept", "accept");
        }

        await EndMandateAsync(stage, town, "附议人乙", new(2026, 3, 5));
        await stage.MoveToAsync(new(2026, 3, 6), new(9, 0), cancellation);
        Stage.Expect("signatures left", 1, (await stage.MotionAsync(gathering)).Confirmed);
        Stage.Expect("after filing nothing changes", 2, (await stage.MotionAsync(accepted)).Confirmed);
        await play.RefusedAsync(gathering, "提案人乙", "motion.gather", "submit", "motion.cosigners-missing");

        await EndMandateAsync(stage, town, "提案人", new(2026, 3, 17));
        await stage.MoveToAsync(new(2026, 3, 18), new(9, 0), cancellation);
        var offer = (await stage.ClocksAsync(accepted, "lead_offer")).Single();
        Stage.Expect("offer ends", new DateOnly(2026, 3, 25), offer.DueOn!.Value);
        stage.Say("系统", "请首位附议人接任", offer.DueOn);
        Stage.Expect("the motion stays valid", MotionState.Handling, (await stage.MotionAsync(accepted)).State);

        await stage.MoveToAsync(new(2026, 3, 20), new(9, 0), cancellation);
        await play.RefusedAsync(accepted, "提案人", "lead.offer", "accept", "task.not-yours");
        await play.DecideAsync(accepted, "附议人甲", "lead.offer", "accept");
        await stage.MoveToAsync(new(2026, 3, 27), new(9, 0), cancellation);
        var led = await stage.MotionAsync(accepted);
        Stage.Expect("new lead", town["附议人甲"].Id, led.ProposerId);
        // The other offer ran out after five working days: the head of the delegation leads.
        Stage.Expect("delegation's head leads", town["团长"].Id, (await stage.MotionAsync(declined)).ProposerId);
        stage.Say("团长", "附议人逾期未接任，接任领衔人");

        await stage.MoveToAsync(new(2026, 4, 8), new(9, 0), cancellation);
        await FinishAsync(stage, play, town, accepted);
        await new Post(stage, town).ExpectAsync(
            declined,
            MotionPlay.Secrets,
            "2026-03-03 N2.invited → 附议人甲",
            "2026-03-03 N2.invited → 附议人乙",
            "2026-03-03 N3.accepted → 提案人",
            "2026-03-03 N3.accepted → 提案人",
            "2026-03-03 N4.received → 提案人、附议人甲、附议人乙",
            "2026-03-03 N6.filed → 提案人、附议人甲、附议人乙",
            "2026-03-03 N7.host → 总务处经办、总务处负责人",
            "2026-03-18 N6.leadOffered → 附议人甲",
            "2026-03-24 N6.leadLast → 附议人甲",
            "2026-03-26 N6.newLead → 附议人甲、附议人乙、团长",
            "2026-04-03 N9.due → 总务处经办、总务处负责人"
        );
    }

    private static async Task FinishAsync(Stage stage, MotionPlay play, Town town, Guid id)
    {
        await play.MeetAsync(id, "总务处");
        await play.DraftAsync(id, "总务处");
        await play.DecideAsync(id, "总务处负责人", "handling.sign", "sign");
        await play.DecideAsync(id, "分管校长", "handling.leader", "agree");
        await play.DecideAsync(id, "秘书", "handling.formcheck", "deliver");
        var content = new { manner = "Satisfied", result = "Satisfied" };
        await play.RefusedAsync(id, "提案人", "motion.feedback", "rate", "task.not-yours", content);
        await play.RateAsync(id, "附议人甲", Satisfaction.Satisfied);
        var motion = await stage.MotionAsync(id);
        Stage.Expect("state", MotionState.Closed, motion.State);
        Stage.Expect("rated by", town["附议人甲"].Id, motion.Forms.Single().Rating!.By);
        // The old lead may read the answer, and nothing more.
        var reads = await stage.WithAsync<Cases.Access, bool>(async access =>
            await access.Visible(await access.ViewerAsync(town["提案人"].Id, default)).AnyAsync(c => c.Id == id)
        );
        Stage.Expect("the old lead reads it", true, reads);
    }

    private static async Task EndMandateAsync(Stage stage, Town town, string who, DateOnly on)
    {
        await stage.WithAsync<EduUnionDb, int>(db =>
            db.Set<Representative>()
                .Where(r => r.TermId == town.TermId && r.MemberId == town[who].Id)
                .ExecuteUpdateAsync(r => r.SetProperty(x => x.Until, on))
        );
        stage.Say(who, $"调离，代表资格至 {on:yyyy-MM-dd} 止");
    }
}
