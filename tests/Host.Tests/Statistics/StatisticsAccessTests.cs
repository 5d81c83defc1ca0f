using System.Net;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using static EduUnion.Host.Tests.Api.Client;
using static EduUnion.Host.Tests.People.Running;

namespace EduUnion.Host.Tests.Statistics;

/// <summary>Domain §5, row 统计: who may see which.</summary>
public sealed class StatisticsAccessTests
{
    private const string Motions = "/api/statistics/motions";

    [Fact]
    public async Task WhoMayReadASchool_ReadsThatSchoolOnly()
    {
        await using var register = await StatisticsApiTests.FilledAsync(Provider.Sqlite);
        var other = $"{Motions}?session={DemoDistrict.SessionId("YXXX")}";

        foreach (var login in new[] { "daibiao1", "fuyi3", "mishu", "zhuren", "zhuxituan", "fenguan", "xiaozhuxi" })
        {
            var client = await register.District.AsAsync(login);
            Assert.Equal(8, await SubmittedAsync(client, Motions));
            Assert.Equal((404, "motion.session-unknown"), await RefusalAsync(await client.Http.GetAsync(other)));
            Assert.Contains("href=\"/statistics\"", await HomeAsync(register, login));
        }
    }

    [Fact]
    public async Task TheDistrictAndTheAuditor_ReadEverySchool()
    {
        await using var register = await StatisticsApiTests.FilledAsync(Provider.Sqlite);

        foreach (var login in new[] { "qujingban", "quzhuxi", "jingshen" })
        {
            var client = await register.District.AsAsync(login);
            Assert.Equal(9, await SubmittedAsync(client, Motions + "?year=2025"));
            Assert.Equal(1, await SubmittedAsync(client, $"{Motions}?session={DemoDistrict.SessionId("YXXX")}"));
            Assert.Equal(
                3,
                (await client.GetAsync(Motions)).GetProperty("scope").GetProperty("schools").GetArrayLength()
            );
        }
    }

    [Fact]
    public async Task ADepartment_ReadsItsOwnCasesOnly()
    {
        await using var register = await StatisticsApiTests.FilledAsync(Provider.Sqlite);

        foreach (var login in new[] { "jiaowuchu", "fuzeren2" })
        {
            var client = await register.District.AsAsync(login);
            var own = await client.GetAsync(Motions);
            Assert.Equal(Register.Teaching, own.GetProperty("scope").GetProperty("department").GetGuid());
            Assert.Equal(0, await SubmittedAsync(client, Motions));
            Assert.Equal(2, Tally(own, "cases"));
            Assert.Equal(
                (404, "organisation.unknown"),
                await RefusalAsync(await client.Http.GetAsync($"{Motions}?department={Register.Logistics}"))
            );
            var page = await PageAsync(
                await (await register.District.Running.BrowserOfAsync(login)).GetAsync("/statistics")
            );
            Assert.Equal(["教务处"], page.QuerySelectorAll("#f-department option").Select(o => o.TextContent));
            Assert.Null(page.QuerySelector("#s-filing"));
        }
    }

    [Fact]
    public async Task AllOthers_ReadNothing()
    {
        await using var register = await StatisticsApiTests.FilledAsync(Provider.Sqlite);

        foreach (var login in new[] { "admin", "caiwu1", "shenqing1", "diaocha1" })
        {
            var client = await register.District.AsAsync(login);
            Assert.Equal((403, "statistics.not-yours"), await RefusalAsync(await client.Http.GetAsync(Motions)));
            var browser = await register.District.Running.BrowserOfAsync(login);
            foreach (
                var page in new[] { "/statistics", "/statistics?handler=Csv", "/statistics/cases?figure=submitted" }
            )
                Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(page)).StatusCode);
            Assert.DoesNotContain("href=\"/statistics\"", await HomeAsync(register, login));
        }
        var anybody = register.District.Running.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await anybody.GetAsync(Motions)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await anybody.GetAsync("/statistics")).StatusCode);
    }

    private static async Task<string> HomeAsync(Register register, string login) =>
        await (await register.District.Running.BrowserOfAsync(login)).GetStringAsync("/help");

    private static async Task<int> SubmittedAsync(Api.Client client, string address) =>
        Tally(await client.GetAsync(address), "submitted");

    private static int Tally(System.Text.Json.JsonElement answer, string key) =>
        answer
            .GetProperty("tallies")
            .EnumerateArray()
            .Single(t => t.GetProperty("key").GetString() == key)
            .GetProperty("count")
            .GetInt32();
}
