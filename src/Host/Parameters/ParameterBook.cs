using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.Parameters;
using EduUnion.Domain.People;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Parameters;

/// <summary>A parameter as it stands for one organisation today.</summary>
/// <param name="Now">The row that holds; null where the district must set one and has not.</param>
/// <param name="Next">The row that will hold next, when one is recorded for a later day.</param>
public sealed record ParameterLine(ParameterKey Key, Parameter? Now, Parameter? Next);

/// <summary>One recorded value: of which organisation (null = the system's default), by whom (null = shipped).</summary>
public sealed record RecordedValue(Parameter Row, string? Organisation, string? By);

/// <summary>A value to be recorded.</summary>
/// <param name="Id">Given when the form was made, so that sending it twice records once.</param>
/// <param name="OrganisationId">Null = the default of the whole system.</param>
public sealed record ParameterChange(Guid Id, string Key, Guid? OrganisationId, string Value, DateOnly ValidFrom);

/// <summary>An organisation for which something else will hold.</summary>
public sealed record ParameterEffect(Organisation Organisation, string Before, string After);

/// <param name="Changed">For whom the value changes on that day.</param>
/// <param name="Kept">Below the level that is set, but with a value of their own.</param>
/// <param name="Seen">How many values of the key were recorded when this was computed.</param>
public sealed record ParameterPreview(
    ParameterChange Change,
    IReadOnlyList<ParameterEffect> Changed,
    IReadOnlyList<Organisation> Kept,
    int Seen
);

