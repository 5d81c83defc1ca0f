using System.Net;
using EduUnion.Host.Cases;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Documents;

/// <summary>The report on a session's motions: what it says, who reads it, and the archive behind it.</summary>
public sealed class MotionReportTests
{
    private static readonly string Page = $"/motions/report?session={DemoDistrict.SessionId("YXZX")}";
    private static readonly string File = $"/motions/report.docx?session={DemoDistrict.SessionId("YXZX")}";

    [Fact]
    public async Task Report_NamesDissentsWithBothOpinions_AndPromisesNotKept()
    {
        await using var running = new Running();
        var number = await BuiltAsync(running);

        var text = WordText.Of(await (await running.BrowserOfAsync("mishu")).GetByteArrayAsync(File));

        Assert.Contains($"{number}\n办公室打印耗材统一采购\n总务处\n", text, StringComparison.Ordinal);
        Assert.Contains("逐条说明了答复；提案人保留意见。", text, StringComparison.Ordinal);
        Assert.Contains("三、逾期未落实的承诺事项", text, StringComparison.Ordinal);
        Assert.Contains("2026年3月6日\n1 次", text, StringComparison.Ordinal);
        var page = await Running.PageAsync(await (await running.BrowserOfAsync("mishu")).GetAsync(Page));
        foreach (var told in new[] { number, "逐条说明了答复；提案人保留意见。", "2026年3月6日" })
            Assert.Contains(told, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zongwuchu")]
    [InlineData("admin")]
    [InlineData("yey-mishu")]
    public async Task Report_IsNotThere_ForADepartmentAnAdministratorAndAnotherSchool(string who)
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync(who);

        foreach (var path in new[] { Page, File })
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await browser.GetAsync(path)).StatusCode));
    }

    [Fact]
    public async Task Archive_TakesWhatIsClosed_OnceHoweverOftenItIsPressed()
    {
        await using var running = new Running();
        await BuiltAsync(running);
        var secretary = await running.BrowserOfAsync("mishu");
        var before = await ClosedAsync(running);

        var done = await Running.SubmitAsync(secretary, Page);
        var again = await Running.SubmitAsync(secretary, Page);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (done.StatusCode, again.StatusCode));
        Assert.True(before > 0);
        Assert.EndsWith($"archived={before}", done.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("archived=0", again.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await ClosedAsync(running));
        var chair = await running.BrowserOfAsync("zhuren");
        Assert.Null((await Running.PageAsync(await chair.GetAsync(Page))).QuerySelector("main form"));
    }

    /// <summary>The number of the motion that was closed with dissent.</summary>
    private static async Task<string> BuiltAsync(Running running)
    {
        var states = new FollowUpStates(running);
        await states.BuildAsync();
        var number = "";
        await running.InDatabaseAsync(async db =>
            number = (await db.Set<CaseRow>().SingleAsync(c => c.Id == states.Cases["ClosedDissent"])).Number!
        );
        return number;
    }

    private static async Task<int> ClosedAsync(Running running)
    {
        var closed = 0;
        await running.InDatabaseAsync(async db =>
            closed = await db.Set<CaseRow>().CountAsync(c => c.State == "Closed" || c.State == "ClosedDissent")
        );
        return closed;
    }
}
