using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Playwright;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(EduUnion.Host.Tests.Browser.Chromium))]
[assembly: EduUnion.Host.Tests.Browser.ClosesWindows]

namespace EduUnion.Host.Tests.Browser;

/// <summary>
/// The installed browser, started once; <c>tests/run</c> names it, and a missing one fails the run. The shell without
/// windows, for the whole browser draws its own frame, tabs and all, around every page that is opened.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly ConcurrentDictionary<string, ConcurrentBag<IBrowserContext>> Opened = [];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions
            {
                ExecutablePath = Environment.GetEnvironmentVariable("EDUUNION_TEST_CHROMIUM"),
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    /// <summary>A window of its own with its own cookies, closed when the test ends.</summary>
    public async Task<IPage> Open(string address, int width = 1280, bool dark = false, string language = "zh-CN")
    {
        var context = await _browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = address,
                ViewportSize = new ViewportSize { Width = width, Height = 800 },
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            }
        );
        Opened.GetOrAdd(TestContext.Current.Test!.UniqueID, _ => []).Add(context);
        await context.AddCookiesAsync([
            new Cookie
            {
                Name = "lang",
                Value = language,
                Url = address,
            },
        ]);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    internal static void CloseWindowsOf(string test)
    {
        if (Opened.TryRemove(test, out var windows))
            foreach (var window in windows)
                _ = window.CloseAsync();
    }
}

/// <summary>Each open window keeps a process of the browser busy until the last test has ended.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ClosesWindowsAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test) => Chromium.CloseWindowsOf(test.UniqueID);
}
