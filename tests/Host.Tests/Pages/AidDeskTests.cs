using System.Net;
using AngleSharp.Dom;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Tests.People;

namespace EduUnion.Host.Tests.Pages;

/// <summary>How aid stands on the desk of those who have to do something about it.</summary>
public sealed class AidDeskTests
{
    [Theory]
    [InlineData("zh-CN", "困难帮扶")]
    [InlineData("en", "Hardship aid")]
    public async Task Row_IsNamedInTheReadersLanguage_AndLeadsToItsCase(string language, string title)
    {
        await using var running = new Running();
        var id = await new AidStates(running).SubmittedAsync();
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync($"/?lang={language}");

        var link = Assert.Single((await chair.GoAsync("/")).Page.QuerySelectorAll(".list--work a.case"));

        Assert.Equal(title, link.TextContent);
        Assert.Equal($"/aid/{id}", link.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.OK, (await chair.GoAsync(link.GetAttribute("href")!)).Status);
    }

    [Fact]
    public async Task WhatIsNoTask_IsSaidToTheOfficeThatItWaitsFor()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        Assert.Empty(await StandingAsync(running, "xiaozhuxi"));

        await states.SurveyedAsync();
        Assert.Equal(["/assessment"], await StandingAsync(running, "xiaozhuxi"));
        Assert.Empty(await StandingAsync(running, "pingwei1"));

        await states.ApprovedAsync("shenqing2");
        Assert.Equal(["/payments"], await StandingAsync(running, "caiwu1"));
        Assert.Empty(await StandingAsync(running, "mishu"));
    }

    [Fact]
    public async Task Minutes_OfAClosedMeeting_ArePrinted()
    {
        await using var running = new Running();
        await new AidStates(running).NoticedAsync(Money.Yuan(900));
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync("/assessment");
        var meeting = chair.Page.QuerySelectorAll("main table a").Single().GetAttribute("href")!;

        await chair.GoAsync($"{meeting}/minutes");

        Assert.Equal(HttpStatusCode.OK, chair.Status);
        Assert.Equal(3, chair.Page.QuerySelectorAll(".a4 table").Length);
    }

    /// <summary>The amount is published as the rules say, a band, and the preview says no other.</summary>
    [Fact]
    public async Task Preview_SaysWhatTheNoticeWillSay()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.SurveyedAsync();
        await states.AssessAsync(AidCategory.Rel, Money.Yuan(900));
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");

        await chair.GoAsync($"/aid/tasks/{await states.TaskAsync(id, "aid.publish")}");

        var shown = chair.Page.QuerySelector("[aria-labelledby=h-preview]")!.TextContent;
        Assert.Contains("1,000 元以下", shown);
        Assert.DoesNotContain("900", shown);
    }

    private static async Task<IEnumerable<string?>> StandingAsync(Running running, string login) =>
        [
            .. (await (await Visitor.OfAsync(running, login)).GoAsync("/"))
                .Page.QuerySelectorAll("main .notice a")
                .Select(a => a.GetAttribute("href")),
        ];
}
