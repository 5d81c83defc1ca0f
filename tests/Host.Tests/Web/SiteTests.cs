using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using EduUnion.Host.Web;

namespace EduUnion.Host.Tests.Web;

public sealed class SiteTests
{
    [Theory]
    [InlineData("other=1", "没有找到这个页面")]
    [InlineData("lang=en", "Page not found")]
    [InlineData("lang=fr", "没有找到这个页面")]
    public async Task UnknownAddress_AnswersInTheLanguageOfTheCookie(string cookie, string title)
    {
        await using var site = await Site.Start("Production");
        var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere");
        request.Headers.Add("Cookie", cookie);

        var answer = await site.Client().SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(title, (await Page(answer)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task FailedPost_AnswersWithTheErrorPage()
    {
        await using var site = await Site.Start("Production");

        var answer = await site.Client().PostAsync("/conflict", null);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("已经有人先办理了", (await Page(answer)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Fault_TellsANumberAndNothingOfTheFault()
    {
        await using var site = await Site.Start("Production");

        var answer = await site.Client().GetAsync("/fails");
        var text = (await Page(answer)).DocumentElement.TextContent;

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("编号", text);
        Assert.DoesNotContain("on purpose", text);
        Assert.Equal(SecurityHeaders.Policy, answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task UnknownApiAddress_IsNotAnsweredWithAPage()
    {
        await using var site = await Site.Start("Production");

        var answer = await site.Client().GetAsync("/api/nowhere");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Language_IsKeptInACookieAndLeadsBackToTheSamePage()
    {
        await using var site = await Site.Start("Production");

        var answer = await site.Client().GetAsync("/nowhere?q=午休&lang=en");

        Assert.Equal("/nowhere?q=%E5%8D%88%E4%BC%91", answer.Headers.Location!.OriginalString);
        Assert.StartsWith("lang=en;", answer.Headers.GetValues("Set-Cookie").Single());
    }

    [Fact]
    public async Task Language_NeverLeadsToAnotherSite()
    {
        await using var site = await Site.Start("Production");

        var answer = await site.Client().GetAsync("https://union.example//evil.example/?lang=en");

        Assert.Equal("/evil.example/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Gallery_IsServedInDevelopmentOnly()
    {
        await using var production = await Site.Start("Production");
        await using var development = await Site.Start("Development");

        Assert.Equal(HttpStatusCode.NotFound, (await production.Client().GetAsync("/components")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await development.Client().GetAsync("/components")).StatusCode);
    }

    [Fact]
    public async Task Gallery_HasNothingInlineAndEveryIdOnce()
    {
        await using var site = await Site.Start("Development");

        var page = await Page(await site.Client().GetAsync("/components"));

        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
        Assert.DoesNotContain(
            page.All.SelectMany(e => e.Attributes),
            a => a.Name.StartsWith("on", StringComparison.Ordinal)
        );
        Assert.Empty(page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key));
        // Every label, description and heading leads to something.
        Assert.DoesNotContain(
            page.QuerySelectorAll("[for], [aria-labelledby], [aria-describedby]")
                .SelectMany(e => new[] { "for", "aria-labelledby", "aria-describedby" }.Select(e.GetAttribute))
                .SelectMany(ids => (ids ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            id => page.GetElementById(id) is null
        );
    }

    [Fact]
    public async Task Page_WithAllItNeeds_IsLighterThan100KB()
    {
        await using var site = await Site.Start("Development");
        var client = site.Client();
        var answer = await client.GetAsync("/components");
        var weight = (await answer.Content.ReadAsByteArrayAsync()).Length;
        var page = await Page(answer);
        string[] needs =
        [
            .. page.QuerySelectorAll("link[rel=stylesheet], link[rel=icon]").Select(e => e.GetAttribute("href")!),
            .. page.QuerySelectorAll("script").Select(e => e.GetAttribute("src")!),
            .. new[] { "counters", "dialogs", "drafts", "lists", "page", "words" }.Select(m => $"/js/{m}.js"),
        ];

        foreach (var need in needs)
        {
            var asset = await client.GetAsync(need);
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
            weight += (await asset.Content.ReadAsByteArrayAsync()).Length;
        }

        Assert.InRange(weight, 20_000, 100_000);
    }

    private static async Task<IDocument> Page(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
}
