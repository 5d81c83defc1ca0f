using System.Collections.Immutable;
using EduUnion.Host.Definitions;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Checking;
using EduUnion.Workflows.Definitions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Admin.Definitions;

/// <summary>One version: its picture, its steps in words, what the checker says, the document.</summary>
[Authorize(Policies.Administrator)]
public sealed class VersionModel(
    DefinitionBook book,
    DefinitionCommands commands,
    DefinitionFindings findings,
    DefinitionWords words,
    RunningInstances running,
    DefinitionGaps gaps,
    PictureBook pictures,
    Texts texts
) : FormPage(texts)
{
    public DefinitionVersion Version { get; private set; } = null!;

    public Definition Definition => Version.Definition;

    /// <summary>Given with the form, so that a publication sent twice is one.</summary>
    public string Key { get; } = $"{Guid.NewGuid()}";

    public Field ReasonField =>
        new("reason", Words["definition.publish.reason"], FieldKind.LongText)
        {
            Value = Reason,
            Required = true,
            Hint = Words["definition.publish.hint"],
            Error = ErrorAt("reason"),
        };

    [BindProperty]
    public string? Reason { get; set; }

    public RunningCount Running { get; private set; } = new(0, 0);

    public IReadOnlyList<StepLine> Steps { get; private set; } = [];

    public Proof Proof { get; private set; } = null!;

    public ImmutableArray<Finding> Findings => Proof.Findings;

    /// <summary>What some school has not.</summary>
    public IReadOnlyList<Gap> Gaps { get; private set; } = [];

    public bool CanPublish => Proof.IsSound && !Gaps.Any(g => g.Blocks);

    public string Picture { get; private set; } = "";

    /// <summary>The picture in words.</summary>
    public IReadOnlyList<PictureLine> PictureLines { get; private set; } = [];

    /// <summary>The activity that a link points at, by its name; null = none.</summary>
    public string? At { get; private set; }

    public IReadOnlyList<int> OtherVersions { get; private set; } = [];

    /// <param name="at">An activity to be marked in the picture, e.g. where an incident stopped it.</param>
    public async Task<IActionResult> OnGetAsync(string id, int version, string? at, CancellationToken cancellation) =>
        await LoadAsync(id, version, at, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, int version, string? @do, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, version, null, cancellation))
            return NotFound();
        if (@do == "discard")
        {
            var gone = await commands.DiscardAsync(id, version, cancellation);
            if (!gone.IsOk)
                return Again(gone.Refusal);
            TempData.Say(Words["definition.discarded"]);
            return Redirect("/admin/definitions");
        }
        var done = await commands.PublishAsync(
            id,
            version,
            Reason,
            HttpContext.Asker(Typed.Of(Request.Form)),
            cancellation
        );
        if (!done.IsOk)
            return Again(done.Refusal);
        TempData.Say(Words["definition.published"], Words["definition.published.text"]);
        return Redirect($"/admin/definitions/{id}/{version}");
    }

    private async Task<bool> LoadAsync(string id, int version, string? at, CancellationToken cancellation)
    {
        var versions = await book.VersionsAsync(id, cancellation);
        if (versions.FirstOrDefault(v => v.Definition.Version == version) is not { } found)
            return false;
        Version = found;
        OtherVersions = [.. versions.Where(v => v != found).Select(v => v.Definition.Version)];
        Running =
            (await running.CountAsync(cancellation)).Counts.GetValueOrDefault((id, version)) ?? new RunningCount(0, 0);
        Steps = words.Steps(Definition);
        Proof = findings.Prove(Definition, await book.CurrentAsync(cancellation));
        Gaps = await gaps.OfAsync(Definition, cancellation);
        At = Definition.Activities.GetValueOrDefault(at ?? "") is { } marked ? words.Activity(marked) : null;
        var figures = await pictures.OfVersionAsync(Definition, cancellation);
        Picture = Draw(Definition, At is null ? null : at, figures);
        PictureLines =
        [
            .. Steps.Select(s =>
                figures.Line(
                    s.Name,
                    s.ActivityId == at ? PlaceState.Now : PlaceState.Todo,
                    Definition.Activities[s.ActivityId],
                    Words
                )
            ),
        ];
        return true;
    }

    private string Draw(Definition definition, string? at, PictureFigures figures)
    {
        var (places, ways) = DefinitionPicture.Of(definition, words.Port);
        return ProcessPicture.Draw(
            "definition",
            [
                // A box unfolded below has its id with a slash behind.
                .. places.Select(p =>
                    figures.On(
                        p with
                        {
                            Text = words.Activity(definition.Activities[p.Id.TrimEnd('/')]),
                            State = p.Id == at ? PlaceState.Now : p.State,
                        },
                        definition.Activities[p.Id.TrimEnd('/')],
                        Words
                    )
                ),
            ],
            ways,
            new PictureWords(
                words.Name(definition),
                Words["definition.picture", words.Name(definition), definition.Version],
                Words["definition.here"]
            )
        );
    }
}
