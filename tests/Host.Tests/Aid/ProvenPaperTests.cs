using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Host.Tests.Aid;

/// <summary>A paper is a document of the case, of its kind, and there still; any other id proves nothing.</summary>
public sealed class ProvenPaperTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ConsentOnBehalf_RestsOnASignedPaperOfThisCase(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var consents = new Dictionary<ConsentKind, string> { [ConsentKind.Collection] = "1" };
        Assert.Equal("aid.consent-paper-missing", (await BeginAsync(bench, "申请人", consents)).Refusal?.Code);

        var id = (await BeginAsync(bench, "申请人", [])).Value.CaseId;
        var other = (await BeginAsync(bench, "申请人乙", [])).Value.CaseId;
        var elsewhere = await bench.Play.ProveAsync(other, "申请人乙", nameof(ProofKind.ConsentForm));
        var another = await bench.Play.ProveAsync(id, "申请人", nameof(ProofKind.Diagnosis));
        foreach (var paper in new[] { Guid.CreateVersion7(), elsewhere, another })
            Assert.Equal("aid.consent-paper-missing", (await ConsentAsync(bench, id, paper)).Refusal?.Code);

        var signed = await bench.Play.ProveAsync(id, "申请人", nameof(ProofKind.ConsentForm));
        Assert.True((await ConsentAsync(bench, id, signed)).IsOk);
        Assert.Equal(signed, Assert.Single((await bench.Play.ApplicationAsync(id)).Consents).PaperId);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task CorrectedAccount_IsProvenByADocumentOfThisCase(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.NoticedAsync(Money.Yuan(900));
        await bench.MoveToAsync(2026, 11, 17);
        await bench.Play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");
        foreach (var told in new[] { SignalRow.PaymentListed, SignalRow.PaymentSent, SignalRow.PaymentBounced })
            await bench.SignalAsync(id, told);

        await bench.Play.RefusedAsync(
            id,
            "申请人",
            "aid.account",
            "correct",
            "aid.proof-missing",
            Form(bench, Guid.CreateVersion7())
        );
        var proof = await bench.Play.ProveAsync(id, "申请人", AidDocuments.Account);
        await bench.Play.DecideAsync(id, "申请人", "aid.account", "correct", Form(bench, proof));
        Assert.Equal(proof, (await bench.Play.ApplicationAsync(id)).OpenCorrection!.ProofId);
    }

    private static object Form(AidBench bench, Guid proof) =>
        new
        {
            accountName = bench.Town["申请人"].Name,
            bankName = "某银行",
            account = "6222020000009999",
            proof,
        };

    private static Task<Outcome<StepDone>> BeginAsync(
        AidBench bench,
        string who,
        Dictionary<ConsentKind, string> consents
    ) =>
        bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
            c.ApplyForAsync(bench.Town[who].Id, AidContent.Empty, consents, bench.Play.As("工会主席"), default)
        );

    private static Task<Outcome<StepDone>> ConsentAsync(AidBench bench, Guid id, Guid paper) =>
        bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
            c.GiveConsentAsync(id, ConsentKind.Collection, "1", paper, bench.Play.As("工会主席"), default)
        );
}
