using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace EduUnion.Host.Tests.Browser;

/// <summary>How tests look at a page.</summary>
internal static class Looks
{
    /// <summary>
    /// What axe finds wrong, one sentence each. Of the two languages it looks at the Chinese one: the other is the same
    /// markup, and is looked at for its words and its width.
    /// </summary>
    public static async Task<IReadOnlyList<string>> AxeAsync(this IPage page, string what)
    {
        if (await page.GetAttributeAsync("html", "lang") != "zh-CN")
            return [];
        var result = await page.RunAxe();
        return [.. result.Violations.Select(v => $"{what} {v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}")];
    }

    /// <summary>A picture of the page as a phone and as a screen shows it, into the directory that <c>SHOTS</c> names.</summary>
    public static async Task ShootAsync(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SHOTS") is not { } directory)
            return;
        foreach (var width in new[] { 390, 1280 })
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.ScreenshotAsync(new() { Path = $"{directory}/{name}-{width}.png", FullPage = true });
        }
    }
}
