using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Host.Aid;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tour.Scenarios;

/// <summary>
/// Scenario 9 of the domain: a teacher's illness, a surveyor who is her sister-in-law, and the money on her account.
/// </summary>
public sealed class RecusedSurveyor : IScenario
{
    public int Number => 9;
    public string Title => "困难帮扶：调查员回避，从申请到办结 / aid with a recusal, from the application to its end";
    public DateTimeOffset Opens => Dates.At(2026, 11, 2, 9);

    public async Task PlayAsync(Stage stage, CancellationToken cancellation)
    {
        var town = await AidTown.BuildAsync(
            stage,
            "XX幼儿园",
            "YEY",
            Money.Yuan(30_000),
            new Dictionary<string, string> { ["aid.dibao"] = "950.00" },
            cancellation
        );
        var play = new AidPlay(stage, town);
        var money = new MoneyPlay(stage, town, play);
        var id = await ApplyAsync(stage, play);
        await SurveyAsync(stage, play, id, cancellation);
        await AssessAsync(stage, play, id, cancellation);
        await PublishAsync(stage, play, id, cancellation);
        await PayAsync(stage, play, money, id, cancellation);
        await ExpectMailsAsync(stage, town, id);
        await stage.ExpectProvenAsync();
    }

    private static async Task<Guid> ApplyAsync(Stage stage, AidPlay play)
    {
        var id = await play.ApplyAsync("申请人", play.Illness("申请人"));
        var content = (await play.ExpectAsync(id, AidState.Draft)).Content;
        var net = NetIncome.Of(content)!;
        Stage.Expect("income of a year", Money.Yuan(96_000), net.Income);
        Stage.Expect("own-paid treatment", Money.Yuan(61_200), net.Spent);
        Stage.Expect("household", 3, net.Members);
        Stage.Expect("net a month and head", new Money(96_667), net.Monthly);
        var suggested = Eligibility.Suggest(net.Monthly, Money.Yuan(950), 1.0m, 2.0m, content.MainCause);
        Stage.Expect("suggested", AidCategory.Rel, suggested.Category);
        Stage.Expect("by", SuggestionRule.RelLine, suggested.Rule);
        stage.Say("系统", $"家庭人均月净收入 {net.Lines[^1].Expression} = {net.Monthly} 元；建议类别：相对困难");
        await play.SubmitAsync(id, "申请人");
        var check = (await stage.ClocksAsync(id, "aid.formcheck")).Single();
        Stage.Expect("formal check due", new DateOnly(2026, 11, 5), check.DueOn!.Value);
        Stage.Expect("number", "BF-YEY-2026-0001", (await play.ExpectAsync(id, AidState.Submitted)).Number);
        return id;
    }

