using CsCheck;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Statistics;
using EduUnion.Domain.Tests.Aid;

namespace EduUnion.Domain.Tests.Statistics;

public sealed class AidStatisticsTests
{
    private static readonly DateOnly From = new(2026, 1, 1);
    private static readonly DateOnly Through = new(2026, 12, 31);
    private static readonly DateOnly Day = new(2026, 6, 1);

    [Fact]
    public void PersonsTimesAndAmounts_ByFundCauseCategoryAndSchool()
    {
        var statistics = Of(
            Paid(1, who: 1, yuan: 1_000),
            Paid(2, who: 1, yuan: 500) with
            {
                FundId = Told.Id(52),
                Cause = CauseGroup.Education,
                Category = AidCategory.Deep,
            },
            Paid(3, who: 2, yuan: 300) with
            {
                SchoolId = Told.Id(42),
            },
            Paid(4, who: 3, yuan: 900) with
            {
                PaidOn = new DateOnly(2027, 1, 1),
            }
        );
        Says(statistics.Paid, 2, 3, 1_800);
        Says(statistics.ByFund[Told.Id(51)], 2, 2, 1_300);
        Says(statistics.ByFund[Told.Id(52)], 1, 1, 500);
        Says(statistics.ByCause[CauseGroup.Illness], 2, 2, 1_300);
        Says(statistics.BySchool[Told.Id(42)], 1, 1, 300);
        Says(statistics.ByCategory[AidCategory.Deep], 1, 1, 500);
        Says(statistics.ByCategory[AidCategory.Rel], 2, 2, 1_300);
    }

    [Theory]
    [InlineData("2025-12-31", 0)]
    [InlineData("2026-01-01", 1)]
    [InlineData("2026-12-31", 1)]
    [InlineData("2027-01-01", 0)]
    public void FirstAndLastDay_Count(string day, int times)
    {
        var on = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(times, Of(Paid(1) with { PaidOn = on }).Paid.Times);
    }

    [Fact]
    public void Rates_OfNothing_AreADash()
    {
        var statistics = Of();
        Assert.All(statistics.Rates, r => Assert.Equal(Figure.Nothing, r.Value));
        Assert.All(statistics.Tallies, t => Assert.Equal(0, t.Count));
        Assert.Equal(Enum.GetValues<AidTallyKind>(), statistics.Tallies.Select(t => t.Kind));
        Assert.Equal(Enum.GetValues<AidRateKind>(), statistics.Rates.Select(r => r.Kind));
        Says(statistics.Paid, 0, 0, 0);
    }

    [Fact]
    public void Rates_AreOfWhatWasDecidedPaidAndKept()
    {
        var statistics = Of(
            Paid(1),
            Paid(2) with
            {
                ConfirmedOn = Day,
            },
            Paid(3) with
            {
                PaidOn = null,
                ApprovedOn = null,
                RefusedOn = Day,
            }
        );
        Assert.Equal("66.7%", statistics[AidRateKind.Approval].Value);
        Assert.Equal("50.0%", statistics[AidRateKind.Confirmation].Value);
    }

    [Fact]
    public void Files_AreCountedAsTheyStoodOnTheLastDay()
    {
        var statistics = AidStatistics.Of(
            [],
            [
                File(61, null, ("opened", 2025, AidCategory.Rel), ("category", 2026, AidCategory.Loc)),
                File(62, ExitReason.LiftedOut, ("opened", 2025, AidCategory.Rel), ("exited", 2026, AidCategory.Rel)),
                File(63, null, ("opened", 2026, AidCategory.Deep), ("frozen", 2026, AidCategory.Deep)),
                File(64, ExitReason.Died, ("opened", 2025, AidCategory.Acc), ("exited", 2027, AidCategory.Acc)),
                File(65, ExitReason.LeftDistrict, ("opened", 2025, AidCategory.Acc), ("exited", 2026, AidCategory.Acc)),
            ],
            From,
            Through
        );
        Assert.Equal(3, statistics[AidTallyKind.FilesOpen].Count);
        Assert.Equal([Told.Id(63)], statistics[AidTallyKind.FilesFrozen].Ids);
        Assert.Equal([Told.Id(63)], statistics[AidTallyKind.FilesOpened].Ids);
        Assert.Equal(2, statistics[AidTallyKind.FilesExited].Count);
        Assert.Equal([Told.Id(62)], statistics[AidTallyKind.LiftedOut].Ids);
        Assert.Equal("20.0%", statistics[AidRateKind.LiftOut].Value);
        Assert.Equal(1, statistics.FilesByCategory[AidCategory.Loc]);
        Assert.False(statistics.FilesByCategory.ContainsKey(AidCategory.Rel));
    }

