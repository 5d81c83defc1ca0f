using System.Text.Json;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace EduUnion.Host.Web;

/// <summary>What was just done, told on the page that follows the redirect, whichever it is (_Done in the layout).</summary>
public static class Done
{
    private const string Name = "done";

    public static void Say(this ITempDataDictionary next, string title, string? text = null, Link? link = null) =>
        next[Name] = JsonSerializer.Serialize(new Told(title, text, link));

    public static Notice? Take(ITempDataDictionary before) =>
        before[Name] is string told && JsonSerializer.Deserialize<Told>(told) is { } done
            ? new Notice(Status.Done, done.Title, done.Text, done.Link is null ? [] : [done.Link])
            : null;

    private sealed record Told(string Title, string? Text, Link? Link);
}
