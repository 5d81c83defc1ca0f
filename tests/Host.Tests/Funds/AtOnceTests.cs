using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Funds;

/// <summary>What several do with one fund at the same moment.</summary>
public sealed class AtOnceTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Reserve_TheLastMoneyByTwo_OneWaits(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var fund = await box.OpenFundAsync("GH", 1_000);
        var said = await box.AtOnceAsync(
            fund,
            () => box.AskAsync(fund, box.Applicants[0], Money.Yuan(800)),
            () => box.AskAsync(fund, box.Applicants[1], Money.Yuan(800))
        );
        Assert.Single(said, s => s.Said is Reservation.Reserved);
        Assert.Single(said, s => s.Said is Reservation.Waiting { Place: 1 });
        await box.CheckAsync();
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Reserve_OnePersonFromTwoFunds_TheSumClimbs(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var fund = await box.OpenFundAsync("GH", 10_000);
        var other = await box.OpenFundAsync("JK", 10_000);
        var who = box.Applicants[0];
        // Each is within the level alone, both together are not; nothing of the person's year is there before.
        var said = await box.AtOnceAsync(
            fund,
            () => box.AskAsync(fund, who, Money.Yuan(600), sum => sum <= Money.Yuan(1_000)),
            () => box.AskAsync(other, who, Money.Yuan(600), sum => sum <= Money.Yuan(1_000))
        );
        Assert.Single(said, s => s.Said is Reservation.Reserved);
        Assert.Single(said, s => s.Said is Reservation.Climbs);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Make_TheSameClaimOnTwoLists_OneIsRefused(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var fund = await box.OpenFundAsync("GH", 1_000);
        var claim = await ReservedAsync(box, fund);
        var made = await box.AtOnceAsync(
            fund,
            () => box.MakeAsync(fund, [claim], box.Maker),
            () => box.MakeAsync(fund, [claim], box.Releaser)
        );
        Assert.Single(made, m => m.IsOk);
        Assert.Equal("payment.not-reserved", Assert.Single(made, m => !m.IsOk).Refusal!.Code);
        Assert.Equal(1, await box.ReadAsync(db => db.Set<PaymentLine>().CountAsync()));
        await box.CheckAsync();
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Release_ByTwo_OneSends_TheOtherIsToldWhen(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var fund = await box.OpenFundAsync("GH", 1_000);
        var claim = await ReservedAsync(box, fund);
        var batch = Cashbox.Ok(await box.MakeAsync(fund, [claim])).BatchId;
        var third = await FinanceAsync(box);
        var released = await box.AtOnceAsync(
            fund,
            () => box.ReleaseAsync(batch),
            () => box.ReleaseAsync(batch),
            () => box.ReleaseAsync(batch, third)
        );
        Assert.Contains(released, r => r.IsOk);
        Assert.All(
            released.Where(r => !r.IsOk),
            r => Assert.Equal(("payment.batch-released", RefusalKind.Conflict), (r.Refusal!.Code, r.Refusal.Kind))
        );
        Assert.Equal(1, await box.ReadAsync(db => db.Set<LedgerEntry>().CountAsync(e => e.Kind == PostingKind.Send)));
        await box.CheckAsync();
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Release_Twice_IsOnce_ByKeyAndByState(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var fund = await box.OpenFundAsync("GH", 1_000);
        var batch = Cashbox.Ok(await box.MakeAsync(fund, [await ReservedAsync(box, fund)])).BatchId;
        Assert.Equal("payment.maker-releases", (await box.ReleaseAsync(batch, box.Maker)).Refusal!.Code);
        var first = Cashbox.Ok(await box.ReleaseAsync(batch, key: "k"));
        Assert.Equal(first, Cashbox.Ok(await box.ReleaseAsync(batch, key: "k")));
        Assert.Equal(first, Cashbox.Ok(await box.ReleaseAsync(batch)));
        Assert.Equal(1, await box.ReadAsync(db => db.Set<LedgerEntry>().CountAsync(e => e.Kind == PostingKind.Send)));
    }

    /// <summary>
    /// A step holds its case and waits for the fund; whoever holds the fund tells that case something. Were the case locked
    /// against the check of the signal's foreign key, each would wait for the other.
    /// </summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Serve_WhileTheCaseWaitsForTheFund_DoesNotDeadlock(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var fund = await box.OpenFundAsync("GH", 100);
        var (waiting, _) = await box.AskAsync(fund, box.Applicants[0], Money.Yuan(300));
        var asking = await box.ReadAsync(async db =>
        {
            await using var held = await db.BeginWriteAsync(default);
            await db.LockFundAsync(fund, default);
            var step = Task.Run(() => box.ReserveAsync(waiting, fund, box.Applicants[0], Money.Yuan(300)));
            // SQLite has one writer, so there the step has not even begun.
            if (provider == Provider.Postgres)
                await box.UntilSomebodyWaitsAsync();
            db.Add(SignalRow.To(waiting, SignalRow.FundReserved, Guid.CreateVersion7(), box.Time.GetUtcNow()));
            await db.SaveChangesAsync();
            await held.CommitAsync();
            return step;
        });
        Assert.IsType<Reservation.Waiting>(await asking);
    }

    private static async Task<Guid> ReservedAsync(Cashbox box, Guid fund)
    {
        var (_, said) = await box.AskAsync(fund, box.Applicants[0], Money.Yuan(500));
        return Assert.IsType<Reservation.Reserved>(said).ClaimId;
    }

    private static async Task<Guid> FinanceAsync(Cashbox box)
    {
        await box.InDatabaseAsync(async db =>
        {
            db.Add(
                new OfficeHolding
                {
                    Id = Guid.CreateVersion7(),
                    MemberId = box.Applicants[4],
                    Office = Office.Finance,
                    OrganisationId = box.District,
                    From = new DateOnly(2026, 1, 1),
                }
            );
            await db.SaveChangesAsync();
        });
        return box.Applicants[4];
    }
}
