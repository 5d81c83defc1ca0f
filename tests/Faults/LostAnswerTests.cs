using System.Net;
using System.Text.Json;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Faults;

/// <summary>
/// The connection is cut when the COMMIT is on its way. Whoever asked hears that something broke, asks again with the same
/// key, and gets the answer of the one time that it was done.
/// </summary>
public sealed class LostAnswerTests(ITestOutputHelper output)
{
    private readonly int _wanted = Form.Of(50, 1_000);

    [Fact]
    public async Task CutAfterCommitWasSent_TheRetryGetsTheOriginalAnswer()
    {
        var chance = Form.Chance(output);
        var database = await TestDatabase.MigratedAsync(Provider.Postgres);
        await using var direct = Checker.Connection(database);
        await direct.OpenAsync();
        await using var relay = Relay.Before(database.Settings);
        await using var district = District.On(database);
        using var acknowledged = new Acknowledgements(Path.Combine(database.DataDirectory, "acknowledged.jsonl"));
        var (done, lost) = (0, 0);
        for (var motion = 0; relay.Cuts < _wanted; motion++)
        {
            var created = await CutAsync("daibiao1", "/api/motions", District.Draft($"提案{motion}"));
            var id = created.GetProperty("id").GetGuid();
            await CutAsync(
                "daibiao1",
                $"/api/motions/{id}/invitations",
                new { memberIds = new[] { DemoDistrict.MemberId("fuyi1"), DemoDistrict.MemberId("fuyi2") } },
                id
            );
            foreach (var login in new[] { "fuyi1", "fuyi2" })
                await DecideAsync(id, login, "motion.cosign", "confirm");
            await CutAsync("daibiao1", $"/api/motions/{id}/submit", new { }, id);
            await DecideAsync(id, "mishu", "motion.check", "propose", new { recommendation = "file" });
            foreach (var login in new[] { "zhuren", "weiyuan1", "weiyuan2" })
                await DecideAsync(id, login, "motion.review", "file");
        }
        output.WriteLine($"{relay.Cuts} answers cut: {done} were done, {lost} were not");
        Assert.True(done > 0, "no commit that was cut had been done");
        Assert.Equal(
            "",
            string.Join(
                Environment.NewLine,
                await Checker.ViolationsAsync(database, acknowledgements: acknowledged.Path)
            )
        );

        async Task DecideAsync(Guid id, string login, string task, string outcome, object? form = null) =>
            await CutAsync(
                login,
                $"/api/tasks/{await district.TaskAsync(id, login, task)}/decide",
                new { outcome, form },
                id
            );

        async Task<JsonElement> CutAsync(string login, string path, object body, Guid? @case = null)
        {
            var client = await district.AsAsync(login);
            var key = $"{Guid.NewGuid():N}";
            var atOnce = chance.Next(2) == 0;
            relay.CutNext(atOnce);
            using var broken = await client.SendAsync(HttpMethod.Post, path, body, key);
            relay.Spare();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.StatusCode);
            var kept = await KeptAsync(key);
            Assert.True(kept || atOnce, "the server had answered the COMMIT");
            if (kept)
                done++;
            else
                lost++;
            var first = await client.PostAsync(path, body, key);
            Assert.Equal(first.GetRawText(), (await client.PostAsync(path, body, key)).GetRawText());
            var decided = path.EndsWith("/decide", StringComparison.Ordinal);
            acknowledged.Write(
                new Acknowledged(DemoDistrict.MemberId(login), key, $"POST {path}", first.GetRawText())
                {
                    Case = @case,
                    Task = decided ? Guid.Parse(path.Split('/')[3]) : null,
                    Outcome = decided
                        ? JsonSerializer.SerializeToElement(body).GetProperty("outcome").GetString()
                        : null,
                }
            );
            return first;
        }

        async Task<bool> KeptAsync(string key)
        {
            await using var command = direct.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM requests WHERE key = '{key}'";
            return await command.ExecuteScalarAsync() is > 0L;
        }
    }
}
