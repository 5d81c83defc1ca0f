using System.Collections.Frozen;
using EduUnion.Domain.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Organisations;

/// <summary>
/// The tree district → school → department. It is small and changes a few times a year, so it is read whole and kept in
/// memory; a reload goes through the caller's own connection, because a step that already holds one must not wait for a
/// second.
/// </summary>
public sealed class OrganisationBook(EduUnionDb db, OrganisationTree tree)
{
    public Organisation? Find(Guid id) => Organisations(id).GetValueOrDefault(id);

    /// <summary>The organisation and those above it, most specific first; empty when there is no such organisation.</summary>
    public IReadOnlyList<Guid> Path(Guid id)
    {
        var organisations = Organisations(id);
        var path = new List<Guid>(3);
        for (var at = organisations.GetValueOrDefault(id); at is not null; at = Parent(organisations, at))
            path.Add(at.Id);
        return path;
    }

    /// <summary>All of them as the tree is read: a district, its schools by code, after each school its departments.</summary>
    public IReadOnlyList<Organisation> All()
    {
        // No organisation has this id: what another node added a second ago is seen.
        var children = Organisations(Guid.Empty).Values.ToLookup(o => o.ParentId);
        return [.. Below(null)];

        IEnumerable<Organisation> Below(Guid? parent) =>
            children[parent]
                .OrderBy(o => o.Kind)
                .ThenBy(o => o.Code, StringComparer.Ordinal)
                .SelectMany(o => Below(o.Id).Prepend(o));
    }

    /// <summary>The departments of a school by code.</summary>
    public IReadOnlyList<Organisation> Departments(Guid schoolId) =>
        [
            .. Organisations(schoolId)
                .Values.Where(o => o.ParentId == schoolId && o.Kind == OrganisationKind.Department)
                .OrderBy(o => o.Code, StringComparer.Ordinal),
        ];

    /// <summary>The school, its district and its departments: where those are from who have to do with its cases.</summary>
    public IReadOnlyList<Guid> Around(Guid schoolId) => [.. Path(schoolId), .. Departments(schoolId).Select(d => d.Id)];

    /// <summary>The schools of a district by code.</summary>
    public IReadOnlyList<Guid> Schools(Guid districtId) =>
        [
            .. Organisations(districtId)
                .Values.Where(o => o.ParentId == districtId && o.Kind == OrganisationKind.School)
                .OrderBy(o => o.Code, StringComparer.Ordinal)
                .Select(o => o.Id),
        ];

    /// <summary>The school of a school or department; null for the district and for an unknown id.</summary>
    public Organisation? SchoolOf(Guid id)
    {
        var organisations = Organisations(id);
        var at = organisations.GetValueOrDefault(id);
        while (at is { Kind: not OrganisationKind.School })
            at = Parent(organisations, at);
        return at;
    }

    /// <summary>To be called after organisations were written and committed; other nodes see it within 30 seconds.</summary>
    public void Changed() => tree.Forget();

    private FrozenDictionary<Guid, Organisation> Organisations(Guid wanted) =>
        tree.Get(wanted, () => db.Set<Organisation>().AsNoTracking().ToFrozenDictionary(o => o.Id));

    private static Organisation? Parent(FrozenDictionary<Guid, Organisation> organisations, Organisation at) =>
        at.ParentId is { } parent ? organisations.GetValueOrDefault(parent) : null;
}

/// <summary>What <see cref="OrganisationBook"/> remembers between requests; one per process.</summary>
public sealed class OrganisationTree(TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryUnknown = TimeSpan.FromSeconds(1);

    private Snapshot? _kept;
    private int _generation;

    internal FrozenDictionary<Guid, Organisation> Get(Guid wanted, Func<FrozenDictionary<Guid, Organisation>> load)
    {
        var generation = Volatile.Read(ref _generation);
        if (Volatile.Read(ref _kept) is { } kept && kept.Generation == generation)
        {
            // Another node may have added the organisation a moment ago.
            var limit = kept.Organisations.ContainsKey(wanted) ? Fresh : RetryUnknown;
            if (time.GetElapsedTime(kept.ReadAt) < limit)
                return kept.Organisations;
        }
        var readAt = time.GetTimestamp();
        var organisations = load();
        // The generation from before the read: what was written meanwhile makes this answer stale at once.
        Volatile.Write(ref _kept, new Snapshot(organisations, generation, readAt));
        return organisations;
    }

    internal void Forget() => Interlocked.Increment(ref _generation);

    private sealed record Snapshot(FrozenDictionary<Guid, Organisation> Organisations, int Generation, long ReadAt);
}
