using System.Collections.Concurrent;
using CsCheck;
using EduUnion.Domain.Funds;

namespace EduUnion.Domain.Tests.Funds;

/// <summary>
/// Whatever happens in whatever order, with results that come twice, late or contradict, and with a program that dies
/// before its commit and repeats: the ledger balances, and nobody is paid twice.
/// </summary>
public sealed class LedgerPropertyTests
{
    private const int Histories = 10_000;

    private static readonly Gen<(int Act, int Which, int Much)[]> AnyHistory = Gen.Select(
        Gen.Int[0, 15],
        Gen.Int[0, 999],
        Gen.Int[1, 60]
    ).Array[5, 60];

    [Fact]
    public void AnyHistory_Balances_AndPaysNobodyTwice()
    {
        var met = new ConcurrentDictionary<string, bool>();
        AnyHistory.Sample(
            history =>
            {
                var till = new Till();
                till.Income(till.Funds[0], Money.Yuan(100));
                foreach (var (act, which, much) in history)
                {
                    till.Tick();
                    // A third of the acts die before their commit: what they did in memory is gone, and they are repeated.
                    if (which % 3 == 0)
                        Act(till.Copy(), act, which, much);
                    var entries = till.Entries.Count;
                    Act(till, act, which, much);
                    Check(till, entries);
                    // Another third die after it: whoever heard no answer does it again, and nothing happens twice.
                    if (which % 3 != 1 || act is not (>= 8 and <= 13 or 15))
                        continue;
                    entries = till.Entries.Count;
                    Act(till, act, which, much);
                    Check(till, entries);
                    Assert.Equal(entries, till.Entries.Count);
                }
                foreach (var entry in till.Entries)
                    met.TryAdd(entry.Kind.ToString(), true);
                foreach (var claim in till.Claims)
                    met.TryAdd(claim.State.ToString(), true);
                foreach (var line in till.Lines)
                    met.TryAdd(line.State.ToString(), true);
            },
            iter: Histories,
            print: history => string.Join(' ', history.Select(step => $"{step.Act}/{step.Which}/{step.Much}"))
        );
        // Histories that never come to the point prove nothing.
        string[] all =
        [
            .. Enum.GetNames<PostingKind>().Except([nameof(PostingKind.Opening)]),
            .. Enum.GetNames<ClaimState>(),
            .. Enum.GetNames<LineState>(),
        ];
        Assert.Empty(all.Except(met.Keys));
    }

