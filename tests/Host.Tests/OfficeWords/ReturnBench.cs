using System.Text.Json;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Host.Tests.OfficeWords;

/// <summary>One district a database for all tests of a class, with the processes in which returns are allowed.</summary>
public sealed class ReturnBench : IAsyncDisposable
{
    private static readonly string[] Voters = ["zhuren", "weiyuan1", "weiyuan2"];
    private readonly Dictionary<Provider, District> _districts = [];
    private int _motions;

    internal async Task<District> OnAsync(Provider provider)
    {
        if (_districts.TryGetValue(provider, out var open))
            return open;
        var district = await District.OpenAsync(provider);
        await district.AllowReturnsAsync();
        return _districts[provider] = district;
    }

    /// <summary>A motion whose task of that name waits for its first decision.</summary>
    internal async Task<Guid> UpToAsync(District district, string task)
    {
        var id = await district.SubmittedAsync("daibiao1", $"改善教师午休场所{++_motions}");
        (string Login, string Task, string Outcome, object? Form)[] way =
        [
            ("mishu", "motion.check", "propose", new { recommendation = "file" }),
            .. Voters.Select(v => (v, "motion.review", "file", (object?)null)),
            (
                "mishu",
                "motion.assign",
                "assign",
                new { parts = new[] { new { host = DemoDistrict.OrganisationId("YXZX/ZWC") } } }
            ),
            ("zongwuchu", "handling.accept", "accept", null),
            (
                "zongwuchu",
                "handling.meeting",
                "record",
                new
                {
                    metOn = "2026-03-02",
                    mode = "meeting",
                    place = "实训楼一层",
                    people = "提案人、总务处经办",
                    gist = "提案人同意分两步实施。",
                }
            ),
            ("zongwuchu", "handling.draft", "submit", Draft("A")),
            ("fuzeren", "handling.sign", "sign", null),
            ("fenguan", "handling.leader", "agree", null),
        ];
        foreach (var step in way.TakeWhile(w => w.Task != task))
            await district.DecideAsync(id, step.Login, step.Task, step.Outcome, step.Form);
        return id;
    }

    internal static object Draft(string @class, string text = "经研究，所提建议全部采纳，已列入本年度计划。") =>
        new
        {
            @class,
            text,
            reconsiderOn = @class == "C" ? "2027-03-01" : null,
        };

    public async ValueTask DisposeAsync()
    {
        foreach (var district in _districts.Values)
            await district.DisposeAsync();
    }
}

internal static class ReturnMoves
{
    /// <summary>The one task of this name that the motion has for this person is sent back.</summary>
    public static async Task<JsonElement> ReturnAsync(
        this District district,
        Guid id,
        string login,
        string task,
        string to,
        string reason = "数据有误，请核对。",
        bool straight = false
    ) =>
        await (await district.AsAsync(login)).PostAsync(
            $"/api/tasks/{await district.TaskAsync(id, login, task)}/return",
            new
            {
                to,
                reason,
                straight,
            }
        );

    public static async Task<(int Status, string Code)> RefusedReturnAsync(
        this District district,
        Guid task,
        string login,
        object body
    ) =>
        await Client.RefusalAsync(
            await (await district.AsAsync(login)).SendAsync(HttpMethod.Post, $"/api/tasks/{task}/return", body)
        );

    /// <summary>Names of the tasks that the motion has for this person.</summary>
    public static async Task<string> MineAsync(this District district, Guid id, string login) =>
        string.Join(
            ',',
            (await district.MotionAsync(id, login))
                .GetProperty("tasks")
                .EnumerateArray()
                .Where(t => t.GetProperty("mine").GetBoolean())
                .Select(t => t.GetProperty("name").GetString())
                .Order()
        );

    public static async Task<string> TimelineAsync(this District district, Guid id, string login = "mishu") =>
        (await (await district.AsAsync(login)).GetAsync($"/api/motions/{id}/timeline")).ToString();
}
