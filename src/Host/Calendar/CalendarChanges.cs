using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Calendar;

/// <summary>A calendar as it would be; nothing is recorded yet.</summary>
/// <param name="From">The first day that may be judged otherwise than before.</param>
public sealed record CalendarChange(
    ReadCalendar Before,
    StatutorySchedule Schedule,
    ImmutableArray<LocalDaysOff> Local,
    DateOnly From
)
{
    internal ReadCalendar After => new(Before.Number + 1, Schedule, Local);
}

/// <summary>A running clock whose due date would move. Names the case by its number only.</summary>
public sealed record MovedClock(
    Guid CaseId,
    string? CaseNumber,
    string Clock,
    Guid OrganisationId,
    DateOnly? From,
    DateOnly? To
);

/// <summary>All clocks that would move, in figures.</summary>
/// <param name="First">The first of them by case number.</param>
/// <param name="Later">How many move to a later day.</param>
/// <param name="Earlier">How many move to an earlier day; somebody has less time than he was told.</param>
/// <param name="Earliest">The one that is due first now, and where it moves; null when none has a day.</param>
/// <param name="Latest">The one that is due last now, and where it moves.</param>
public sealed record MovedClocks(
    int Count,
    IReadOnlyList<MovedClock> First,
    int Later,
    int Earlier,
    (DateOnly From, DateOnly To)? Earliest,
    (DateOnly From, DateOnly To)? Latest
)
{
    internal static MovedClocks Of(IReadOnlyCollection<MovedClock> all, int shown)
    {
        var dated = all.Where(c => c.From is not null && c.To is not null)
            .Select(c => (From: c.From!.Value, To: c.To!.Value))
            .ToList();
        return new(
            all.Count,
            [
                .. all.OrderBy(c => c.CaseNumber is null)
                    .ThenBy(c => c.CaseNumber, StringComparer.Ordinal)
                    .ThenBy(c => c.From)
                    .Take(shown),
            ],
            dated.Count(c => c.To > c.From),
            dated.Count(c => c.To < c.From),
            dated.Count == 0 ? null : dated.MinBy(c => c.From),
            dated.Count == 0 ? null : dated.MaxBy(c => c.From)
        );
    }
}

/// <summary>What a changed calendar would do to running clocks, and recording it as the next version.</summary>
public sealed class CalendarChanges(EduUnionDb db, CalendarBook calendars, TimeProvider time)
{
    public const int LongestNote = 200;
    private const int Shown = 20;

    /// <summary>The latest version as it stands in the database now.</summary>
    public async Task<ReadCalendar> LatestAsync(CancellationToken cancellation)
    {
        calendars.Changed();
        return await calendars.LatestAsync(cancellation);
    }

    /// <summary>Computes every open clock that can be touched under both calendars; changes nothing.</summary>
    public async Task<MovedClocks> MovesAsync(CalendarChange change, CancellationToken cancellation)
    {
        var current = change.Before.Number;
        // A clock ends with its due day: what lies behind that cannot move it.
        var touched = db.Set<ClockRow>()
            .AsNoTracking()
            .Where(c => c.StoppedAt == null && c.Name != "timer")
            .Where(c => c.DueOn == null || c.DueOn >= change.From || c.CalendarVersion != current);
        // Before the clocks are read one by one: PostgreSQL answers nothing else on that connection meanwhile.
        var organisations = await touched.Select(c => c.OrganisationId).Distinct().ToListAsync(cancellation);
        var pairs = organisations.ToDictionary(
            o => o,
            o => (Before: calendars.Of(change.Before, o), After: calendars.Of(change.After, o))
        );
        var open = touched
            .Select(c => new
            {
                c.CaseId,
                Number = c.Case.Number ?? c.Case.Receipt,
                c.Name,
                c.OrganisationId,
                c.Inputs,
            })
            .AsAsyncEnumerable();
        var moved = new List<MovedClock>();
        await foreach (var clock in open.WithCancellation(cancellation))
        {
            // An organisation's first clock, begun this moment, is computed with the new calendar anyway.
            if (!pairs.TryGetValue(clock.OrganisationId, out var pair))
                continue;
            var inputs = ClockFace.Inputs(clock.Inputs);
            var (from, to) = (Clock.Due(inputs, pair.Before).On, Clock.Due(inputs, pair.After).On);
            if (from == to)
                continue;
            moved.Add(new(clock.CaseId, clock.Number, clock.Name, clock.OrganisationId, from, to));
        }
        return MovedClocks.Of(moved, Shown);
    }

    /// <summary>
    /// Records the change as the next version, in a commit of its own. Running clocks follow by
    /// <see cref="ClockReplanning"/>. Refusals: <c>form.required</c> and <c>form.too-long</c> at <c>note</c>,
    /// <c>calendar.stale</c> (412) when the calendar is no longer the one the change was made from.
    /// </summary>
    /// <returns>The number of the new version.</returns>
    public async Task<Outcome<int>> RecordAsync(
        CalendarChange change,
        string note,
        Guid by,
        CancellationToken cancellation
    )
    {
        note = note.Trim();
        if (note.Length == 0)
            return Refusal.At("note", "form.required");
        if (note.Length > LongestNote)
            return Refusal.At("note", "form.too-long", LongestNote, note.Length);
        calendars.Append(change.Before, change.Schedule, change.Local, note, by, time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        // Two people at the same moment, here or on another node: the number is taken.
        catch (DbUpdateException clash) when (db.IsUniqueViolation(clash))
        {
            return Stale;
        }
        finally
        {
            db.ChangeTracker.Clear();
            calendars.Changed();
        }
        return change.Before.Number + 1;
    }

    internal static Refusal Stale { get; } = new("calendar.stale", RefusalKind.Stale);
}
