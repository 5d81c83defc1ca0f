using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Privacy;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Privacy;

/// <summary>The pages as a browser without script meets them.</summary>
public sealed class PrivacyPagesTests
{
    [Fact]
    public async Task Relations_AreDeclaredByTheMemberAndKeptByTheChair()
    {
        await using var running = new Running();
        var member = await Visitor.OfAsync(running, "daibiao1");
        await member.GoAsync("/me/relations");
        Assert.Equal(0, member.Page.QuerySelectorAll(".tabs").Length);
        await member.PressAsync("申报");
        Assert.Equal((HttpStatusCode)422, member.Status);
        var other = DemoDistrict.MemberId("fuyi1").ToString();
        await member.PressAsync("申报", ("other", other), ("kind", "Spouse"));
        Assert.Contains("配偶", member.Text("tbody"));
        Assert.Empty(member.Page.QuerySelectorAll("tbody button"));
        await member.PressAsync("申报", ("other", other), ("kind", "Spouse"));
        Assert.Equal(HttpStatusCode.Conflict, member.Status);
        Assert.Contains("已经申报过", member.Text(".errors"));

        var answers = await (await Visitor.OfAsync(running, "daibiao1")).GoAsync("/me/relations?school=true");
        Assert.Equal(HttpStatusCode.Forbidden, answers.Status);
        var named = await Visitor.OfAsync(running, "fuyi1");
        await named.GoAsync("/me/relations");
        Assert.Contains("配偶", named.Text("tbody"));
        Assert.Empty(named.Page.QuerySelectorAll("tbody button"));

        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync("/me/relations?school=true");
        Assert.Single(chair.Page.QuerySelectorAll("tbody tr"));
        await chair.PressAsync(Ending(chair));
        Assert.Contains("终止", chair.Text("tbody .tag"));
        Assert.Empty(chair.Page.QuerySelectorAll("tbody button"));
        var district = await (await Visitor.OfAsync(running, "qujingban")).GoAsync("/me/relations?school=true");
        Assert.Contains("全区", district.Text(".tabs"));
        Assert.Single(district.Page.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task TheConsentToCollect_IsTakenBackKnowingThatTheApplicationEnds()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.AcceptedAsync();
        var applicant = await Visitor.OfAsync(running, "shenqing1");

        await applicant.GoAsync($"/aid/{id}/do/withdraw-consent?item=Publicity");
        Assert.DoesNotContain("申请同时撤回", applicant.Text("main"));
        await applicant.GoAsync($"/aid/{id}/do/withdraw-consent?item=Collection");
        Assert.Contains("申请同时撤回", applicant.Text("main"));
        await applicant.PressAsync("撤回同意并撤回申请");

        Assert.Equal(HttpStatusCode.OK, applicant.Status);
        Assert.Equal(AidState.Withdrawn, (await states.ApplicationAsync(id)).State);
    }

    [Fact]
    public async Task ANamedObjection_SentTwice_IsFiledOnce()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.NoticedAsync(Money.Yuan(900));
        var notice = Guid.Empty;
        await running.InDatabaseAsync(async db => notice = await db.Set<NoticeRow>().Select(n => n.Id).SingleAsync());
        var member = await Visitor.OfAsync(running, "daibiao1");
        await member.GoAsync($"/notices/{notice}");

        var answers = await member.PressTwiceAsync(
            "提交异议",
            ("ground", "Assets"),
            ("text", "有第二套住房"),
            ("as", "named")
        );

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        await running.InDatabaseAsync(async db =>
            Assert.Equal(1, await db.Set<CaseRow>().CountAsync(c => c.Kind == ObjectionCase.KindName))
        );
        Assert.True((await states.ApplicationAsync(id)).IsHeld);
    }

