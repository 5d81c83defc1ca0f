using EduUnion.Host.Tests.Browser;
using Microsoft.Playwright;

namespace EduUnion.Host.Tests.Pages;

/// <summary>One window a person, and what was found wrong in them.</summary>
internal sealed class Windows(Chromium chromium, string address, string language)
{
    private readonly Dictionary<string, IPage> _open = [];

    public List<string> Found { get; } = [];

    public async Task<IPage> OfAsync(string login)
    {
        if (_open.TryGetValue(login, out var known))
            return known;
        var page = await chromium.OpenAsAsync(address, login, language: language);
        page.PageError += (_, fault) => Found.Add($"{page.Url}: {fault}");
        // The browser itself remarks on every answer that is a refusal.
        page.Console += (_, said) =>
        {
            if (!said.Text.Contains("status of 4", StringComparison.Ordinal))
                Found.Add($"{page.Url}: {said.Text}");
        };
        return _open[login] = page;
    }

    public async Task LookAsync(string name, string login, string path)
    {
        var page = await OfAsync(login);
        var answer = await page.GotoAsync(path);
        if (answer!.Status == 200)
            await CheckAsync(name, page);
        else
            Found.Add($"{name}: {answer.Status}");
    }

    public async Task CheckAsync(string name, IPage page)
    {
        await page.ShootAsync($"{name}-{language}");
        Found.AddRange(await page.AxeAsync(name, 1280, 360));
        if (await page.TooWideAsync() is { Length: > 0 } wide)
            Found.Add($"{name}: {wide}");
        Found.AddRange(RawKeys.In(await page.InnerTextAsync("body")).Select(key => $"{name}: {key}"));
    }
}
