using System.Text.Json;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.OfficeWords;

/// <summary>One district on each database for all tests of a class: every test brings a motion of its own.</summary>
public sealed class OfficeHouse : IAsyncLifetime
{
    private readonly Dictionary<Provider, District> _districts = [];

    internal async Task<District> OfAsync(Provider provider)
    {
        if (!_districts.TryGetValue(provider, out var district))
            _districts[provider] = district = await District.OpenAsync(provider);
        return district;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var district in _districts.Values)
            await district.DisposeAsync();
    }
}

/// <summary>What tests of office words do and look at.</summary>
internal static class OfficeMoves
{
    public static readonly string[] Committee = ["zhuren", "weiyuan1", "weiyuan2", "weiyuan3", "weiyuan4"];

    /// <summary>A motion of which the secretary has been asked.</summary>
    public static async Task<Guid> ToCheckAsync(this District district, string title)
    {
        var id = await district.DraftAsync(title: title);
        await (await district.AsAsync("daibiao1")).PostAsync(
            $"/api/motions/{id}/invitations",
            new { memberIds = new[] { DemoDistrict.MemberId("fuyi1"), DemoDistrict.MemberId("fuyi2") } }
        );
        foreach (var login in new[] { "fuyi1", "fuyi2" })
            await district.DecideAsync(id, login, "motion.cosign", "confirm");
        await (await district.AsAsync("daibiao1")).PostAsync($"/api/motions/{id}/submit");
        return id;
    }

    /// <summary>A motion of which the committee has been asked.</summary>
    public static async Task<Guid> ToReviewAsync(this District district, string title)
    {
        var id = await district.ToCheckAsync(title);
        await district.DecideAsync(id, "mishu", "motion.check", "propose", new { recommendation = "file" });
        return id;
    }

    /// <summary>The one task of this name in somebody's list (<paramref name="scope"/>), or null.</summary>
    public static async Task<Guid?> FindAsync(
        this District district,
        Guid id,
        string login,
        string task,
        string scope = "mine"
    ) =>
        (await (await district.AsAsync(login)).GetAsync($"/api/tasks?scope={scope}&limit=100"))
            .GetProperty("items")
            .EnumerateArray()
            .Where(t => t.GetProperty("caseId").GetGuid() == id && t.GetProperty("name").GetString() == task)
            .Select(t => (Guid?)t.GetProperty("id").GetGuid())
            .SingleOrDefault();

    public static async Task<JsonElement> ActAsync(
        this District district,
        string login,
        Guid task,
        string word,
        object? body = null
    ) => await (await district.AsAsync(login)).PostAsync($"/api/tasks/{task}/{word}", body);

    public static async Task<(int Status, string Code)> RefusedAsync(
        this District district,
        string login,
        Guid task,
        string word,
        object? body = null
    ) =>
        await Client.RefusalAsync(
            await (await district.AsAsync(login)).SendAsync(HttpMethod.Post, $"/api/tasks/{task}/{word}", body)
        );

    public static Guid Member(string login) => DemoDistrict.MemberId(login);

    /// <summary>The names of all events of a motion's record, the oldest first.</summary>
    public static async Task<string[]> EventsAsync(this District district, Guid id, string login = "mishu") =>
        [
            .. (await (await district.AsAsync(login)).GetAsync($"/api/motions/{id}/timeline"))
                .GetProperty("items")
                .EnumerateArray()
                .Reverse()
                .SelectMany(e => e.GetProperty("events").EnumerateArray())
                .Select(e => e.GetProperty("code").GetString()!),
        ];

    /// <summary>The acts and mails of a motion's record.</summary>
    public static async Task<string[]> ActsAsync(this District district, Guid id) =>
        [
            .. (await (await district.AsAsync("mishu")).GetAsync($"/api/motions/{id}/timeline"))
                .GetProperty("items")
                .EnumerateArray()
                .Select(e => e.GetProperty("act").GetString()!),
        ];

    public static async Task<JsonElement> TaskOfAsync(this District district, string login, Guid task) =>
        await (await district.AsAsync(login)).GetAsync($"/api/tasks/{task}");

    public static async Task<JsonElement[]> SignersAsync(this District district, string login, Guid task) =>
        [.. (await district.TaskOfAsync(login, task)).GetProperty("desk").GetProperty("signers").EnumerateArray()];

    /// <summary>The office is given up: yesterday was its last day.</summary>
    public static async Task EndAsync(this District district, string login, Office office)
    {
        await using var scope = district.Running.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EduUnionDb>();
        var yesterday = ChinaTime.DateOf(district.Running.Time.GetUtcNow()).AddDays(-1);
        var member = Member(login);
        await db.Set<OfficeHolding>()
            .Where(h => h.MemberId == member && h.Office == office)
            .ExecuteUpdateAsync(h => h.SetProperty(x => x.Until, yesterday));
    }

    public static Task AppointAsync(this District district, string login, Office office, string place) =>
        district.AppointAsync(login, office, DemoDistrict.OrganisationId(place));

    public static async Task AppointAsync(this District district, string login, Office office, Guid organisation)
    {
        await using var scope = district.Running.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EduUnionDb>();
        db.Add(
            new OfficeHolding
            {
                Id = Guid.CreateVersion7(),
                MemberId = Member(login),
                Office = office,
                OrganisationId = organisation,
                From = new DateOnly(2026, 1, 1),
            }
        );
        await db.SaveChangesAsync();
    }
}
