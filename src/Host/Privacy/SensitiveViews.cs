using EduUnion.Domain.People;
using EduUnion.Host.Attachments;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Privacy;

/// <summary>Who looked at what, when and why.</summary>
/// <param name="Field">Of a document its kind in place of its id: <c>file:Diagnosis</c>.</param>
public sealed record ViewLine(DateTimeOffset At, string Viewer, string Field, ViewPurpose Purpose, string Reason);

/// <summary>How often one person looked at sensitive values in a period, and in how many cases.</summary>
public sealed record ViewCount(Guid ViewerId, string Viewer, int Views, int Cases);

/// <summary>The record of sensitive values that were shown.</summary>
public sealed class SensitiveViews(EduUnionDb db, Vault vault)
{
    /// <summary>Those of a case, the latest first: for the applicant and the auditor.</summary>
    public async Task<IReadOnlyList<ViewLine>> OfCaseAsync(Guid caseId, CancellationToken cancellation)
    {
        var views = await (
            from view in db.Set<SensitiveView>().AsNoTracking()
            join viewer in db.Set<Member>() on view.ViewerId equals viewer.Id
            where view.CaseId == caseId
            orderby view.At descending, view.Id descending
            select new { View = view, viewer.Name }
        ).ToListAsync(cancellation);
        var proofs = await db.Set<Attachment>()
            .Where(a => a.CaseId == caseId)
            .ToDictionaryAsync(a => AttachmentLooks.FieldOf(a.Id), a => "file:" + a.Proof, cancellation);
        return
        [
            .. views.Select(v => new ViewLine(
                v.View.At,
                v.Name,
                proofs.GetValueOrDefault(v.View.Field, v.View.Field),
                v.View.Purpose,
                vault.Open(v.View.Reason, v.View.Id)
            )),
        ];
    }

    /// <summary>
    /// The words of a field; what follows a colon tells which of several, e.g. <c>identity:2</c>, or of what kind a
    /// document is, <c>file:Diagnosis</c>.
    /// </summary>
    public static string LabelOf(string field, Texts texts)
    {
        var name = field.Split(':')[0];
        if (name == "file")
            return texts.Has("aidterm.ProofKind." + field[(name.Length + 1)..])
                ? texts["sensitive.file.of", texts["aidterm.ProofKind." + field[(name.Length + 1)..]]]
                : texts["sensitive.file"];
        return texts.Has("sensitive." + name)
            ? texts["sensitive." + name] + field[name.Length..].Replace(':', ' ')
            : field;
    }

    /// <summary>Counts by person from one instant up to another, the most first: the auditor's digest (A14).</summary>
    public async Task<IReadOnlyList<ViewCount>> CountsAsync(
        DateTimeOffset since,
        DateTimeOffset until,
        CancellationToken cancellation
    ) =>
        await (
            from view in db.Set<SensitiveView>()
            join viewer in db.Set<Member>() on view.ViewerId equals viewer.Id
            where view.At >= since && view.At < until
            group view by new { viewer.Id, viewer.Name } into viewed
            orderby viewed.Count() descending, viewed.Key.Id
            select new ViewCount(
                viewed.Key.Id,
                viewed.Key.Name,
                viewed.Count(),
                viewed.Select(v => v.CaseId).Distinct().Count()
            )
        ).ToListAsync(cancellation);
}
