using AngleSharp.Dom;
using EduUnion.Host.Documents.Motions;
using EduUnion.Host.Tests.Browser;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;

namespace EduUnion.Host.Tests.Documents;

/// <summary>The documents as pages.</summary>
public sealed class DocumentPageTests(Chromium chromium)
{
    [Fact]
    public async Task Case_LinksToWhatIsThereNow()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");

        Assert.Equal("提案表 承办通知单 面商记录", await DocumentsAsync("daibiao1"));
        Assert.Equal("提案表 承办通知单", await DocumentsAsync("fuyi1"));
        Assert.Equal("提案表 提案审查表 承办通知单 面商记录 协办意见", await DocumentsAsync("mishu"));
        await play.DeliverAsync(id);
        Assert.Equal("提案表 承办通知单 面商记录 答复函 征询意见表", await DocumentsAsync("daibiao1"));

        async Task<string> DocumentsAsync(string who)
        {
            var visitor = await Visitor.OfAsync(running, who);
            await visitor.GoAsync($"/motions/{id}");
            var links = visitor.Page.QuerySelectorAll("[aria-labelledby=h-documents] a").ToList();
            foreach (var href in links.Select(l => l.GetAttribute("href")!))
                Assert.Equal(System.Net.HttpStatusCode.OK, (await visitor.GoAsync(href)).Status);
            return string.Join(' ', links.Select(l => l.TextContent));
        }
    }

    [Fact]
    public async Task Page_AndWordFile_SayTheSame()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");
        await play.DeliverAsync(id);
        var visitor = await Visitor.OfAsync(running, "mishu");
        var client = await running.ClientOfAsync("mishu");

        foreach (var form in new[] { "motion", "review", "handover", "meeting", "opinions", "reply", "feedback" })
        {
            await visitor.GoAsync($"/motions/{id}/documents/{form}");
            foreach (var spoken in visitor.Page.QuerySelectorAll("caption").ToList())
                spoken.Remove();
            var file = await client.GetByteArrayAsync($"/api/motions/{id}/documents/{form}.docx");

            Assert.Equal(
                Bare(WordText.Of(file)),
                Bare(string.Concat(visitor.Page.QuerySelectorAll("article").Select(a => a.TextContent)))
            );
        }

        // In what each draws the seal is the drawing's own.
        static string Bare(string text) =>
            string.Concat(text.Where(c => !char.IsWhiteSpace(c)))
                .Replace("（盖章）", "", StringComparison.Ordinal)
                .Replace("盖章", "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", 1280)]
    [InlineData("en", 360)]
    public async Task EveryPage_IsAccessibleAndFitsASmallPhone(string language, int width)
    {
        await using var served = new Served();
        var id = await served.Play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");
        await served.Play.AskExtensionAsync(id, "zongwuchu", 10);
        await served.Play.DeliverAsync(id);
        var page = await served.OpenAsync(chromium, "mishu", width, language);
        List<string> complaints = [];
        page.Console += (_, m) => complaints.Add(m.Text);
        string[] none = ["transfer", "supervision"];

        foreach (
            var address in MotionDocument
                .All.Select(d => d.Form)
                .Except(none)
                .Select(form => $"/motions/{id}/documents/{form}")
                .Append("/motions/register")
        )
        {
            var answer = await page.GotoAsync(address);
            Assert.Equal((address, 200), (address, answer!.Status));
            Assert.Empty(await page.AxeAsync(address));
            Assert.Equal("", await page.TooWideAsync());
        }
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Letter_PrintsItsSheetsOnA4_WithoutBlankPages()
    {
        await using var served = new Served();
        var id = await served.Play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");
        await served.Play.DeliverAsync(id);
        var page = await served.OpenAsync(chromium, "daibiao1");

        Assert.Equal((2, "[0 0 594.95996 841.91998]"), await PrintedAsync($"/motions/{id}/documents/reply"));
        Assert.Equal((1, "[0 0 841.91998 594.95996]"), await PrintedAsync("/motions/register"));

        async Task<(int Pages, string Size)> PrintedAsync(string address)
        {
            await page.GotoAsync(address);
            var pdf = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));
            return (
                System.Text.RegularExpressions.Regex.Count(pdf, @"/Type\s*/Page\b"),
                System.Text.RegularExpressions.Regex.Match(pdf, @"/MediaBox\s*(\[[^\]]*\])").Groups[1].Value
            );
        }
    }
}
