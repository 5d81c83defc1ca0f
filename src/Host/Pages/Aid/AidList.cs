using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Aid;

/// <summary>Facets of the list of applications; a list is a link that one can send.</summary>
/// <param name="Number">Part of a number; names are sealed and cannot be searched.</param>
/// <param name="Own">True: one's own; false: those of others; null: all.</param>
public sealed record AidFilter(
    string? Number = null,
    AidState? State = null,
    Guid? School = null,
    AidCategory? Category = null,
    CauseGroup? Cause = null,
    int? Year = null,
    bool? Own = false
)
{
    /// <summary>Only what was paid in this calendar year, one's own too: what statistics count.</summary>
    public int? Paid { get; init; }
}

/// <summary>A line of the list: nothing in it tells who it is about.</summary>
public sealed record AidItem(
    Guid Id,
    string? Number,
    string School,
    AidState State,
    AidRoute Route,
    AidCategory? Category,
    CauseGroup? Cause,
    Money? Requested,
    Money? Amount,
    DateTimeOffset OpenedAt,
    DateOnly? PaidOn,
    DateTimeOffset? EndedAt,
    bool Held
);

/// <summary>
/// The applications of others that the viewer may see, the latest opened first. Category and cause are sealed: they are
/// looked for in what the other facets leave, row by row.
/// </summary>
public sealed class AidList(EduUnionDb db, AidAccess access, AidCases cases, OrganisationBook organisations)
{
    /// <summary>Rows that are read at once while a sealed facet is looked for.</summary>
    private const int Batch = 100;

    public async Task<Slice<AidItem>> ListAsync(
        Viewer viewer,
        AidFilter filter,
        int limit,
        Guid? after,
        CancellationToken cancellation
    )
    {
        var found = new List<AidItem>();
        while (true)
        {
            var rows = await PageAsync(viewer, filter, after, cancellation);
            foreach (var item in rows.Select(r => Item(r, viewer)).Where(i => Fits(i, filter)))
            {
                if (found.Count == limit)
                    return new Slice<AidItem>(found, found[^1].Id.ToString());
                found.Add(item);
            }
            if (rows.Count < Batch)
                return new Slice<AidItem>(found, null);
            after = rows[^1].Id;
        }
    }

    private static bool Fits(AidItem item, AidFilter filter) =>
        (filter.Category is not { } category || item.Category == category)
        && (filter.Cause is not { } cause || item.Cause == cause)
        && (filter.Paid is not { } paid || item.PaidOn?.Year == paid);

    private async Task<List<CaseRow>> PageAsync(
        Viewer viewer,
        AidFilter filter,
        Guid? after,
        CancellationToken cancellation
    )
    {
        var rows = access.Visible(viewer).AsNoTracking().Where(c => c.Kind == AidCase.KindName);
        if (filter.Own is { } own)
            rows = rows.Where(c => (c.StarterId == viewer.MemberId) == own);
        if (TaskLists.Plain(filter.Number)?.Trim() is { Length: > 0 } number)
        {
            var part = number.ToUpperInvariant();
            rows = rows.Where(c => c.Number != null && c.Number.Contains(part));
        }
        if (filter.State?.ToString() is { } state)
            rows = rows.Where(c => c.State == state);
        if (filter.School is { } school)
            rows = rows.Where(c => c.SchoolId == school);
        if (filter.Year is { } year)
        {
            var from = Domain.Calendar.ChinaTime.At(new DateOnly(year, 1, 1), TimeOnly.MinValue);
            var to = Domain.Calendar.ChinaTime.At(new DateOnly(year + 1, 1, 1), TimeOnly.MinValue);
            rows = rows.Where(c => c.OpenedAt >= from && c.OpenedAt < to);
        }
        if (after is { } last)
        {
            var at = await db.Set<CaseRow>()
                .Where(c => c.Id == last)
                .Select(c => (DateTimeOffset?)c.OpenedAt)
                .FirstOrDefaultAsync(cancellation);
            if (at is { } opened)
                rows = rows.Where(c => c.OpenedAt < opened || (c.OpenedAt == opened && c.Id < last));
        }
        return await rows.OrderByDescending(c => c.OpenedAt)
            .ThenByDescending(c => c.Id)
            .Take(Batch)
            .ToListAsync(cancellation);
    }

    private AidItem Item(CaseRow row, Viewer viewer)
    {
        var aid = cases.ApplicationOf(row);
        var sight = AidViews.SightOf(aid, row, viewer, organisations.Path(row.SchoolId));
        var why = sight is not (Sight.Bank or Sight.None);
        return new AidItem(
            row.Id,
            row.Number,
            organisations.Find(row.SchoolId)?.Name ?? "",
            aid.State,
            aid.Route,
            why ? aid.Category : null,
            why ? aid.Content.MainCause?.Group() : null,
            why ? aid.Content.Requested : null,
            sight == Sight.None ? null : aid.Amount,
            row.OpenedAt,
            aid.PaidOn,
            aid.EndedAt,
            row.HeldAt is not null
        );
    }
}
