using System.Text.Json;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Congresses;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Statistics;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Statistics;

public sealed class StatisticsApiTests
{
    private const string Motions = "/api/statistics/motions";
    private static readonly DateOnly Today = new(2026, 9, 30);
    private static readonly string Session = $"?session={DemoDistrict.SessionId("YXZX")}";

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task EveryRate_HasNumeratorDenominatorAndDefinition(Provider provider)
    {
        await using var register = await FilledAsync(provider);
        var client = await register.District.AsAsync("mishu");

        var answer = await client.GetAsync(Motions + Session);

        Assert.Equal("2026-09-30", answer.GetProperty("asOf").GetString());
        Assert.Equal(
            Enum.GetValues<FigureKind>().Select(FigureWords.Key),
            answer.GetProperty("figures").EnumerateArray().Select(f => f.GetProperty("key").GetString())
        );
        Assert.Equal("5/8 62.5%", Says(answer, "filing"));
        Assert.Equal("1/5 20.0%", Says(answer, "merging"));
        Assert.Equal("1/8 12.5%", Says(answer, "conversion"));
        Assert.Equal("2/3 66.7%", Says(answer, "reply"));
        Assert.Equal("2/3 66.7%", Says(answer, "dueReply"));
        Assert.Equal("1/3 33.3%", Says(answer, "onTime"));
        Assert.Equal("2/2 100.0%", Says(answer, "faceToFace"));
        Assert.Equal("3/3 100.0%", Says(answer, "feedback"));
        Assert.Equal("2/3 66.7%", Says(answer, "satisfaction"));
        Assert.Equal("1/2 50.0%", Says(answer, "implementation"));
        Assert.Equal("1/3 33.3%", Says(answer, "implementationOfAll"));
        Assert.Equal("1/3 33.3%", Says(answer, "closing"));
        Assert.Equal(8, Tally(answer, "submitted"));
        Assert.Equal(1, Tally(answer, "overdue"));
        Assert.Equal(1, Tally(answer, "withdrawnAfterFiling"));
        var onTime = Figure(answer, "onTime");
        Assert.Equal("按时答复率", onTime.GetProperty("name").GetString());
        Assert.StartsWith("首次答复不晚于期限", onTime.GetProperty("definition").GetString());

        client.Http.DefaultRequestHeaders.Add("Accept-Language", "en");
        var english = await client.GetAsync(Motions + Session);
        Assert.Equal("Answered on time", Figure(english, "onTime").GetProperty("name").GetString());
        Assert.All(
            english.GetProperty("figures").EnumerateArray(),
            f => Assert.DoesNotContain("figure.", f.GetProperty("definition").GetString())
        );
    }