    /// <summary>Ten working days from the acceptance, though a surveyor stands aside and the district appoints anew.</summary>
    private static async Task SurveyAsync(Stage stage, AidPlay play, Guid id, CancellationToken cancellation)
    {
        await stage.MoveToAsync(new(2026, 11, 3), new(9, 0), cancellation);
        await play.AcceptAsync(id);
        await stage.MoveToAsync(new(2026, 11, 4), new(9, 0), cancellation);
        await play.AppointAsync(id, "调查员甲", "调查员乙");
        var survey = (await stage.ClocksAsync(id, "aid.survey")).Last();
        Stage.Expect("survey due", new DateOnly(2026, 11, 17), survey.DueOn!.Value);
        var herTask = await stage.FindTaskAsync(id, play.Who("调查员甲"), "aid.survey");
        await stage.MoveToAsync(new(2026, 11, 5), new(9, 0), cancellation);
        await play.DecideAsync(
            id,
            "调查员甲",
            "aid.survey",
            "recuse",
            new { relation = nameof(Relation.InLaw) },
            "申请人是我的弟媳。"
        );
        await play.ExpectAsync(id, AidState.Accepted);
        await play.DecideAsync(id, "工会主席", "aid.appoint", "district", comment: "本校教职工少，请区里另派。");
        await play.RefusedAsync(
            id,
            "区经办",
            "aid.appoint.district",
            "appoint",
            "survey.surveyor-recused",
            new { surveyors = new[] { play.Who("调查员甲").Id, play.Who("区调查员").Id } }
        );
        await play.DecideAsync(
            id,
            "区经办",
            "aid.appoint.district",
            "appoint",
            new { surveyors = new[] { play.Who("调查员乙").Id, play.Who("区调查员").Id } }
        );
        Stage.Expect(
            "survey still due",
            new DateOnly(2026, 11, 17),
            (await stage.ClocksAsync(id, "aid.survey")).Last(c => c.StoppedAt == null).DueOn!.Value
        );
        // Her own task is gone, and she can neither decide it nor another's.
        var old = await stage.TryDecideAsync(herTask.Id, play.Who("调查员甲"), "record", AidPlay.Record(stage.Today));
        play.Refused("调查员甲", "填写入户调查记录", "task.already-decided", old.Refusal);
        await play.RefusedAsync(id, "调查员甲", "aid.survey", "record", "task.not-yours", AidPlay.Record(stage.Today));

        await stage.MoveToAsync(new(2026, 11, 10), new(15, 0), cancellation);
        await play.SurveyAsync(id, "调查员乙");
        await play.RefusedAsync(id, "调查员乙", "aid.survey.sign", "sign", "task.not-yours");
        await stage.MoveToAsync(new(2026, 11, 11), new(9, 0), cancellation);
        await play.DecideAsync(id, "区调查员", "aid.survey.sign", "sign");
        var surveyed = await play.ExpectAsync(id, AidState.Surveyed);
        Stage.Expect("signatures", 2, surveyed.Survey!.Signatures.Length);
    }

    private static async Task AssessAsync(Stage stage, AidPlay play, Guid id, CancellationToken cancellation)
    {
        await stage.MoveToAsync(new(2026, 11, 17), new(9, 0), cancellation);
        await play.AssessAsync(AidCategory.Rel, Money.Yuan(3_000));
        var result = (await play.ExpectAsync(id, AidState.Reviewed)).Assessment!;
        Stage.Expect("votes", (6, 6, 0, 0), (result.Present, result.Yes, result.No, result.Abstained));
        Stage.Expect("category", AidCategory.Rel, result.Category);
    }

    /// <summary>Five working days, the day of publication not counted, to 24:00.</summary>
    private static async Task PublishAsync(Stage stage, AidPlay play, Guid id, CancellationToken cancellation)
    {
        await stage.MoveToAsync(new(2026, 11, 18), new(9, 0), cancellation);
        await play.PublishAsync(id);
        var clock = (await stage.ClocksAsync(id, "notice")).Single();
        Stage.Expect("notice through", new DateOnly(2026, 11, 25), clock.DueOn!.Value);
        var shown = await stage.WithAsync<EduUnionDb, NoticeRow>(db =>
            db.Set<NoticeRow>().AsNoTracking().SingleAsync(n => n.CaseId == id)
        );
        Stage.Expect("shown name", $"{play.Who("申请人").Name[0]}**", shown.Name);
        Stage.Expect("shown amount", "1000-5000", shown.Amount);
        stage.Say("系统", $"公示：{shown.Name}，{shown.School}，{shown.Amount} 元", clock.DueOn);

        await stage.MoveToAsync(new(2026, 11, 25), new(23, 59), cancellation);
        await play.ExpectAsync(id, AidState.Notice);
        await stage.MoveToAsync(new(2026, 11, 26), new(9, 0), cancellation);
        await play.ExpectAsync(id, AidState.ApprovalSchool);
        await play.ExpectTasksAsync(id, "aid.approve.school");
        await play.RefusedAsync(id, "区调查员", "aid.approve.school", "agree", "task.not-yours");
        // 3,000 is more than the school may give alone and no more than the district's officer may.
        await play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");
        await play.ExpectTasksAsync(id, "aid.approve.officer");
        await play.DecideAsync(id, "区经办", "aid.approve.officer", "agree");
        var approved = await play.ExpectAsync(id, AidState.Approved);
        Stage.Expect("file", "DA-YEY-2026-0001", approved.FileNumber);
        Stage.ExpectAll(
            "approved on",
            [new(2026, 11, 26), new DateOnly(2026, 11, 26)],
            approved.Approvals.Select(a => Dates.Of(a.At))
        );
    }