    [Fact]
    public void Facts_OfAnApplication_AreItsDatesAndAmounts()
    {
        var facts = AidFacts.Of(Given.Confirmed())!;
        Assert.Equal(
            (CauseGroup.Illness, AidCategory.Rel, Money.Yuan(3_000), Given.FundId, Given.Today),
            (facts.Cause, facts.Category, facts.Amount, facts.FundId, facts.PaidOn)
        );
        Assert.Equal(Given.Today, facts.ConfirmedOn);
        Assert.Null(facts.RefusedOn);
        Assert.Null(AidFacts.Of(Given.In(AidState.Draft)));
        Assert.Null(AidFacts.Of(Given.In(AidState.Reported)));
        Assert.True(AidFacts.Of(Given.PaidAtOnce())!.IsEmergency);
        Assert.Equal(Given.Today, AidFacts.Of(Given.Ended(AidState.Refused))!.RefusedOn);
    }

    [Fact]
    public void Facts_OfWhoMovedAfterThePayment_AreTheOldSchools()
    {
        var aid = Given.Paid();
        Given.Ok(aid.MoveSchool(Given.OtherSchool, Given.Now.AddDays(9)));
        Assert.Equal(Given.School, AidFacts.Of(aid)!.SchoolId);
        aid = Given.Sent();
        Given.Ok(aid.MoveSchool(Given.OtherSchool, Given.Now));
        Given.Ok(aid.Pay(Given.Today.AddDays(9)));
        Assert.Equal(Given.OtherSchool, AidFacts.Of(aid)!.SchoolId);
    }

    [Fact]
    public void LiftedOut_StaysSo_WhenTheFileIsOpenedAgain()
    {
        var again = File(
            64,
            ExitReason.LiftedOut,
            ("opened", 2025, AidCategory.Rel),
            ("exited", 2026, AidCategory.Rel),
            ("reopened", 2026, AidCategory.Rel)
        );
        var statistics = AidStatistics.Of([], [again], new(2026, 1, 1), new(2026, 12, 31));
        Assert.Equal([Told.Id(64)], statistics[AidTallyKind.LiftedOut].Ids);
        Assert.Equal([Told.Id(64)], statistics[AidTallyKind.FilesOpen].Ids);
    }

    [Fact]
    public void Facts_OfAFile_AreItsHistory()
    {
        var facts = FileFacts.Of(AidFileTests.In(FileState.Exited));
        Assert.Equal(["opened", "exited"], facts.Steps.Select(s => s.What));
        Assert.Equal(ExitReason.LiftedOut, facts.Steps[^1].Exit);
    }

    private static readonly Gen<AidFacts> Facts = Gen.Select(
        Gen.Int[1, 6],
        Gen.Int[1, 3],
        Gen.Enum<CauseGroup>(),
        Gen.Enum<AidCategory>(),
        Gen.Int[-200, 600],
        (who, what, cause, category, day) =>
            Paid(day + 1_000, who, yuan: 100 * what) with
            {
                FundId = Told.Id(50 + what),
                SchoolId = Told.Id(40 + who % 3),
                Cause = cause,
                Category = category,
                PaidOn = From.AddDays(day),
            }
    );

    [Fact]
    public void TimesAndAmountsOfEveryTable_AddUpToTheWhole() =>
        Facts
            .Array[0, 30]
            .Sample(facts =>
            {
                var statistics = Of(facts);
                var whole = statistics.Paid;
                return new[]
                {
                    statistics.ByFund.Values,
                    statistics.ByCause.Values,
                    statistics.BySchool.Values,
                    statistics.ByCategory.Values,
                }.All(rows =>
                    rows.Sum(r => r.Times) == whole.Times
                    && rows.Sum(r => r.Amount.Fen) == whole.Amount.Fen
                    && rows.All(r => r.Persons <= whole.Persons && r.Persons <= r.Times)
                );
            });

    private static void Says(AidSum sum, int persons, int times, long yuan) =>
        Assert.Equal((persons, times, Money.Yuan(yuan)), (sum.Persons, sum.Times, sum.Amount));

    private static AidStatistics Of(params AidFacts[] cases) => AidStatistics.Of(cases, [], From, Through);

    private static AidFacts Paid(int id, int who = 1, long yuan = 1_000) =>
        new(Told.Id(id), Told.Id(41), Told.Id(30 + who), CauseGroup.Illness, Day)
        {
            Category = AidCategory.Rel,
            FundId = Told.Id(51),
            Amount = Money.Yuan(yuan),
            ApprovedOn = Day,
            PaidOn = Day,
        };

    private static FileFacts File(
        int id,
        ExitReason? exit,
        params (string What, int Year, AidCategory Category)[] steps
    ) =>
        new(
            Told.Id(id),
            Told.Id(41),
            Told.Id(30),
            [
                .. steps.Select(
                    (s, i) =>
                        new FileStep(new DateOnly(s.Year, 3, 1 + i), s.What, s.Category)
                        {
                            Exit = s.What == "exited" ? exit : null,
                        }
                ),
            ]
        );
}
