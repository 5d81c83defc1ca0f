using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Operations;

/// <summary>
/// The program is killed while it works, again and again. Whatever it acknowledged is there afterwards with its clock and
/// its notice, nothing happened twice, and a client that repeats its requests with their keys gets everything done.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 3;
    private const int MotionsARound = 6;
    private static readonly string Grounds = new('因', 60);
    private static readonly string[] Invited = ["fuyi1", "fuyi2"];
    private readonly SemaphoreSlim _acknowledged = new(0);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Kill_WhileWorking_LosesNothingAcknowledgedAndRepeatsNothing(Provider provider)
    {
        await using var database = await TestDatabase.EmptyAsync(provider);
        var acknowledged = new ConcurrentDictionary<string, string>();
        var random = new Random(20261123);
        for (var round = 0; round < Rounds; round++)
        {
            // Killed at a number of acknowledgements and not at a time, so that a slow machine is cut as deep as a fast one.
            var until = acknowledged.Count + random.Next(1, MotionsARound * 2);
            await using var host = await HostProcess.StartAsync(database.Settings, database.DataDirectory, Cancelled);
            using var client = await host.ClientOfAsync("daibiao1");
            using var enough = new CancellationTokenSource();
            var number = round;
            // Two at a time: some requests are behind, some in the middle, some still to come when the process dies.
            var all = Parallel.ForEachAsync(
                Enumerable.Range(0, MotionsARound),
                new ParallelOptions { MaxDegreeOfParallelism = 2 },
                async (n, _) => await FileAsync(client, $"{number}-{n}", acknowledged, enough.Token)
            );
            while (acknowledged.Count < until && !all.IsCompleted)
                await Task.WhenAny(all, _acknowledged.WaitAsync(Cancelled));
            host.Kill();
            await enough.CancelAsync();
            await all;
            output.WriteLine($"round {round}: killed after {acknowledged.Count} acknowledgements");
        }

        // The client comes back and repeats everything with the same keys.
        await using var last = await HostProcess.StartAsync(database.Settings, database.DataDirectory, Cancelled);
        using var back = await last.ClientOfAsync("daibiao1");
        var before = new Dictionary<string, string>(acknowledged);
        for (var round = 0; round < Rounds; round++)
        for (var n = 0; n < MotionsARound; n++)
            await FileAsync(back, $"{round}-{n}", acknowledged, Cancelled);
        foreach (var (key, answer) in before)
            Assert.Equal(answer, acknowledged[key]);
        Assert.Equal(Rounds * MotionsARound * 2, acknowledged.Count);
        await AssertWholeAsync(database);
        var (code, said) = await HostProcess.RunAsync(database.Settings, database.DataDirectory, "journal", "verify");
        Assert.True(code == 0, said);
    }

    /// <summary>Writes one motion and invites two; every acknowledged answer is kept under its key.</summary>
    private async Task FileAsync(
        HttpClient client,
        string name,
        ConcurrentDictionary<string, string> acknowledged,
        CancellationToken stop
    )
    {
        var motion = new
        {
            sessionId = DemoDistrict.SessionId("YXZX"),
            title = $"提案{name}",
            category = "welfare",
            grounds = Grounds,
            proposals = new[] { "建议" },
        };
        if (await PostAsync(client, "/api/motions", $"create-{name}", motion, acknowledged, stop) is not { } created)
            return;
        var id = JsonDocument.Parse(created).RootElement.GetProperty("id").GetGuid();
        var invited = new { memberIds = Invited.Select(DemoDistrict.MemberId) };
        await PostAsync(client, $"/api/motions/{id}/invitations", $"invite-{name}", invited, acknowledged, stop);
    }

    private async Task<string?> PostAsync(
        HttpClient client,
        string path,
        string key,
        object body,
        ConcurrentDictionary<string, string> acknowledged,
        CancellationToken stop
    )
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await client.SendAsync(request, stop);
            var text = await answer.Content.ReadAsStringAsync(stop);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
            acknowledged[key] = text;
            _acknowledged.Release();
            return text;
        }
        catch (Exception cut) when (cut is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private static async Task AssertWholeAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var cases = await db.Set<CaseRow>().AsNoTracking().ToListAsync();
        Assert.Equal(Rounds * MotionsARound, cases.Count);
        Assert.Equal(cases.Count, cases.Select(c => c.Title).Distinct().Count());
        foreach (var row in cases)
        {
            // Two steps, two lines; two invitations, each with one task, one clock and one notice.
            Assert.Equal(2, row.JournalSequence);
            Assert.Equal(2, await db.Set<JournalLine>().CountAsync(l => l.CaseId == row.Id));
            Assert.Equal(2, await db.Set<TaskRow>().CountAsync(t => t.CaseId == row.Id && t.Name == "motion.cosign"));
            Assert.Equal(2, await db.Set<ClockRow>().CountAsync(c => c.CaseId == row.Id && c.Name == "cosign"));
            Assert.Equal(
                2,
                await db.Set<Notice>().CountAsync(n => n.CaseId == row.Id && n.Kind == NoticeKind.CosignInvited.Code)
            );
        }
    }
}
