using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EduUnion.Domain.Funds;
using EduUnion.Host.Cases;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Operations;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Funds;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Operations;

/// <summary>A copy made while people work, put back elsewhere: whole, proven, and silent until somebody lets it speak.</summary>
public sealed class BackupTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task BackupUnderLoad_Restored_IsWholeAndSilentUntilReleased(Provider provider)
    {
        await using var source = await TestDatabase.MigratedAsync(provider);
        var directory = Path.Combine(source.DataDirectory, "backup");
        var acknowledged = await LoadAndBackUpAsync(source, directory);

        await using var target = await TestDatabase.EmptyAsync(provider);
        File.Delete(target.SqliteFile);
        // The backup's keys are not its own: without them it refuses.
        var keyless = await Assert.ThrowsAsync<StartRefused>(() => Restoring(target).RestoreAsync(directory, Stop));
        Assert.Contains("keys", keyless.Message, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(target.DataDirectory, "keys"), recursive: true);
        Copy(Path.Combine(source.DataDirectory, "keys"), Path.Combine(target.DataDirectory, "keys"));
        await Restoring(target).RestoreAsync(directory, Stop);
        await Assert.ThrowsAsync<StartRefused>(() => Restoring(target).RestoreAsync(directory, Stop));

        var ledger = await LedgerAsync(target);
        Assert.NotEqual(0, ledger.Entries);
        Assert.Equal(await LedgerAsync(source), ledger);
        await using var running = new Running(database: target);
        await running.InDatabaseAsync(async db =>
        {
            var there = await db.Set<CaseRow>().Select(c => c.Id).ToListAsync(Stop);
            Assert.Subset(there.ToHashSet(), acknowledged.ToHashSet());
        });
        using var scope = running.Services.CreateScope();
        var report = await scope.ServiceProvider.GetRequiredService<JournalProof>().ProveAsync(null, Stop);
        Assert.Empty(report.Broken);
        Assert.True(report.Cases >= acknowledged.Count);

        running.Time.Advance(TimeSpan.FromDays(4));
        var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
        Assert.Equal(0, await outbox.RunAsync(Stop));
        Assert.True(await scope.ServiceProvider.GetRequiredService<OutboxHolds>().ReleaseAsync(null, Stop));
        var sent = await outbox.RunAsync(Stop);
        var waiting = "";
        await running.InDatabaseAsync(async db =>
            waiting = string.Join(
                '\n',
                (await db.Set<Notice>().ToListAsync(Stop))
                    .Select(n => $"{n.Kind} {n.NotBefore} {n.FannedAt}")
                    .Concat(
                        (await db.Set<OutgoingMail>().ToListAsync(Stop)).Select(m =>
                            $"{m.State} {m.NextAt} {m.LastError}"
                        )
                    )
            )
        );
        Assert.True(sent > 0, waiting);
        Assert.False(await scope.ServiceProvider.GetRequiredService<OutboxHolds>().ReleaseAsync(null, Stop));
    }

    [Fact]
    public async Task AnUnfinishedOrDamagedBackup_IsNotRestored_AndNoneIsOverwritten()
    {
        await using var source = await TestDatabase.MigratedAsync(Provider.Sqlite);
        var directory = Path.Combine(source.DataDirectory, "backup");
        var backup = Restoring(source);
        // Made by hand before, so that everybody may read in it.
        Directory.CreateDirectory(directory);
        await backup.WriteAsync(directory, Stop);
        if (!OperatingSystem.IsWindows())
            Assert.Equal("rwx------", Permissions(directory));
        await Assert.ThrowsAsync<StartRefused>(() => backup.WriteAsync(directory, Stop));

        await using var target = await TestDatabase.EmptyAsync(Provider.Sqlite);
        File.Delete(target.SqliteFile);
        await File.AppendAllTextAsync(Path.Combine(directory, "eduunion.db"), "x", Stop);
        await Assert.ThrowsAsync<StartRefused>(() => Restoring(target).RestoreAsync(directory, Stop));
        File.Delete(Path.Combine(directory, Backup.NoteFile));
        await Assert.ThrowsAsync<StartRefused>(() => Restoring(target).RestoreAsync(directory, Stop));
        Assert.False(File.Exists(target.SqliteFile));
    }

    private static async Task<(int Entries, long Fen)> LedgerAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var entries = await db.Set<LedgerEntry>().AsNoTracking().ToListAsync(Stop);
        return (entries.Count, entries.Sum(e => e.Amount.Fen));
    }

    /// <summary>Motions are filed all the time; those acknowledged before the copy began must be in it.</summary>
    private static async Task<List<Guid>> LoadAndBackUpAsync(TestDatabase source, string directory)
    {
        await using var running = new Running(database: source);
        await new DemoMoney(running).OpenFundAsync("GH", "困难职工帮扶金", 30_000);
        var client = await running.ClientOfAsync("daibiao1");
        var filed = new ConcurrentQueue<Guid>();
        var first = await FileAsync(client);
        filed.Enqueue(first);
        var asked = await client.PostAsJsonAsync(
            $"/api/motions/{first}/invitations",
            new { memberIds = new[] { DemoDistrict.MemberId("fuyi1") } },
            Stop
        );
        Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync(Stop));
        using var enough = new CancellationTokenSource();
        var load = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                    filed.Enqueue(await FileAsync(client));
            },
            Stop
        );
        while (filed.Count < 3)
            await Task.Yield();
        var before = filed.ToList();
        using (var scope = running.Services.CreateScope())
            await scope.ServiceProvider.GetRequiredService<Backup>().WriteAsync(directory, Stop);
        await enough.CancelAsync();
        await load;
        return before;
    }

    private static async Task<Guid> FileAsync(HttpClient client)
    {
        var answer = await client.PostAsJsonAsync(
            "/api/motions",
            new
            {
                sessionId = DemoDistrict.SessionId("YXZX"),
                title = "关于延长图书馆开放时间的提案",
                category = "welfare",
                grounds = new string('因', 60),
                proposals = new[] { new string('议', 60) },
            },
            Stop
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetGuid();
    }

    private static Backup Restoring(TestDatabase database)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build();
        var options = DatabaseOptions.Read(settings, database.DataDirectory);
        return new Backup(
            options,
            JournalKey.Load(settings, database.DataDirectory, options),
            KeyRing.Load(settings, database.DataDirectory, options),
            TimeProvider.System
        );
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static string Permissions(string directory) =>
        string.Concat(
            Enumerable
                .Range(0, 9)
                .Select(n => ((int)File.GetUnixFileMode(directory) & (256 >> n)) == 0 ? '-' : "rwx"[n % 3])
        );
}
