using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using EduUnion.Host.CommandLine;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Seeds;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EduUnion.Host.Tests.People;

/// <summary>The whole program as it starts, on a database of its own and with a clock that tests move.</summary>
/// <param name="database">A migrated database that outlives the program; null = SQLite of its own.</param>
/// <param name="jobs">Whether the recurring jobs run by themselves.</param>
/// <param name="services">Registered last, so in place of the program's own.</param>
internal sealed class Running(
    string environment = "Development",
    TestDatabase? database = null,
    bool jobs = false,
    Action<IServiceCollection>? services = null
) : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("eduunion-");

    /// <summary>What the program said when it started.</summary>
    public StringWriter Terminal { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(Demo.Today, new TimeOnly(1, 30), TimeSpan.Zero));

    /// <summary>
    /// Waits until the program has said it: the server listens a moment before the greeting is written.
    /// </summary>
    public bool Says(string text) =>
        SpinWait.SpinUntil(
            () =>
            {
                try
                {
                    return Terminal.ToString().Contains(text, StringComparison.Ordinal);
                }
                // Another thread is writing at this moment.
                catch (ArgumentException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(30)
        );

    /// <summary>What the requests of a signed-in client go through; null = nothing.</summary>
    public Func<DelegatingHandler>? Gate { get; init; }

    /// <summary>Follows no redirects; keeps cookies.</summary>
    public HttpClient Browser() =>
        CreateClient(
            new WebApplicationFactoryClientOptions
            {
                AllowAutoRedirect = false,
                BaseAddress = new Uri("https://union.example"),
            }
        );

    public async Task<HttpClient> BrowserOfAsync(string login)
    {
        var browser = Browser();
        var answer = await SubmitSignInAsync(browser, login, DemoDistrict.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    public async Task<HttpClient> ClientOfAsync(string login)
    {
        var client = Gate is null ? Browser() : CreateDefaultClient(new Uri("https://union.example"), Gate());
        var answer = await AskTokenAsync(client, login, DemoDistrict.Password);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var token = await answer.Content.ReadFromJsonAsync<Token>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token!.AccessToken);
        return client;
    }

    public static Task<HttpResponseMessage> AskTokenAsync(HttpClient client, string userName, string password) =>
        client.PostAsJsonAsync("/api/auth/token", new { userName, password });

    public static async Task<HttpResponseMessage> SubmitSignInAsync(
        HttpClient browser,
        string userName,
        string password,
        string page = "/sign-in"
    ) => await SubmitAsync(browser, page, ("UserName", userName), ("Password", password));

    /// <summary>Opens the page, fills in its form and sends it with all that stands hidden in it.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(
        HttpClient browser,
        string page,
        params (string Name, string Value)[] typed
    )
    {
        var form = (await PageAsync(await browser.GetAsync(page))).QuerySelector("main form")!;
        var values = form.QuerySelectorAll("input[type=hidden]")
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))
            .Concat(typed.Select(t => KeyValuePair.Create(t.Name, t.Value)));
        return await browser.PostAsync(page, new FormUrlEncodedContent(values));
    }

    public static async Task<IDocument> PageAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    public static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<Problem>())!.Code;

    public async Task InDatabaseAsync(Func<EduUnionDb, Task> use)
    {
        await using var scope = Services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<EduUnionDb>());
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment).UseSetting("data", database?.DataDirectory ?? _directory.FullName);
        builder.UseSetting("DemonstrationCases", "false");
        foreach (var (key, value) in database?.Settings ?? [])
            builder.UseSetting(key, value);
        builder.UseSetting("Jobs:Enabled", jobs ? "true" : "false");
        builder.ConfigureLogging(l => l.ClearProviders());
        builder.ConfigureServices(s =>
        {
            s.AddSingleton<TimeProvider>(Time).AddSingleton(new Terminal(Terminal));
            services?.Invoke(s);
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_directory.Exists)
            _directory.Delete(recursive: true);
    }

    private sealed record Token(string AccessToken);

    private sealed record Problem(string? Code);
}