/// <summary>Looking at parameters, and changing one with a look at its effect before.</summary>
public sealed class ParameterBook(
    EduUnionDb db,
    RuleBook rules,
    ParameterCatalogue catalogue,
    OrganisationBook organisations,
    TimeProvider time
)
{
    /// <summary>A later day is taken for a slip in the year.</summary>
    private const int YearsAhead = 5;

    private DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    /// <summary>Every parameter for this organisation, in the catalogue's order.</summary>
    public async Task<IReadOnlyList<ParameterLine>> ListAsync(Guid organisation, CancellationToken cancellation)
    {
        var path = organisations.Path(organisation);
        var rows = (await db.Set<Parameter>().AsNoTracking().ToListAsync(cancellation)).ToLookup(r => r.Key);
        return
        [
            .. catalogue
                .All.Select(k => (Key: k, Now: InForce(rows[k.Key], path, Today)))
                .Select(k => new ParameterLine(k.Key, k.Now, Next(rows[k.Key.Key], path, k.Now))),
        ];
    }

    /// <summary>
    /// The rows of one key that hold today at each level of the organisation's path, the system's first; a level without a
    /// value of its own has none.
    /// </summary>
    public async Task<IReadOnlyList<Parameter>> LevelsAsync(
        string key,
        Guid organisation,
        CancellationToken cancellation
    )
    {
        var rows = await RowsAsync(key, cancellation);
        var levels = organisations.Path(organisation).Select(id => (Guid?)id).Append(null).Reverse();
        return
        [
            .. levels
                .Select(l => InForce(rows.Where(r => r.OrganisationId == l), l is { } id ? [id] : [], Today))
                .OfType<Parameter>(),
        ];
    }

    /// <summary>Everything recorded for a key, the latest first, within the organisations one may look at.</summary>
    public async Task<IReadOnlyList<RecordedValue>> HistoryAsync(
        string key,
        ParameterReach reach,
        CancellationToken cancellation
    )
    {
        var rows = (await rules.HistoryAsync(key, cancellation))
            .Where(r => r.OrganisationId is not { } id || reach.Read.Any(o => o.Id == id))
            .ToList();
        var people = rows.Select(r => r.RecordedBy).OfType<Guid>().Distinct().ToList();
        var names = await db.Set<Member>()
            .Where(m => people.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, m => m.Name, cancellation);
        return
        [
            .. rows.Select(r => new RecordedValue(
                r,
                r.OrganisationId is { } id ? organisations.Find(id)?.Name : null,
                r.RecordedBy is { } by ? names.GetValueOrDefault(by) : null
            )),
        ];
    }

    /// <summary>
    /// For whom the value would change. Refusals: those of <see cref="ParameterKey.Refuse"/>, <c>parameter.past</c> and
    /// <c>parameter.far</c> at <c>validFrom</c>, <c>parameter.unchanged</c> at <c>value</c>, <c>parameter.scope</c> (403),
    /// <c>parameter.unknown</c>.
    /// </summary>
    public async Task<Outcome<ParameterPreview>> PreviewAsync(
        ParameterChange change,
        ParameterReach reach,
        CancellationToken cancellation
    )
    {
        if (catalogue.Find(change.Key) is not { } key)
            return Refusal.Missing("parameter.unknown");
        if (!reach.MayWrite(change.OrganisationId))
            return new Refusal("parameter.scope", RefusalKind.Forbidden) { Field = "scope" };
        if (Refusal.Of([.. Wrong(key, change)]) is { } wrong)
            return wrong;
        var rows = await RowsAsync(change.Key, cancellation);
        var own = InForce(
            rows.Where(r => r.OrganisationId == change.OrganisationId),
            change.OrganisationId is { } id ? [id] : [],
            change.ValidFrom
        );
        if (own?.Value == change.Value)
            return Refusal.At("value", "parameter.unchanged");
        var added = rows.Append(Row(change)).ToList();
        var changed = new List<ParameterEffect>();
        var kept = new List<Organisation>();
        foreach (var organisation in await BelowAsync(change.OrganisationId, cancellation))
        {
            var path = organisations.Path(organisation.Id);
            var (before, after) = (InForce(rows, path, change.ValidFrom), InForce(added, path, change.ValidFrom));
            if (before?.Value != after!.Value)
                changed.Add(new(organisation, before?.Value ?? "", after.Value));
            else if (after.Id != change.Id)
                kept.Add(organisation);
        }
        return new ParameterPreview(change, changed, kept, rows.Count);
    }

    /// <summary>
    /// Records what was looked at. Refusals as <see cref="PreviewAsync"/>, and <c>parameter.stale</c> (412) when another
    /// value of the key was recorded since. The same change again gives the row of the first time.
    /// </summary>
    public async Task<Outcome<Parameter>> RecordAsync(
        ParameterChange change,
        int seen,
        ParameterReach reach,
        Guid by,
        CancellationToken cancellation
    )
    {
        if (
            await db.Set<Parameter>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == change.Id, cancellation) is
            { } done
        )
            return done;
        var preview = await PreviewAsync(change, reach, cancellation);
        if (!preview.IsOk)
            return preview.Refusal;
        if (preview.Value.Seen != seen)
            return new Refusal("parameter.stale", RefusalKind.Stale);
        return await rules.RecordAsync(
            change.Key,
            change.OrganisationId,
            change.Value,
            change.ValidFrom,
            by,
            cancellation,
            change.Id
        );
    }

    private IEnumerable<Refusal> Wrong(ParameterKey key, ParameterChange change)
    {
        if (key.Refuse(change.Value) is { } malformed)
            yield return malformed;
        if (change.ValidFrom < Today)
            yield return Refusal.At("validFrom", "parameter.past");
        else if (change.ValidFrom > Today.AddYears(YearsAhead))
            yield return Refusal.At("validFrom", "parameter.far", YearsAhead);
    }

    private Task<List<Organisation>> BelowAsync(Guid? organisation, CancellationToken cancellation) =>
        db.Set<Organisation>()
            .AsNoTracking()
            .Where(o => o.Kind != OrganisationKind.Department)
            .Where(o => organisation == null || o.Id == organisation || o.ParentId == organisation)
            .OrderBy(o => o.Kind)
            .ThenBy(o => o.Code)
            .ToListAsync(cancellation);

    private Task<List<Parameter>> RowsAsync(string key, CancellationToken cancellation) =>
        db.Set<Parameter>().AsNoTracking().Where(p => p.Key == key).ToListAsync(cancellation);

    private Parameter? Next(IEnumerable<Parameter> rows, IReadOnlyList<Guid> path, Parameter? now) =>
        rows.Select(r => r.ValidFrom)
            .Where(d => d > Today)
            .Distinct()
            .Order()
            .Select(d => InForce(rows, path, d)!)
            .FirstOrDefault(r => r.Id != now?.Id);

    private static Parameter? InForce(IEnumerable<Parameter> rows, IReadOnlyList<Guid> path, DateOnly day) =>
        Rules.InForce(rows, path, DateTimeOffset.MaxValue, day).Values.FirstOrDefault();

    private Parameter Row(ParameterChange change) =>
        new()
        {
            Id = change.Id,
            Key = change.Key,
            OrganisationId = change.OrganisationId,
            Value = change.Value,
            ValidFrom = change.ValidFrom,
            RecordedAt = time.GetUtcNow(),
        };
}
