using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Clocks;
using EduUnion.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Definitions;

/// <summary>A deadline that another one would take the place of.</summary>
/// <param name="Before">Family of the clock that runs; null when none does.</param>
/// <param name="After">Family of the clock that would start; null when none would.</param>
public sealed record ClockChange(
    string Activity,
    string? Before,
    DateOnly? DueBefore,
    string? After,
    DateOnly? DueAfter
);

/// <summary>What a move would do to one case.</summary>
/// <param name="Version">To be sent with the order, so that a case that went on meanwhile is not moved unseen.</param>
/// <param name="Refused">The case as it is now cannot come to stand there.</param>
/// <param name="Asked">Activities of which somebody else would be asked, or other outcomes be offered.</param>
public sealed record CasePreview(
    Guid CaseId,
    string Kind,
    string? Number,
    long Version,
    IReadOnlyList<int> From,
    IReadOnlyList<MovedPlace> Places,
    IReadOnlyList<ClockChange> Clocks,
    IReadOnlyList<string> Asked,
    IReadOnlyList<string> Misfits,
    Refusal? Refused
)
{
    public bool IsPossible => Refused is null && Misfits.Count == 0 && Places.All(p => p.Fate != PlaceFate.Asks);
}

/// <summary>Cases that stand at the same places.</summary>
public sealed record PreviewGroup(IReadOnlyList<MovedPlace> Places, IReadOnlyList<CasePreview> Cases)
{
    public bool IsPossible => Cases[0].IsPossible;
}

/// <summary>What a move would do, before anybody does it; nothing is written.</summary>
/// <param name="Groups">By where the cases stand, those with the most cases first.</param>
/// <param name="Open">Activities that need an answer.</param>
/// <param name="More">There are more running cases than were looked at.</param>
public sealed record MovePreview(IReadOnlyList<PreviewGroup> Groups, IReadOnlyList<string> Open, bool More);

public sealed class MovePreviews(
    EduUnionDb db,
    CaseKinds kinds,
    RuleBook rules,
    CalendarBook calendars,
    DefinitionLibrary library,
    Vault vault,
    TimeProvider time
)
{
    private const int Most = 2000;

    public async Task<MovePreview> OfAsync(MoveOrder order, CancellationToken cancellation)
    {
        var name = $"%\"of\":\"{order.DefinitionId}\"%";
        var set = await library.CurrentAsync(db, cancellation);
        var rows = await db.Set<CaseRow>()
            .AsNoTracking()
            .AsSplitQuery()
            .Include(c => c.Tasks.Where(t => t.State == TaskState.Open))
            .Include(c => c.Clocks.Where(k => k.StoppedAt == null))
            .Where(c => EF.Functions.Like(c.Family, name))
            .OrderBy(c => c.Id)
            .Take(Most + 1)
            .ToListAsync(cancellation);
        var now = time.GetUtcNow();
        var cases = new List<CasePreview>();
        foreach (var row in rows.Take(Most))
        {
            var moment = new CaseMoment(
                now,
                await rules.ForAsync(row.SchoolId, row.RulesAt, cancellation),
                await calendars.ForAsync(row.SchoolId, cancellation),
                null
            );
            var work = new CaseWork(db, row, kinds.Read(row), moment, set, StepCatalogue.Shipped, vault);
            List<int> from = [.. work.VersionsOf(order.DefinitionId).Where(v => v != order.Version)];
            if (from.Count > 0)
                cases.Add(await OfAsync(work, order, from, cancellation));
        }
        var groups = cases
            .GroupBy(c =>
                string.Join(' ', c.From)
                + c.Refused?.Code
                + string.Join(' ', c.Places.Select(p => $"{p.From}>{p.To}").Order())
            )
            .Select(g => new PreviewGroup([.. g.First().Places.DistinctBy(p => p.From)], [.. g]))
            .OrderByDescending(g => g.Cases.Count)
            .ToList();
        return new(
            groups,
            [
                .. cases
                    .SelectMany(c => c.Places)
                    .Where(p => p.Fate == PlaceFate.Asks)
                    .Select(p => p.From)
                    .Concat(order.Answers.Keys)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ],
            rows.Count > Most
        );
    }

    private static async Task<CasePreview> OfAsync(
        CaseWork work,
        MoveOrder order,
        IReadOnlyList<int> from,
        CancellationToken cancellation
    )
    {
        // The case that is asked here is a copy of its own, which nobody keeps.
        var moved = work.Plan(order);
        var along = moved.IsPossible
            ? await work.GoAlongAsync(moved, nameof(MovePreview), Guid.Empty, cancellation)
            : new List<MovedWay>();
        var clocks = new List<ClockChange>();
        var asked = new List<string>();
        if (moved.IsPossible)
            foreach (var place in moved.Places)
            {
                if (work.Kept(place, moved.Family) is not var (before, after))
                    continue;
                var (was, now) = (before.Payload, after.Payload);
                if (was.Who != now.Who || !was.Outcomes.SequenceEqual(now.Outcomes))
                    asked.Add(place.From);
                if (CaseWork.IsSameDeadline(was.Clock, now.Clock))
                    continue;
                var running = work.Row.Clocks.FirstOrDefault(c =>
                    c.StepId == before.Id && c.Span != ClockSpan.Handling
                );
                clocks.Add(
                    new(
                        place.From,
                        was.Clock?.Name,
                        running?.DueOn,
                        now.Clock?.Name,
                        now.Clock is { } clock ? await DueAsync(work, clock.Name, after, cancellation) : null
                    )
                );
            }
        return new(
            work.Row.Id,
            work.Row.Kind,
            work.Row.Number ?? work.Row.Receipt,
            work.Row.Version,
            from,
            moved.Places,
            clocks,
            asked,
            moved.Misfits,
            along.IsOk ? null : along.Refusal
        );
    }

    private static async Task<DateOnly?> DueAsync(
        CaseWork work,
        string clock,
        OpenedStep step,
        CancellationToken cancellation
    ) => Clock.Due((await work.Case.PlanAsync(clock, step, work.Moment, cancellation)).Inputs, work.Moment.Calendar).On;
}
