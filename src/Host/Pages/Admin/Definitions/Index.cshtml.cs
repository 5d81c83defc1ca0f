using EduUnion.Host.Definitions;
using EduUnion.Host.People;
using EduUnion.Workflows.Definitions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin.Definitions;

/// <summary>A definition at one version, and what runs by it.</summary>
public sealed record DefinitionLine(Definition Definition, bool Latest, RunningCount Running, int Findings);

[Authorize(Policies.Administrator)]
public sealed class IndexModel(DefinitionSet definitions, DefinitionFindings findings, RunningInstances running)
    : PageModel
{
    public IReadOnlyList<DefinitionLine> Lines { get; private set; } = [];

    /// <summary>There are more open cases than were counted.</summary>
    public bool More { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        (var counts, More) = await running.CountAsync(cancellation);
        Lines =
        [
            .. definitions
                .All.OrderBy(d => d.DefinitionId, StringComparer.Ordinal)
                .ThenByDescending(d => d.Version)
                .Select(d => new DefinitionLine(
                    d,
                    definitions.Latest(d.DefinitionId)?.Version == d.Version,
                    counts.GetValueOrDefault((d.DefinitionId, d.Version)) ?? new(0, 0),
                    findings.Of(d).Length
                )),
        ];
    }
}
