using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Aid;

/// <summary>Two of one household at the same moment: the second is refused in the same words, and never with a fault.</summary>
public sealed class DuplicateTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Couple_AtTheSameMoment_OneIsSubmitted(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var (one, two) = await CoupleAsync(bench);

        var both = await Task.WhenAll(SubmitAsync(bench, one, "申请人"), SubmitAsync(bench, two, "申请人配偶"));

        Assert.Single(both, b => b.IsOk);
        Assert.Equal("aid.duplicate", Assert.Single(both, b => !b.IsOk).Refusal?.Code);
    }

    /// <summary>The index refuses what the comparison did not see, as when the other one commits in between.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task WhatTheIndexRefuses_IsADuplicate_WithAKeyAndWithout(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var (one, two) = await CoupleAsync(bench);
        Assert.True((await SubmitAsync(bench, one, "申请人")).IsOk);
        // As if the first had not been there when it was looked for: what is compared says another event.
        await bench.Stage.WithAsync<Vault, bool>(vault =>
            bench.Stage.WithAsync<EduUnionDb, bool>(async db =>
            {
                foreach (var trace in await db.Set<AidTrace>().ToListAsync())
                {
                    var bound = $"{trace.CaseId}/{trace.Hash}";
                    var claim = JsonSerializer.Deserialize<AidClaim>(vault.Open(trace.Claim, bound), CaseJson.Options)!;
                    var other = claim with { EventText = "别的事", EventOn = new DateOnly(2026, 1, 1) };
                    trace.Claim = vault.Seal(JsonSerializer.Serialize(other, CaseJson.Options), bound);
                }
                await db.SaveChangesAsync();
                return true;
            })
        );

        Assert.Equal("aid.duplicate", (await SubmitAsync(bench, two, "申请人配偶")).Refusal?.Code);
        Assert.Equal("aid.duplicate", (await SubmitAsync(bench, two, "申请人配偶", "key")).Refusal?.Code);
        Assert.Equal(AidState.Draft, (await bench.Play.ApplicationAsync(two)).State);
        Assert.DoesNotContain("家庭", AidPlay.Told(Refusal.Because("aid.duplicate")));
    }

    private static async Task<(Guid, Guid)> CoupleAsync(AidBench bench)
    {
        var one = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人", identity: 1, spouse: 2));
        var two = await bench.Play.ApplyAsync(
            "申请人配偶",
            bench.Play.Illness("申请人配偶", identity: 2, spouse: 1, account: "6222020000005678")
        );
        return (one, two);
    }

    private static Task<Outcome<StepDone>> SubmitAsync(AidBench bench, Guid id, string who, string? key = null) =>
        bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
            c.SubmitAsync(id, new Asker(bench.Town[who].Id, key, key is null ? null : [1]), default)
        );
}
