using System.Net;
using System.Text.Json;
using EduUnion.Domain.People;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Seeds;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.People.Running;

namespace EduUnion.Host.Tests.People;

public class TokenTests
{
    [Fact]
    public async Task Me_TellsMemberOrganisationAndRoles()
    {
        await using var running = new Running();
        var client = await running.ClientOfAsync("zhuren");

        using var me = JsonDocument.Parse(await client.GetStringAsync("/api/me"));

        Assert.Equal("方以恒", me.RootElement.GetProperty("member").GetProperty("name").GetString());
        Assert.Equal("YXZX", me.RootElement.GetProperty("organisation").GetProperty("code").GetString());
        Assert.Equal(
            ["MotionCommittee", "MotionCommitteeChair", "Representative"],
            me.RootElement.GetProperty("roles").EnumerateArray().Select(r => r.GetProperty("role").GetString())
        );
    }

    [Fact]
    public async Task WithoutToken_TheApiAnswers401AndDoesNotRedirect()
    {
        await using var running = new Running();

        var answer = await running.Browser().GetAsync("/api/me");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("auth.required", await CodeAsync(answer));
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("daibiao1")]
    [InlineData("nobody")]
    [InlineData("")]
    public async Task WrongNameOrPassword_IsAnsweredAlike(string userName)
    {
        await using var running = new Running();

        var answer = await AskTokenAsync(running.Browser(), userName, "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("auth.wrong", await CodeAsync(answer));
    }

    [Fact]
    public async Task FiveWrongTries_LockForFifteenMinutes()
    {
        await using var running = new Running();
        var client = running.Browser();
        for (var i = 0; i < 4; i++)
            Assert.Equal("auth.wrong", await CodeAsync(await AskTokenAsync(client, "daibiao1", "wrong")));

        var fifth = await AskTokenAsync(client, "daibiao1", "wrong");
        var right = await AskTokenAsync(client, "daibiao1", DemoDistrict.Password);

        Assert.Equal((HttpStatusCode)423, fifth.StatusCode);
        Assert.Equal((HttpStatusCode)423, right.StatusCode);
        Assert.Equal("auth.locked-out", await CodeAsync(right));
        Assert.Equal(TimeSpan.FromMinutes(15), right.Headers.RetryAfter!.Delta);
        running.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("auth.wrong", await CodeAsync(await AskTokenAsync(client, "daibiao1", "wrong")));
        Assert.True((await AskTokenAsync(client, "daibiao1", DemoDistrict.Password)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task ARightPassword_StartsTheCountAgain()
    {
        await using var running = new Running();
        var client = running.Browser();
        for (var i = 0; i < 9; i++)
        {
            if (i == 4)
                Assert.True((await AskTokenAsync(client, "daibiao1", DemoDistrict.Password)).IsSuccessStatusCode);
            var wrong = await AskTokenAsync(client, "daibiao1", "wrong");
            Assert.Equal(i == 8 ? "auth.locked-out" : "auth.wrong", await CodeAsync(wrong));
        }
    }

    [Fact]
    public async Task GuessesSentAtOnce_AreAnsweredFiveTimesAtMost()
    {
        await using var running = new Running();
        var client = running.Browser();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => AskTokenAsync(client, "daibiao1", "wrong"))
        );

        // The fifth already tells that the account is locked.
        Assert.InRange(answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized), 0, 4);
        Assert.Equal((HttpStatusCode)423, (await AskTokenAsync(client, "daibiao1", DemoDistrict.Password)).StatusCode);
    }

    [Fact]
    public async Task AMemberWhoLeaves_IsOutAtOnce()
    {
        await using var running = new Running();
        var client = await running.ClientOfAsync("daibiao1");
        Assert.True((await client.GetAsync("/api/me")).IsSuccessStatusCode);

        await running.InDatabaseAsync(db =>
            db.Set<Member>()
                .Where(m => m.Id == DemoDistrict.MemberId("daibiao1"))
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.LeftOn, Demo.Today))
        );

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/me")).StatusCode);
        var again = await AskTokenAsync(running.Browser(), "daibiao1", DemoDistrict.Password);
        Assert.Equal("auth.left", await CodeAsync(again));
    }

    [Fact]
    public async Task AToken_EndsAfterTwelveHours()
    {
        await using var running = new Running();
        var client = await running.ClientOfAsync("daibiao1");

        running.Time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.True((await client.GetAsync("/api/me")).IsSuccessStatusCode);
        running.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/me")).StatusCode);
    }

    [Fact]
    public async Task AForgedToken_IsRefused()
    {
        await using var running = new Running();
        var client = await running.ClientOfAsync("daibiao1");
        var token = client.DefaultRequestHeaders.Authorization!.Parameter!;
        client.DefaultRequestHeaders.Authorization = new("Bearer", token[..^8] + "AAAAAAAA");

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/me")).StatusCode);
    }
}
