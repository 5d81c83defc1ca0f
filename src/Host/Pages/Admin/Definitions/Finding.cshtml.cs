using EduUnion.Host.Definitions;
using EduUnion.Host.People;
using EduUnion.Workflows.Definitions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin.Definitions;

/// <summary>One finding: how it comes to it, told and shown in the picture.</summary>
[Authorize(Policies.Administrator)]
public sealed class FindingModel(
    DefinitionBook book,
    DefinitionFindings findings,
    FindingWords words,
    MarkedPicture pictures
) : PageModel
{
    public Definition Definition { get; private set; } = null!;

    public Finding Finding { get; private set; } = null!;

    public int Number { get; private set; }

    public IReadOnlyList<string> Story { get; private set; } = [];

    public string Picture { get; private set; } = "";

    /// <param name="number">From 1, in the order of the definition's page.</param>
    public async Task<IActionResult> OnGetAsync(string id, int version, int number, CancellationToken cancellation)
    {
        if (await book.FindAsync(id, version, cancellation) is not { } found)
            return NotFound();
        var set = await book.CurrentAsync(cancellation);
        var all = findings.Of(found.Definition, set);
        if (number < 1 || number > all.Length)
            return NotFound();
        (Definition, Finding, Number) = (found.Definition, all[number - 1], number);
        Story = words.Story(Definition, Finding, set);
        Picture = pictures.Of(Definition, Finding);
        return Page();
    }
}
