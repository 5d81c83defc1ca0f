using System.Collections.Immutable;

namespace EduUnion.Workflows.Definitions;

/// <summary>The way on which a process fails, from its start.</summary>
/// <param name="Story">What was decided or fell due, in order.</param>
/// <param name="Ways">The arrows of the checked definition that were followed.</param>
/// <param name="FailsAt">Ids of the checked definition's activities where it fails; none when it fails inside a child.</param>
public sealed record Trail(
    ImmutableArray<Happening> Story,
    ImmutableArray<Passage> Ways,
    ImmutableArray<string> FailsAt
)
{
    /// <summary>What goes on happening for ever, once round; empty where nothing does.</summary>
    public ImmutableArray<Happening> Round { get; init; } = [];

    /// <summary>With the activities' ids: <c>start → check=propose → review=file</c>.</summary>
    public override string ToString() =>
        string.Join(" → ", Story.Select(h => h.ToString()).Prepend("start"))
        + (Round.IsEmpty ? "" : $", and for ever {string.Join(" → ", Round)}");
}

/// <summary>One thing that happened: a step was answered, or a timer fell due.</summary>
/// <param name="DefinitionId">The definition that it belongs to: the checked one or a child that it started.</param>
/// <param name="Step">The catalogue's name of the step; null for a timer.</param>
/// <param name="Outcome">Empty for a timer.</param>
public sealed record Happening(string DefinitionId, string Activity, string? Step, string Outcome)
{
    /// <summary>Routing scalars that were given with the outcome, <c>name=value</c>.</summary>
    public ImmutableArray<string> Scalars { get; init; } = [];

    /// <summary>Items of the list that was given with the outcome, such as parts; null when there is none.</summary>
    public int? Items { get; init; }

    public override string ToString()
    {
        if (Step is null)
            return $"{Activity} due";
        var more = Items is { } items ? [.. Scalars, $"items: {items}"] : Scalars;
        return $"{Activity}={Outcome}{(more.IsEmpty ? "" : $" ({string.Join(", ", more)})")}";
    }
}

/// <summary>An arrow that was followed.</summary>
public sealed record Passage(string From, string Port, string To);
