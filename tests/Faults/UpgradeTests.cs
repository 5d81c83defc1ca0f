using EduUnion.Host.Cases;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Definitions;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Faults;

/// <summary>
/// Databases of released programs, restored from what was kept of them: this program migrates them without changing a row,
/// every case of them goes to its end, by the definitions with which it began, and everything still adds up.
/// <c>EDUUNION_KEEP_RELEASE=NAME</c> keeps one of this program first (docs/development.md).
/// </summary>
public sealed class UpgradeTests(ITestOutputHelper output)
{
    /// <summary>What a start may add to: its own migrations, and reference data that are new.</summary>
    private static readonly string[] Grows =
    [
        "__EFMigrationsHistory",
        "parameters",
        "calendar_versions",
        "data_protection_keys",
    ];

    /// <summary>Published anew after the upgrade; the cases that run do not notice.</summary>
    private static readonly string[] Republished = ["motion", "motion-handling"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, Provider> Kept =>
        [.. KeptRelease.Names.SelectMany(name => new[] { Provider.Sqlite, Provider.Postgres }.Select(p => (name, p)))];

    [Theory, MemberData(nameof(Kept))]
    public async Task KeptDatabase_IsMigrated_NothingIsLost_AndItsCasesFinish(string release, Provider provider)
    {
        if (release == KeptRelease.Wanted)
            await KeptRelease.KeepAsync(release, provider);
        var database = await TestDatabase.EmptyAsync(provider);
        File.Delete(database.SqliteFile);
        var kept = await KeptRelease.RestoreAsync(release, database);
        var before = await Contents.OfAsync(database);
        Assert.Equal("", string.Join('\n', await Checker.ViolationsAsync(database)));

        await using var district = District.On(database);
        district.Running.Time.Advance(kept.At - district.Running.Time.GetUtcNow());
        await district.Running.InDatabaseAsync(async db =>
            Assert.Empty(await db.Database.GetPendingMigrationsAsync(Stop))
        );
        var (lost, added) = await before.ComparedAsync(database);
        Assert.Equal("", string.Join('\n', lost));
        Assert.Empty(added.Keys.Except(Grows));
        var proven = await ProvenAsync(district);

        var pinned = await VersionsAsync(district);
        await PublishAnewAsync(district);
        await UpgradeCases.FinishAsync(district, kept.Cases, () => ExpectPinnedAsync(district, kept, pinned));
        await TellAsync(district);

        Assert.Equal(
            "",
            string.Join('\n', await Checker.ViolationsAsync(database, Path.Combine(database.DataDirectory, "mail")))
        );
        await ProvenAsync(district);
        output.WriteLine(
            $"{release} of {kept.Commit[..8]} on {provider}: {before.Rows} rows kept, {proven} cases finished"
        );
    }

    /// <summary>The canary: a start that changes a row or loses one is found.</summary>
    [Fact]
    public async Task ChangedOrLostRow_IsFound()
    {
        await using var database = await TestDatabase.MigratedAsync(Provider.Sqlite);
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync(
            "INSERT INTO heartbeats (id, at) VALUES (1, '2026-11-02'), (2, '2026-11-03')",
            Stop
        );
        var before = await Contents.OfAsync(database);
        Assert.Empty((await before.ComparedAsync(database)).Lost);

        await db.Database.ExecuteSqlRawAsync("UPDATE heartbeats SET at = '2026-11-04' WHERE id = 1", Stop);
        await db.Database.ExecuteSqlRawAsync("DELETE FROM heartbeats WHERE id = 2", Stop);
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE heartbeats ADD COLUMN later TEXT", Stop);
        var (lost, added) = await before.ComparedAsync(database);
        Assert.Equal(["heartbeats: 1 | 2026-11-02", "heartbeats: 2 | 2026-11-03"], lost.Order(StringComparer.Ordinal));
        Assert.Equal(1, added["heartbeats"]);
    }

    private static async Task<int> ProvenAsync(District district)
    {
        await using var scope = district.Running.Services.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<JournalProof>().ProveAsync(null, Stop);
        Assert.Equal("", string.Join('\n', report.Broken));
        return report.Cases;
    }

    private static async Task PublishAnewAsync(District district)
    {
        var admin = await district.AsAsync("admin");
        foreach (var id in Republished)
        {
            var version = DefinitionSet.Shipped.Latest(id)!.Version + 1;
            await admin.ImportedAsync(Documents.Version(id, version));
            var answer = await admin.PublishAsync(id, version);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        }
    }

    /// <summary>
    /// Every instance runs by the version it began with, also one that was started meanwhile by a case that began before;
    /// a case that begins now takes the new one.
    /// </summary>
    private static async Task ExpectPinnedAsync(District district, KeptRelease kept, Dictionary<Guid, Running> pinned)
    {
        var now = await VersionsAsync(district);
        foreach (var (instance, then) in pinned)
            if (now.TryGetValue(instance, out var still))
                Assert.Equal(then, still);
        var handling = now.Values.Single(r =>
            r.Case == kept.Cases["motion.filed"] && r.Definition == "motion-handling"
        );
        Assert.DoesNotContain(pinned.Values, r => r.Case == handling.Case && r.Definition == handling.Definition);
        Assert.Contains(pinned.Values, r => r.Definition == handling.Definition && r.Version == handling.Version);

        var begun = await district.DraftAsync("daibiao2", "调整值班时间");
        Assert.Equal(
            DefinitionSet.Shipped.Latest("motion")!.Version + 1,
            (await VersionsAsync(district)).Values.Single(r => r.Case == begun).Version
        );
    }

    private static async Task<Dictionary<Guid, Running>> VersionsAsync(District district)
    {
        var versions = new Dictionary<Guid, Running>();
        await district.Running.InDatabaseAsync(async db =>
        {
            foreach (var row in await db.Set<CaseRow>().AsNoTracking().ToListAsync(Stop))
            foreach (var instance in FamilyJson.Read(row.Family).Instances)
                versions[instance.Id] = new Running(row.Id, instance.DefinitionId, instance.Version);
        });
        return versions;
    }

    /// <summary>What was restored is held until somebody lets it speak; what is gathered for a morning leaves on it.</summary>
    private static async Task TellAsync(District district)
    {
        await using (var scope = district.Running.Services.CreateAsyncScope())
        {
            Assert.Equal(0, await scope.ServiceProvider.GetRequiredService<Outbox>().RunAsync(Stop));
            Assert.True(await scope.ServiceProvider.GetRequiredService<OutboxHolds>().ReleaseAsync(null, Stop));
        }
        await district.MoveToAsync(new(2026, 11, 23));
        await district.SendMailsAsync();
        district.Wait(TimeSpan.FromHours(1));
        await district.SendMailsAsync();
    }

    private sealed record Running(Guid Case, string Definition, int Version);
}
