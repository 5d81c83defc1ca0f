using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;

namespace EduUnion.Host.Tests.Aid;

/// <summary>What one chair's word may give before anybody has looked (急难, domain §3.3).</summary>
public sealed class EmergencyLimitTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TheYearsEmergencies_TogetherStayWithinTheLimit(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 2));
        var first = await AskAsync(bench, bench.Play.Illness("申请人"));
        await AgreeAsync(bench, first, 1_500_00);
        Assert.Equal(AidState.Approved, (await bench.Play.ApplicationAsync(first)).State);
        var second = await AskAsync(
            bench,
            bench.Play.Illness("申请人") with
            {
                MainCause = Cause.Accident,
                EventText = "住宅失火",
                EventOn = new DateOnly(2026, 10, 30),
            }
        );

        await bench.Play.RefusedAsync(
            second,
            "工会主席",
            "aid.approve.emergency",
            "agree",
            "aid.emergency-too-much",
            new { fund = bench.Town.FundId, amount = 500_01 }
        );
        await AgreeAsync(bench, second, 500_00);
        Assert.Equal(AidState.Approved, (await bench.Play.ApplicationAsync(second)).State);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TheSameEventAgain_IsRefused(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 2));
        await AgreeAsync(bench, await AskAsync(bench, bench.Play.Illness("申请人")), 900_00);
        var again = await AskAsync(bench, bench.Play.Illness("申请人"));

        await bench.Play.RefusedAsync(
            again,
            "工会主席",
            "aid.approve.emergency",
            "agree",
            "aid.duplicate",
            new { fund = bench.Town.FundId, amount = 900_00 }
        );
        Assert.Equal(AidState.Urgent, (await bench.Play.ApplicationAsync(again)).State);
    }

    private static Task AgreeAsync(AidBench bench, Guid id, long fen) =>
        bench.Play.DecideAsync(
            id,
            "工会主席",
            "aid.approve.emergency",
            "agree",
            new { fund = bench.Town.FundId, amount = fen }
        );

    private static async Task<Guid> AskAsync(AidBench bench, AidContent content) =>
        AidPlay
            .Done(
                await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
                    c.AskEmergencyAsync(
                        bench.Town["申请人"].Id,
                        "突发重病。",
                        content,
                        Enum.GetValues<ConsentKind>().ToDictionary(k => k, _ => "1"),
                        bench.Play.As("申请人"),
                        default
                    )
                )
            )
            .CaseId;
}
