using System.Text.Json;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Congresses;
using EduUnion.Host.Journal;
using EduUnion.Host.Seeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Api;

/// <summary>What the journeys after the filing have in common; several motions are under way at one time.</summary>
internal static class FollowUpMoves
{
    private static readonly string[] Voters = ["zhuren", "weiyuan1", "weiyuan2"];

    /// <summary>Half past nine of a later day; what the recurring jobs would have done by then is done.</summary>
    public static async Task MoveToAsync(this District district, DateOnly day)
    {
        district.Wait(ChinaTime.At(day, new TimeOnly(9, 30)) - district.Running.Time.GetUtcNow());
        await district.BeforeJobsAsync();
        await using var scope = district.Running.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<MandateSweep>().RunAsync(default);
        await scope.ServiceProvider.GetRequiredService<SignalSweep>().RunAsync(default);
        await scope.ServiceProvider.GetRequiredService<ClockSweep>().RunAsync(default);
    }

    /// <summary>Decides the one task of this name that the motion has for this person.</summary>
    public static async Task<JsonElement> DecideAsync(
        this District district,
        Guid id,
        string login,
        string task,
        string outcome,
        object? form = null,
        string? comment = null
    ) =>
        await (await district.AsAsync(login)).PostAsync(
            $"/api/tasks/{await district.TaskAsync(id, login, task)}/decide",
            new
            {
                outcome,
                comment,
                form,
            }
        );

    public static async Task<Guid> TaskAsync(this District district, Guid id, string login, string task) =>
        (await district.MotionAsync(id, login))
            .GetProperty("tasks")
            .EnumerateArray()
            .Single(t => t.GetProperty("name").GetString() == task && t.GetProperty("mine").GetBoolean())
            .GetProperty("id")
            .GetGuid();

    public static async Task<string?> StateAsync(this District district, Guid id) =>
        (await district.MotionAsync(id)).GetProperty("state").GetString();

    /// <summary>A motion with two co-signers, submitted.</summary>
    public static async Task<Guid> SubmittedAsync(this District district, string proposer, string title)
    {
        var id = await district.CosignedAsync(proposer, title);
        await (await district.AsAsync(proposer)).PostAsync($"/api/motions/{id}/submit");
        return id;
    }

    public static async Task<Guid> CosignedAsync(this District district, string proposer, string title)
    {
        var id = await district.DraftAsync(proposer, title);
        await (await district.AsAsync(proposer)).PostAsync(
            $"/api/motions/{id}/invitations",
            new { memberIds = new[] { DemoDistrict.MemberId("fuyi1"), DemoDistrict.MemberId("fuyi2") } }
        );
        foreach (var login in new[] { "fuyi1", "fuyi2" })
            await district.DecideAsync(id, login, "motion.cosign", "confirm");
        return id;
    }

    /// <summary>The secretary proposes the outcome and three of the five members carry it.</summary>
    public static async Task ReviewAsync(this District district, Guid id, string outcome, Guid? main = null)
    {
        await district.ProposeAsync(id, outcome, main);
        var reasonCode = outcome == "reject" ? "beyondPower" : null;
        foreach (var login in Voters)
            await district.DecideAsync(id, login, "motion.review", outcome, new { reasonCode }, "依据章程第六条。");
    }

    public static Task<JsonElement> ProposeAsync(this District district, Guid id, string outcome, Guid? main = null) =>
        district.DecideAsync(
            id,
            "mishu",
            "motion.check",
            "propose",
            new
            {
                recommendation = outcome,
                recommendationReason = outcome == "file" ? null : "依据章程第六条。",
                reasonCode = outcome == "reject" ? "beyondPower" : null,
                main,
            }
        );

    public static Task AssignAsync(this District district, Guid id) =>
        district.DecideAsync(
            id,
            "mishu",
            "motion.assign",
            "assign",
            new { parts = new[] { new { host = DemoDistrict.OrganisationId("YXZX/ZWC") } } }
        );

    /// <summary>Filed and assigned to the general affairs office.</summary>
    public static async Task<Guid> AssignedAsync(this District district, string proposer, string title)
    {
        var id = await district.SubmittedAsync(proposer, title);
        await district.ReviewAsync(id, "file");
        await district.AssignAsync(id);
        return id;
    }

