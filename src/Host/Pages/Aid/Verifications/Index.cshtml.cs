using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Aid.Verifications;

/// <summary>The year's verification: who will be asked, the button that asks them, and how far it is, school by school.</summary>
[Authorize(Policies.Member)]
public sealed class IndexModel(
    Access access,
    VerificationCommands commands,
    OrganisationBook organisations,
    Texts texts
) : FormPage(texts)
{
    public int Year { get; private set; }

    /// <summary>With the files to be asked about, for the union of the school; the district sees how many.</summary>
    public IReadOnlyList<(VerificationProgress Progress, IReadOnlyList<AidFile> ToAsk)> Schools { get; private set; } =
    [];

    /// <summary>The schools for which the viewer may start it.</summary>
    public IReadOnlyList<Guid> Starts { get; private set; } = [];

    public string NameOf(Guid school) => organisations.Find(school)?.Name ?? "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) ? Page() : StatusCode(StatusCodes.Status403Forbidden);

    public async Task<IActionResult> OnPostAsync(Guid school, CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return StatusCode(StatusCodes.Status403Forbidden);
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var started = await commands.StartAsync(school, viewer, cancellation);
        if (!started.IsOk)
            return StatusCode(FormErrors.Status(started.Refusal));
        TempData.Say(
            started.Value > 0 ? Words["verifications.started", started.Value] : Words["verifications.started.none"]
        );
        return Redirect("/aid/verifications");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        Year = viewer.Today.Year;
        var schools = commands.Schools(viewer);
        Starts = commands.Starts(viewer);
        var own = viewer.At(Office.SchoolUnionChair);
        var read = new List<(VerificationProgress, IReadOnlyList<AidFile>)>();
        foreach (var school in schools)
            read.Add(
                (
                    await commands.ProgressAsync(school, Year, cancellation),
                    own.Contains(school) ? await commands.ToAskAsync(school, Year, cancellation) : []
                )
            );
        Schools = read;
        return schools.Count > 0;
    }
}
