using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EduUnion.Host.Cases;
using EduUnion.Host.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Faults;

/// <summary>
/// Makes every changing request of a client again and again, torn one point further each time, until it is committed or
/// refused. Torn before the commit it has changed nothing; torn after it the same key gets the answer that was lost, as
/// often as one asks.
/// </summary>
internal sealed partial class CrashGate(Crash crash, District district) : DelegatingHandler
{
    private const string KeyHeader = "Idempotency-Key";
    private const string PageKind = "page ";

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellation
    )
    {
        var path = request.RequestUri!.AbsolutePath;
        if (
            request.Method != HttpMethod.Post
            || path.StartsWith("/api/auth/", StringComparison.Ordinal)
            || path == "/sign-in"
        )
            return await base.SendAsync(request, cancellation);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellation);
        var kind = await KindAsync(path, body);
        if (crash.Knows(kind))
            return await base.SendAsync(request, cancellation);
        var key = request.Headers.TryGetValues(KeyHeader, out var given) ? given.First() : $"{Guid.NewGuid():N}";
        var answer = await TearAsync(kind, () => base.SendAsync(Again(request, body, key), cancellation));
        return answer;
    }

    private async Task<HttpResponseMessage> TearAsync(string kind, Func<Task<HttpResponseMessage>> send)
    {
        var place = await crash.PlaceOfAsync(district);
        var thorough = place.Thoroughly();
        for (var point = 1; ; point++)
        {
            var before = await place.Digest.TakeAsync();
            var answer = await TornAsync(place.Tear, point, thorough, send);
            if (place.Tear.Committed)
            {
                crash.Remember(kind, point, refused: false);
                return await RepeatedAsync(kind, place, send);
            }
            var after = await place.Digest.TakeAsync();
            if (after != before)
                crash.Violations.Enqueue(
                    $"{kind}, {place.Tear.Where}: nothing was committed, and {Digest.Difference(before, after)} changed"
                );
            if (place.Tear.Where is null)
            {
                crash.Remember(kind, point, refused: true);
                return answer;
            }
            if ((int)answer.StatusCode < 500)
                crash.Violations.Enqueue($"{kind}, {place.Tear.Where}: answered {(int)answer.StatusCode}");
        }
    }

    /// <summary>The answer was lost. Whoever asks again with the same key gets it, and changes nothing by that.</summary>
    private async Task<HttpResponseMessage> RepeatedAsync(
        string kind,
        Crash.Place place,
        Func<Task<HttpResponseMessage>> send
    )
    {
        // What the dead program had still to deliver, the next tick has.
        await crash.DeliverAsync(district);
        var committed = await place.Digest.TakeAsync();
        var first = await send();
        var text = await first.Content.ReadAsStringAsync();
        // A form that is done leads on to another page.
        if (!first.IsSuccessStatusCode && first.Headers.Location is null)
            crash.Violations.Enqueue(
                $"{kind}: done, and the repeated request is answered {(int)first.StatusCode} {text}"
            );
        // A page that is shown, and not led on from: what was typed is kept, and nothing is decided.
        if (kind.StartsWith(PageKind, StringComparison.Ordinal) && first.Headers.Location is null)
            return first;
        using var second = await send();
        if (
            second.StatusCode != first.StatusCode
            || second.Headers.Location != first.Headers.Location
            || await second.Content.ReadAsStringAsync() != text
        )
            crash.Violations.Enqueue($"{kind}: two answers under one key");
        var after = await place.Digest.TakeAsync();
        // What was typed is thrown away once it is sent, by whichever answer comes through.
        if (after != committed && Digest.Difference(committed, after) != "drafts")
            crash.Violations.Enqueue($"{kind}: the repeated request changed {Digest.Difference(committed, after)}");
        return first;
    }

    private static async Task<HttpResponseMessage> TornAsync(
        Tear tear,
        int point,
        bool thorough,
        Func<Task<HttpResponseMessage>> send
    )
    {
        tear.Arm(point, thorough);
        try
        {
            return await send();
        }
        finally
        {
            tear.Disarm();
        }
    }

    /// <summary>
    /// What is asked without the names of whom and what; of a decision also how many have decided the step before, because
    /// the vote that carries a step does more than the others.
    /// </summary>
    private async Task<string> KindAsync(string path, byte[] body)
    {
        var page = !path.StartsWith("/api/", StringComparison.Ordinal);
        var what = $"{(page ? PageKind : "")}{Identifier().Replace(path, "{}")}";
        if (Task().Match(path) is not { Success: true } match)
            return what;
        var id = Guid.Parse(match.Groups[page ? 3 : 1].ValueSpan);
        var (name, before) = ("?", 0);
        await district.Running.InDatabaseAsync(async db =>
        {
            var task = await db.Set<TaskRow>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id);
            if (task is null)
                return;
            name = task.Name;
            before = await db.Set<TaskRow>().CountAsync(t => t.StepId == task.StepId && t.State == TaskState.Decided);
        });
        var after = before > 0 ? $" after {before}" : "";
        if (page)
            return $"{PageKind}{name} {TypedOutcome().Match(Encoding.UTF8.GetString(body)).Groups[1].Value}{after}";
        return match.Groups[2].Value == "decide" ? $"{name} {OutcomeOf(body)}{after}" : $"{what} {name}";
    }

    private static string? OutcomeOf(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body).RootElement.GetProperty("outcome").GetString();
        }
        catch (Exception unreadable)
            when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "?";
        }
    }

    private static HttpRequestMessage Again(HttpRequestMessage request, byte[] body, string key)
    {
        var again = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var (name, values) in request.Headers.Where(h => h.Key != KeyHeader))
            again.Headers.TryAddWithoutValidation(name, values);
        again.Headers.TryAddWithoutValidation(KeyHeader, key);
        if (request.Content is not { } content)
            return again;
        again.Content = new ByteArrayContent(body);
        foreach (var (name, values) in content.Headers)
            again.Content.Headers.TryAddWithoutValidation(name, values);
        return again;
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}")]
    private static partial Regex Identifier();

    [GeneratedRegex("^(?:/api/tasks/([0-9a-fA-F-]{36})/([a-z-]+)|/tasks/([0-9a-fA-F-]{36}))$")]
    private static partial Regex Task();

    [GeneratedRegex("(?:^|&)outcome=([A-Za-z]+)")]
    private static partial Regex TypedOutcome();
}
