using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Host.Funds;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;

namespace EduUnion.Host.Tests.Aid;

/// <summary>Who has to approve follows what the person is given in the year, however it is asked (domain §3.3 step 7).</summary>
public sealed class ApprovalLevelTests
{
    [Theory]
    [InlineData(Provider.Sqlite, 2_400_00, false)]
    [InlineData(Provider.Postgres, 2_400_00, false)]
    [InlineData(Provider.Sqlite, 2_400_01, true)]
    [InlineData(Provider.Postgres, 2_400_01, true)]
    [InlineData(Provider.Sqlite, 2_600_00, true)]
    [InlineData(Provider.Postgres, 2_600_00, true)]
    public async Task TwoApplicationsOfOneYear_CountAsOneSum(Provider provider, long second, bool climbs)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 2));
        var cases = new[]
        {
            await bench.SurveyedAsync(),
            await bench.SurveyedAsync(
                content: bench.Play.Illness("申请人") with
                {
                    MainCause = Cause.Education,
                    EventText = "子女入学",
                    EventOn = new DateOnly(2026, 8, 20),
                }
            ),
        };
        Money[] amounts = [Money.Yuan(2_600), new Money(second)];
        await bench.Play.AssessAsync(AidCategory.Rel, line => amounts[Array.IndexOf(cases, line.CaseId)]);
        foreach (var id in cases)
            await bench.Play.PublishAsync(id);
        await bench.MoveToAsync(2026, 11, 10);
        foreach (var id in cases)
        {
            await bench.Play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");
            await bench.Play.DecideAsync(id, "区经办", "aid.approve.officer", "agree");
        }

        Assert.Equal(AidState.Approved, (await bench.Play.ApplicationAsync(cases[0])).State);
        if (climbs)
        {
            Assert.Equal(["aid.approve.chair"], await bench.OpenAsync(cases[1]));
            await bench.Play.DecideAsync(cases[1], "区工会主席", "aid.approve.chair", "agree");
        }
        var last = await bench.Play.ApplicationAsync(cases[1]);
        Assert.Equal(AidState.Approved, last.State);
        Assert.Equal(climbs ? 3 : 2, last.Approvals.Length);
    }

    [Theory]
    [InlineData(Provider.Sqlite, 5_000_00, 2)]
    [InlineData(Provider.Postgres, 5_000_00, 2)]
    [InlineData(Provider.Sqlite, 5_000_01, 3)]
    [InlineData(Provider.Postgres, 5_000_01, 3)]
    public async Task OneApplication_AFenMoreClimbs(Provider provider, long fen, int approvals)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 2));
        var id = await bench.NoticedAsync(new Money(fen));
        await bench.MoveToAsync(2026, 11, 10);
        await ClimbAsync(bench, id);
        Assert.Equal(approvals, (await bench.Play.ApplicationAsync(id)).Approvals.Length);
    }

    /// <summary>Neither another day nor another spelling makes one operation two.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TheSpouse_CannotAskForTheSameAgain(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 2));
        await bench.SurveyedAsync();
        var again = bench.Play.Illness("申请人配偶", 2, 1, "6222020000003232") with
        {
            EventText = "甲状腺 手术。",
            EventOn = new DateOnly(2026, 9, 3),
        };
        var id = await bench.Play.ApplyAsync("申请人配偶", again);
        await bench.Play.RefusedAsync(id, "申请人配偶", "aid.draft", "submit", "aid.duplicate");
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AFundsOwnLevels_ComeBeforeTheParameters(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 2));
        AidPlay.Done(
            await bench.Stage.WithAsync<FundCommands, Outcome<Guid>>(c =>
                c.LimitAsync(
                    bench.Town.FundId,
                    new FundLimits(SchoolLevel: Money.Yuan(500), OfficerLevel: Money.Yuan(800)),
                    0,
                    bench.Play.As("区经办"),
                    default
                )
            )
        );
        var id = await bench.NoticedAsync(Money.Yuan(900));
        await bench.MoveToAsync(2026, 11, 10);
        await ClimbAsync(bench, id);
        Assert.Equal(
            [Approver.School, Approver.Officer, Approver.Chair],
            (await bench.Play.ApplicationAsync(id)).Approvals.Select(a => a.Level)
        );
    }

    /// <summary>Whoever is asked agrees, until nobody is asked any more.</summary>
    private static async Task ClimbAsync(AidBench bench, Guid id)
    {
        while (await bench.OpenAsync(id) is [var task])
            await bench.Play.DecideAsync(
                id,
                task switch
                {
                    "aid.approve.school" => "工会主席",
                    "aid.approve.officer" => "区经办",
                    _ => "区工会主席",
                },
                task,
                "agree"
            );
        Assert.Equal(AidState.Approved, (await bench.Play.ApplicationAsync(id)).State);
    }
}
