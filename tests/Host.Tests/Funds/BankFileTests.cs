using System.Text;
using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Funds;
using EduUnion.Host.Privacy;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Funds;

/// <summary>What reaches the bank: once, and only what it has not answered.</summary>
public sealed class BankFileTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task File_HasOnlyWhatIsUnanswered_AndIsNotGivenWhenNothingIs(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var fund = await box.OpenFundAsync("GH", 1_000);
        var claims = new List<Guid>();
        foreach (var who in box.Applicants.Take(3))
            claims.Add(
                Assert.IsType<Reservation.Reserved>((await box.AskAsync(fund, who, Money.Yuan(100))).Said).ClaimId
            );
        var batch = Cashbox.Ok(await box.MakeAsync(fund, claims)).BatchId;
        var taken = (await box.ReadAsync(db => db.Set<PaymentLine>().AsNoTracking().ToListAsync())).Single(l =>
            l.ClaimId == claims[1]
        );
        Cashbox.Ok(
            await box.WithAsync<PaymentCommands, Outcome<BatchDone>>(c =>
                c.RemoveLineAsync(batch, taken.Id, Cashbox.By(box.Maker), default)
            )
        );
        Assert.Equal("payment.not-released", (await FileAsync(box, batch)).Refusal!.Code);
        Cashbox.Ok(await box.ReleaseAsync(batch));
        Assert.Equal(["GH2026-001-001", "GH2026-001-003"], await ReferencesAsync(box, batch));

        Cashbox.Ok(await box.ResultAsync(batch, new BankResult(1, "GH2026-001-001", "B1", true, "")));
        Assert.Equal(["GH2026-001-003"], await ReferencesAsync(box, batch));
        Cashbox.Ok(await box.ResultAsync(batch, new BankResult(1, "GH2026-001-003", "B2", false, "户名不符")));
        var refused = (await FileAsync(box, batch)).Refusal!;
        Assert.Equal(("payment.all-answered", RefusalKind.Conflict), (refused.Code, refused.Kind));
        Assert.Equal(2, await box.ReadAsync(db => db.Set<BankFileRow>().CountAsync()));
        // Two payees in the first file, one in the second: each sees who had his account opened.
        var seen = await box.ReadAsync(db => db.Set<SensitiveView>().AsNoTracking().ToListAsync());
        Assert.Equal(3, seen.Count);
        Assert.All(seen, v => Assert.Equal((box.Maker, "account", ViewPurpose.Pay), (v.ViewerId, v.Field, v.Purpose)));
    }

    /// <summary>The bank's answer finds its line by the reference alone.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task References_AreGivenOnce_WhateverTheProgramDoes(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        var fund = await box.OpenFundAsync("GH", 1_000);
        foreach (var who in box.Applicants.Take(2))
        {
            var (_, said) = await box.AskAsync(fund, who, Money.Yuan(100));
            Cashbox.Ok(await box.MakeAsync(fund, [Assert.IsType<Reservation.Reserved>(said).ClaimId]));
        }
        await Assert.ThrowsAsync<DbUpdateException>(() =>
            box.InDatabaseAsync(async db =>
            {
                var lines = await db.Set<PaymentLine>().ToListAsync();
                db.Entry(lines[0]).Property(l => l.Reference).CurrentValue = lines[1].Reference;
                await db.SaveChangesAsync();
            })
        );
        await Assert.ThrowsAsync<DbUpdateException>(() =>
            box.InDatabaseAsync(async db =>
            {
                db.Add(
                    Fund.Open(Guid.CreateVersion7(), box.School, Cashbox.Year, FundKind.UnionMoney, "GH", "另一项资金")
                );
                await db.SaveChangesAsync();
            })
        );
        var second = await box.WithAsync<FundCommands, Outcome<Guid>>(c =>
            c.OpenAsync(
                Guid.CreateVersion7(),
                new(box.District, Cashbox.Year, FundKind.Donation, "gh", "另一项资金"),
                Cashbox.By(box.Officer),
                default
            )
        );
        Assert.Equal("fund.code-taken", second.Refusal!.Code);
    }

    private static Task<Outcome<BankFile>> FileAsync(Cashbox box, Guid batch) =>
        box.WithAsync<BankFiles, Outcome<BankFile>>(files =>
            files.ExportAsync(batch, spreadsheet: false, box.Maker, default)
        );

    private static async Task<IEnumerable<string>> ReferencesAsync(Cashbox box, Guid batch) =>
        Encoding
            .UTF8.GetString(Cashbox.Ok(await FileAsync(box, batch)).Content)
            .Split('\n')
            .SelectMany(row => row.Split(','))
            .Where(cell => cell.StartsWith("GH2026-", StringComparison.Ordinal));
}
