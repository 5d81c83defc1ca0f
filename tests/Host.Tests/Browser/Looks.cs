using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace EduUnion.Host.Tests.Browser;

/// <summary>How tests look at a page.</summary>
internal static class Looks
{
    /// <summary>
    /// Asked of the page itself: of the browser's own word for it, one that comes in the same moment in which it is asked for
    /// is missed now and then.
    /// </summary>
    internal static async Task LoadedAsync(this IPage page)
    {
        for (var look = 0; await page.EvaluateAsync<string>("document.readyState") != "complete"; look++)
        {
            Assert.True(look < 1_500, $"{page.Url} was not there after half a minute");
            await page.WaitForTimeoutAsync(20);
        }
    }

    /// <summary>
    /// Empty when nothing goes beyond the window at either side; otherwise what does, for the width alone tells nobody
    /// where to look. A click returns when the next page begins, and its styles come after: they are waited for.
    /// </summary>
    public static async Task<string> TooWideAsync(this IPage page)
    {
        await page.LoadedAsync();
        return await page.EvaluateAsync<string>(
            """
            width => document.documentElement.scrollWidth <= width ? "" :
              `${location.pathname} is ${document.documentElement.scrollWidth} of ${width} wide: ` +
              [...document.querySelectorAll("body *")]
              .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest(".scroll-x"))
              .map(e => `${e.tagName}.${e.className}`).join("; ")
            """,
            page.ViewportSize!.Width
        );
    }

    /// <summary>What axe finds wrong, one sentence each; in the window as it is, or in each of these widths.</summary>
    public static async Task<IReadOnlyList<string>> AxeAsync(
        this IPage page,
        string what,
        params IReadOnlyList<int> widths
    )
    {
        await page.LoadedAsync();
        List<string> found = [];
        foreach (var width in widths.Count == 0 ? [page.ViewportSize!.Width] : widths)
        {
            if (width != page.ViewportSize!.Width)
                await page.SetViewportSizeAsync(width, 800);
            var result = await page.RunAxe();
            found.AddRange(
                result.Violations.Select(v =>
                    $"{what} {width} {v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"
                )
            );
        }
        return found;
    }

    /// <summary>A picture of the page as a phone and as a screen shows it, into the directory that <c>SHOTS</c> names.</summary>
    public static async Task ShootAsync(this IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SHOTS") is not { } directory)
            return;
        await page.LoadedAsync();
        foreach (var width in new[] { 390, 1280 })
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.ScreenshotAsync(new() { Path = $"{directory}/{name}-{width}.png", FullPage = true });
        }
    }
}
