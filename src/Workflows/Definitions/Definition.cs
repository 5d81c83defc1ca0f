using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace EduUnion.Workflows.Definitions;

/// <summary>What happens to an instance when one of its activities faults.</summary>
public enum IncidentStrategy
{
    /// <summary>Named by no document: the branch stops, the case stays and an administrator retries.</summary>
    Ours,

    /// <summary>Elsa's FaultStrategy: the whole instance ends faulted.</summary>
    Fault,

    /// <summary>Elsa's ContinueWithIncidentsStrategy: the other branches go on.</summary>
    Continue,
}

/// <summary>A variable of a workflow or of one of its containers.</summary>
/// <param name="Initial">The value before anything was set, already converted to <paramref name="TypeName"/>.</param>
/// <param name="Driver">Where Elsa keeps it; null means that Elsa forgets it at the first bookmark. Ours keeps all.</param>
public sealed record Variable(
    string Id,
    string Name,
    string TypeName,
    bool IsArray,
    JsonElement Initial,
    string? Driver = null
);

/// <summary>An input or output that a workflow declares.</summary>
public sealed record Argument(string Name, string TypeName, bool IsArray);

/// <summary>
/// One version of an Elsa 3 workflow definition, read and resolved: every reference in it resolves and every script in it
/// parses. Immutable and safe to share between threads.
/// </summary>
public sealed class Definition
{
    public required string Id { get; init; }
    public required string DefinitionId { get; init; }
    public required int Version { get; init; }
    public required string Name { get; init; }
    public string Description { get; init; } = "";
    public ImmutableArray<Variable> Variables { get; init; } = [];
    public ImmutableArray<Argument> Inputs { get; init; } = [];
    public ImmutableArray<Argument> Outputs { get; init; } = [];
    public ImmutableArray<string> Outcomes { get; init; } = [];
    public bool UsableAsActivity { get; init; }
    public IncidentStrategy Incidents { get; init; }
    public required Activity Root { get; init; }

    /// <summary>Every activity of the document by its id, nested ones included, in document order.</summary>
    public required FrozenDictionary<string, Activity> Activities { get; init; }

    /// <summary>The document as it was imported.</summary>
    public required JsonElement Document { get; init; }

    /// <summary>The same to the last character, blanks around it included.</summary>
    public required string Text { get; init; }

    /// <summary>Whether a running instance may be sent to this activity: it and all that encloses it are flowcharts' own.</summary>
    public bool CanRestart(string activityId)
    {
        if (!Activities.TryGetValue(activityId, out var activity) || activity.Parent is null)
            return false;
        for (var at = activity; at.Parent is { } parent; at = parent)
            if (parent.Graph is null || !parent.Graph.Reaches(at))
                return false;
        return true;
    }
}