    [Fact]
    public async Task Files_AreTakenRefusedGivenAndRemoved()
    {
        await using var running = new Running();
        var id = await new AidStates(running).DraftAsync();
        var browser = await running.BrowserOfAsync("shenqing1");
        var page = $"/attachments/{id}/Diagnosis?back={Uri.EscapeDataString($"/aid/{id}")}";

        var refused = await SendAsync(browser, page, "病历.pdf", "<html>"u8.ToArray());
        Assert.Equal((HttpStatusCode)422, refused.StatusCode);
        Assert.Contains("只能上传 PDF", (await Running.PageAsync(refused)).QuerySelector(".errors")!.TextContent);
        var taken = await SendAsync(browser, page, "病历.pdf", Samples.Pdf("甲"));
        Assert.Equal($"/aid/{id}", taken.Headers.Location?.OriginalString);
        running.Time.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(
            browser,
            $"/attachments/{id}/Diagnosis?back=https://evil.example/",
            "病历.pdf",
            Samples.Pdf("乙")
        );

        var list = await Running.PageAsync(await browser.GetAsync(page));
        var link = list.QuerySelector<IHtmlAnchorElement>(".upload a")!;
        Assert.Equal("病历.pdf", link.TextContent);
        var file = await browser.GetAsync(link.GetAttribute("href"));
        Assert.Equal(Samples.Pdf("甲"), await file.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("病历.pdf", file.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.True(file.Headers.CacheControl?.NoStore);
        Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
        var stranger = await running.BrowserOfAsync("shenqing2");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(link.GetAttribute("href"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(page)).StatusCode);
        var sent = await SendAsync(stranger, page, "x.pdf", Samples.Pdf(), "/me/relations", "form[method=post]");
        Assert.Equal(HttpStatusCode.NotFound, sent.StatusCode);

        var visitor = new Visitor(browser);
        await visitor.GoAsync(page);
        Assert.Equal(2, visitor.Page.QuerySelectorAll(".upload a").Length);
        await visitor.PressAsync(visitor.Page.QuerySelector(".upload button")!.TextContent.Trim());
        await visitor.GoAsync(page);
        Assert.Single(visitor.Page.QuerySelectorAll(".upload a"));
        Assert.Contains("删除", visitor.Text(".upload li:first-child"));
    }

    [Fact]
    public async Task Api_AddsOnceForOneKeyAndListsWhatOneMayRead()
    {
        await using var running = new Running();
        var id = await new AidStates(running).DraftAsync();
        var client = await running.ClientOfAsync("shenqing1");
        var stranger = await running.ClientOfAsync("shenqing2");
        var path = $"/api/cases/{id}/attachments";

        var first = await PostAsync(client, path, Samples.Pdf("甲"), "k");
        var again = await PostAsync(client, path, Samples.Pdf("甲"), "k");
        var other = await PostAsync(client, path, Samples.Pdf("乙"), "k");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal("request.key-reused", await Running.CodeAsync(other));
        Assert.Equal("attachment.kind", await Running.CodeAsync(await PostAsync(client, path, "x"u8.ToArray(), "l")));
        Assert.Equal("attachment.empty", await Running.CodeAsync(await client.PostAsync(path, new StringContent("x"))));
        Assert.Equal("case.unknown", await Running.CodeAsync(await PostAsync(stranger, path, Samples.Pdf(), "m")));
        // Longer than any other body that the API takes.
        var big = await PostAsync(client, path, Samples.Pdf(new string(' ', 3_000_000)), "n");
        Assert.Equal(HttpStatusCode.Created, big.StatusCode);
        var tooBig = await PostAsync(client, path, Samples.Pdf(new string(' ', 11_000_000)), "o");
        Assert.Equal("attachment.too-big", await Running.CodeAsync(tooBig));
        Assert.Contains("病历.pdf", await client.GetStringAsync(path));
        Assert.Equal("case.unknown", await Running.CodeAsync(await stranger.GetAsync(path)));
        Assert.Equal(Samples.Pdf("甲"), await client.GetByteArrayAsync(first.Headers.Location));
        Assert.Equal("attachment.unknown", await Running.CodeAsync(await stranger.GetAsync(first.Headers.Location)));
        Assert.Equal("attachment.unknown", await Running.CodeAsync(await stranger.DeleteAsync(first.Headers.Location)));
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(first.Headers.Location)).StatusCode);
        Assert.Equal("attachment.unknown", await Running.CodeAsync(await client.GetAsync(first.Headers.Location)));
    }

    [Fact]
    public async Task Unmask_ShowsTheValueInTheAnswerOnly()
    {
        await using var running = new Running();
        var id = await new AidStates(running).DraftAsync();
        var visitor = await Visitor.OfAsync(running, "shenqing1");
        var path = $"/cases/{id}/unmask/diagnosis?back=/help";

        await visitor.GoAsync(path);
        Assert.DoesNotContain(AidStates.Diagnosis, visitor.Text("main"));
        await visitor.PressAsync("记录并查看", ("purpose", "Check"), ("reason", "看"));
        Assert.Equal((HttpStatusCode)422, visitor.Status);
        Assert.Contains("至少 4 个字", visitor.Text(".error"));
        await visitor.PressAsync("记录并查看", ("purpose", "Check"), ("reason", "核对申请材料"));
        Assert.Contains(AidStates.Diagnosis, visitor.Text("dd"));
        Assert.Equal("/help", visitor.Page.QuerySelector("main a.btn")!.GetAttribute("href"));
        await visitor.GoAsync(path);
        Assert.DoesNotContain(AidStates.Diagnosis, visitor.Text("main"));

        var stranger = await Visitor.OfAsync(running, "shenqing2");
        await stranger.GoAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
        Assert.DoesNotContain(AidStates.Diagnosis, stranger.Text("main"));
        await running.InDatabaseAsync(async db => Assert.Equal(1, await db.Set<SensitiveView>().CountAsync()));
    }

    [Theory]
    [InlineData("admin", HttpStatusCode.OK)]
    [InlineData("jingshen", HttpStatusCode.OK)]
    [InlineData("xiaozhuxi", HttpStatusCode.Forbidden)]
    public async Task Retention_IsForAuditorAndAdministrator(string login, HttpStatusCode status)
    {
        await using var running = new Running();
        var visitor = await Visitor.OfAsync(running, login);

        await visitor.GoAsync("/admin/retention");

        Assert.Equal(status, visitor.Status);
        if (status == HttpStatusCode.OK)
            Assert.Contains("保存 3 年", visitor.Text("main"));
    }

    private static string Ending(Visitor visitor) => visitor.Page.QuerySelector("tbody button")!.TextContent.Trim();

    /// <summary>Sends a file with what stands hidden in the page's form, or in that of another page.</summary>
    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient browser,
        string page,
        string name,
        byte[] content,
        string? formOf = null,
        string selector = "form[data-upload]"
    )
    {
        var shown = await Running.PageAsync(await browser.GetAsync(formOf ?? page));
        var form = shown.QuerySelector<IHtmlFormElement>($"main {selector}")!;
        using var body = new MultipartFormDataContent();
        foreach (var hidden in form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]"))
            body.Add(new StringContent(hidden.Value), hidden.Name!);
        body.Add(new ByteArrayContent(content), "file", name);
        return await browser.PostAsync(formOf is null ? form.GetAttribute("action") : page, body);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, byte[] content, string key)
    {
        using var body = new MultipartFormDataContent
        {
            { new StringContent("Diagnosis"), "proof" },
            { new ByteArrayContent(content), "file", "病历.pdf" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }
}
