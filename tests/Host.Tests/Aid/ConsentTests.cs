using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Aid;

/// <summary>The consent to collect is what an application stands on: taken back, it ends (PIPL art. 15).</summary>
public sealed class ConsentTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task CollectionTakenBack_WithdrawsWhatRuns_WhenHeKnowsIt(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.NoticedAsync(Money.Yuan(900));

        var refused = await WithdrawAsync(bench, id, ConsentKind.Collection, confirmed: false);
        Assert.Equal(("aid.consent-ends-application", "confirmed"), (refused.Refusal?.Code, refused.Refusal?.Field));
        var before = await bench.Play.ApplicationAsync(id);
        Assert.Equal((AidState.Notice, true), (before.State, before.Has(ConsentKind.Collection)));

        Assert.True((await WithdrawAsync(bench, id, ConsentKind.Collection, confirmed: true)).IsOk);
        var application = await bench.Play.ApplicationAsync(id);
        Assert.Equal((AidState.Withdrawn, false), (application.State, application.Has(ConsentKind.Collection)));
        Assert.Empty(await bench.OpenAsync(id));
        Assert.NotNull((await bench.Play.RowAsync(id)).ClosedAt);
        Assert.Empty(await bench.Stage.WithAsync<NoticeBoard, List<NoticeRow>>(b => b.Up.ToListAsync()));
        var entries = await bench.Stage.WithAsync<Timelines, IReadOnlyList<CaseEntry>>(t => t.OfAsync(id, default));
        var entry = Assert.Single(entries, e => e.Act == "aid.withdraw-consent");
        Assert.Equal([nameof(ConsentWithdrawn), nameof(AidWithdrawn)], entry.Events.Select(e => e.Code));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TheOthers_AndADraft_GoOn(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var draft = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"));

        Assert.True((await WithdrawAsync(bench, draft, ConsentKind.Collection, confirmed: false)).IsOk);
        Assert.Equal(AidState.Draft, (await bench.Play.ApplicationAsync(draft)).State);
        await bench.Play.RefusedAsync(draft, "申请人", "aid.draft", "submit", "aid.consent-missing");

        var other = bench.Play.Illness("申请人乙", identity: 5, spouse: 6, account: "6222020000007777");
        var id = await bench.SurveyedAsync("申请人乙", other);
        Assert.True((await WithdrawAsync(bench, id, ConsentKind.Publicity, false, "申请人乙")).IsOk);
        Assert.Equal(AidState.Surveyed, (await bench.Play.ApplicationAsync(id)).State);
    }

    private static Task<Outcome<StepDone>> WithdrawAsync(
        AidBench bench,
        Guid id,
        ConsentKind kind,
        bool confirmed,
        string who = "申请人"
    ) =>
        bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
            c.WithdrawConsentAsync(id, kind, confirmed, bench.Play.As(who), default)
        );
}
