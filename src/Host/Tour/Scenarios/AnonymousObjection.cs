using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Journal;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tour.Scenarios;

/// <summary>
/// Scenario 10 of the domain: somebody objects without a name, two who did not survey look into it, and it is unfounded. A
/// second application of the same day shows an objection that is upheld in part.
/// </summary>
public sealed class AnonymousObjection : IScenario
{
    private const string Accusation = "申请人另有一套住房。";
    private const string Finding = "该房屋系继承所得，年久失修，无法居住。";

    public int Number => 10;
    public string Title => "公示异议：匿名，不成立；部分成立，再次公示 / objections to public notices";
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
        var first = await play.SurveyedAsync("申请人", play.Illness("申请人"));
        var second = await play.SurveyedAsync("申请人乙", play.Illness("申请人乙", 11, 12, "6222020000005678"));
        await stage.MoveToAsync(new(2026, 11, 17), new(9, 0), cancellation);
        await play.AssessAsync(AidCategory.Rel, Money.Yuan(900));
        await stage.MoveToAsync(new(2026, 11, 18), new(9, 0), cancellation);
        await play.PublishAsync(first);
        await play.PublishAsync(second);

        await stage.MoveToAsync(new(2026, 11, 23), new(9, 0), cancellation);
        var anonymous = await play.ObjectAsync(first, "评委甲", anonymous: true, Accusation);
        var named = await play.ObjectAsync(second, "评委乙", anonymous: false, "申请人的收入与所填不符。");
        await ExpectHeldAsync(stage, play, first);
        await ExpectDueAsync(stage, anonymous);
        await AssignAsync(stage, play, anonymous);
        await AssignAsync(stage, play, named);

        // The notices would have ended on the 25th.
        await stage.MoveToAsync(new(2026, 11, 26), new(9, 0), cancellation);
        await play.ExpectAsync(first, AidState.Notice);
        await InvestigateAsync(stage, play, anonymous, Finding);
        await InvestigateAsync(stage, play, named, "配偶今年另有兼职收入约两千元。");
        await play.DecideAsync(anonymous, "区经办", "objection.decide", "unfounded", comment: Finding);
        await ExpectMinutedAsync(play, anonymous);
        await ExpectResumedAsync(stage, play, first);
        await ExpectHiddenAsync(stage, town, first, anonymous, "评委甲");
        await AdjustAsync(stage, play, second, named);

