using System.Net;
using AngleSharp.Dom;
using EduUnion.Host.Tests.People;
using static EduUnion.Host.Tests.People.Running;

namespace EduUnion.Host.Tests.Pages;

public sealed class CasePageTests
{
    [Fact]
    public async Task WhoMayNotSeeIt_GetsNotFound()
    {
        await using var running = new Running();
        var play = new Play(running);
        var draft = await play.DraftAsync("daibiao1", "开设教职工子女课后托管班");
        var filed = await play.AssignedAsync("daibiao1", "调整校医务室值班时间");

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(running, "mishu", draft));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(running, "daibiao2", draft));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(running, "admin", filed));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(running, "shenqing1", filed));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(running, "daibiao2", filed));
    }

    [Fact]
    public async Task Buttons_AreTheLegalOnesAndNoOthers()
    {
        await using var running = new Running();
        var play = new Play(running);
        var gathering = await play.DraftAsync("daibiao1", "开设教职工子女课后托管班");
        await play.InviteAsync(gathering, "daibiao1", "fuyi1", "fuyi2");
        await play.DecideAsync(gathering, "fuyi1", "motion.cosign", "confirm");
        var review = await play.SubmittedAsync("daibiao2", "建设教职工请假线上审批");
        var assigned = await play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        var signing = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");

        Assert.Equal(["提交提案", "邀请附议"], await ButtonsAsync(running, "daibiao1", gathering));
        Assert.Equal(["撤回附议"], await ButtonsAsync(running, "fuyi1", gathering));
        Assert.Equal(["答复邀请"], await ButtonsAsync(running, "fuyi2", gathering));
        Assert.Equal(["初核"], await ButtonsAsync(running, "mishu", review));
        Assert.Equal(["撤回附议"], await ButtonsAsync(running, "fuyi1", review));
        Assert.Equal(["申请撤回提案"], await ButtonsAsync(running, "daibiao2", review));
        Assert.Equal(["签收", "申请延期"], await ButtonsAsync(running, "zongwuchu", assigned));
        Assert.Equal(["写协办意见"], await ButtonsAsync(running, "yiwushi", await HandledAsync(play)));
        Assert.Equal(["签发答复", "申请延期"], await ButtonsAsync(running, "fuzeren", signing));
        Assert.Empty(await ButtonsAsync(running, "fuzeren2", signing, HttpStatusCode.NotFound));
        Assert.Empty(await ButtonsAsync(running, "fuyi1", assigned));
    }

    [Fact]
    public async Task Urging_IsOfferedToThoseWhoWait_AndToNobodyElse()
    {
        await using var running = new Running();
        var id = await new Play(running).AssignedAsync("daibiao1", "调整校医务室值班时间");

        foreach (var waits in new[] { "daibiao1", "mishu" })
            Assert.Contains(await AllButtonsAsync(running, waits, id), IsUrging);
        // A co-signer, another representative, and who is asked himself.
        foreach (var other in new[] { "fuyi1", "daibiao2", "zongwuchu" })
            Assert.DoesNotContain(await AllButtonsAsync(running, other, id), IsUrging);
    }

    [Fact]
    public async Task AButtonThatIsGone_IsExplainedWithItsDate()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        await play.MoveToAsync(new(2026, 3, 10));
        var late = await PageAsync(await (await running.BrowserOfAsync("zongwuchu")).GetAsync($"/motions/{id}"));
        var cosigner = await PageAsync(await (await running.BrowserOfAsync("fuyi1")).GetAsync($"/motions/{id}"));

        // Assigned on 2 March: five working days end on 9 March; thirty end on 14 April, and three before that is 9 April.
        Assert.Contains(
            "退回改派：期限 3月9日 周一已过",
            Squeezed(late.QuerySelector(".acts__no")!),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "申请延期：4月9日 周四前可提出",
            Squeezed(late.QuerySelector(".acts__no")!),
            StringComparison.Ordinal
        );
        Assert.Contains("不能再撤回", cosigner.QuerySelector(".acts__no")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheClock_IsExplainedDayByDay()
    {
        await using var running = new Running();
        var id = await new Play(running).AssignedAsync("daibiao1", "调整校医务室值班时间");

        var page = await PageAsync(await (await running.BrowserOfAsync("zongwuchu")).GetAsync($"/motions/{id}"));
        var panel = page.QuerySelector(".panel")!;

        Assert.Equal("剩 30 个工作日", panel.QuerySelector(".clock__top strong")!.TextContent);
        Assert.Equal("2026-04-14", panel.QuerySelector(".clock__top time")!.GetAttribute("datetime"));
        Assert.Contains("清明放假", panel.QuerySelector(".days")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("交办当天不算", panel.QuerySelector(".days")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnExtension_IsRefusedAtItsFieldAndKeepsWhatWasTyped()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        var browser = await running.BrowserOfAsync("zongwuchu");

        var answer = await ExtendAsync(browser, id, "60", "施工招标推迟。");
        var page = await PageAsync(answer);

        Assert.Equal("最多延长 20 个工作日", page.QuerySelector("#extend-workdays-e")!.TextContent);
        Assert.Equal("60", page.QuerySelector("#extend-workdays")!.GetAttribute("value"));
        Assert.Contains("施工招标推迟。", page.QuerySelector("#extend-reason")!.TextContent, StringComparison.Ordinal);
        Assert.Empty((await play.MotionAsync(id)).Parts[0].Extensions);
    }

    [Fact]
    public async Task AnExtension_IsAskedOnceHoweverOftenTheFormIsSent()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        var browser = await running.BrowserOfAsync("zongwuchu");
        var form = (await PageAsync(await browser.GetAsync($"/motions/{id}?do=extend"))).QuerySelector(".dlg form")!;

        var first = await SendAsync(browser, form, ("workdays", "10"), ("reason", "施工招标推迟。"));
        var again = await SendAsync(browser, form, ("workdays", "10"), ("reason", "施工招标推迟。"));

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Single((await play.MotionAsync(id)).Parts[0].Extensions);
        var page = await PageAsync(await browser.GetAsync(first.Headers.Location));
        Assert.Equal(["签收"], page.QuerySelectorAll(".panel .acts .btn").Select(b => b.TextContent));
        Assert.Contains("等主任审批", page.QuerySelector(".acts__no")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASignature_IsTakenBack()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.SubmittedAsync("daibiao1", "食堂错峰就餐与排队分流");
        var browser = await running.BrowserOfAsync("fuyi1");
        var form = (await PageAsync(await browser.GetAsync($"/motions/{id}"))).QuerySelector("#dlg-withdraw form")!;

        var answer = await SendAsync(browser, form);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(1, (await play.MotionAsync(id)).Confirmed);
    }

    [Fact]
    public async Task AForgedPost_ChangesNothing()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.SubmittedAsync("daibiao1", "食堂错峰就餐与排队分流");
        var browser = await running.BrowserOfAsync("fuyi1");

        var answer = await browser.PostAsync($"/motions/{id}?handler=withdraw", new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(2, (await play.MotionAsync(id)).Confirmed);
    }

    [Fact]
    public async Task AnAnswer_IsForThoseWhoWorkOnItUntilItIsDelivered()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");

        Assert.True(await HasLetterAsync(running, "fuzeren", id));
        Assert.True(await HasLetterAsync(running, "mishu", id));
        Assert.False(await HasLetterAsync(running, "daibiao1", id));
        Assert.False(await HasLetterAsync(running, "yiwushi", id));
        await play.DeliverAsync(id);
        Assert.True(await HasLetterAsync(running, "daibiao1", id));
        Assert.True(await HasLetterAsync(running, "daibiao2", id));
    }

    [Fact]
    public async Task TheRecord_TellsWhatHappenedButNotToEverybodyWhoVotedHow()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.AssignedAsync("daibiao1", "调整校医务室值班时间");

        var secretary = await RecordAsync(running, "mishu", id, "");
        var proposer = await RecordAsync(running, "daibiao1", id, "");
        var mails = await RecordAsync(running, "daibiao1", id, "?log=mail");

        Assert.Contains("方以恒　立案审查：立案", secretary, StringComparison.Ordinal);
        Assert.Contains("方以恒　立案审查", proposer, StringComparison.Ordinal);
        Assert.DoesNotContain("方以恒　立案审查：立案", proposer, StringComparison.Ordinal);
        Assert.Contains("立案，编号 0302-001", proposer, StringComparison.Ordinal);
        Assert.Contains("主办 总务处，协办 校医务室", proposer, StringComparison.Ordinal);
        Assert.Contains("承办通知", mails, StringComparison.Ordinal);
        Assert.DoesNotContain("立案审查", mails, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task EveryKindOfEntryPlaceAndClock_HasItsWords(string language)
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");
        await play.AskExtensionAsync(id, "zongwuchu", 10);
        await play.MoveToAsync(new(2026, 3, 6));
        await play.DeliverAsync(id);
        var rejected = await play.SubmittedAsync("daibiao2", "提高全区教师绩效工资标准");
        await play.ReviewAsync(rejected, "reject");
        var browser = await running.BrowserOfAsync("mishu");
        await browser.GetAsync($"/?lang={language}");

        foreach (var motion in new[] { id, rejected })
        {
            var page = await PageAsync(await browser.GetAsync($"/motions/{motion}"));
            Assert.Empty(RawKeys.In(page.Body!.TextContent));
            Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
            Assert.Empty(page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key));
        }
    }

    [Fact]
    public async Task ThePicture_MarksThePresentPlaceAndWhatIsPast()
    {
        await using var running = new Running();
        var id = await new Play(running).DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");

        var page = await PageAsync(await (await running.BrowserOfAsync("mishu")).GetAsync($"/motions/{id}"));
        var pictures = page.QuerySelectorAll("svg.flow");

        Assert.Equal(2, pictures.Length);
        Assert.Equal(["负责人签发"], Boxes(pictures[0], "now"));
        Assert.Equal(["签收", "面商", "协办意见", "拟写答复"], Boxes(pictures[0], "past"));
        Assert.Equal(["各部门承办"], Boxes(pictures[1], "now"));
        Assert.Equal(["征集附议", "收件", "形式审查", "立案审查", "编号立案", "交办"], Boxes(pictures[1], "past"));
    }

    private static async Task<Guid> HandledAsync(Play play)
    {
        var id = await play.AssignedAsync("daibiao2", "规范多媒体教室报修流程");
        await play.DecideAsync(id, "zongwuchu", "handling.accept", "accept");
        return id;
    }

    private static IEnumerable<string> Boxes(IElement picture, string state) =>
        picture.QuerySelectorAll($"g.{state}").Select(g => g.TextContent);

    private static async Task<HttpStatusCode> StatusAsync(Running running, string login, Guid id) =>
        (await (await running.BrowserOfAsync(login)).GetAsync($"/motions/{id}")).StatusCode;

    private static async Task<IEnumerable<string>> ButtonsAsync(
        Running running,
        string login,
        Guid id,
        HttpStatusCode status = HttpStatusCode.OK
    ) =>
        // Whoever waits for others may urge each of them.
        (await AllButtonsAsync(running, login, id, status)).Where(b => !IsUrging(b));

    private static bool IsUrging(string button) => button.StartsWith("催办", StringComparison.Ordinal);

    private static async Task<IEnumerable<string>> AllButtonsAsync(
        Running running,
        string login,
        Guid id,
        HttpStatusCode status = HttpStatusCode.OK
    )
    {
        var answer = await (await running.BrowserOfAsync(login)).GetAsync($"/motions/{id}");
        Assert.Equal(status, answer.StatusCode);
        return (await PageAsync(answer)).QuerySelectorAll(".panel .acts .btn").Select(b => b.TextContent);
    }

    private static async Task<bool> HasLetterAsync(Running running, string login, Guid id) =>
        (await PageAsync(await (await running.BrowserOfAsync(login)).GetAsync($"/motions/{id}"))).QuerySelector(
            ".letter"
        )
            is not null;

    private static async Task<string> RecordAsync(Running running, string login, Guid id, string query) =>
        (await PageAsync(await (await running.BrowserOfAsync(login)).GetAsync($"/motions/{id}{query}")))
            .QuerySelector(".timeline")!
            .TextContent;

    private static async Task<HttpResponseMessage> ExtendAsync(
        HttpClient browser,
        Guid id,
        string workdays,
        string reason
    )
    {
        var page = await PageAsync(await browser.GetAsync($"/motions/{id}?do=extend"));
        return await SendAsync(browser, page.QuerySelector(".dlg form")!, ("workdays", workdays), ("reason", reason));
    }

    private static Task<HttpResponseMessage> SendAsync(
        HttpClient browser,
        IElement form,
        params (string Name, string Value)[] typed
    ) =>
        browser.PostAsync(
            form.GetAttribute("action"),
            new FormUrlEncodedContent(
                form.QuerySelectorAll("input[type=hidden]")
                    .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))
                    .Concat(typed.Select(t => KeyValuePair.Create(t.Name, t.Value)))
            )
        );

    private static string Squeezed(IElement element) =>
        string.Concat(element.TextContent.Split('\n').Select(l => l.Trim()));
}
