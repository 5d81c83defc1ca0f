using System.Collections.Immutable;
using EduUnion.Host.Definitions;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Workflows.Definitions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin.Definitions;

/// <summary>What differs between two versions: in words, marked in their pictures, and line by line.</summary>
[Authorize(Policies.Administrator)]
public sealed class DiffModel(DefinitionBook book, MarkedPicture pictures, Texts texts) : PageModel
{
    public Definition Before { get; private set; } = null!;

    public Definition After { get; private set; } = null!;

    public DefinitionDifference Difference { get; private set; } = null!;

    public IReadOnlyList<int> Versions { get; private set; } = [];

    public ImmutableArray<LineChange> Lines { get; private set; } = [];

    public string PictureAfter { get; private set; } = "";

    /// <summary>Null when nothing was taken away: the later picture shows all.</summary>
    public string? PictureBefore { get; private set; }

    /// <param name="from">Null = the one in force, or the one before it.</param>
    /// <param name="to">Null = the newest.</param>
    public async Task<IActionResult> OnGetAsync(string id, int? from, int? to, CancellationToken cancellation)
    {
        var versions = await book.VersionsAsync(id, cancellation);
        var newest = versions.FirstOrDefault();
        var earlier = versions.Skip(1).FirstOrDefault(v => !v.IsDraft) ?? newest;
        if (
            Find(versions, to ?? newest?.Definition.Version) is not { } after
            || Find(versions, from ?? earlier?.Definition.Version) is not { } before
        )
            return NotFound();
        (Before, After, Versions) = (before, after, [.. versions.Select(v => v.Definition.Version)]);
        Difference = DefinitionDifference.Between(before, after);
        Lines = DefinitionDifference.Lines(before, after);
        PictureAfter = pictures.Draw(
            after,
            Marks(ChangeKind.Added, ChangeKind.Changed),
            Difference.AddedWays,
            texts["difference.sign.Added"]
        );
        if (Difference.RemovedWays.Length > 0 || Difference.Activities.Any(c => c.Kind == ChangeKind.Removed))
            PictureBefore = pictures.Draw(
                before,
                Marks(ChangeKind.Removed, ChangeKind.Changed),
                Difference.RemovedWays,
                texts["difference.sign.Removed"]
            );
        return Page();
    }

    private Dictionary<string, string> Marks(params ChangeKind[] kinds) =>
        Difference
            .Activities.Where(c => kinds.Contains(c.Kind))
            .ToDictionary(c => c.Activity.Id, c => texts["difference.mark." + c.Kind]);

    private static Definition? Find(IReadOnlyList<DefinitionVersion> versions, int? version) =>
        versions.FirstOrDefault(v => v.Definition.Version == version)?.Definition;
}
