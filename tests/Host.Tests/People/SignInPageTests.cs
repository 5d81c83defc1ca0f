using System.Net;
using EduUnion.Domain.People;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Seeds;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.People.Running;

namespace EduUnion.Host.Tests.People;

public class SignInPageTests
{
    private const string Protected = "/account/password";

    [Fact]
    public async Task AProtectedPage_LeadsThroughTheDoorAndOn()
    {
        await using var running = new Running();
        var browser = running.Browser();

        var door = (await browser.GetAsync(Protected)).Headers.Location!;
        var answer = await SubmitSignInAsync(browser, "daibiao1", DemoDistrict.Password, door.PathAndQuery);

        Assert.Equal("/sign-in?returnUrl=%2Faccount%2Fpassword", door.PathAndQuery);
        Assert.Equal(Protected, answer.Headers.Location!.OriginalString);
        Assert.Equal(
            "林晓岚",
            (await PageAsync(await browser.GetAsync(Protected))).QuerySelector(".me__who b")!.TextContent
        );
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task ReturnUrl_NeverLeadsToAnotherSite(string returnUrl)
    {
        await using var running = new Running();

        var answer = await SubmitSignInAsync(
            running.Browser(),
            "daibiao1",
            DemoDistrict.Password,
            "/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl)
        );

        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task AWrongPassword_KeepsTheNameAndNotThePassword()
    {
        await using var running = new Running();

        var answer = await SubmitSignInAsync(running.Browser(), "daibiao1", "wrong-Password-1");
        var page = await PageAsync(answer);

        Assert.Equal("用户名或密码不对", page.QuerySelector(".errors li")!.TextContent.Trim());
        Assert.Equal("daibiao1", page.QuerySelector("#UserName")!.GetAttribute("value"));
        Assert.DoesNotContain("wrong-Password-1", page.DocumentElement.OuterHtml);
    }

    [Fact]
    public async Task WithoutTheFormsOwnToken_NobodySignsIn()
    {
        await using var running = new Running();

        var answer = await running
            .Browser()
            .PostAsync(
                "/sign-in",
                new FormUrlEncodedContent([new("UserName", "daibiao1"), new("Password", DemoDistrict.Password)])
            );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task ASession_EndsAfterAnHourIdle()
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync("daibiao1");

        running.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.True(await IsInAsync(browser));
        running.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.True(await IsInAsync(browser));
        running.Time.Advance(TimeSpan.FromMinutes(60) + TimeSpan.FromSeconds(1));
        Assert.False(await IsInAsync(browser));
    }

    [Fact]
    public async Task ASession_EndsAfterTwelveHoursEvenWhenUsed()
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync("daibiao1");

        for (var i = 0; i < 15; i++)
        {
            running.Time.Advance(TimeSpan.FromMinutes(45));
            Assert.True(await IsInAsync(browser));
        }
        running.Time.Advance(TimeSpan.FromMinutes(45));
        Assert.False(await IsInAsync(browser));
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync("daibiao1");
        var page = await PageAsync(await browser.GetAsync(Protected));
        var token = page.QuerySelector("form[data-sign-out] input[name=__RequestVerificationToken]")!;

        var answer = await browser.PostAsync(
            "/sign-out",
            new FormUrlEncodedContent([new("__RequestVerificationToken", token.GetAttribute("value"))])
        );

        Assert.Equal("/sign-in", answer.Headers.Location!.OriginalString);
        Assert.False(await IsInAsync(browser));
    }

    [Fact]
    public async Task AMemberWhoLeaves_IsOutAtOnce()
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync("daibiao1");

        await running.InDatabaseAsync(db =>
            db.Set<Member>()
                .Where(m => m.Id == DemoDistrict.MemberId("daibiao1"))
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.LeftOn, Demo.Today))
        );

        Assert.False(await IsInAsync(browser));
    }

    [Fact]
    public async Task ANewPassword_KeepsThisSessionAndEndsTheOthers()
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync("daibiao1");
        var other = await running.BrowserOfAsync("daibiao1");
        var client = await running.ClientOfAsync("daibiao1");

        var answer = await ChangeAsync(browser, DemoDistrict.Password, "Another-Pass-77");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.True(await IsInAsync(browser));
        Assert.False(await IsInAsync(other));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/me")).StatusCode);
        Assert.True((await AskTokenAsync(running.Browser(), "daibiao1", "Another-Pass-77")).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("wrong", "Another-Pass-77", "current")]
    [InlineData(DemoDistrict.Password, "Short-1", "chosen")]
    [InlineData(DemoDistrict.Password, "onlylowercase", "chosen")]
    public async Task AnUnsuitablePassword_IsToldAtItsField(string current, string chosen, string field)
    {
        await using var running = new Running();
        var browser = await running.BrowserOfAsync("daibiao1");

        var page = await PageAsync(await ChangeAsync(browser, current, chosen));

        Assert.NotNull(page.QuerySelector($"#{field}-e"));
        Assert.NotNull(page.QuerySelector($".errors a[href='#{field}']"));
        Assert.True(await IsInAsync(browser));
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient browser, string current, string chosen) =>
        SubmitAsync(browser, Protected, ("current", current), ("chosen", chosen), ("again", chosen));

    private static async Task<bool> IsInAsync(HttpClient browser) =>
        (await browser.GetAsync(Protected)).StatusCode == HttpStatusCode.OK;
}