    /// <summary>From receipt to the delivered answer, all on one day.</summary>
    public static async Task AnswerAsync(this District district, Guid id, object? draft = null)
    {
        await district.DecideAsync(id, "zongwuchu", "handling.accept", "accept");
        var meeting = new
        {
            metOn = $"{ChinaTime.DateOf(district.Running.Time.GetUtcNow()):yyyy-MM-dd}",
            mode = "meeting",
            place = "实训楼一层",
            people = "提案人、总务处经办",
            gist = "提案人同意分两步实施。",
        };
        await district.DecideAsync(id, "zongwuchu", "handling.meeting", "record", meeting);
        await district.DecideAsync(
            id,
            "zongwuchu",
            "handling.draft",
            "submit",
            draft ?? new { @class = "A", text = "经研究，所提建议全部采纳，已列入本年度计划，完成时间见附表。" }
        );
        await district.DecideAsync(id, "fuzeren", "handling.sign", "sign");
        await district.DecideAsync(id, "fenguan", "handling.leader", "agree");
        await district.DecideAsync(id, "mishu", "handling.formcheck", "deliver");
    }

    /// <summary>Class B, with one promise until that day.</summary>
    public static object Promising(DateOnly due) =>
        new
        {
            @class = "B",
            text = "经研究，储物间改造为教师午休室，按期完成，配躺椅二十四张。",
            commitments = new[]
            {
                new
                {
                    item = "午休室改造完成",
                    owner = "总务处",
                    dueOn = $"{due:yyyy-MM-dd}",
                },
            },
        };

    public static Task<JsonElement> RateAsync(
        this District district,
        Guid id,
        string login,
        string result,
        string? reason = null
    ) => district.DecideAsync(id, login, "motion.feedback", "rate", new { manner = "Satisfied", result }, reason);

    /// <summary>The administration records the last day of a mandate, at most one day back.</summary>
    public static async Task EndMandateAsync(this District district, string login, DateOnly lastDay)
    {
        await using var scope = district.Running.Services.CreateAsyncScope();
        var mandate = Guid.Empty;
        await district.Running.InDatabaseAsync(async db =>
            mandate = await db.Set<Representative>()
                .Where(r => r.MemberId == DemoDistrict.MemberId(login))
                .Select(r => r.Id)
                .SingleAsync()
        );
        var ended = await scope
            .ServiceProvider.GetRequiredService<RepresentativeChanges>()
            .EndAsync(mandate, lastDay, DemoDistrict.MemberId("xiaozhuxi"), default);
        Assert.True(ended.IsOk, ended.Refusal?.Code);
    }

    /// <summary>Numerator and denominator of a rate of the session, e.g. <c>1/2</c>.</summary>
    public static async Task<string> RateOfAsync(this District district, string key)
    {
        var figure = await district.CountedAsync("figures", key);
        return $"{figure.GetProperty("numerator")}/{figure.GetProperty("denominator")}";
    }

    public static async Task<int> TallyAsync(this District district, string key) =>
        (await district.CountedAsync("tallies", key)).GetProperty("count").GetInt32();

    /// <summary>Everything that a step could have changed.</summary>
    public static async Task<string> RecordAsync(this District district)
    {
        var record = "";
        await district.Running.InDatabaseAsync(async db =>
            record = string.Join(
                ' ',
                await db.Set<CaseRow>().CountAsync(),
                await db.Set<CaseRow>().SumAsync(c => c.Version),
                await db.Set<TaskRow>().SumAsync(t => t.Version),
                await db.Set<JournalLine>().CountAsync(),
                await db.Set<RequestRow>().CountAsync(),
                await db.Set<SignalRow>().CountAsync()
            )
        );
        return record;
    }

    private static async Task<JsonElement> CountedAsync(this District district, string kind, string key) =>
        (await (await district.AsAsync("mishu")).GetAsync($"/api/statistics/motions?session={District.Session}"))
            .GetProperty(kind)
            .EnumerateArray()
            .Single(f => f.GetProperty("key").GetString() == key);
}
