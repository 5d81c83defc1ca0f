using EduUnion.Host.Definitions;
using EduUnion.Host.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin.Definitions;

/// <summary>A definition at one version, and what runs by it.</summary>
public sealed record DefinitionLine(DefinitionVersion Version, RunningCount Running, int Findings);

[Authorize(Policies.Administrator)]
public sealed class IndexModel(DefinitionBook book, DefinitionFindings findings, RunningInstances running) : PageModel
{
    public IReadOnlyList<DefinitionLine> Lines { get; private set; } = [];

    /// <summary>There are more open cases than were counted.</summary>
    public bool More { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        (var counts, More) = await running.CountAsync(cancellation);
        var set = await book.CurrentAsync(cancellation);
        Lines =
        [
            .. (await book.VersionsAsync(null, cancellation)).Select(v => new DefinitionLine(
                v,
                counts.GetValueOrDefault((v.Definition.DefinitionId, v.Definition.Version)) ?? new(0, 0),
                findings.Of(v.Definition, set).Length
            )),
        ];
    }
}