    private static async Task PayAsync(
        Stage stage,
        AidPlay play,
        MoneyPlay money,
        Guid id,
        CancellationToken cancellation
    )
    {
        await money.ExpectAsync(available: Money.Yuan(27_000), reserved: Money.Yuan(3_000), paid: Money.Zero);
        await stage.MoveToAsync(new(2026, 11, 27), new(9, 0), cancellation);
        var batch = await money.ListAsync("财务甲", id);
        await stage.MoveToAsync(new(2026, 11, 27), new(10, 0), cancellation);
        await play.ExpectAsync(id, AidState.Listed);
        await money.ReleaseRefusedAsync(batch, "财务甲", "payment.maker-releases");
        await money.ReleaseAsync(batch, "财务乙");
        await stage.MoveToAsync(new(2026, 11, 30), new(9, 0), cancellation);
        await play.ExpectAsync(id, AidState.Sent);
        await money.AnswerAsync(batch, "财务甲");
        await stage.MoveToAsync(new(2026, 12, 1), new(9, 0), cancellation);
        await play.ExpectAsync(id, AidState.Paid);
        await money.ExpectAsync(available: Money.Yuan(27_000), reserved: Money.Zero, paid: Money.Yuan(3_000));
        var confirm = (await stage.ClocksAsync(id, "receipt_confirm")).Single();
        Stage.Expect("receipt due", new DateOnly(2026, 12, 14), confirm.DueOn!.Value);
        await play.DecideAsync(id, "申请人", "aid.confirm", "received");
        await play.ExpectAsync(id, AidState.Confirmed);
        // Thirty days after the payment.
        var visit = (await stage.ClocksAsync(id, "followup")).Single();
        Stage.Expect("visit due", new DateOnly(2026, 12, 30), visit.DueOn!.Value);
        await stage.MoveToAsync(new(2026, 12, 10), new(15, 0), cancellation);
        await play.DecideAsync(
            id,
            "工会主席",
            "aid.followup",
            "visited",
            new
            {
                visitedOn = "2026-12-10",
                mode = "home",
                gist = "术后恢复良好，款项已用于治疗。",
            }
        );
        await play.ExpectAsync(id, AidState.Closed);
        await play.ExpectTasksAsync(id);
        Stage.ExpectAll(
            "ledger",
            [PostingKind.Opening, PostingKind.Reserve, PostingKind.Send, PostingKind.Pay],
            (await money.EntriesAsync()).Select(e => e.Kind)
        );
    }

    // Nothing but the number, what is wanted and until when; the surveyor who stands aside is told nothing more.
    private static async Task ExpectMailsAsync(Stage stage, AidTown town, Guid id) =>
        await new Post(stage, town.Town).ExpectAsync(
            id,
            [.. AidPlay.Secrets, "弟媳", "966.67", "96,000"],
            "2026-11-02 A1.received → 申请人",
            "2026-11-02 A1.check → 工会主席",
            "2026-11-03 A1.accepted → 申请人",
            "2026-11-04 A3.assigned → 调查员甲、调查员乙",
            "2026-11-05 A3.appoint → 工会主席",
            "2026-11-05 A3.appoint → 区经办",
            "2026-11-05 A3.assigned → 调查员乙、区调查员",
            "2026-11-10 A3.sign → 区调查员",
            "2026-11-11 A4.ready → 工会主席",
            "2026-11-17 A5.publish → 工会主席、区经办",
            "2026-11-18 A5.started → 申请人",
            $"2026-11-18 A5.public → {AidTown.StaffBut("申请人")}",
            "2026-11-26 A5.ended → 工会主席",
            "2026-11-26 A7.asked → 工会主席",
            "2026-11-26 A7.asked → 区经办",
            "2026-11-26 A8.approved → 申请人",
            "2026-11-26 A9.waiting → 财务甲、财务乙",
            "2026-11-30 A9.confirm → 申请人"
        );
}
