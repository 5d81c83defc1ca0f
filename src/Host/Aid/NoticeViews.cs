using System.Globalization;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
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
public sealed class NoticeViews(EduUnionDb db, NoticeBoard board, AidCases cases, OrganisationBook organisations)
{
    private const int Most = 200;

    /// <param name="viewer">Null: nobody is signed in.</param>
    public async Task<IReadOnlyList<ShownNotice>> ListAsync(Viewer? viewer, CancellationToken cancellation)
    {
        var rows = await board
            .Up.AsNoTracking()
            .OrderBy(n => n.Through)
            .ThenBy(n => n.Id)
            .Take(Most)
            .ToListAsync(cancellation);
        var shown = new List<ShownNotice>();
        foreach (var row in rows)
            if (await ShowAsync(row, viewer, cancellation) is { } notice)
                shown.Add(notice);
        return shown;
    }

    /// <summary>Null = there is none, it is over, or it is not for this reader.</summary>
    public async Task<ShownNotice?> FindAsync(Guid id, Viewer? viewer, CancellationToken cancellation) =>
        await board.Up.AsNoTracking().FirstOrDefaultAsync(n => n.Id == id, cancellation) is { } row
            ? await ShowAsync(row, viewer, cancellation)
            : null;

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
        if (viewer is null || !ReadsInternal(viewer, row.SchoolId))
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

    private bool ReadsInternal(Viewer viewer, Guid school) =>
        viewer.At(Office.AidCommittee, Office.SchoolUnionChair).Contains(school)
        || organisations.Path(school).Intersect(viewer.At(Office.Auditor)).Any();
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
