using System.Text.RegularExpressions;
using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Funds;

/// <summary>The ledger is only ever added to.</summary>
public sealed partial class AppendOnlyTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ChangedEntry_IsNotWritten(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        await box.OpenFundAsync("GH", 100);
        await box.InDatabaseAsync(async db =>
        {
            var entry = await db.Set<LedgerEntry>().SingleAsync();
            db.Entry(entry).Property(e => e.Amount).CurrentValue = Money.Yuan(1_000);
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        });
        await box.CheckAsync();
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SecondReversal_IsRefusedByTheDatabase(Provider provider)
    {
        await using var box = await Cashbox.OpenAsync(provider);
        await box.OpenFundAsync("GH", 100);
        await box.InDatabaseAsync(async db =>
        {
            var entry = await db.Set<LedgerEntry>().SingleAsync();
            db.AddRange(Reversal(entry, 2), Reversal(entry, 3));
            var refused = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
            Assert.True(db.IsUniqueViolation(refused));
        });
    }

    [Fact]
    public void Code_NeverUpdatesOrDeletesEntries() =>
        Assert.Empty(Sources().Where(s => Writes(s.Text)).Select(s => s.Path));

    [Fact]
    public void Canary_WritingCode_IsFound()
    {
        Assert.True(Writes("db.Set<LedgerEntry>().Where(e => e.Number == 1).ExecuteDeleteAsync(stop)"));
        Assert.True(Writes("db.Remove(entry)\n"));
        Assert.Contains(Sources(), s => s.Text.Contains("Set<LedgerEntry>", StringComparison.Ordinal));
    }

    private static LedgerEntry Reversal(LedgerEntry entry, int number) =>
        new()
        {
            FundId = entry.FundId,
            Number = number,
            At = entry.At,
            Kind = PostingKind.Reversal,
            Debit = entry.Credit,
            Credit = entry.Debit,
            Amount = entry.Amount,
            Reverses = entry.Number,
        };

    private static IEnumerable<(string Path, string Text)> Sources() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src", "Host", "Funds"), "*.cs")
            .Select(path => (path, File.ReadAllText(path)));

    private static bool Writes(string source) => Writing().IsMatch(source);

    [GeneratedRegex(@"Execute(Delete|Update|Sql)|\bdb\.Remove|>\(\)\.Remove")]
    private static partial Regex Writing();
}
