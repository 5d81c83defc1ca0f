using EduUnion.Host.Administration;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin;

/// <summary>Who changed people, offices and congresses, the latest first.</summary>
[Authorize(Policies.Settings)]
public sealed class LogModel(AdminLog log, Texts texts) : PageModel
{
    private const int PageSize = 50;
    private static readonly string[] Groups =
    [
        "member",
        "account",
        "office",
        "term",
        "session",
        "delegation",
        "representative",
        "report",
    ];

    public Facets Facets { get; private set; } = new("f", []);
    public IReadOnlyList<AdminLogItem> Items { get; private set; } = [];
    public Pager Pager { get; private set; } = new(null, null);

    public async Task OnGetAsync(string? group, Guid? after, CancellationToken cancellation)
    {
        if (!Groups.Contains(group))
            group = null;
        Facets = new(
            "f",
            [
                new Facet(
                    "group",
                    texts["adminlog.group"],
                    texts["adminlog.group.all"],
                    [.. Groups.Select(g => new Choice(g, texts["adminlog.group." + g]))],
                    group
                ),
            ]
        );
        var slice = await log.ListAsync(group, after, PageSize, cancellation);
        Items = slice.Items;
        Pager = new(null, slice.Next is null ? null : $"/admin/log?group={group}&after={slice.Next}");
    }

    /// <summary>A text begins with the stable name of an office or a report where it is about one; read, it has its words.</summary>
    public string Said(string text)
    {
        var word = text.Split(' ', 2);
        foreach (var key in new[] { "office." + word[0], "report.kind." + word[0] })
            if (texts.Has(key))
                return texts[key] + (word.Length > 1 ? " " + word[1] : "");
        return text;
    }
}