    [Fact]
    public async Task EveryLink_LeadsToExactlyTheCasesThatWereCounted()
    {
        await using var register = await FilledAsync(Provider.Sqlite);
        var client = await register.District.AsAsync("mishu");
        var browser = await register.District.Running.BrowserOfAsync("mishu");
        var answer = await client.GetAsync(Motions + Session + "&by=department");
        var lines = answer.GetProperty("groups").EnumerateArray().Prepend(answer).ToList();
        Assert.Equal(3, lines.Count);

        foreach (var figure in lines.SelectMany(l => l.GetProperty("figures").EnumerateArray()))
        {
            var people = figure.GetProperty("key").GetString() is "perRepresentative" or "participation";
            foreach (var part in new[] { "numerator", "denominator" })
                if (figure.GetProperty("cases").GetProperty(part).GetString() is { } address && !people)
                    Assert.Equal(figure.GetProperty(part).GetInt32(), await ListedAsync(browser, address));
                else
                    Assert.True(people);
        }
        foreach (var tally in lines.SelectMany(l => l.GetProperty("tallies").EnumerateArray()))
            Assert.Equal(
                tally.GetProperty("count").GetInt32(),
                await ListedAsync(browser, tally.GetProperty("cases").GetString()!)
            );
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Breakdowns_ShowTheSameFiguresOfEachLine(Provider provider)
    {
        await using var register = await FilledAsync(provider);
        var client = await register.District.AsAsync("mishu");
        var district = await register.District.AsAsync("quzhuxi");

        Assert.Equal(
            ["教务处 reply 1/2 50.0% onTime 0/2 0.0%", "总务处 reply 2/2 100.0% onTime 1/2 50.0%"],
            Lines(await client.GetAsync(Motions + Session + "&by=department"))
        );
        Assert.Equal(
            [
                "教育教学 reply 0/1 0.0% onTime 0/1 0.0%",
                "人事分配与考核 reply 0/0 — onTime 0/0 —",
                "行政管理与规章 reply 0/0 — onTime 0/0 —",
                "后勤与校园环境 reply 1/1 100.0% onTime 1/1 100.0%",
                "生活福利与健康 reply 0/0 — onTime 0/0 —",
                "校园安全 reply 1/1 100.0% onTime 0/1 0.0%",
            ],
            Lines(await client.GetAsync(Motions + Session + "&by=category"))
        );
        Assert.Equal(
            ["三届二次 reply 2/3 66.7% onTime 1/3 33.3%"],
            Lines(await client.GetAsync(Motions + "?by=session"))
        );
        Assert.Equal(
            ["云溪小学 reply 0/1 0.0% onTime 0/1 0.0%", "云溪中学 reply 2/3 66.7% onTime 1/3 33.3%"],
            Lines(await district.GetAsync(Motions + "?year=2025&by=school"))
        );
        var all = await district.GetAsync(Motions + "?year=2025");
        Assert.Equal("2/4 50.0%", Says(all, "reply"));
        Assert.Equal(2025, all.GetProperty("scope").GetProperty("year").GetInt32());
        Assert.Equal("0/0 —", Says(await district.GetAsync(Motions + "?year=2024"), "reply"));
        Assert.Equal("0/1 0.0%", Says(await client.GetAsync(Motions + Session + "&category=teaching"), "reply"));
        Assert.Equal("0/3 0.0%", Says(await client.GetAsync(Motions + Session + "&asOf=2026-04-16"), "reply"));
        Assert.Equal(
            "1/2 50.0%",
            Says(await client.GetAsync($"{Motions}{Session}&department={Register.Teaching}"), "reply")
        );
    }

    [Fact]
    public async Task WrongQuestions_AreRefusedAtTheirField()
    {
        await using var register = await FilledAsync(Provider.Sqlite);
        var client = await register.District.AsAsync("quzhuxi");
        var school = DemoDistrict.OrganisationId("YXXX");

        foreach (
            var (query, status, code, field) in new[]
            {
                ("?session=x", 422, "form.unreadable", "session"),
                ("?year=25", 422, "form.unreadable", "year"),
                ("?asOf=30.9.2026", 422, "form.unreadable", "asOf"),
                ("?asOf=2026-10-01", 422, "statistics.future", "asOf"),
                ("?by=person", 422, "statistics.by-unknown", "by"),
                ("?category=x", 422, "motion.category-unknown", "category"),
                ($"{Session}&school={school}", 422, "statistics.session-elsewhere", "session"),
                (
                    $"{Session}&department={DemoDistrict.OrganisationId("YXXX/ZWC")}",
                    422,
                    "statistics.department-elsewhere",
                    "department"
                ),
                ($"?session={Guid.NewGuid()}", 404, "motion.session-unknown", null),
                ($"?school={DemoDistrict.DistrictId}", 404, "organisation.unknown", null),
                ($"?department={school}", 404, "organisation.unknown", null),
            }
        )
        {
            var answer = await client.Http.GetAsync(Motions + query);
            var problem = await ProblemAsync(answer);
            Assert.Equal((status, code), ((int)answer.StatusCode, problem.GetProperty("code").GetString()));
            Assert.Equal(
                field,
                problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Single().Name : null
            );
        }
        var twice = await ProblemAsync(await client.Http.GetAsync(Motions + "?session=x&year=y"));
        Assert.Equal(["session", "year"], twice.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task ManySchools_AreReadWithAsManyStatementsAsOne()
    {
        await using var register = await FilledAsync(Provider.Postgres);

        var one = await StatementsAsync(register, "YXZX");
        var three = await StatementsAsync(register, "YXZX", "YXXX", "YXYE");

        Assert.Equal(3, one);
        Assert.Equal(one, three);
    }

    internal static async Task<Register> FilledAsync(Provider provider) =>
        await (await Register.OpenAsync(provider, Today)).FilledAsync();

    private static async Task<long> StatementsAsync(Register register, params string[] schools)
    {
        await using var scope = register.District.Running.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EduUnionDb>();
        var book = scope.ServiceProvider.GetRequiredService<StatisticsBook>();
        var sessions = await scope
            .ServiceProvider.GetRequiredService<CongressBook>()
            .SessionsAsync([.. schools.Select(DemoDistrict.OrganisationId)], default);
        // The first reading fills the caches of organisations and parameters, which a running program has.
        await book.CountAsync(sessions, Today, default);
        await db.Database.ExecuteSqlRawAsync(
            """
            CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
            SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0);
            """
        );
        await book.CountAsync(sessions, Today, default);
        return (
            await db
                .Database.SqlQueryRaw<long>(
                    """
                    SELECT COALESCE(SUM(calls), 0)::bigint AS "Value" FROM pg_stat_statements
                    WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND query NOT LIKE '%pg_stat_statements%'
                    """
                )
                .ToListAsync()
        ).Single();
    }

    private static async Task<int> ListedAsync(HttpClient browser, string address)
    {
        var answer = await browser.GetAsync(address);
        Assert.True(answer.IsSuccessStatusCode, address);
        return (await Running.PageAsync(answer)).QuerySelectorAll("main .case").Length;
    }

    private static IEnumerable<string> Lines(JsonElement answer) =>
        answer
            .GetProperty("groups")
            .EnumerateArray()
            .Select(l => $"{l.GetProperty("name")} reply {Says(l, "reply")} onTime {Says(l, "onTime")}");

    private static JsonElement Figure(JsonElement answer, string key) =>
        answer.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("key").GetString() == key);

    private static int Tally(JsonElement answer, string key) =>
        answer
            .GetProperty("tallies")
            .EnumerateArray()
            .Single(t => t.GetProperty("key").GetString() == key)
            .GetProperty("count")
            .GetInt32();

    private static string Says(JsonElement answer, string key)
    {
        var figure = Figure(answer, key);
        return $"{figure.GetProperty("numerator")}/{figure.GetProperty("denominator")} {figure.GetProperty("value").GetString()}";
    }
}
