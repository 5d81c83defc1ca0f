using System.Collections.Concurrent;
using System.Net;
using AngleSharp.Html.Parser;
using EduUnion.Host.Seeds;

namespace EduUnion.Faults;

/// <summary>People who look at pages with a browser's cookie: they see the page, or are told when to come again.</summary>
internal sealed class Readers : IDisposable
{
    private static readonly string[] Pages = ["/", "/motions", "/sign-in"];

    private readonly HttpClient _browser;
    private readonly int _count;
    private int _seen;
    private int _waits;
    private volatile bool _enough;

    private Readers(HttpClient browser, int count) => (_browser, _count) = (browser, count);

    public ConcurrentQueue<string> Complaints { get; } = [];

    public int Seen => _seen;

    public int Waits => _waits;

    public static async Task<Readers> SignInAsync(Uri site, int count)
    {
        var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = site,
            Timeout = TimeSpan.FromSeconds(20),
        };
        const string Page = "/sign-in";
        var form = new HtmlParser().ParseDocument(await browser.GetStringAsync(Page)).QuerySelector("main form")!;
        var values = form.QuerySelectorAll("input[type=hidden]")
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))
            .Append(KeyValuePair.Create("UserName", "mishu"))
            .Append(KeyValuePair.Create("Password", DemoDistrict.Password));
        using var content = new FormUrlEncodedContent(values);
        using var answer = await browser.PostAsync(Page, content);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return new Readers(browser, count);
    }

    public Task ReadAsync() =>
        Task.WhenAll(Enumerable.Range(0, _count).Select(n => Task.Run(() => ReadAsync(Pages[n % Pages.Length]))));

    public void Stop() => _enough = true;

    private async Task ReadAsync(string page)
    {
        while (!_enough)
            try
            {
                using var answer = await _browser.GetAsync(page);
                Interlocked.Increment(ref _seen);
                if (answer is { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter.Delta: not null })
                    Interlocked.Increment(ref _waits);
                // Whoever is signed in is sent on from the page to sign in.
                else if (answer.StatusCode != (page == "/sign-in" ? HttpStatusCode.Redirect : HttpStatusCode.OK))
                    Complaints.Enqueue($"{page}: {(int)answer.StatusCode} {answer.Headers.Location}");
                await Task.Delay(150);
            }
            catch (Exception fault)
            {
                Complaints.Enqueue($"{page}: {fault.Message}");
                return;
            }
    }

    public void Dispose() => _browser.Dispose();
}
