using System.Collections.Immutable;
using EduUnion.Host.Definitions;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Workflows.Definitions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin.Definitions;

/// <summary>One version: its picture, its steps in words, what the checker says, the document.</summary>
[Authorize(Policies.Administrator)]
public sealed class VersionModel(
    DefinitionSet definitions,
    DefinitionFindings findings,
    DefinitionWords words,
    RunningInstances running,
    Texts texts
) : PageModel
{
    public Definition Definition { get; private set; } = null!;

    public bool Latest { get; private set; }

    public RunningCount Running { get; private set; } = new(0, 0);

    public IReadOnlyList<StepLine> Steps { get; private set; } = [];

    public ImmutableArray<Finding> Findings { get; private set; } = [];

    public string Picture { get; private set; } = "";

    /// <summary>The activity that a link points at, by its name; null = none.</summary>
    public string? At { get; private set; }

    public IReadOnlyList<int> OtherVersions { get; private set; } = [];

    /// <param name="at">An activity to be marked in the picture, e.g. where an incident stopped it.</param>
    public async Task<IActionResult> OnGetAsync(string id, int version, string? at, CancellationToken cancellation)
    {
        if (definitions.Find(id, version) is not { } definition)
            return NotFound();
        Definition = definition;
        Latest = definitions.Latest(id)?.Version == version;
        OtherVersions =
        [
            .. definitions.All.Where(d => d.DefinitionId == id && d.Version != version).Select(d => d.Version),
        ];
        Running =
            (await running.CountAsync(cancellation)).Counts.GetValueOrDefault((id, version)) ?? new RunningCount(0, 0);
        Steps = words.Steps(definition);
        Findings = findings.Of(definition);
        At = definition.Activities.GetValueOrDefault(at ?? "") is { } marked ? words.Activity(marked) : null;
        Picture = Draw(definition, At is null ? null : at);
        return Page();
    }

    private string Draw(Definition definition, string? at)
    {
        var (places, ways) = DefinitionPicture.Of(definition, words.Port);
        return ProcessPicture.Draw(
            "definition",
            [
                // A box unfolded below has its id with a slash behind.
                .. places.Select(p =>
                    p with
                    {
                        Text = words.Activity(definition.Activities[p.Id.TrimEnd('/')]),
                        State = p.Id == at ? PlaceState.Now : p.State,
                    }
                ),
            ],
            ways,
            new PictureWords(
                words.Name(definition),
                texts["definition.picture", words.Name(definition), definition.Version],
                texts["definition.here"]
            )
        );
    }
}
