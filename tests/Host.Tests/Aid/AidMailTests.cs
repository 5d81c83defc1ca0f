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
        "3000",
        "3,000",
        "困难",
        "帮扶",
        "hardship",
    ];

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
                proof = Guid.CreateVersion7(),
            }
        );
        await bench.MoveToAsync(2026, 12, 17);

        await new Post(bench.Stage, bench.Town.Town).ExpectAsync(id, [.. Secrets, "6222020000009999"], ["?"]);
    }

    /// <summary>From the transfer to the visit: the applicant is silent, the paper is signed, the chair is late.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AfterThePayment_SilenceIsRemindedAndTheVisitToo(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 3, 2));
        var id = await bench.NoticedAsync(Money.Yuan(900));
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

        await new Post(bench.Stage, bench.Town.Town).ExpectAsync(id, Secrets, ["?"]);
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

        await new Post(bench.Stage, bench.Town.Town).ExpectAsync(id, Secrets, ["?"]);
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
        await post.ExpectAsync(objection, [.. Secrets, "第二套", "继承"], ["?"]);
        await post.ExpectAsync(id, [.. Secrets, "第二套", "继承"], ["?"]);
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
                    null,
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
        await post.ExpectAsync(hint.CaseId, [.. Secrets, "同事住院"], ["?"]);
        await post.ExpectAsync(emergency.CaseId, [.. Secrets, "突发", "2000", "急难"], ["?"]);
    }
}
