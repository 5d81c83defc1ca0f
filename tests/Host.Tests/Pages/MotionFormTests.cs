using System.Net;
using EduUnion.Domain.Motions;
using EduUnion.Host.Drafts;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;

namespace EduUnion.Host.Tests.Pages;

public sealed class MotionFormTests
{
    private static readonly (string, string)[] Written =
    [
        ("title", "改善教师午休场所"),
        ("category", "welfare"),
        ("grounds", Bench.Grounds),
        ("proposals", "设置教师午休室。"),
    ];

    [Fact]
    public async Task AMotion_IsWrittenCosignedAndSubmitted_WithoutScript()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var proposer = await Visitor.OfAsync(running, "daibiao1");

        await proposer.GoAsync("/motions/new");
        await proposer.PressAsync("再加一条", Written);
        await proposer.PressAsync("保存，下一步邀请附议人");
        var id = (await bench.MotionsAsync()).Single();
        Assert.Equal($"/motions/{id}/invite", proposer.Path);

        await proposer.GoAsync($"/motions/{id}/invite?q=文科");
        Assert.DoesNotContain("韩亦舟", proposer.Text("main"));
        await proposer.GoAsync($"/motions/{id}/invite");
        await proposer.PressAsync(
            "发出邀请",
            ("memberIds", $"{DemoDistrict.MemberId("fuyi1")}"),
            ("memberIds", $"{DemoDistrict.MemberId("fuyi2")}")
        );
        Assert.Contains("已向 2 位代表发出邀请", proposer.Text(".notice"));
        Assert.Contains("许若溪文科代表团已邀请，未回复", proposer.Text(".people"));

        await proposer.GoAsync($"/motions/{id}/submit");
        Assert.Contains("还缺 2 位附议人（至少 2 位）", proposer.Text(".notice"));
        foreach (var cosigner in new[] { "fuyi1", "fuyi2" })
        {
            var invited = await Visitor.OfAsync(running, cosigner);
            await invited.GoAsync($"/tasks/{await bench.TaskAsync(id, "motion.cosign", cosigner)}");
            Assert.Contains(Bench.Grounds, invited.Text(".split__main"));
            await invited.PressAsync("附议");
            Assert.Contains("您的签名已记在提案上", invited.Text(".notice"));
        }

        await proposer.GoAsync($"/motions/{id}/submit");
        await proposer.PressAsync("提交提案");

