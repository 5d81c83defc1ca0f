using EduUnion.Domain;
using EduUnion.Host.Clocks;
using EduUnion.Host.Definitions;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Steps;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

// A running case goes over to another version of a definition, and back.
public sealed partial class CaseWork
{
    /// <summary>What a move would do; nothing has happened yet.</summary>
    public Moved Plan(MoveOrder order) => Moving.Move(_definitions, _family, order, Moment.Now);

    /// <summary>The open step as it is, and as it would be in a moved family; null when it is no open step.</summary>
    public (OpenedStep Before, OpenedStep After)? Kept(MovedPlace place, Family moved) =>
        place is { Fate: PlaceFate.Stays, Step: { } id } && OpenSteps.Find(_definitions, moved, id) is { } open
            ? (StepOf(id), Read(id, open.Name, open.Payload, open.Input))
            : null;

    /// <summary>
    /// Asks the aggregate to come to stand at the steps that open in the place of others. Refusal: <c>move.other-step</c>.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<MovedWay>>> GoAlongAsync(
        Moved moved,
        string reason,
        Guid by,
        CancellationToken cancellation
    )
    {
        var ways = new List<MovedWay>();
        foreach (var place in moved.Places.Where(p => p.Fate == PlaceFate.Reopens))
        {
            var to = moved
                .Effects.OfType<Effect.OpenStep>()
                .FirstOrDefault(o => o.Instance == place.Instance && o.Activity == place.To)
                ?.Name;
            var from = place.Step is { } left ? StepOf(left) : null;
            if (from is null || to is null || !await GoAcrossAsync(from.Part, from.Name, to, reason, by, cancellation))
                return Refusal.Because("move.other-step", place.From, place.To!);
            ways.Add(new(from.Part, from.Name, to));
        }
        return ways;
    }

    private async Task<bool> GoAcrossAsync(
        Guid? part,
        string from,
        string to,
        string reason,
        Guid by,
        CancellationToken cancellation
    )
    {
        if (from == to)
            return true;
        var way = new Detour(DetourKind.Jump, to, by) { Part = part, Reason = reason };
        var taken = await Case.GoAsync(way, Moment, cancellation);
        if (!taken.IsOk)
            return false;
        ChangeClock(taken.Value, part);
        Happened(taken.Value.Events);
        return true;
    }

    /// <summary>
    /// Carries a planned move out. Whoever is asked stays asked under the same deadline, unless the other version says of
    /// the step that somebody else is, or that another deadline holds; that one starts today. Refusals:
    /// <c>move.other-step</c>, <c>move.nobody-asked</c>.
    /// </summary>
    /// <returns>The family before, and what the rows were.</returns>
    public async Task<Outcome<(string Family, MovedRows Rows)>> MoveAsync(
        Moved moved,
        string reason,
        Guid by,
        CancellationToken cancellation
    )
    {
        var ways = await GoAlongAsync(moved, reason, by, cancellation);
        if (!ways.IsOk)
            return ways.Refusal;
        var kept = moved
            .Places.Select(p => Kept(p, moved.Family))
            .OfType<(OpenedStep Before, OpenedStep After)>()
            .ToList();
        var rows = new MovedRows(
            [.. Row.Tasks.Where(t => t.IsLive).Select(t => new MovedTask(t.Id, t.State, t.Outcomes, t.ClockId))],
            [.. Row.Clocks.Where(c => c.StoppedAt is null).Select(c => c.Id)],
            [.. moved.Effects.OfType<Effect.CloseIncident>().Select(i => i.Id)],
            ways.Value,
            Case.IsConfidential || ways.Value.All(w => w.From == w.To) ? null : Row.Aggregate
        );
        var before = FamilyJson.Write(_family);
        _family = moved.Family;
        foreach (var effect in moved.Effects)
            // What the program answers, nobody could take back.
            if (await TakeAsync(effect, cancellation) is not null)
                return Refusal.Because("move.nobody-asked");
        foreach (var (was, now) in kept)
            await AdjustAsync(was, now, cancellation);
        return (before, rows);
    }

    /// <summary>
    /// Takes a move back: the family, the tasks and the clocks are as they were. Refusal: <c>move.other-step</c> (the case
    /// cannot come to stand where it stood).
    /// </summary>
    public async Task<Refusal?> UndoMoveAsync(
        string family,
        MovedRows rows,
        string reason,
        Guid by,
        Func<CaseRow, ICase> read,
        CancellationToken cancellation
    )
    {
        if (rows.Aggregate is { } aggregate)
        {
            Row.Aggregate = aggregate;
            Case = read(Row);
        }
        else
            foreach (var way in rows.Ways.Reverse())
                if (!await GoAcrossAsync(way.Part, way.To, way.From, reason, by, cancellation))
                    return Refusal.Because("move.other-step", way.To, way.From);
        var opened = OpenedBy(_family, FamilyJson.Read(family));
        _family = Moving.Undo(FamilyJson.Read(family), _family);
        var (tasks, clocks) = (rows.Tasks.Select(t => t.Id).ToList(), rows.Clocks.ToList());
        foreach (var task in Row.Tasks.Where(t => t.IsLive && !tasks.Contains(t.Id)).ToList())
            Drop(task);
        StopClocks(c => !clocks.Contains(c.Id));
        // What the move closed is not among what was read of the case.
        await _db.Set<TaskRow>().Where(t => tasks.Contains(t.Id)).LoadAsync(cancellation);
        await _db.Set<ClockRow>().Where(c => clocks.Contains(c.Id)).LoadAsync(cancellation);
        foreach (var was in rows.Tasks)
        {
            var task = Row.Tasks.Single(t => t.Id == was.Id);
            task.State = was.State;
            task.ClosedAt = null;
            task.Outcomes = was.Outcomes;
            task.ClockId = was.ClockId;
            task.Version++;
        }
        foreach (var clock in Row.Clocks.Where(c => c.StoppedAt is not null && clocks.Contains(c.Id)))
        {
            clock.StoppedAt = null;
            SetClock(clock, inputs => inputs);
        }
        foreach (var incident in await _db.Set<IncidentRow>().Where(i => i.CaseId == Row.Id).ToListAsync(cancellation))
            if (rows.Incidents.Contains(incident.Id))
                incident.ClosedAt = null;
            else if (opened.Contains(incident.Id))
                incident.ClosedAt ??= Moment.Now;
        return null;
    }

    private static HashSet<Guid> OpenedBy(Family after, Family before) =>
        [
            .. after
                .Instances.SelectMany(i => i.Incidents)
                .Select(i => i.Id)
                .Except(before.Instances.SelectMany(i => i.Incidents).Select(i => i.Id)),
        ];

    /// <summary>Whether what runs goes on.</summary>
    public static bool IsSameDeadline(ClockSpec? before, ClockSpec? after) =>
        (before?.Name, before?.Span, before?.OnExpiry, before?.ExpiryOutcome, before?.Reassign)
        == (after?.Name, after?.Span, after?.OnExpiry, after?.ExpiryOutcome, after?.Reassign);

    private async Task AdjustAsync(OpenedStep before, OpenedStep after, CancellationToken cancellation)
    {
        var (was, now) = (before.Payload, after.Payload);
        if (was.Who != now.Who || !was.Outcomes.SequenceEqual(now.Outcomes))
            await AskAnewAsync(after, was.Who != now.Who, cancellation);
        if (IsSameDeadline(was.Clock, now.Clock))
            return;
        var own = Row.Tasks.Where(t => t.StepId == after.Id && t.Name == after.Name && t.IsLive).ToList();
        StopClocks(c =>
            c.StepId == after.Id && c.Span != ClockSpan.Handling && (c.TaskId is null || own.Any(t => t.Id == c.TaskId))
        );
        var shared = now.Clock is { Span: "step" } clock
            ? await StartClockAsync(clock.Name, ClockSpan.Step, after, null, ExpiryOf(clock, after), cancellation)
            : Running(null, after.Id, [], after.Part);
        foreach (var task in own)
        {
            task.ClockId = shared?.Id;
            if (task.State != TaskState.Waiting)
                await StartTaskClockAsync(after, task, cancellation);
        }
    }

    // Of whom else it is asked, or what else may be answered. Whoever is asked all the same keeps his task.
    private async Task AskAnewAsync(OpenedStep step, bool others, CancellationToken cancellation)
    {
        var asked = await Case.AskAsync(step, Moment, cancellation);
        var open = Row
            .Tasks.Where(t => t.StepId == step.Id && t.Desk == DeskPart.Own && t.Name == step.Name && t.IsLive)
            .ToList();
        var clock = open.FirstOrDefault()?.ClockId;
        foreach (var task in open)
        {
            var again = asked.FirstOrDefault(a => IsFor(a, task));
            if (again is null && others)
            {
                Drop(task);
                foreach (var added in Row.Tasks.Where(t => t.OwnerId == task.Id && t.IsLive).ToList())
                    Drop(added);
            }
            else if ((again ?? asked.FirstOrDefault()) is { } same)
            {
                task.Outcomes = string.Join(',', same.Outcomes);
                task.Version++;
            }
        }
        if (!others)
            return;
        var answered = Row.Tasks.Where(t => t.StepId == step.Id && t.State == TaskState.Decided).ToList();
        var fresh = asked.Where(a => !open.Concat(answered).Any(t => IsFor(a, t))).Select(a => Open(step, a)).ToList();
        foreach (var task in fresh)
        {
            task.ClockId = clock;
            task.Position = Row.Tasks.Where(t => t.StepId == step.Id).Max(t => t.Position) + 1;
            await StartTaskClockAsync(step, task, cancellation);
        }
        if (fresh.Count > 0)
            Tell(step, fresh);

        static bool IsFor(Asked asked, TaskRow task) =>
            (asked.MemberId, asked.Office, asked.OrganisationId) == (task.MemberId, task.Office, task.OrganisationId);
    }
}
