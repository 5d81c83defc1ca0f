using System.Text.Json;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Api;

/// <summary>The demonstration district, running on a database of its own, used through its API alone.</summary>
internal sealed class District : IAsyncDisposable
{
    public const string Grounds =
        "我校教职工中午十二点十分至一点四十分为休息时间，目前各办公室平均九人合用，没有固定午休位置，"
        + "多数教师伏案休息，影响下午上课状态，不少人有颈椎不适，问卷显示超过八成教师希望改善。";

    private readonly Dictionary<string, Client> _clients = [];
    private readonly TestDatabase _database;
    private readonly Between? _between = Between.Current;

    private District(TestDatabase database, Action<IServiceCollection>? services)
    {
        _database = database;
        Running = new Running(
            database: database,
            services: parts =>
            {
                services?.Invoke(parts);
                _between?.Change(parts);
            }
        )
        {
            Gate = _between is null ? null : () => _between.Gate(this),
        };
    }

    public static Guid Session { get; } = DemoDistrict.SessionId("YXZX");

    public Running Running { get; }

    public TestDatabase Database => _database;

    /// <summary>Where mails lie, and on SQLite the database.</summary>
    public string DataDirectory => _database.DataDirectory;

    public static async Task<District> OpenAsync(Provider provider, Action<IServiceCollection>? services = null) =>
        new(await TestDatabase.MigratedAsync(provider), services);

    /// <summary>On a database that was prepared; dropped with the district.</summary>
    public static District On(TestDatabase database) => new(database, null);

    public async Task<Client> AsAsync(string login)
    {
        if (!_clients.TryGetValue(login, out var client))
            _clients[login] = client = await Client.OfAsync(Running, login);
        return client;
    }

    /// <summary>Tokens last twelve hours; days later everybody signs in anew.</summary>
    public void Wait(TimeSpan time)
    {
        Running.Time.Advance(time);
        _clients.Clear();
    }

    public static object Draft(string title = "改善教师午休场所", Guid? session = null) =>
        new
        {
            sessionId = session ?? Session,
            title,
            category = "welfare",
            grounds = Grounds,
            proposals = new[] { "利用闲置房间设置教师午休室。", "制定使用公约。" },
        };

    public async Task<Guid> DraftAsync(string login = "daibiao1", string title = "改善教师午休场所") =>
        (await (await AsAsync(login)).PostAsync("/api/motions", Draft(title))).GetProperty("id").GetGuid();

    /// <summary>A draft whose two invitees have co-signed.</summary>
    public async Task<Guid> CosignedAsync()
    {
        var id = await DraftAsync();
        await (await AsAsync("daibiao1")).PostAsync(
            $"/api/motions/{id}/invitations",
            new { memberIds = new[] { DemoDistrict.MemberId("fuyi1"), DemoDistrict.MemberId("fuyi2") } }
        );
        foreach (var login in new[] { "fuyi1", "fuyi2" })
            await (await AsAsync(login)).DecideAsync("motion.cosign", "confirm");
        return id;
    }

    public async Task<Guid> SubmittedAsync()
    {
        var id = await CosignedAsync();
        await (await AsAsync("daibiao1")).PostAsync($"/api/motions/{id}/submit");
        return id;
    }

    /// <summary>Submitted, filed and given to the general office (总务处), the infirmary (校医务室) co-handling.</summary>
    public async Task<Guid> AssignedAsync()
    {
        var id = await SubmittedAsync();
        await (await AsAsync("mishu")).DecideAsync("motion.check", "propose", new { recommendation = "file" });
        foreach (var login in new[] { "zhuren", "weiyuan1", "weiyuan2" })
            await (await AsAsync(login)).DecideAsync("motion.review", "file");
        var parts = new[]
        {
            new
            {
                host = DemoDistrict.OrganisationId("YXZX/ZWC"),
                cohandlers = new[] { DemoDistrict.OrganisationId("YXZX/YWS") },
            },
        };
        await (await AsAsync("mishu")).DecideAsync("motion.assign", "assign", new { parts });
        return id;
    }

    public async Task<JsonElement> MotionAsync(Guid id, string login = "mishu") =>
        await (await AsAsync(login)).GetAsync($"/api/motions/{id}");

    public Task BeforeJobsAsync() => _between?.BeforeJobsAsync(this) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await (_between?.ClosingAsync(this) ?? Task.CompletedTask);
        await Running.DisposeAsync();
        await _database.DisposeAsync();
    }
}
