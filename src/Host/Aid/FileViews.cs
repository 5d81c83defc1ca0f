using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Relations;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>As what somebody looks at a file.</summary>
public enum FileReader
{
    /// <summary>His own.</summary>
    Holder,

    /// <summary>The leader who keeps contact: the person, his own log, nothing of the applications.</summary>
    Leader,

    /// <summary>The union of the school keeps it.</summary>
    School,

    /// <summary>The district, by the consent to transfer.</summary>
    District,

    /// <summary>区工会主席, by the same consent: reads and changes nothing.</summary>
    DistrictChair,

    /// <summary>经审: reads and changes nothing.</summary>
    Auditor,
}

/// <summary>Facets of the list; all are plain GET parameters.</summary>
/// <param name="Show"><c>stale</c>: nothing entered for a year; <c>never</c>: never aided; <c>mine</c>: whose leader I am.</param>
public sealed record FileFilter(
    string? Text = null,
    FileState? State = null,
    AidCategory? Category = null,
    Guid? School = null,
    string? Show = null
)
{
    public static readonly string[] Shows = ["stale", "never", "mine"];
}

public sealed record FileView(AidFile File, string Holder, string School, FileReader Reader)
{
    /// <summary>Full to the person and to the leader who goes to see him; masked to everybody else.</summary>
    public string Name => Reader is FileReader.Holder or FileReader.Leader ? Holder : Masking.Name(Holder);

    /// <summary>The leader goes to see the person; what was given, why, and by whose visits he is not told.</summary>
    public bool SeesAid => Reader != FileReader.Leader;

    /// <summary>To the leader those of the leader of today: his own.</summary>
    public IEnumerable<LeaderContact> Contacts => File.Contacts.Where(c => SeesAid || c.LeaderId == File.LeaderId);

    public bool Keeps => Reader is FileReader.School or FileReader.District;
}

/// <summary>A page of the list and the number of the file from which the next goes on.</summary>
public sealed record FilePage(IReadOnlyList<FileView> Files, string? Next, int Found);

