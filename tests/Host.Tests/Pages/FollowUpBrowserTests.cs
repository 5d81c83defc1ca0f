using EduUnion.Host.Tests.Browser;
using EduUnion.Host.Tests.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EduUnion.Host.Tests.Pages;

/// <summary>Everything after the answer and beside the tasks in a real browser: states, rights, tasks.</summary>
public sealed class FollowUpBrowserTests(Chromium chromium)
{
    private static readonly string TooLong = new('长', 2001);

    /// <summary>What is typed into the form of each right, and the field at which it is refused; null = the form as a whole.</summary>
    private static readonly (string Act, (string Field, string Value)[] Typed, string? RefusedAt)[] Refusals =
    [
        ("withdraw-motion", [("reason", TooLong)], "reason"),
        ("appeal", [("reason", TooLong)], "reason"),
        ("correct", [("manner", "Basic"), ("result", "Dissatisfied")], "comment"),
        ("progress", [("text", TooLong)], "text"),
        ("remark", [("text", TooLong)], "text"),
        ("supervise", [("dueOn", "2026-03-09"), ("text", "请抓紧落实。")], "dueOn"),
        ("unmerge", [], null),
    ];

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task StatesRightsAndTasks_AreAccessibleFitThePhoneAndHaveWords(string language)
    {
        await using var running = new Running();
        var windows = new Windows(chromium, running.Listen(), language);
        var states = new FollowUpStates(running);
        await states.BuildAsync();

        foreach (var (state, id) in states.Cases)
        foreach (var who in new[] { "mishu", "daibiao1" })
            await windows.LookAsync($"{state} {who}", who, $"/motions/{id}");
        // Nothing is asked of anybody, and yet it is not over.
        var merged = await windows.OfAsync("mishu");
        await merged.GotoAsync($"/motions/{states.Cases["Merged"]}");
        await Expect(merged.Locator(".panel")).ToContainTextAsync(language == "en" ? "waits for" : "等待主案答复");
        foreach (var (act, (who, path)) in states.Acts)
            await windows.LookAsync(act, who, path);
        foreach (var (task, (who, path)) in states.Tasks)
            await windows.LookAsync(task, who, path);
        foreach (var (act, typed, at) in Refusals)
        {
            var (who, path) = states.Acts[act];
            var page = await windows.OfAsync(who);
            await page.GotoAsync(path);
            await TypeAsync(page, typed);
            if (act == "unmerge")
                await states.AnswerMainAsync();
            await page.ClickAsync(".dlg .acts button");
            await Expect(page.Locator(".errors")).ToBeVisibleAsync();
            if (at is not null)
                await Expect(page.Locator($"#{at}-e")).Not.ToBeEmptyAsync();
            await KeptAsync(page, typed);
            await windows.CheckAsync($"{act} refused", page);
        }

        Assert.Empty(windows.Found);
    }

    private static async Task TypeAsync(IPage page, (string Field, string Value)[] typed)
    {
        foreach (var (field, value) in typed)
            if (await page.Locator($"input[type=radio][name={field}]").CountAsync() > 0)
                await page.CheckAsync($"input[name={field}][value={value}]");
            else
                await page.FillAsync($"[name={field}]", value);
    }

    private static async Task KeptAsync(IPage page, (string Field, string Value)[] typed)
    {
        foreach (var (field, value) in typed)
            if (await page.Locator($"input[type=radio][name={field}]").CountAsync() > 0)
                await Expect(page.Locator($"input[name={field}][value={value}]")).ToBeCheckedAsync();
            else
                await Expect(page.Locator($"[name={field}]")).ToHaveValueAsync(value);
    }
}
