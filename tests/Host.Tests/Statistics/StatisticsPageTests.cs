using System.Net;
using AngleSharp.Dom;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using static EduUnion.Host.Tests.People.Running;

namespace EduUnion.Host.Tests.Statistics;

public sealed class StatisticsPageTests
{
    [Fact]
    public async Task Page_ShowsFiguresWithWhatTheyAreMadeOf()
    {
        await using var register = await StatisticsApiTests.FilledAsync(Provider.Sqlite);
        var browser = await register.District.Running.BrowserOfAsync("mishu");

        var page = await PageAsync(await browser.GetAsync("/statistics"));

        Assert.Equal("云溪中学 三届二次", page.QuerySelector(".head__no")!.TextContent);
        var onTime = page.QuerySelectorAll(".rate").Single(r => r.QuerySelector("h3")!.TextContent == "按时答复率");
        Assert.Equal("33.3%", onTime.QuerySelector("a")!.TextContent);
        Assert.StartsWith("1 / 3 案首次答复不晚于期限", Words(onTime.QuerySelector("p")!));
        Assert.Equal(21, page.QuerySelectorAll(".rate").Length);
        Assert.Equal(
            ["教务处0.0%0 / 2", "总务处50.0%1 / 2", "合计33.3%1 / 3"],
            page.QuerySelectorAll("#s-departments ~ table tr:has(td)").Select(Words)
        );
        Assert.Equal("0", page.QuerySelectorAll("#s-departments ~ table rect.v--low")[0].GetAttribute("width"));
        Assert.Equal("500", page.QuerySelectorAll("#s-departments ~ table rect.v--low")[1].GetAttribute("width"));
        Assert.Equal(
            page.QuerySelectorAll("#s-time ~ figure .cols b").Select(b => b.TextContent),
            page.QuerySelectorAll("#s-time ~ details td").Select(b => b.TextContent)
        );
        Assert.Equal(
            ["按部门", "按类别", "按届次"],
            page.QuerySelectorAll("section:has(.breakdown) h2").Select(h => h.TextContent)
        );
        Assert.Empty(page.QuerySelectorAll("main [style], main script"));
    }

    [Fact]
    public async Task ARepresentative_IsToldHowManyAreNotListed()
    {
        await using var register = await StatisticsApiTests.FilledAsync(Provider.Sqlite);
        var browser = await register.District.Running.BrowserOfAsync("fuyi3");

        var page = await PageAsync(await browser.GetAsync("/statistics/cases?figure=submitted"));

        Assert.Equal(5, page.QuerySelectorAll("main .case").Length);
        Assert.Contains("另有 3 件", page.QuerySelector("main .note")!.TextContent);
        Assert.Contains("共 8 件", page.QuerySelector(".head__meta")!.TextContent);
        Assert.DoesNotContain("个人职称申诉", page.Body!.TextContent);
    }

    [Fact]
    public async Task ALongList_IsPagedByKey()
    {
        await using var register = await Register.OpenAsync(Provider.Sqlite, new(2026, 9, 30));
        for (var i = 0; i < 30; i++)
            await register.PutAsync(register.Filed(new(2026, 3, 10), $"提案 {i:00}"));
        var browser = await register.District.Running.BrowserOfAsync("mishu");

        var first = await PageAsync(await browser.GetAsync("/statistics/cases?figure=filing&part=numerator"));
        var next = first.QuerySelector(".pager a[rel=next]")!.GetAttribute("href")!;
        var second = await PageAsync(await browser.GetAsync(next));

        var titles = first.QuerySelectorAll("main .case").Concat(second.QuerySelectorAll("main .case"));
        Assert.Equal(25, first.QuerySelectorAll("main .case").Length);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"提案 {i:00}"), titles.Select(t => t.TextContent));
        Assert.Null(second.QuerySelector(".pager a[rel=next]"));
    }

    [Fact]
    public async Task Csv_HasEveryFigureOfEveryLine()
    {
        await using var register = await StatisticsApiTests.FilledAsync(Provider.Sqlite);
        var browser = await register.District.Running.BrowserOfAsync("mishu");
        var page = await PageAsync(await browser.GetAsync("/statistics"));

        var answer = await browser.GetAsync(page.QuerySelector(".head .acts a")!.GetAttribute("href"));

        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal("statistics-2026-09-30.csv", answer.Content.Headers.ContentDisposition!.FileName);
        var lines = System.Text.Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Equal("截至日,统计范围,分组,指标,分子,分母,值,定义", lines[0]);
        Assert.Contains("2026-09-30,云溪中学 三届二次,合计,正式提交,8,,,", lines);
        Assert.Contains(
            lines,
            l =>
                l.StartsWith(
                    "2026-09-30,云溪中学 三届二次,合计,按时答复率,1,3,33.3%,首次答复",
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(
            lines,
            l => l.StartsWith("2026-09-30,按部门,教务处,答复率,1,2,50.0%,", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task ANameThatLooksLikeAFormula_IsTextInTheSheet()
    {
        await using var register = await StatisticsApiTests.FilledAsync(Provider.Sqlite);
        await register.District.Running.InDatabaseAsync(async db =>
        {
            var department = await db.FindAsync<Domain.Organisations.Organisation>(Register.Teaching);
            department!.Name = "=HYPERLINK(\"http://x\",\"教务处\")";
            await db.SaveChangesAsync();
        });
        register.District.Running.Time.Advance(TimeSpan.FromMinutes(1));
        var browser = await register.District.Running.BrowserOfAsync("mishu");

        var sheet = await browser.GetStringAsync("/statistics?handler=Csv");

        Assert.Contains(",\"'=HYPERLINK(\"\"http://x\"\",\"\"教务处\"\")\",", sheet);
    }

    [Fact]
    public async Task AFilterThatNoLongerFits_IsDropped()
    {
        await using var register = await StatisticsApiTests.FilledAsync(Provider.Sqlite);
        var browser = await register.District.Running.BrowserOfAsync("quzhuxi");
        var (school, elsewhere) = (DemoDistrict.OrganisationId("YXXX"), DemoDistrict.SessionId("YXZX"));

        var page = await PageAsync(
            await browser.GetAsync(
                $"/statistics?school={school}&session={elsewhere}&department={Register.Teaching}&asOf=2030-01-01&category=x&year="
            )
        );

        Assert.Equal("云溪小学 三届二次", page.QuerySelector(".head__no")!.TextContent);
        Assert.Equal("2026-09-30", page.QuerySelector("#f-asOf")!.GetAttribute("value"));
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await browser.GetAsync($"/statistics?school={Guid.NewGuid()}")).StatusCode
        );
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/statistics/cases?figure=x")).StatusCode);
    }

    [Fact]
    public async Task WithoutMotions_ThePageSaysSo()
    {
        await using var register = await Register.OpenAsync(Provider.Sqlite);
        var browser = await register.District.Running.BrowserOfAsync("mishu");

        var page = await PageAsync(await browser.GetAsync("/statistics"));

        Assert.Contains("还没有正式提交的提案", page.QuerySelector("main .empty")!.TextContent);
    }

    private static string Words(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
