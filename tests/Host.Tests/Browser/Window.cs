using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using Microsoft.Playwright;

namespace EduUnion.Host.Tests.Browser;

internal static class Window
{
    /// <summary>Lets browsers in: the program listens on a free port of this machine.</summary>
    public static string Listen(this Running running)
    {
        running.UseKestrel(0);
        running.StartServer();
        return running.ClientOptions.BaseAddress.ToString();
    }

    /// <summary>A window in which this demonstration account is signed in.</summary>
    public static async Task<IPage> OpenAsAsync(
        this Chromium chromium,
        string address,
        string login,
        int width = 1280,
        string language = "zh-CN",
        bool dark = false
    )
    {
        var page = await chromium.Open(address, width, dark, language);
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#UserName", login);
        await page.FillAsync("#Password", DemoDistrict.Password);
        await page.ClickAsync(".btn--go");
        // Whoever goes on before the answer is there sees a page that is just about to be replaced.
        await page.WaitForURLAsync(url => !url.Contains("sign-in"), new() { WaitUntil = WaitUntilState.Commit });
        await page.LoadedAsync();
        return page;
    }
}
