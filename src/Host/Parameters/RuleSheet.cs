using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Parameters;

namespace EduUnion.Host.Parameters;

/// <summary>
/// The recorded values, resolved once for all instants between which none begins to hold, and for all organisations that
/// have the same values of their own, which is nearly all of them. Every step asks, and the answer changes a few times a
/// year.
/// </summary>
internal sealed class RuleSheet
{
    private readonly ImmutableArray<Parameter> _rows;
    private readonly FrozenSet<Guid> _places;
    private readonly ImmutableArray<DateTimeOffset> _beginnings;
    private readonly ConcurrentDictionary<(string Places, int Begun), Rules> _resolved = [];

    public RuleSheet(ImmutableArray<Parameter> rows)
    {
        _rows = rows;
        _places = rows.Select(r => r.OrganisationId).OfType<Guid>().ToFrozenSet();
        _beginnings = [.. rows.Select(BeginningOf).Distinct().Order()];
    }

    public int Count => _rows.Length;

    /// <param name="path">The organisation and those above it, most specific first.</param>
    public Rules ResolveFor(IReadOnlyList<Guid> path, DateTimeOffset at)
    {
        List<Guid> own = [.. path.Where(_places.Contains)];
        var found = _beginnings.BinarySearch(at);
        return _resolved.GetOrAdd(
            (string.Join(',', own), found < 0 ? ~found : found + 1),
            static (_, asked) => Rules.Resolve(asked.Rows, asked.Own, asked.At, ChinaTime.DateOf(asked.At)),
            (Rows: _rows, Own: own, At: at)
        );
    }

    /// <summary>The first instant at which the row holds: it is recorded, and its day has come.</summary>
    private static DateTimeOffset BeginningOf(Parameter row)
    {
        var day = ChinaTime.At(row.ValidFrom, TimeOnly.MinValue);
        return day > row.RecordedAt ? day : row.RecordedAt;
    }
}
