using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Funds;
using EduUnion.Host.Persistence;
using EduUnion.Host.Relations;
using EduUnion.Host.Tests.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Funds;

/// <summary>What stands against a payment, when the list is made and again when it is released.</summary>
public sealed class UnpayableTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ARelativeOfWhoPays_IsPaidByOthers(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var (fund, claim) = await ReservedAsync(box);
        await RelateAsync(box, box.Maker);
        Assert.Equal(("payment.own-payee", RefusalKind.Forbidden), Said(await box.MakeAsync(fund, [claim], box.Maker)));
        var batch = Cashbox.Ok(await box.MakeAsync(fund, [claim], box.Releaser)).BatchId;
        Assert.Equal(("payment.own-payee", RefusalKind.Forbidden), Said(await box.ReleaseAsync(batch, box.Maker)));
        await box.CheckAsync();
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ARelationDeclaredAfterTheListWasMade_StopsItsRelease(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var (fund, claim) = await ReservedAsync(box);
        var batch = Cashbox.Ok(await box.MakeAsync(fund, [claim])).BatchId;
        await RelateAsync(box, box.Releaser);
        Assert.Equal(("payment.own-payee", RefusalKind.Forbidden), Said(await box.ReleaseAsync(batch)));
        Assert.Equal(Money.Zero, (await box.FundAsync(fund)).Balances.InTransit);
    }

    [Theory]
    [InlineData(Provider.Sqlite, true)]
    [InlineData(Provider.Postgres, true)]
    [InlineData(Provider.Sqlite, false)]
    [InlineData(Provider.Postgres, false)]
    public async Task AFileThatIsFrozenOrClosed_IsNotPaid(Provider provider, bool frozen)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var (fund, claim) = await ReservedAsync(box);
        await FileAsync(box, _ => { });
        var batch = Cashbox.Ok(await box.MakeAsync(fund, [claim])).BatchId;
        await FileAsync(
            box,
            file =>
                Assert.True(
                    frozen
                        ? file.Freeze(null, box.Time.GetUtcNow()).IsOk
                        : file.Exit(
                            ExitReason.FalsePapers,
                            "材料虚假。",
                            null,
                            null,
                            box.Time.GetUtcNow(),
                            new(2026, 11, 23)
                        ).IsOk
                )
        );
        Assert.Equal("payment.file-closed", (await box.ReleaseAsync(batch)).Refusal!.Code);
        Assert.Equal(Money.Zero, (await box.FundAsync(fund)).Balances.InTransit);
        var (_, again) = await ReservedAsync(box, fund);
        Assert.Equal("payment.file-closed", (await box.MakeAsync(fund, [again])).Refusal!.Code);
    }

    private static (string, RefusalKind) Said(Outcome<BatchDone> done) => (done.Refusal!.Code, done.Refusal.Kind);

    private static async Task<(Guid Fund, Guid Claim)> ReservedAsync(Cashbox box, Guid? known = null)
    {
        var fund = known ?? await box.OpenFundAsync("GH", 1_000);
        var (_, said) = await box.AskAsync(fund, box.Applicants[0], Money.Yuan(100));
        return (fund, Assert.IsType<Reservation.Reserved>(said).ClaimId);
    }

    /// <summary>The payee's file, opened if there is none, as it is then.</summary>
    private static Task FileAsync(Cashbox box, Action<AidFile> change) =>
        box.WithAsync<IServiceProvider, int>(async services =>
        {
            var (db, files) = (services.GetRequiredService<EduUnionDb>(), services.GetRequiredService<AidFiles>());
            var row = await files.OfMemberAsync(box.Applicants[0], default);
            var file = row is null
                ? AidFile
                    .Open(
                        Guid.CreateVersion7(),
                        "DA-YXZX-2026-0001",
                        box.Applicants[0],
                        box.School,
                        AidCategory.Rel,
                        Guid.CreateVersion7(),
                        box.Time.GetUtcNow(),
                        new(2026, 11, 23)
                    )
                    .File
                : files.Read(row);
            if (row is null)
                db.Add(
                    row = new AidFileRow
                    {
                        Id = file.Id,
                        MemberId = file.MemberId,
                        SchoolId = file.SchoolId,
                        Number = file.Number,
                        State = "",
                        VerifiedYear = 0,
                        Aggregate = "",
                    }
                );
            change(file);
            files.Write(row, file);
            return await db.SaveChangesAsync();
        });

    private static Task RelateAsync(Cashbox box, Guid who) =>
        box.InDatabaseAsync(async db =>
        {
            db.Add(
                new DeclaredRelation
                {
                    Id = Guid.CreateVersion7(),
                    MemberId = who,
                    OtherId = box.Applicants[0],
                    Kind = Relation.Collateral,
                    DeclaredBy = who,
                    DeclaredAt = box.Time.GetUtcNow(),
                }
            );
            await db.SaveChangesAsync();
        });
}
