using EduUnion.Domain.Calendar;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Browser;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Seeds;
using Microsoft.Playwright;

namespace EduUnion.Host.Tests.Pages;

/// <summary>The whole program on a free port of this machine, for a browser.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly Running _running = new();

    public Served()
    {
        _running.UseKestrel(0);
        _running.StartServer();
    }

    public Play Play => new(_running);

    public DateOnly Today => ChinaTime.DateOf(_running.Time.GetUtcNow());

    public string Address => _running.ClientOptions.BaseAddress.ToString();

    public async Task<IPage> OpenAsync(
        Chromium chromium,
        string login,
        int width = 1280,
        string language = "zh-CN",
        bool dark = false
    ) => await chromium.OpenAsAsync(Address, login, width, language, dark);

    public ValueTask DisposeAsync() => _running.DisposeAsync();
}
