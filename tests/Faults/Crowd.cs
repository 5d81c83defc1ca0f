using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;

namespace EduUnion.Faults;

/// <summary>
/// Many people who work with a fleet: they bring motions from the draft to the archive's door, each over whichever node
/// answers. Who hears nothing asks again, elsewhere, with the same key, until he hears.
/// </summary>
/// <param name="site">Where the next request goes.</param>
/// <param name="bears">Whether a 503 that says when to come again is an answer to be expected; nobody waits that long here.</param>
internal sealed class Crowd(Func<Random, Uri> site, Acknowledgements acknowledged, Random chance, bool bears = false)
    : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static readonly string[] Proposers = ["daibiao1", "daibiao2"];
    private static readonly string[] Committee = ["zhuren", "weiyuan1", "weiyuan2"];

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentDictionary<string, string> _tokens = [];
    private readonly DateOnly _today = ChinaTime.DateOf(TimeProvider.System.GetUtcNow());
    private int _motions;
    private int _retries;
    private int _waits;
    private volatile bool _enough;

    /// <summary>Answers that were refused or could not be.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Motions whose invitees say nothing, so that their invitations have to expire.</summary>
    public ConcurrentQueue<Guid> Silent { get; } = [];

    public int Motions => _motions;

    /// <summary>Requests that were sent once more because a node died.</summary>
    public int Retries => _retries;

    /// <summary>Requests that were asked to come again later.</summary>
    public int Waits => _waits;

    /// <summary>So many motions at a time, until it is told to stop; what was begun is brought to its end.</summary>
    public Task WorkAsync(int atOnce) => Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(OneByOneAsync)));

    public void Stop() => _enough = true;

    /// <summary>A step of any case lets its node look for what is to be mailed.</summary>
    public Task NudgeAsync() => PostAsync(Proposers[0], "/api/motions", District.Draft("提醒"), null);

    private async Task OneByOneAsync()
    {
        while (!_enough)
            try
            {
                await PlayAsync(Interlocked.Increment(ref _motions));
            }
            catch (Exception fault)
            {
                Complaints.Enqueue(fault.ToString());
                return;
            }
    }

    private async Task PlayAsync(int number)
    {
        var proposer = Proposers[number % Proposers.Length];
        var created = await PostAsync(proposer, "/api/motions", District.Draft($"提案{number}"), null);
        var id = created.GetProperty("id").GetGuid();
        await PostAsync(
            proposer,
            $"/api/motions/{id}/invitations",
            new { memberIds = new[] { DemoDistrict.MemberId("fuyi1"), DemoDistrict.MemberId("fuyi2") } },
            id
        );
        if (number % 4 == 0)
        {
            Silent.Enqueue(id);
            return;
        }
        foreach (var login in new[] { "fuyi1", "fuyi2" })
            await DecideAsync(id, login, "motion.cosign", "confirm");
        await PostAsync(proposer, $"/api/motions/{id}/submit", new { }, id);
        await DecideAsync(id, "mishu", "motion.check", "propose", new { recommendation = "file" });
        foreach (var login in Committee)
            await DecideAsync(id, login, "motion.review", "file");
        var parts = new[] { new { host = DemoDistrict.OrganisationId("YXZX/ZWC") } };
        await DecideAsync(id, "mishu", "motion.assign", "assign", new { parts });
        await DecideAsync(id, "zongwuchu", "handling.accept", "accept");
        var met = new
        {
            metOn = $"{_today:yyyy-MM-dd}",
            mode = "meeting",
            place = "实训楼一层",
            people = "提案人、总务处经办",
            gist = "提案人同意分两步实施。",
        };
        await DecideAsync(id, "zongwuchu", "handling.meeting", "record", met);
        var text = "经研究，所提建议全部采纳，已列入本年度计划，完成时间见附表。";
        await DecideAsync(id, "zongwuchu", "handling.draft", "submit", new { @class = "A", text });
        await DecideAsync(id, "fuzeren", "handling.sign", "sign");
        await DecideAsync(id, "fenguan", "handling.leader", "agree");
        await DecideAsync(id, "mishu", "handling.formcheck", "deliver");
        await DecideAsync(id, proposer, "motion.feedback", "rate", new { manner = "Satisfied", result = "Satisfied" });
    }

    private async Task DecideAsync(Guid id, string login, string name, string outcome, object? form = null)
    {
        var shown = await SendAsync(login, HttpMethod.Get, $"/api/motions/{id}", null, null);
        var task = shown
            .GetProperty("tasks")
            .EnumerateArray()
            .Single(t => t.GetProperty("name").GetString() == name && t.GetProperty("mine").GetBoolean())
            .GetProperty("id")
            .GetGuid();
        await PostAsync(login, $"/api/tasks/{task}/decide", new { outcome, form }, id, task, outcome);
    }

    private async Task<JsonElement> PostAsync(
        string login,
        string path,
        object body,
        Guid? id,
        Guid? task = null,
        string? outcome = null
    )
    {
        var key = $"{Guid.NewGuid():N}";
        var answer = await SendAsync(login, HttpMethod.Post, path, body, key);
        Acknowledge(answer);
        // Some press twice.
        if (Chance(10))
            Acknowledge(await SendAsync(login, HttpMethod.Post, path, body, key));
        return answer;

        void Acknowledge(JsonElement heard) =>
            acknowledged.Write(
                new Acknowledged(DemoDistrict.MemberId(login), key, $"POST {path}", heard.GetRawText())
                {
                    Case = id,
                    Task = task,
                    Outcome = outcome,
                }
            );
    }

    private async Task<JsonElement> SendAsync(string login, HttpMethod method, string path, object? body, string? key)
    {
        while (true)
        {
            try
            {
                var at = site(chance);
                using var request = new HttpRequestMessage(method, new Uri(at, path));
                if (await TokenAsync(at, login) is not { } token)
                    continue;
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                if (key is not null)
                    request.Headers.Add("Idempotency-Key", key);
                if (body is not null)
                    request.Content = JsonContent.Create(body);
                using var answer = await _http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode)
                    return JsonElement.Parse(text);
                if (await WaitedAsync(answer))
                    continue;
                // The same request is being answered: its answer is a moment away.
                if (answer.StatusCode != HttpStatusCode.Conflict || !text.Contains("request.in-progress"))
                    throw new InvalidOperationException($"{login} {method} {path}: {(int)answer.StatusCode} {text}");
            }
            catch (Exception cut) when (cut is HttpRequestException or OperationCanceledException or IOException)
            {
                Interlocked.Increment(ref _retries);
            }
        }
    }

    /// <summary>Signed in once; every node knows the token. Null: he has to come again.</summary>
    private async Task<string?> TokenAsync(Uri at, string login)
    {
        if (_tokens.TryGetValue(login, out var known))
            return known;
        using var answer = await _http.PostAsJsonAsync(
            new Uri(at, "/api/auth/token"),
            new { userName = login, password = DemoDistrict.Password }
        );
        if (await WaitedAsync(answer))
            return null;
        var token = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return _tokens[login] = token.GetProperty("accessToken").GetString()!;
    }

    private async Task<bool> WaitedAsync(HttpResponseMessage answer)
    {
        if (
            !bears
            || answer.StatusCode != HttpStatusCode.ServiceUnavailable
            || answer.Headers.RetryAfter?.Delta is null
        )
            return false;
        Interlocked.Increment(ref _waits);
        await Task.Delay(Patience);
        return true;
    }

    private bool Chance(int oneOf)
    {
        lock (chance)
            return chance.Next(oneOf) == 0;
    }

    public void Dispose() => _http.Dispose();
}
