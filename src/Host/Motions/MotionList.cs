using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Motions;

/// <summary>Facets of the motion list; a list is a link that one can send.</summary>
public sealed record MotionFilter(
    string? Text = null,
    Guid? Session = null,
    string? State = null,
    string? Category = null,
    Guid? Host = null,
    bool Own = false
);

public sealed record MotionItem(
    Guid Id,
    string? Number,
    string? Receipt,
    string Title,
    string Category,
    string State,
    string Proposer,
    IReadOnlyList<string> Hosts,
    DateOnly? AnswerDue,
    DateTimeOffset ChangedAt
);

/// <summary>Motions that the viewer may see, the latest opened first; that order never changes, so a page by key neither repeats nor skips.</summary>
public sealed class MotionList(EduUnionDb db, Access access, OrganisationBook organisations)
{
    public async Task<Slice<MotionItem>> ListAsync(
        Viewer viewer,
        MotionFilter filter,
        int limit,
        Guid? after,
        CancellationToken cancellation
    )
    {
        var cases = Cases(viewer, filter);
        if (after is { } last)
        {
            var at = await db.Set<CaseRow>()
                .Where(c => c.Id == last)
                .Select(c => (DateTimeOffset?)c.OpenedAt)
                .FirstOrDefaultAsync(cancellation);
            if (at is { } opened)
                cases = cases.Where(c => c.OpenedAt < opened || (c.OpenedAt == opened && c.Id < last));
        }
        var rows = await cases
            .OrderByDescending(c => c.OpenedAt)
            .ThenByDescending(c => c.Id)
            .Take(limit + 1)
            .Select(c => new
            {
                c.Id,
                c.Number,
                c.Receipt,
                c.Title,
                c.Category,
                c.State,
                c.StarterId,
                c.ChangedAt,
                Hosts = c.Parties.Where(p => p.Role == PartyRole.Host).Select(p => p.PartyId).ToList(),
                Due = c.Clocks.Where(k => k.Name == "answer" && k.StoppedAt == null).Min(k => k.DueOn),
            })
            .AsSplitQuery()
            .ToListAsync(cancellation);
        var starters = rows.Select(r => r.StarterId).Distinct().ToList();
        var names = await db.Set<Member>()
            .Where(m => starters.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, m => m.Name, cancellation);
        return new Slice<MotionItem>(
            [
                .. rows.Take(limit)
                    .Select(r => new MotionItem(
                        r.Id,
                        r.Number,
                        r.Receipt,
                        r.Title,
                        r.Category,
                        r.State,
                        names.GetValueOrDefault(r.StarterId, ""),
                        [.. r.Hosts.Select(h => organisations.Find(h)?.Name ?? "")],
                        r.Due,
                        r.ChangedAt
                    )),
            ],
            rows.Count > limit ? rows[limit - 1].Id.ToString() : null
        );
    }

    /// <summary>All that the viewer may see of what the filter leaves.</summary>
    public IQueryable<CaseRow> Cases(Viewer viewer, MotionFilter filter) =>
        Narrow(access.Visible(viewer).Where(c => c.Kind == MotionCase.KindName), viewer, filter);

    private IQueryable<CaseRow> Narrow(IQueryable<CaseRow> cases, Viewer viewer, MotionFilter filter)
    {
        filter = filter with
        {
            Text = TaskLists.Plain(filter.Text),
            State = TaskLists.Plain(filter.State),
            Category = TaskLists.Plain(filter.Category),
        };
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var text = filter.Text.Trim().ToLowerInvariant();
            cases = cases.Where(c =>
                c.Title.ToLower().Contains(text)
                || (c.Number != null && c.Number.Contains(text))
                || (c.Receipt != null && c.Receipt.ToLower().Contains(text))
                || db.Set<Member>().Any(m => m.Id == c.StarterId && m.Name.Contains(text))
            );
        }
        if (filter.Session is { } session)
            cases = cases.Where(c => c.SessionId == session);
        if (filter.State is { Length: > 0 } state)
            cases = cases.Where(c => c.State == state);
        if (filter.Category is { Length: > 0 } category)
            cases = cases.Where(c => c.Category == category);
        if (filter.Host is { } host)
            cases = cases.Where(c => c.Parties.Any(p => p.Role == PartyRole.Host && p.PartyId == host));
        if (filter.Own)
            cases = cases.Where(c =>
                c.StarterId == viewer.MemberId
                || c.Parties.Any(p => p.PartyId == viewer.MemberId && p.Role == PartyRole.Cosigner)
            );
        return cases;
    }
}
