using System.Collections.Immutable;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine;

/// <summary>What becomes of a place at which an instance stands when it goes over to another version.</summary>
public enum PlaceFate
{
    /// <summary>The same activity is there: what is open stays open, and keeps its identifier.</summary>
    Stays,

    /// <summary>It closes, and the step that was answered for it opens.</summary>
    Reopens,

    /// <summary>Nothing corresponds to it: an answer is needed.</summary>
    Asks,
}

/// <summary>Why a place needs an answer.</summary>
public enum PlaceTrouble
{
    /// <summary>No activity has its id.</summary>
    Gone,

    /// <summary>The activity with its id does something else.</summary>
    Other,

    /// <summary>No path leads to the activity.</summary>
    Unreached,

    /// <summary>The activity lies in something that nobody can enter in its middle, such as a loop.</summary>
    Enclosed,

    /// <summary>It is open together with an activity that comes before it there.</summary>
    Order,

    /// <summary>What was answered is no step.</summary>
    Answer,
}

/// <summary>One place at which an instance stands: an open step, timer or child, or what an incident stopped.</summary>
/// <param name="From">Id of the activity in the version that it leaves.</param>
/// <param name="To">Id of the activity in the other version; null when it asks.</param>
/// <param name="Step">The open step, when it is one.</param>
/// <param name="Trouble">Null unless it asks.</param>
public sealed record MovedPlace(
    Guid Instance,
    string From,
    string? To,
    PlaceFate Fate,
    Guid? Step,
    PlaceTrouble? Trouble = null
);

/// <summary>That all instances of a definition in a family go over to one version of it.</summary>
/// <param name="Answers">
/// Activity id there by activity id here, for what has another id or is gone. An answer that is the same activity under
/// another id keeps what is open.
/// </param>
public sealed record MoveOrder(string DefinitionId, int Version, ImmutableDictionary<string, string> Answers);

/// <summary>A family after a move; the family as it was, and no effects, when something asks or does not fit.</summary>
/// <param name="Misfits">Names of the variables whose values the other version cannot hold.</param>
public sealed record Moved(
    Family Family,
    ImmutableArray<Effect> Effects,
    ImmutableArray<MovedPlace> Places,
    ImmutableArray<string> Misfits
)
{
    public bool IsPossible => Misfits.IsEmpty && Places.All(p => p.Fate != PlaceFate.Asks);
}

/// <summary>Takes running instances over to another version of their definition. Pure.</summary>
public static class Moving
{
    /// <summary>
    /// Moves every instance of the definition that runs by another version. Where an activity stays, its step, timer,
    /// children, variables and incident stay with it; branches that the other version has in addition count as not taken.
    /// </summary>
    /// <exception cref="ArgumentException">The version is not in the set, or an instance does not run in counter mode.</exception>
    public static Moved Move(DefinitionSet definitions, Family family, MoveOrder order, DateTimeOffset now)
    {
        var target =
            definitions.Find(order.DefinitionId, order.Version)
            ?? throw new ArgumentException(
                $"Definition {order.DefinitionId} version {order.Version} is not in the set."
            );
        var moved = new Execution(definitions, family, now).Move(target, order.Answers);
        return moved.IsPossible ? moved : moved with { Family = family, Effects = [] };
    }

    /// <summary>
    /// The family as it was before a move. Only the sequence goes on, so that no identifier that the move gave is ever given
    /// again.
    /// </summary>
    public static Family Undo(Family before, Family after) => before with { NextSequence = after.NextSequence };
}

internal sealed partial class Execution
{
    public Moved Move(Definition target, ImmutableDictionary<string, string> answers)
    {
        var moves = _instances
            .Where(i => i.DefinitionId == target.DefinitionId && i.Version != target.Version)
            .Select(i => new InstanceMove(this, i, target, answers))
            .ToList();
        ImmutableArray<MovedPlace> places = [.. moves.SelectMany(m => m.Places)];
        ImmutableArray<string> misfits = [.. moves.SelectMany(m => m.Misfits).Distinct()];
        if (misfits.IsEmpty && places.All(p => p.Fate != PlaceFate.Asks))
        {
            // One may have ended with what another has closed.
            foreach (var move in moves.Where(m => _instances.Contains(m.From)))
                move.Carry(moved => _instances[_instances.IndexOf(move.From)] = moved);
            Drain();
        }
        return new(
            new(_caseId, FamilyJson.Schema, _next, [.. _instances]),
            _effects.DrainToImmutable(),
            places,
            misfits
        );
    }

    public long NextNumber() => _next++;
}
