using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Relations;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;

namespace EduUnion.Host.Tests.Aid;

/// <summary>
/// Every mail of a journey: its kind, its day, its people, and that nothing of the hardship stands in it (domain §7,
/// A1–A9, A12).
/// </summary>
public sealed class AidMailTests
{
    /// <summary>What people typed into the case, beside what stands in the application.</summary>
    private static readonly string[] Secrets =
    [
        .. AidPlay.Secrets,
        AidPlay.IdentityOf(1),
        "甲状腺",
        "嫂子",
        "自有住房",
        // Not "3000": a wide space is written &#x3000; in HTML.
        "3,000",
        "3000.00",
        "困难",
        "帮扶",
        "hardship",
    ];

    /// <summary>The school's people but the applicant.</summary>
    private const string Staff =
        "提案人、附议人甲、附议人乙、提案人乙、团长、秘书、主任、委员甲、委员乙、委员丙、委员丁、工会主席、区经办、分管校长、"
        + "申请人配偶、申请人乙、小组长、评委甲、评委乙、评委丙、评委丁、评委戊、调查员甲、调查员乙、调查员丙、调查员丁";

    /// <summary>Scenario 9: a surveyor stands aside, the notice runs, the bank sends it back once.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Journey_WithARecusalAndABounce(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var play = bench.Play;
        var id = await play.ApplyAsync("申请人", play.Illness("申请人"));
        await play.SubmitAsync(id, "申请人");
        await play.DecideAsync(id, "工会主席", "aid.formcheck", "supplement", comment: "请补交甲状腺手术结算单。");
        // Five working days: until the 16th; two before that the last call.
        await bench.MoveToAsync(2026, 11, 13);
        await play.DecideAsync(id, "申请人", "aid.supplement", "resubmit");
        await play.AcceptAsync(id);
        await play.AppointAsync(id, "调查员甲", "调查员乙");
        await bench.MoveToAsync(2026, 11, 16);
        await play.DecideAsync(id, "调查员甲", "aid.survey", "recuse", new { relation = "InLaw" }, "申请人是我嫂子。");
        await play.AppointAsync(id, "调查员丙", "调查员乙");
        // Ten working days from the 13th: until the 27th.
        await bench.MoveToAsync(2026, 11, 30, 15);
        await play.SurveyAsync(id, "调查员丙", "调查员乙");
        await play.AssessAsync(AidCategory.Rel, Money.Yuan(3_000));
        await play.PublishAsync(id);
        await bench.MoveToAsync(2026, 12, 8);
        await play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");
        await bench.MoveToAsync(2026, 12, 16);
        await play.DecideAsync(id, "区经办", "aid.approve.officer", "agree");
        foreach (var told in new[] { SignalRow.PaymentListed, SignalRow.PaymentSent, SignalRow.PaymentBounced })
            await bench.SignalAsync(id, told);
        await play.DecideAsync(
            id,
            "申请人",
            "aid.account",
            "correct",
            new
            {
                accountName = bench.Town["申请人"].Name,
                bankName = "某银行",
                account = "6222020000009999",
                proof = await bench.Play.ProveAsync(id, "申请人", Host.Aid.AidDocuments.Account),
            }
        );
        await bench.MoveToAsync(2026, 12, 17);

