using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Documents.Aid;

/// <summary>A paper with where it came from, and what of it is masked.</summary>
/// <param name="CaseId">Whose record keeps who looked; null where nothing is to be unmasked.</param>
/// <param name="Secrets">Names of the masked values that the paper would tell, as the case knows them.</param>
public sealed record ReadPaper(Paper Paper, string Number, string Back, Guid? CaseId, IReadOnlyList<string> Secrets);

/// <summary>Finds a paper of aid by its form: <c>survey</c>, <c>approval</c>, <c>objection</c>, <c>file</c>.</summary>
public sealed class AidPaperReader(EduUnionDb db, AidAccess access, AidCases cases, FileViews files, AidPapers papers)
{
    public Task<ReadPaper?> FindAsync(
        Guid id,
        string form,
        Viewer viewer,
        bool clear,
        CancellationToken cancellation
    ) =>
        form switch
        {
            "survey" or "approval" => CaseAsync(id, form, viewer, clear, cancellation),
            "objection" => ObjectionAsync(id, viewer, cancellation),
            "file" => FileAsync(id, viewer, clear, cancellation),
            _ => Task.FromResult<ReadPaper?>(null),
        };

    private async Task<ReadPaper?> CaseAsync(
        Guid id,
        string form,
        Viewer viewer,
        bool clear,
        CancellationToken cancellation
    ) =>
        await papers.OfCaseAsync(id, form, viewer, clear, cancellation) is { } paper
            ? new ReadPaper(paper, paper.Name.Split(' ')[0], $"/aid/{id}", id, ["identity"])
            : null;

    private async Task<ReadPaper?> ObjectionAsync(Guid id, Viewer viewer, CancellationToken cancellation)
    {
        var row = await access
            .Visible(viewer)
            .AsNoTracking()
            .FirstOrDefaultAsync(c => c.Id == id && c.Kind == ObjectionCase.KindName, cancellation);
        // Whoever filed it learns the state and no more.
        if (row is null || cases.ObjectionOf(row) is not { } objection || objection.FiledById == viewer.MemberId)
            return null;
        var application = cases.ApplicationOf(
            await db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == objection.ApplicationId, cancellation)
        );
        var paper = await papers.OfObjectionAsync(objection, application, cancellation);
        return new ReadPaper(paper, application.Number ?? "", $"/objections/{id}", null, []);
    }

    private async Task<ReadPaper?> FileAsync(Guid id, Viewer viewer, bool clear, CancellationToken cancellation)
    {
        if (await files.FindAsync(id, viewer, cancellation) is not { } view)
            return null;
        var own = view.Reader == FileReader.Holder;
        var paper = await papers.OfFileAsync(view, clear || own, cancellation);
        var last = await papers.LastOfAsync(view, cancellation);
        return new ReadPaper(
            paper,
            view.File.Number,
            $"/aid/files/{id}",
            last?.Id,
            own || last is null
                ? []
                :
                [
                    "identity",
                    "account",
                    .. last
                        .Content.Members.Select((_, i) => (Index: i, Field: $"identity:{i + 1}"))
                        .Where(m => last.Content.Members[m.Index].IdentityNumber.Length > 0)
                        .Select(m => m.Field),
                ]
        );
    }
}