/// <summary>
/// Hardship files as they are read (domain §5). What is sealed cannot be asked of the database: a school has dozens of
/// files and a district hundreds, which are opened and looked at one by one. Whoever is related to the holder finds none.
/// </summary>
public sealed class FileViews(
    EduUnionDb db,
    AidFiles files,
    RelationBook relations,
    OrganisationBook organisations,
    TimeProvider time
)
{
    public async Task<FileView?> FindAsync(Guid id, Viewer viewer, CancellationToken cancellation)
    {
        var row = await db.Set<AidFileRow>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, cancellation);
        if (row is null)
            return null;
        var related = await relations.RelatedToAsync(viewer.MemberId, cancellation);
        return await ViewAsync([row], viewer, related, cancellation) is [var view] ? view : null;
    }

    public async Task<FilePage> ListAsync(
        FileFilter filter,
        Viewer viewer,
        string? after,
        int limit,
        CancellationToken cancellation
    )
    {
        var rows = Rows(filter.Show);
        if (filter.School is { } school)
            rows = rows.Where(f => f.SchoolId == school);
        if (filter.State is { } state)
        {
            var name = state.ToString();
            rows = rows.Where(f => f.State == name);
        }
        if (TaskLists.Plain(filter.Text)?.Trim().ToUpperInvariant() is { Length: > 0 } text)
            rows = rows.Where(f => f.Number.Contains(text));
        var related = await relations.RelatedToAsync(viewer.MemberId, cancellation);
        var all = await ViewAsync(
            await rows.OrderBy(f => f.Number).ToListAsync(cancellation),
            viewer,
            related,
            cancellation
        );
        var found = all.Where(v => filter.Category is null || (v.SeesAid && v.File.Category == filter.Category))
            .Where(v => filter.Show != "mine" || v.File.LeaderId == viewer.MemberId)
            .Where(v => filter.Show != "never" || v.SeesAid)
            .ToList();
        var page = found
            .Where(v => after is null || string.CompareOrdinal(v.File.Number, after) > 0)
            .Take(limit + 1)
            .ToList();
        return new([.. page.Take(limit)], page.Count > limit ? page[limit - 1].File.Number : null, found.Count);
    }

    /// <summary>How many files of a school its chair finds in the list; unsealed they need not be for that.</summary>
    public async Task<int> CountAsync(Guid school, string show, Viewer chair, CancellationToken cancellation)
    {
        var related = await relations.RelatedToAsync(chair.MemberId, cancellation);
        return await Rows(show).CountAsync(f => f.SchoolId == school && !related.Contains(f.MemberId), cancellation);
    }

    private IQueryable<AidFileRow> Rows(string? show)
    {
        var rows = db.Set<AidFileRow>().AsNoTracking();
        var yearAgo = time.GetUtcNow().AddYears(-1);
        // What was left is nothing to do any more.
        return show switch
        {
            "stale" => rows.Where(f => f.State != nameof(FileState.Exited) && f.UpdatedAt < yearAgo),
            "never" => rows.Where(f => f.State != nameof(FileState.Exited) && !f.IsAided),
            _ => rows,
        };
    }

    /// <summary>How many files a leader keeps now, beside this one.</summary>
    public async Task<int> LedByAsync(Guid leader, Guid beside, CancellationToken cancellation) =>
        (
            await db.Set<AidFileRow>()
                .AsNoTracking()
                .Where(f => f.Id != beside && f.State != nameof(FileState.Exited))
                .ToListAsync(cancellation)
        ).Count(f => files.Read(f).LeaderId == leader);

    private async Task<List<FileView>> ViewAsync(
        IReadOnlyCollection<AidFileRow> rows,
        Viewer viewer,
        IReadOnlyList<Guid> related,
        CancellationToken cancellation
    )
    {
        var transferred = await TransferredAsync(viewer, cancellation);
        var seen = new List<(AidFile File, FileReader Reader)>();
        foreach (var row in rows.Where(r => !related.Contains(r.MemberId)))
            if (ReaderOf(row, viewer, transferred) is { } reader)
                seen.Add((files.Read(row), reader));
            else if (files.Read(row) is var file && file.LeaderId == viewer.MemberId)
                seen.Add((file, FileReader.Leader));
        var holders = seen.ConvertAll(s => s.File.MemberId);
        var names = await db.Set<Member>()
            .Where(m => holders.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, m => m.Name, cancellation);
        return seen.ConvertAll(s => new FileView(
            s.File,
            names.GetValueOrDefault(s.File.MemberId, ""),
            organisations.Find(s.File.SchoolId)?.Name ?? "",
            s.Reader
        ));
    }

    private FileReader? ReaderOf(AidFileRow row, Viewer viewer, HashSet<Guid> transferred) =>
        row.MemberId == viewer.MemberId ? FileReader.Holder
        : viewer.At(Office.SchoolUnionChair).Contains(row.SchoolId) ? FileReader.School
        : organisations.Path(row.SchoolId) is not { Count: > 0 } path ? null
        : transferred.Contains(row.MemberId) && path.Intersect(viewer.At(Office.DistrictOfficer)).Any()
            ? FileReader.District
        : transferred.Contains(row.MemberId) && path.Intersect(viewer.At(Office.DistrictChair)).Any()
            ? FileReader.DistrictChair
        : path.Intersect(viewer.At(Office.Auditor)).Any() ? FileReader.Auditor
        : null;

    /// <summary>Whose data went up to the district by their consent.</summary>
    private async Task<HashSet<Guid>> TransferredAsync(Viewer viewer, CancellationToken cancellation)
    {
        var districts = viewer.At(Office.DistrictOfficer, Office.DistrictChair);
        return districts.Count == 0
            ? []
            :
            [
                .. await db.Set<CaseRow>()
                    .Where(c => c.Kind == AidCase.KindName)
                    .Where(c => c.Parties.Any(p => p.Role == PartyRole.District && districts.Contains(p.PartyId)))
                    .Select(c => c.StarterId)
                    .Distinct()
                    .ToListAsync(cancellation),
            ];
    }
}