    [Fact]
    public void Canary_LostEntry_IsFound()
    {
        var till = new Till();
        till.Income(till.Funds[0], Money.Yuan(100));
        till.Ask(till.Funds[0], Money.Yuan(60), 1);
        Check(till, 0);
        till.Entries.RemoveAt(1);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Check(till, 0));
    }

    private static void Act(Till till, int act, int which, int much)
    {
        var fund = till.Funds[which % 2];
        var amount = Money.Yuan(much);
        switch (act)
        {
            case 0:
                till.Income(fund, amount);
                break;
            case 1:
                till.Allot(fund, amount + amount);
                break;
            case 2:
                till.Cut(fund, amount);
                break;
            case 3:
                till.Transfer(fund, till.Funds[(which + 1) % 2], amount);
                break;
            case 4 when Any(till.Entries, which) is { } entry:
                till.Correct(entry);
                break;
            case 5 or 6 or 7:
                till.Ask(fund, amount, which % 5);
                break;
            case 8 when Any(till.Claims, which) is { } claim:
                till.Release(claim);
                break;
            case 9 or 10:
                till.Make(fund, till.Claims.Where((c, at) => (at + which) % 3 != 0 && c.State == ClaimState.Reserved));
                break;
            case 11 when Any(till.Claims, which) is { } claim:
                // Listing whatever comes, also what the bank has.
                var unknown = till.Lines.Any(l => l.ClaimId == claim.Id && l.State == LineState.Sent);
                Assert.False(till.Make(till.FundOf(claim.FundId), [claim]).IsOk && unknown, "resent before reconciled");
                break;
            case 12 when Any(till.Batches, which) is { } batch:
                till.Send(batch, which % 7 == 0 ? Till.Maker : Till.Releaser);
                break;
            case 13 when Any([.. till.Lines], which) is { } line:
                // Seldom a reference of its own, so that results repeat and collide.
                till.Result(line, much % 2 == 0, much % 5 == 0 ? $"流水{which % 4}" : $"{line.Reference}/{much % 2}");
                break;
            case 14 when Any([.. till.Claims.Where(c => c.State == ClaimState.Bounced)], which) is { } claim:
                Assert.True(claim.Correct("sealed again", "4321", till.Now).IsOk);
                break;
            case 15 when Any([.. till.Lines], which) is { } line:
                till.Batches.Single(b => b.Id == line.BatchId).Remove(line.Id, till.ClaimOf(line.ClaimId), till.Now);
                break;
        }
    }

    private static T? Any<T>(IReadOnlyList<T> all, int which)
        where T : class => all.Count == 0 ? null : all[which % all.Count];

    internal static void Check(Till till, int before)
    {
        foreach (var fund in till.Funds)
        {
            var entries = till.Entries.Where(e => e.FundId == fund.Id).ToList();
            var at = fund.Balances;
            Assert.Equal(Enumerable.Range(1, entries.Count), entries.Select(e => e.Number));
            Assert.All(entries, e => Assert.True(e.Amount > Money.Zero && e.Debit != e.Credit));
            Assert.Equal(Balances.Of(entries), at);
            Assert.Equal(
                at.Available + at.Reserved + at.InTransit + at.Paid + at.Budget,
                at.Opening + at.Income + at.Returned + at.Allotment
            );
            Assert.Equal(at.Available, at.Opening + at.Income - at.Held - at.Paid + at.Returned);
            Assert.True(at.Available >= Money.Zero, "overdrawn");
            Assert.False(fund.HasBudget && at.Budget < Money.Zero, "negative budget");
            var claims = till.Claims.Where(c => c.FundId == fund.Id).ToList();
            Assert.Equal(at.Reserved, Sum(claims, ClaimState.Reserved, ClaimState.Listed, ClaimState.Bounced));
            Assert.Equal(at.InTransit, Sum(claims, ClaimState.Sent));
            Assert.Equal(at.Paid - at.Returned, Sum(claims, ClaimState.Paid));
            var waiting = claims.Where(c => c.State == ClaimState.Waiting).OrderBy(c => c.Place).ToList();
            if (waiting.Count == 0)
                continue;
            Assert.True(waiting[0].Amount > fund.Free, "money lies idle while somebody waits");
            Assert.DoesNotContain(
                claims,
                c => c.State is not (ClaimState.Waiting or ClaimState.Cancelled) && c.Place > waiting[0].Place
            );
        }
        // Only what this act wrote can be wrong anew.
        foreach (var entry in till.Entries.Skip(before).Where(e => e.Reverses is not null))
            Assert.Single(till.Entries, e => e.FundId == entry.FundId && e.Reverses == entry.Reverses);
        foreach (var lines in till.Lines.GroupBy(l => l.ClaimId))
            Assert.True(lines.Count(l => l.IsLive) <= 1, "two payments of one approval");
        // The same by the ledger alone: what has left for an approval and has not come back is its amount at most.
        foreach (var claim in till.Claims)
            Assert.True(OutFor(claim, till.Entries) is 0 or 1, "money has left twice for one approval");
    }

    /// <summary>Sendings for the claim less bounces and returns.</summary>
    private static int OutFor(Claim claim, IEnumerable<LedgerEntry> entries) =>
        entries
            .Where(e => e.ClaimId == claim.Id)
            .Sum(e =>
                (e.Kind, e.LineId) switch
                {
                    (PostingKind.Send, _) => 1,
                    (PostingKind.Reversal, not null) or (PostingKind.Return, _) => -1,
                    _ => 0,
                }
            );

    private static Money Sum(IEnumerable<Claim> claims, params ClaimState[] states) =>
        claims.Where(c => states.Contains(c.State)).Aggregate(Money.Zero, (sum, c) => sum + c.Amount);
}
