using System.Globalization;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>What is shown of a notice to anybody: these fields and no other (domain §3.3 step 5).</summary>
/// <param name="Amount">Yuan, or a band <c>1000-5000</c>.</param>
public sealed record ShownNotice(
    Guid Id,
    Guid CaseId,
    Guid SchoolId,
    string Number,
    string Name,
    string School,
    CauseGroup Cause,
    string Amount,
    DateOnly From,
    DateOnly Through,
    string Contact,
    bool Internal
);

/// <summary>
/// The notices that are up. The public ones are for anybody, signed in or not; an internal one is for the committee of its
/// school and the auditor, and for anybody else it is not there.
/// </summary>
public sealed class NoticeViews(EduUnionDb db, NoticeBoard board, AidCases cases)
{
    /// <summary>Rows that are read at once: who is related to an applicant is told only by the case.</summary>
    private const int Batch = 100;

    /// <summary>Those that end first come first.</summary>
    /// <param name="viewer">Null: nobody is signed in.</param>
    /// <param name="after">The last of the page before.</param>
    public async Task<Slice<ShownNotice>> ListAsync(
        Viewer? viewer,
        int limit,
        Guid? after,
        CancellationToken cancellation
    )
    {
        var shown = new List<ShownNotice>();
        while (true)
        {
            var rows = Readable(viewer);
            if (after is { } last)
            {
                var ends = await db.Set<NoticeRow>()
                    .Where(n => n.Id == last)
                    .Select(n => (DateOnly?)n.Through)
                    .FirstOrDefaultAsync(cancellation);
                if (ends is { } through)
                    rows = rows.Where(n => n.Through > through || (n.Through == through && n.Id > last));
            }
            var batch = await rows.OrderBy(n => n.Through).ThenBy(n => n.Id).Take(Batch).ToListAsync(cancellation);
            foreach (var row in batch)
                if (await ShowAsync(row, viewer, cancellation) is { } notice)
                {
                    if (shown.Count == limit)
                        return new Slice<ShownNotice>(shown, shown[^1].Id.ToString());
                    shown.Add(notice);
                }
            if (batch.Count < Batch)
                return new Slice<ShownNotice>(shown, null);
            after = batch[^1].Id;
        }
    }

    /// <summary>Null = there is none, it is over, or it is not for this reader.</summary>
    public async Task<ShownNotice?> FindAsync(Guid id, Viewer? viewer, CancellationToken cancellation) =>
        await Readable(viewer).FirstOrDefaultAsync(n => n.Id == id, cancellation) is { } row
            ? await ShowAsync(row, viewer, cancellation)
            : null;

    /// <summary>The notice of this application that is up; null as for <see cref="FindAsync"/>.</summary>
    public async Task<ShownNotice?> OfCaseAsync(Guid caseId, Viewer? viewer, CancellationToken cancellation) =>
        await Readable(viewer)
            .OrderByDescending(n => n.Round)
            .FirstOrDefaultAsync(n => n.CaseId == caseId, cancellation)
            is { } row
            ? await ShowAsync(row, viewer, cancellation)
            : null;

    /// <summary>The public ones; the internal ones of the committee's school and the auditor's district, too.</summary>
    private IQueryable<NoticeRow> Readable(Viewer? viewer)
    {
        IReadOnlyList<Guid> schools = viewer?.At(Office.AidCommittee, Office.SchoolUnionChair) ?? [];
        IReadOnlyList<Guid> audits = viewer?.At(Office.Auditor) ?? [];
        return board
            .Up.AsNoTracking()
            .Where(n =>
                !n.Internal
                || schools.Contains(n.SchoolId)
                || db.Set<Organisation>()
                    .Any(o =>
                        o.Id == n.SchoolId && (audits.Contains(o.Id) || audits.Contains(o.ParentId ?? Guid.Empty))
                    )
            );
    }

    private async Task<ShownNotice?> ShowAsync(NoticeRow row, Viewer? viewer, CancellationToken cancellation)
    {
        if (!row.Internal)
            return new ShownNotice(
                row.Id,
                row.CaseId,
                row.SchoolId,
                row.Number,
                row.Name,
                row.School,
                Enum.Parse<CauseGroup>(row.Cause),
                row.Amount,
                row.From,
                row.Through,
                row.Contact,
                false
            );
        if (viewer is null)
            return null;
        var application = cases.ApplicationOf(
            await db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == row.CaseId, cancellation)
        );
        var ties = await cases.TiesAsync(application.ApplicantId, cancellation);
        return
            application.RecusalOf(viewer.MemberId, Duty.Assess, ties) is null
            && application.Notices.FirstOrDefault(n => n.Round == row.Round) is { } notice
            ? new ShownNotice(
                row.Id,
                row.CaseId,
                row.SchoolId,
                notice.Number,
                notice.Name,
                notice.School,
                notice.Cause,
                notice.Amount.ToString(),
                row.From,
                row.Through,
                row.Contact,
                true
            )
            : null;
    }
}

public static class NoticeWords
{
    /// <summary>2,000.00 元, or the words of a band.</summary>
    /// <param name="language">Null = that of the request.</param>
    public static string Amount(Texts texts, string amount, string? language = null)
    {
        var words = language ?? Language.Current;
        return amount.Split('-') switch
        {
            ["0", var to] => texts.In(words, "notices.band.upTo", Whole(to)),
            [var from, ""] => texts.In(words, "notices.band.above", Whole(from)),
            [var from, var to] => texts.In(words, "notices.band", Whole(from), Whole(to)),
            _ => texts.In(words, "notices.yuan", amount),
        };
    }

    private static string Whole(string yuan) =>
        long.Parse(yuan, CultureInfo.InvariantCulture).ToString("#,##0", CultureInfo.InvariantCulture);
}
