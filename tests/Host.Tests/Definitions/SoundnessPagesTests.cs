using System.Net;
using EduUnion.Host.CommandLine;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Web;

namespace EduUnion.Host.Tests.Definitions;

/// <summary>What an administrator is shown of a document that cannot be published, and of two versions.</summary>
public sealed class SoundnessPagesTests
{
    [Theory]
    [InlineData(Texts.Chinese)]
    [InlineData(Texts.English)]
    public void EveryFinding_HasWords(string language)
    {
        var words = Texts.ReadAll(language).SelectMany(a => a.Value.Keys).ToHashSet();
        // Every finding has a broken document; the checker's own tests see to it.
        var codes = Documents.BrokenNames.Select(n => n.Split('_')[0]).Append("path.stuck").Distinct().ToList();

        Assert.Contains("path.no-end", codes);
        Assert.Empty(codes.Select(c => "finding." + c).Except(words));
    }

    [Fact]
    public async Task Finding_IsToldAsAStory_AndMarkedInThePicture()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var admin = await district.AsAsync("admin");
        await admin.ImportedAsync(Documents.Broken("join.dead-branch"));
        var visitor = await Visitor.OfAsync(district.Running, "admin");

        await visitor.GoAsync("/admin/definitions/broken/1");
        Assert.Contains("会合处在等一条不会再来的分路", visitor.Text("#check"));
        Assert.Contains("（上限 20000）", visitor.Text("#check"));
        Assert.Contains("每所参与的学校都找得到办理人和期限", visitor.Text("#gaps"));
        Assert.Empty(visitor.Page.QuerySelectorAll("button[value=publish]"));

        await visitor.GoAsync(visitor.Page.QuerySelector("#check a")!.GetAttribute("href")!);
        Assert.Equal(
            ["延期审批：不同意", "不同意延期：完成", "走到“会合”，走不下去"],
            visitor.Page.QuerySelectorAll("#story li").Select(l => l.TextContent)
        );
        Assert.Equal(
            ["1", "2", "✗ 断在这里"],
            visitor.Page.QuerySelectorAll("svg text.mark").Select(t => t.TextContent).Order(StringComparer.Ordinal)
        );
        Assert.NotEmpty(visitor.Page.QuerySelectorAll("svg path.taken"));
        await visitor.GoAsync("/admin/definitions/broken/1/findings/2");
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
    }

    [Fact]
    public async Task Difference_IsToldAndMarked()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var admin = await district.AsAsync("admin");
        await admin.ImportedAsync(
            Documents.Version("motion-extension", 2, ("MotionCommitteeChair", "MotionSecretary"))
        );
        var visitor = await Visitor.OfAsync(district.Running, "admin");

        await visitor.GoAsync("/admin/definitions/motion-extension/2");
        await visitor.GoAsync(visitor.Page.QuerySelector("a[href*='/diff']")!.GetAttribute("href")!);

        Assert.Contains("由谁办：提案委主任 → 提案委秘书", visitor.Text("#words"));
        Assert.Equal("≠改动", visitor.Text("svg text.mark"));
        Assert.Single(visitor.Page.QuerySelectorAll("#lines ins"), l => l.TextContent.Contains("MotionSecretary"));
        await visitor.GoAsync("/admin/definitions/motion-extension/diff?from=1&to=1");
        Assert.Contains("两版没有不同", visitor.Text("main"));
        await visitor.GoAsync("/admin/definitions/motion-extension/diff?from=1&to=9");
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
    }

    [Fact]
    public async Task CheckOnTheCommandLine_PrintsFindingsAndHowMuchWasTried()
    {
        var files = new[]
        {
            Path.Combine(Repository.Root, "src", "Workflows", "Definitions", "motion-extension.json"),
            Path.Combine(Repository.Root, "tests", "Workflows.Tests", "Checking", "broken", "path.no-end.json"),
        };
        using var output = new StringWriter();

        var code = await DefinitionsCommand
            .Create()
            .Parse(["check", .. files])
            .InvokeAsync(new() { Output = output }, CancellationToken.None);

        Assert.Equal(1, code);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(@"^motion-extension 1: sound; 4 states, bound 20000; \d+\.\d\d s$", lines[0].Trim());
        Assert.Contains("path.no-end.json#/root/activities/0: path.no-end: ", lines[1]);
        Assert.Matches(@"^broken 1: 1 findings; \d+ states, bound 20000; \d+\.\d\d s$", lines[2].Trim());
    }
}
