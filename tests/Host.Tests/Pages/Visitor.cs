using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using EduUnion.Host.Tests.People;

namespace EduUnion.Host.Tests.Pages;

/// <summary>A member at a browser without script: opens pages, types into their forms, presses their buttons.</summary>
internal sealed class Visitor(HttpClient http)
{
    public IDocument Page { get; private set; } = null!;

    public HttpStatusCode Status { get; private set; }

    public string Path { get; private set; } = "";

    public static async Task<Visitor> OfAsync(Running running, string login) =>
        new(await running.BrowserOfAsync(login));

    public async Task<Visitor> GoAsync(string path)
    {
        await ShowAsync(await http.GetAsync(path), path);
        return this;
    }

    /// <summary>Presses the button with this text or <c>name=value</c>, with what stands in its form and what is typed.</summary>
    public async Task<Visitor> PressAsync(string button, params (string Name, string Value)[] typed)
    {
        var (address, values) = Fill(button, typed);
        await ShowAsync(await http.PostAsync(address, new FormUrlEncodedContent(values)), address);
        return this;
    }

    /// <summary>The same form sent twice at once, as by two quick presses.</summary>
    public async Task<IReadOnlyList<HttpResponseMessage>> PressTwiceAsync(
        string button,
        params (string Name, string Value)[] typed
    )
    {
        var (address, values) = Fill(button, typed);
        return await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => http.PostAsync(address, new FormUrlEncodedContent(values)))
        );
    }

    /// <summary>The browser's back button: an earlier page with its form as it was.</summary>
    public void Back(IDocument page) => Page = page;

    /// <summary>What js/drafts.js sends while one types.</summary>
    public async Task<HttpStatusCode> RestAsync(params (string Name, string Value)[] typed)
    {
        var form = Page.QuerySelector<IHtmlFormElement>("form[data-draft]")!;
        var values = Values(form, null, typed);
        return (await http.PostAsync(form.GetAttribute("data-draft"), new FormUrlEncodedContent(values))).StatusCode;
    }

    public string Text(string selector) =>
        string.Join(
            '\n',
            Page.QuerySelectorAll(selector)
                .Select(e =>
                    string.Join(' ', e.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                )
        );

    public string? Value(string id) =>
        Page.GetElementById(id) switch
        {
            IHtmlTextAreaElement text => text.Value,
            IHtmlInputElement input => input.Value,
            IHtmlSelectElement choice => choice.Value,
            _ => null,
        };

    private (string, List<KeyValuePair<string, string>>) Fill(string button, (string, string)[] typed)
    {
        var pressed =
            Page.QuerySelectorAll<IHtmlButtonElement>("main button:not(.vh)")
                .FirstOrDefault(b => b.TextContent.Trim() == button || $"{b.Name}={b.Value}" == button)
            ?? throw new InvalidOperationException($"There is no button {button} on {Path}: {Text("main")}");
        var form = pressed.GetAttribute("form") is { } id
            ? (IHtmlFormElement)Page.GetElementById(id)!
            : pressed.Closest("form") as IHtmlFormElement;
        return (form!.GetAttribute("action") ?? Path, Values(form, pressed, typed));
    }

    private static List<KeyValuePair<string, string>> Values(
        IHtmlFormElement form,
        IHtmlButtonElement? pressed,
        (string Name, string Value)[] typed
    )
    {
        var own = typed.Select(t => t.Name).ToHashSet();
        var values = new List<KeyValuePair<string, string>>();
        foreach (var element in form.Elements)
        {
            var (name, value) = element switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => (null, ""),
                IHtmlInputElement input => (input.Name, input.Value),
                IHtmlTextAreaElement text => (text.Name, text.Value),
                IHtmlSelectElement choice => (choice.Name, choice.Value ?? ""),
                _ => (null, ""),
            };
            if (name is not null && !own.Contains(name))
                values.Add(new(name, value));
        }
        values.AddRange(typed.Select(t => KeyValuePair.Create(t.Name, t.Value)));
        if (pressed?.Name is { Length: > 0 } button)
            values.Add(new(button, pressed.Value));
        return values;
    }

    private async Task ShowAsync(HttpResponseMessage answer, string path)
    {
        while (answer.Headers.Location is { } onward)
        {
            path = onward.OriginalString;
            answer = await http.GetAsync(onward);
        }
        (Path, Status) = (path, answer.StatusCode);
        if (Status == HttpStatusCode.InternalServerError)
            throw new InvalidOperationException($"{path}: {await answer.Content.ReadAsStringAsync()}");
        Page = await Running.PageAsync(answer);
    }
}
