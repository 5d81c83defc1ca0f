using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Browser;
using EduUnion.Host.Tests.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EduUnion.Host.Tests.Pages;

/// <summary>Survey, assessment, notice, objection and file in a real browser, each by whoever does it.</summary>
public sealed class AidMeetingBrowserTests(Chromium chromium)
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task FromTheSurveyToTheFile_EveryPageIsAccessible_AndNothingScrollsSideways(string language)
    {
        await using var running = new Running();
        var address = running.Listen();
        var states = new AidStates(running);
        var id = await states.SurveyingAsync();

        var appointer = await chromium.OpenAsAsync(address, "xiaozhuxi", 360, language);
        await appointer.GotoAsync($"/aid/{id}/do/replace");
        await CheckAsync(appointer);

        var surveyor = await chromium.OpenAsAsync(address, "diaocha1", 360, language);
        await surveyor.GotoAsync($"/tasks/{await states.TaskAsync(id, "aid.survey", "diaocha1")}");
        await Expect(surveyor.Locator(".survey__phone")).ToBeHiddenAsync();
        await surveyor.ClickAsync("input[value=phone]");
        await Expect(surveyor.Locator(".survey__phone")).ToBeVisibleAsync();
        await surveyor.ClickAsync("[value=record]");
        await Expect(surveyor.Locator(".errors")).ToBeVisibleAsync();
        await CheckAsync(surveyor);
        await surveyor.ClickAsync("input[value=home]");
        await surveyor.FillAsync("#visitedOn", $"{Seeds.Demo.Today:yyyy-MM-dd}");
        await surveyor.FillAsync("#place", "申请人家中");
        await surveyor.FillAsync("#people", "申请人、邻居");
        await surveyor.FillAsync("#housing", "租住两居室。");
        await surveyor.FillAsync("#incomeCheck", "工资单、结算单与申请一致。");
        await surveyor.FillAsync("#observations", "家中陈设简单。");
        await surveyor.ClickAsync("input[value=supports]");
        await surveyor.ClickAsync("[value=record]");
        await surveyor.WaitForURLAsync(
            url => new Uri(url).AbsolutePath == "/",
            new() { WaitUntil = WaitUntilState.Commit }
        );

        var second = await chromium.OpenAsAsync(address, "diaocha2", 360, language);
        await second.GotoAsync($"/tasks/{await states.TaskAsync(id, "aid.survey.sign", "diaocha2")}");
        await CheckAsync(second);
        await second.ClickAsync("[value=sign]");
        await second.WaitForURLAsync(
            url => new Uri(url).AbsolutePath == "/",
            new() { WaitUntil = WaitUntilState.Commit }
        );

        var chair = await chromium.OpenAsAsync(address, "xiaozhuxi", 360, language);
        foreach (var page in new[] { "/assessment", $"/assessment/new?school={AidStates.School}" })
        {
            await chair.GotoAsync(page);
            await CheckAsync(chair);
        }
        await chair.FillAsync("#on", $"{Seeds.Demo.Today:yyyy-MM-dd}");
        await chair.FillAsync("#at", "14:30");
        await chair.FillAsync("#place", "工会办公室");
        await chair.ClickAsync("main .btn--go");
        await CheckAsync(chair);
        var meeting = new Uri(chair.Url).AbsolutePath;

        // Before it sits nobody is shown a paper.
        var member = await chromium.OpenAsAsync(address, "pingwei1", 360, language);
        await member.GotoAsync(meeting);
        await CheckAsync(member);
        await member.Locator("form[action$='do=deputy'] input[type=radio] >> nth=0").CheckAsync();
        await member.ClickAsync("form[action$='do=deputy'] button");
        await CheckAsync(member);
        var line = (await member.Locator("th .case").GetAttributeAsync("href"))!;
        await member.GotoAsync(line);
        await Expect(member.Locator("main")).Not.ToContainTextAsync("手术后长期服药");
        await CheckAsync(member);

        await chair.ClickAsync("main .btn--go");
        await chair.GotoAsync(line);
        await Expect(chair.Locator("main")).ToContainTextAsync("手术后长期服药");
        await Expect(chair.Locator("main")).Not.ToContainTextAsync("丁晚晴");
        await Expect(chair.Locator("main")).Not.ToContainTextAsync(AidStates.Diagnosis);
        await CheckAsync(chair);
        await chair.ClickAsync("input[value=Rel]");
        await chair.FillAsync("#amount", "2000");
        await chair.FillAsync("#reason", "经评议。");
        await chair.ClickAsync("form[action$='do=propose'] button");
        await CheckAsync(chair);

        await member.GotoAsync(line);
        await CheckAsync(member);
        await member.ClickAsync("button[value=Yes]");
        await Expect(member.Locator("button[value=Yes]")).ToHaveCountAsync(0);
        foreach (var _ in Enumerable.Range(0, 4))
            await chair.ClickAsync("form[action*='do=paper'] button[value=Yes] >> nth=0");
        await chair.GotoAsync(meeting);
        await chair.FillAsync("#minutes", "逐件评议并表决。");
        await chair.ClickAsync("form[action$='do=close'] button");
        await CheckAsync(chair);
        await chair.GotoAsync(meeting + "/minutes");
        await CheckAsync(chair);

        await chair.GotoAsync($"/tasks/{await states.TaskAsync(id, "aid.publish")}");
        await CheckAsync(chair);
        await chair.ClickAsync("[value=publish]");
        await chair.WaitForURLAsync(
            url => new Uri(url).AbsolutePath == "/",
            new() { WaitUntil = WaitUntilState.Commit }
        );

        var stranger = await chromium.Open(address, 360, language: language);
        await stranger.GotoAsync("/notices");
        await CheckAsync(stranger);
        await stranger.ClickAsync("th .case");
        await Expect(stranger.Locator("main")).ToContainTextAsync("丁**");
        await CheckAsync(stranger);
        await stranger.ClickAsync("input[value=Assets]");
        await stranger.FillAsync("#text", "名下另有一套住房。");
        await stranger.ClickAsync("main .btn--go");
        await CheckAsync(stranger);
        var receipt = await stranger.Locator(".receipt").InnerTextAsync();
        await stranger.GotoAsync("/notices/receipt");
        await stranger.FillAsync("#code", receipt);
        await stranger.ClickAsync("main .btn--go");
        await Expect(stranger.Locator("dl .tag")).ToBeVisibleAsync();
        await CheckAsync(stranger);

        // The chair has published it: the district handles the objection.
        var officer = await chromium.OpenAsAsync(address, "qujingban", 360, language);
        var objection = await states.ObjectionAsync(id);
        await officer.GotoAsync($"/tasks/{await states.TaskAsync(objection, "objection.assign")}");
        await CheckAsync(officer);
        await officer.GotoAsync($"/objections/{objection}");
        await CheckAsync(officer);
        await states.DecideAsync(
            objection,
            "qujingban",
            "objection.assign",
            "assign",
            new { investigators = new[] { DemoDistrict.MemberId("daibiao1"), DemoDistrict.MemberId("daibiao2") } }
        );
        await officer.GotoAsync($"/objections/{objection}");
        await officer.ClickAsync("details summary");
        await officer.ClickAsync("form[action^='/objections/'] button");
        await Expect(officer.Locator(".errors")).ToBeVisibleAsync();
        await CheckAsync(officer);
        await officer.GotoAsync($"/aid/papers/objection/{objection}");
        await CheckAsync(officer);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task FilesAndVerification_AreAccessible_AndNothingScrollsSideways(string language)
    {
        await using var running = new Running();
        var address = running.Listen();
        var states = new AidStates(running);
        var id = await states.ApprovedAsync();
        var chair = await chromium.OpenAsAsync(address, "xiaozhuxi", 360, language);

        await chair.GotoAsync("/aid/files");
        await CheckAsync(chair);
        await chair.ClickAsync("th .case");
        await CheckAsync(chair);
        var file = new Uri(chair.Url).AbsolutePath;
        await chair.ClickAsync("#act-leader summary");
        await chair.SelectOptionAsync("#leader-leader", $"{DemoDistrict.MemberId("fenguan")}");
        await chair.ClickAsync("#act-leader button");
        await Expect(chair.Locator("#h-contacts")).ToContainTextAsync("傅长青");
        await chair.ClickAsync("#act-visit summary");
        await chair.ClickAsync("#act-visit button");
        await Expect(chair.Locator(".errors")).ToBeVisibleAsync();
        await CheckAsync(chair);

        var leader = await chromium.OpenAsAsync(address, "fenguan", 360, language);
        await leader.GotoAsync(file);
        await CheckAsync(leader);
        await leader.ClickAsync("#act-contact summary");
        await leader.FillAsync(
            "#contact-on",
            $"{await leader.EvaluateAsync<string>("new Date().toISOString().slice(0, 10)")}"
        );
        await leader.FillAsync("#contact-on", $"{Seeds.Demo.Today:yyyy-MM-dd}");
        await leader.ClickAsync("#act-contact input[value=Home]");
        await leader.FillAsync("#contact-need", "复查费用");
        await leader.FillAsync("#contact-action", "协助申请医疗互助");
        await leader.ClickAsync("#act-contact button");
        await Expect(leader.Locator(".timeline").First).ToContainTextAsync("复查费用");

        foreach (
            var page in new[]
            {
                "/",
                "/aid/verifications",
                file.Replace("/aid/files/", "/aid/papers/file/", StringComparison.Ordinal),
                $"/aid/papers/approval/{id}",
                $"/aid/papers/survey/{id}",
            }
        )
        {
            await chair.GotoAsync(page);
            await CheckAsync(chair);
        }
    }

    private static async Task CheckAsync(IPage page)
    {
        Assert.Empty(await page.AxeAsync(page.Url));
        Assert.Equal("", await page.TooWideAsync());
    }
}