        await stage.MoveToAsync(new(2026, 12, 1), new(23, 59), cancellation);
        await play.ExpectAsync(first, AidState.Notice);
        await play.ExpectAsync(second, AidState.Notice);
        await stage.MoveToAsync(new(2026, 12, 2), new(9, 0), cancellation);
        await ApproveAsync(play, first, Money.Yuan(900));
        await ApproveAsync(play, second, Money.Yuan(600));
        await stage.MoveToAsync(new(2026, 12, 2), new(10, 0), cancellation);
        await ExpectMailsAsync(stage, town, first, second, anonymous, named);
        await stage.ExpectProvenAsync();
    }

    private static async Task ExpectHeldAsync(Stage stage, AidPlay play, Guid id)
    {
        Stage.Expect("held", true, (await play.RowAsync(id)).HeldAt is not null);
        var clock = (await stage.ClocksAsync(id, "notice")).Single();
        Stage.Expect("paused", (null, null), (clock.DueOn, clock.NextAt));
        stage.Say("系统", "公示暂停计时");
    }

    private static async Task ExpectDueAsync(Stage stage, Guid objection)
    {
        // Five working days from its filing.
        var due = (await stage.ClocksAsync(objection, "objection")).Single(c => c.StoppedAt == null);
        Stage.Expect("objection due", new DateOnly(2026, 11, 30), due.DueOn!.Value);
    }

    /// <summary>The chair has published: the district handles it, and nobody who surveyed investigates.</summary>
    private static async Task AssignAsync(Stage stage, AidPlay play, Guid objection)
    {
        var (one, other) = (play.Who("调查员丙").Id, play.Who("调查员丁").Id);
        await play.RefusedAsync(
            objection,
            "工会主席",
            "objection.assign",
            "assign",
            "task.not-yours",
            new { investigators = new[] { one, other } }
        );
        await play.RefusedAsync(
            objection,
            "区经办",
            "objection.assign",
            "assign",
            "objection.investigator-surveyed",
            new { investigators = new[] { play.Who("调查员甲").Id, other } }
        );
        await play.DecideAsync(
            objection,
            "区经办",
            "objection.assign",
            "assign",
            new { investigators = new[] { one, other } }
        );
    }

    private static async Task InvestigateAsync(Stage stage, AidPlay play, Guid objection, string finding)
    {
        await play.DecideAsync(
            objection,
            "调查员丙",
            "objection.investigate",
            "record",
            new
            {
                visitedOn = $"{stage.Today:yyyy-MM-dd}",
                people = "村委会、邻居",
                finding,
            }
        );
        await play.DecideAsync(objection, "调查员丁", "objection.sign", "sign");
    }

    /// <summary>What was found stands signed by both, and why it is unfounded.</summary>
    private static async Task ExpectMinutedAsync(AidPlay play, Guid objection)
    {
        var settled = await play.ObjectionAsync(objection);
        var record = settled.Records.Single();
        Stage.Expect("finding", Finding, record.Finding);
        Stage.ExpectAll(
            "signed by",
            [play.Who("调查员丙").Id, play.Who("调查员丁").Id],
            record.Signatures.Select(s => s.By)
        );
        Stage.Expect(
            "settled",
            (ObjectionOutcome.Unfounded, Finding),
            (settled.Settlement!.Outcome, settled.Settlement.Reason)
        );
    }

    private static async Task ExpectResumedAsync(Stage stage, AidPlay play, Guid id)
    {
        Stage.Expect("held", false, (await play.RowAsync(id)).HeldAt is not null);
        // The 19th and the 20th have counted; the 23rd to the 26th stood still; three days are left.
        var clock = (await stage.ClocksAsync(id, "notice")).Single();
        Stage.Expect("notice through", new DateOnly(2026, 12, 1), clock.DueOn!.Value);
        Stage.Expect("said on it", new DateOnly(2026, 12, 1), (await play.ApplicationAsync(id)).Notice!.Through);
        stage.Say("系统", "异议不成立，公示继续计时", clock.DueOn);
    }

    /// <summary>Neither on the case nor in the journal nor as a request stands who it was.</summary>
    private static async Task ExpectHiddenAsync(Stage stage, AidTown town, Guid id, Guid objection, string who)
    {
        var objector = town[who].Id;
        await stage.WithAsync<EduUnionDb, bool>(async db =>
        {
            Stage.Expect(
                "starter",
                Guid.Empty,
                (await db.Set<CaseRow>().SingleAsync(c => c.Id == objection)).StarterId
            );
            Stage.Expect(
                "journal lines of the objector",
                false,
                await db.Set<JournalLine>()
                    .AnyAsync(l => (l.CaseId == objection || l.CaseId == id) && l.ActorId == objector)
            );
            Stage.Expect(
                "party",
                false,
                await db.Set<PartyRow>()
                    .AnyAsync(p => (p.CaseId == objection || p.CaseId == id) && p.PartyId == objector)
            );
            Stage.Expect("request", false, await db.Set<RequestRow>().AnyAsync(r => r.MemberId == objector));
            return true;
        });
    }

    /// <summary>The amount is cut, and a shorter notice tells it: three working days from 26 November.</summary>
    private static async Task AdjustAsync(Stage stage, AidPlay play, Guid id, Guid objection)
    {
        await play.RefusedAsync(
            objection,
            "区经办",
            "objection.decide",
            "adjust",
            "objection.amount-raised",
            new { amount = 100_000, category = nameof(AidCategory.Rel) },
            "核减。"
        );
        await play.DecideAsync(
            objection,
            "区经办",
            "objection.decide",
            "adjust",
            new { amount = 60_000, category = nameof(AidCategory.Rel) },
            "核减。"
        );
        var adjusted = await play.ExpectAsync(id, AidState.Reviewed);
        Stage.Expect("amount", Money.Yuan(600), adjusted.Amount!.Value);
        await play.PublishAsync(id);
        var clock = (await stage.ClocksAsync(id, "notice")).Last();
        Stage.Expect("notice through", new DateOnly(2026, 12, 1), clock.DueOn!.Value);
        stage.Say("系统", "再次公示三个工作日", clock.DueOn);
    }

    /// <summary>Up to 1,000 the school's chair decides alone.</summary>
    private static async Task ApproveAsync(AidPlay play, Guid id, Money amount)
    {
        await play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");
        var approved = await play.ExpectAsync(id, AidState.Approved);
        Stage.Expect("amount", amount, approved.Amount!.Value);
    }

    private static async Task ExpectMailsAsync(Stage stage, AidTown town, params Guid[] cases)
    {
        var post = new Post(stage, town.Town);
        string[] secrets = [.. AidPlay.Secrets, Accusation, Finding, "住房", "兼职", "房屋"];
        await post.ExpectAsync(
            cases[0],
            secrets,
            [
                .. ToTheNotice("申请人"),
                "2026-11-23 A6.held → 申请人",
                "2026-11-26 A6.settled → 申请人",
                "2026-12-02 A5.ended → 工会主席",
                "2026-12-02 A7.asked → 工会主席",
                "2026-12-02 A8.approved → 申请人",
                "2026-12-02 A9.waiting → 财务甲、财务乙",
            ]
        );
        await post.ExpectAsync(
            cases[1],
            secrets,
            [
                .. ToTheNotice("申请人乙"),
                "2026-11-23 A6.held → 申请人乙",
                "2026-11-26 A6.settled → 申请人乙",
                "2026-11-26 A5.publish → 工会主席、区经办",
                "2026-11-26 A5.started → 申请人乙",
                $"2026-11-26 A5.public → {AidTown.StaffBut("申请人乙")}",
                "2026-12-02 A5.ended → 工会主席",
                "2026-12-02 A7.asked → 工会主席",
                "2026-12-02 A8.approved → 申请人乙",
                "2026-12-02 A9.waiting → 财务甲、财务乙",
            ]
        );
        // The last call two working days before 30 November; the chair who published hears of neither.
        string[] handled =
        [
            "2026-11-23 A6.filed → 区经办",
            "2026-11-23 A6.investigate → 调查员丙、调查员丁",
            "2026-11-26 A6.last → 调查员丙、调查员丁",
            "2026-11-26 A6.sign → 调查员丁",
            "2026-11-26 A6.decide → 区经办",
        ];
        await post.ExpectAsync(cases[2], secrets, handled);
        // Who gave his name is answered; of whom nobody knows, nobody can be told.
        await post.ExpectAsync(cases[3], secrets, [.. handled, "2026-11-26 A6.answered → 评委乙"]);
    }

    private static string[] ToTheNotice(string who) =>
        [
            $"2026-11-02 A1.received → {who}",
            "2026-11-02 A1.check → 工会主席",
            $"2026-11-02 A1.accepted → {who}",
            "2026-11-02 A3.assigned → 调查员甲、调查员乙",
            "2026-11-02 A3.sign → 调查员乙",
            "2026-11-02 A4.ready → 工会主席",
            "2026-11-17 A5.publish → 工会主席、区经办",
            $"2026-11-18 A5.started → {who}",
            $"2026-11-18 A5.public → {AidTown.StaffBut(who)}",
        ];
}