        await new Post(bench.Stage, bench.Town.Town).ExpectAsync(
            id,
            [.. Secrets, "6222020000009999"],
            "2026-11-09 A1.received → 申请人",
            "2026-11-09 A1.check → 工会主席",
            "2026-11-09 A2.supplement → 申请人",
            "2026-11-12 A2.last → 申请人",
            "2026-11-13 A1.check → 工会主席",
            "2026-11-13 A1.accepted → 申请人",
            "2026-11-13 A3.assigned → 调查员甲、调查员乙",
            "2026-11-16 A3.appoint → 工会主席",
            "2026-11-16 A3.assigned → 调查员乙、调查员丙",
            "2026-11-24 A3.due → 调查员乙、调查员丙",
            "2026-11-26 A3.last → 调查员乙、调查员丙",
            "2026-11-30 A3.overdue → 调查员乙、调查员丙",
            "2026-11-30 A3.sign → 调查员乙",
            "2026-11-30 A4.ready → 工会主席",
            "2026-11-30 A5.publish → 工会主席、区经办",
            "2026-11-30 A5.started → 申请人",
            $"2026-11-30 A5.public → {Staff}",
            "2026-12-08 A5.ended → 工会主席",
            "2026-12-08 A7.asked → 工会主席",
            "2026-12-08 A7.asked → 区经办",
            "2026-12-15 A7.overdue → 区经办",
            "2026-12-15 A7.escalated → 区工会主席",
            "2026-12-16 A8.approved → 申请人",
            "2026-12-16 A9.waiting → 财务甲、财务乙",
            "2026-12-16 A9.account → 申请人",
            "2026-12-16 A9.accountCheck → 区经办"
        );
    }

    /// <summary>From the transfer to the visit: the applicant is silent, the paper is signed, the chair is late.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AfterThePayment_SilenceIsRemindedAndTheVisitToo(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 3, 2));
        var ill = bench.Play.Illness("申请人") with { EventOn = new(2026, 1, 12) };
        var id = await bench.NoticedAsync(Money.Yuan(900), ill);
        await bench.MoveToAsync(2026, 3, 10);
        await bench.Play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");
        foreach (var told in new[] { SignalRow.PaymentListed, SignalRow.PaymentSent, SignalRow.PaymentPaid })
            await bench.SignalAsync(id, told);
        await bench.MoveToAsync(2026, 3, 26);
        await bench.Play.DecideAsync(
            id,
            "工会主席",
            "aid.receipt",
            "signed",
            new { signedOn = $"{bench.Stage.Today:yyyy-MM-dd}" }
        );
        await bench.MoveToAsync(2026, 4, 14);

        await new Post(bench.Stage, bench.Town.Town).ExpectAsync(
            id,
            Secrets,
            "2026-03-02 A1.received → 申请人",
            "2026-03-02 A1.check → 工会主席",
            "2026-03-02 A1.accepted → 申请人",
            "2026-03-02 A3.assigned → 调查员甲、调查员乙",
            "2026-03-02 A3.sign → 调查员乙",
            "2026-03-02 A4.ready → 工会主席",
            "2026-03-02 A5.publish → 工会主席、区经办",
            "2026-03-02 A5.started → 申请人",
            $"2026-03-02 A5.public → {Staff}",
            "2026-03-10 A5.ended → 工会主席",
            "2026-03-10 A7.asked → 工会主席",
            "2026-03-10 A8.approved → 申请人",
            "2026-03-10 A9.waiting → 财务甲、财务乙",
            "2026-03-10 A9.confirm → 申请人",
            "2026-03-19 A9.last → 申请人",
            "2026-03-25 A9.receipt → 工会主席",
            "2026-04-07 A12.visit → 工会主席",
            "2026-04-10 A12.visitLate → 工会主席"
        );
    }

    /// <summary>Without the consent the notice is internal; the chair is the applicant's brother and hears nothing at all.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task WhoStandsAside_IsToldNothing(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        await bench.Stage.WithAsync<EduUnionDb, int>(db =>
        {
            foreach (var relative in new[] { "工会主席", "评委甲" })
                db.Add(
                    new DeclaredRelation
                    {
                        Id = Guid.CreateVersion7(),
                        MemberId = bench.Town["申请人"].Id,
                        OtherId = bench.Town[relative].Id,
                        Kind = Relation.Collateral,
                        DeclaredBy = bench.Town["申请人"].Id,
                        DeclaredAt = bench.Stage.Time.GetUtcNow(),
                    }
                );
            return db.SaveChangesAsync();
        });
        var id = await bench.Play.ApplyAsync(
            "申请人",
            bench.Play.Illness("申请人"),
            ConsentKind.Collection,
            ConsentKind.Transfer
        );
        await bench.Play.SubmitAsync(id, "申请人");
        // Three working days to check, then the district's chair is told how many are late.
        await bench.MoveToAsync(2026, 11, 17, 10);

        await new Post(bench.Stage, bench.Town.Town).ExpectAsync(
            id,
            Secrets,
            "2026-11-09 A1.check → 区经办",
            "2026-11-09 A1.received → 申请人",
            "2026-11-11 A1.checkDue → 区经办",
            "2026-11-13 A1.checkLate → 区经办",
            "2026-11-17 A1.escalated → 区工会主席"
        );
    }

    /// <summary>Scenario 10: the district handles what the chair has published; the objector is in no mail.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Objection_IsInvestigatedAndAnswered(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.NoticedAsync(Money.Yuan(900));
        await bench.MoveToAsync(2026, 11, 11);
        var objection = await bench.Play.ObjectAsync(id, "申请人乙", anonymous: false, "有第二套住房");
        await bench.Play.DecideAsync(
            objection,
            "区经办",
            "objection.assign",
            "assign",
            new { investigators = new[] { bench.Town["调查员丙"].Id, bench.Town["调查员丁"].Id } }
        );
        // Until the 18th: a last call two working days before, once overdue.
        await bench.MoveToAsync(2026, 11, 19, 10);
        await bench.Play.DecideAsync(
            objection,
            "调查员丙",
            "objection.investigate",
            "record",
            new
            {
                visitedOn = $"{bench.Stage.Today:yyyy-MM-dd}",
                people = "居委会、邻居",
                finding = "房屋为继承所得，无法居住。",
            }
        );
        await bench.Play.DecideAsync(objection, "调查员丁", "objection.sign", "sign");
        await bench.Play.DecideAsync(
            objection,
            "区经办",
            "objection.decide",
            "unfounded",
            comment: "房屋为继承，不能居住。"
        );
        await bench.MoveToAsync(2026, 11, 20);

        var post = new Post(bench.Stage, bench.Town.Town);
        await post.ExpectAsync(
            objection,
            [.. Secrets, "第二套", "继承"],
            "2026-11-11 A6.filed → 区经办",
            "2026-11-11 A6.investigate → 调查员丙、调查员丁",
            "2026-11-16 A6.last → 调查员丙、调查员丁",
            "2026-11-19 A6.overdue → 调查员丙、调查员丁",
            "2026-11-19 A6.sign → 调查员丁",
            "2026-11-19 A6.decide → 区经办",
            "2026-11-19 A6.answered → 申请人乙"
        );
        await post.ExpectAsync(
            id,
            [.. Secrets, "第二套", "继承"],
            "2026-11-09 A1.received → 申请人",
            "2026-11-09 A1.check → 工会主席",
            "2026-11-09 A1.accepted → 申请人",
            "2026-11-09 A3.assigned → 调查员甲、调查员乙",
            "2026-11-09 A3.sign → 调查员乙",
            "2026-11-09 A4.ready → 工会主席",
            "2026-11-09 A5.publish → 工会主席、区经办",
            "2026-11-09 A5.started → 申请人",
            $"2026-11-09 A5.public → {Staff}",
            "2026-11-11 A6.held → 申请人",
            "2026-11-19 A6.settled → 申请人"
        );
    }

    /// <summary>A hint has no number; an emergency gets one with its money, and its papers are asked for afterwards.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task HintAndEmergency_AreToldWithoutANumber(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var hint = AidPlay.Done(
            await bench.Stage.WithAsync<Host.Aid.AidCommands, Outcome<StepDone>>(c =>
                c.ReportAsync(bench.Town["申请人乙"].Id, "同事住院。", bench.Play.As("小组长"), default)
            )
        );
        // Five working days, then reminded.
        await bench.MoveToAsync(2026, 11, 18, 10);
        await bench.Play.DecideAsync(hint.CaseId, "工会主席", "aid.hint", "invite");
        var emergency = AidPlay.Done(
            await bench.Stage.WithAsync<Host.Aid.AidCommands, Outcome<StepDone>>(c =>
                c.AskEmergencyAsync(
                    bench.Town["申请人"].Id,
                    "突发住院。",
                    bench.Play.Illness("申请人"),
                    Enum.GetValues<ConsentKind>().ToDictionary(k => k, _ => "1"),
                    bench.Play.As("申请人"),
                    default
                )
            )
        );
        await bench.MoveToAsync(2026, 11, 19);
        await bench.Play.DecideAsync(
            emergency.CaseId,
            "工会主席",
            "aid.approve.emergency",
            "agree",
            new { amount = "2000.00", fund = bench.Town.FundId }
        );
        foreach (var told in new[] { SignalRow.PaymentListed, SignalRow.PaymentSent, SignalRow.PaymentPaid })
            await bench.SignalAsync(emergency.CaseId, told);
        await bench.Play.DecideAsync(emergency.CaseId, "申请人", "aid.confirm", "received");
        await bench.MoveToAsync(2026, 12, 4, 10);

        var post = new Post(bench.Stage, bench.Town.Town);
        await post.ExpectAsync(
            hint.CaseId,
            [.. Secrets, "同事住院"],
            "2026-11-09 A1.tip → 工会主席",
            "2026-11-17 A1.tipLate → 工会主席",
            "2026-11-18 A1.invited → 申请人乙"
        );
        await post.ExpectAsync(
            emergency.CaseId,
            [.. Secrets, "突发", "2,000", "2000.00", "急难"],
            "2026-11-18 A7.waiting → 工会主席",
            "2026-11-19 A8.approved → 申请人",
            "2026-11-19 A9.waiting → 财务甲、财务乙",
            "2026-11-19 A9.confirm → 申请人",
            "2026-11-19 A2.papers → 申请人",
            "2026-11-30 A2.papersDue → 申请人",
            "2026-12-02 A2.papersLast → 申请人",
            "2026-12-04 A2.papersLate → 申请人"
        );
    }
}