        Assert.Equal("/", proposer.Path);
        Assert.Contains("《改善教师午休场所》已提交", proposer.Text(".notice"));
        Assert.Equal(MotionState.Submitted, (await bench.MotionAsync(id)).State);
    }

    [Fact]
    public async Task ARefusedForm_KeepsEveryWord_AndLeadsToTheField()
    {
        await using var running = new Running();
        var proposer = await Visitor.OfAsync(running, "daibiao1");

        await proposer.GoAsync("/motions/new");
        await proposer.PressAsync(
            "保存，下一步邀请附议人",
            ("title", "午休"),
            ("grounds", "太短"),
            ("proposals", "一")
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, proposer.Status);
        Assert.Equal("太短", proposer.Value("grounds"));
        Assert.Equal("一", proposer.Value("proposals-0"));
        Assert.Equal("案由至少 50 字，现有 2 字", proposer.Text("#grounds-e"));
        Assert.NotNull(proposer.Page.QuerySelector(".errors a[href='#grounds']"));
        Assert.Empty(await new Bench(running).MotionsAsync());
    }

    [Fact]
    public async Task TwoPressesOnSave_MakeOneMotion()
    {
        await using var running = new Running();
        var proposer = await Visitor.OfAsync(running, "daibiao1");
        await proposer.GoAsync("/motions/new");

        var answers = await proposer.PressTwiceAsync("存草稿", Written);

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Equal(answers[0].Headers.Location, answers[1].Headers.Location);
        Assert.Single(await new Bench(running).MotionsAsync());
    }

    [Fact]
    public async Task ADraft_ComesBack_ToItsWriterOnly_UntilItIsSent()
    {
        await using var running = new Running();
        var writer = await Visitor.OfAsync(running, "daibiao1");
        await writer.GoAsync("/motions/new");

        Assert.Equal(
            HttpStatusCode.NoContent,
            await writer.RestAsync(("title", "写到一半"), ("proposals", "甲"), ("proposals", "乙"))
        );

        var again = await (await Visitor.OfAsync(running, "daibiao1")).GoAsync("/motions/new");
        Assert.Equal("写到一半", again.Value("title"));
        Assert.Equal("乙", again.Value("proposals-1"));
        Assert.Contains("您写的内容已恢复", again.Text(".notice"));
        var other = await (await Visitor.OfAsync(running, "daibiao2")).GoAsync("/motions/new");
        Assert.Equal("", other.Value("title"));

        await again.PressAsync("存草稿");
        await writer.GoAsync("/motions/new");
        Assert.Equal("", writer.Value("title"));
    }

    [Fact]
    public async Task ADraftThatArrivesAfterItsForm_IsNotOfferedAgain()
    {
        await using var running = new Running();
        var writer = await Visitor.OfAsync(running, "daibiao1");
        var late = await Visitor.OfAsync(running, "daibiao1");
        await writer.GoAsync("/motions/new");
        await late.GoAsync("/motions/new");
        var key = writer.Page.QuerySelector("input[name=key]")!.GetAttribute("value")!;
        await writer.PressAsync("存草稿", Written);

        await late.RestAsync(("key", key), ("title", "改善教师午休场"));

        Assert.Equal("", (await writer.GoAsync("/motions/new")).Value("title"));
    }

    [Fact]
    public async Task ADraft_NeedsTheFormsOwnToken()
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync("daibiao1");

        var answer = await browser.PostAsync("/drafts/motion-new-x", new FormUrlEncodedContent([new("title", "x")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task OldDrafts_AreForgotten()
    {
        await using var running = new Running();
        var writer = await Visitor.OfAsync(running, "daibiao1");
        await writer.GoAsync("/motions/new");
        await writer.RestAsync(("title", "旧的"));
        var bench = new Bench(running);

        running.Time.Advance(DraftBook.Kept);
        Assert.Equal(0, await bench.WithAsync<DraftBook, int>(d => d.ForgetOldAsync(default)));
        running.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await bench.WithAsync<DraftBook, int>(d => d.ForgetOldAsync(default)));
    }

    [Fact]
    public async Task ATextChangedInAnotherWindow_IsShown_AndNothingTypedIsLost()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.DraftAsync("改善教师午休场所");
        var first = await (await Visitor.OfAsync(running, "daibiao1")).GoAsync($"/motions/{id}/edit");
        var second = await (await Visitor.OfAsync(running, "daibiao1")).GoAsync($"/motions/{id}/edit");
        await second.PressAsync("存草稿", ("title", "另一个窗口的案名"));

        await first.PressAsync("存草稿", ("title", "这个窗口的案名"));

        Assert.Equal(HttpStatusCode.PreconditionFailed, first.Status);
        Assert.Equal("这个窗口的案名", first.Value("title"));
        Assert.Contains("正文在您填写期间有了改动", first.Text(".errors"));
        await first.PressAsync("存草稿");
        Assert.Equal("这个窗口的案名", (await bench.MotionAsync(id)).Content.Title);
    }

    [Theory]
    [InlineData("mishu", "/motions/new", HttpStatusCode.Forbidden)]
    [InlineData("fuyi3", "/motions/{0}/edit", HttpStatusCode.NotFound)]
    [InlineData("fuyi1", "/motions/{0}/invite", HttpStatusCode.Forbidden)]
    [InlineData("mishu", "/motions/{0}/submit", HttpStatusCode.NotFound)]
    public async Task OthersThanTheProposer_DoNotComeIn(string who, string page, HttpStatusCode status)
    {
        await using var running = new Running();
        var id = await new Bench(running).UpToAsync("motion.cosign");

        Assert.Equal(status, (await (await Visitor.OfAsync(running, who)).GoAsync(string.Format(page, id))).Status);
    }

    [Fact]
    public async Task Abandoning_IsConfirmedOnAPageOfItsOwn()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.DraftAsync("改善教师午休场所");
        var proposer = await Visitor.OfAsync(running, "daibiao1");

        await proposer.GoAsync($"/motions/{id}/submit?do=abandon");
        Assert.Contains("不能恢复", proposer.Text(".dlg--flat"));
        await proposer.PressAsync("放弃这件提案");

        Assert.Equal(MotionState.Withdrawn, (await bench.MotionAsync(id)).State);
    }

    [Fact]
    public async Task Similar_AreNamedByTitle()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        await bench.DraftAsync("改善教师午休场所");
        await bench.DraftAsync("更换老旧护栏");
        var writer = await (await Visitor.OfAsync(running, "daibiao1")).GoAsync("/motions/new");

        await writer.PressAsync("保存草稿并查找", ("title", "增设教师午休室"));

        Assert.Contains("改善教师午休场所", writer.Text(".panel"));
        Assert.DoesNotContain("更换老旧护栏", writer.Text(".panel"));
    }
}
