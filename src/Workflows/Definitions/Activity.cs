using System.Collections.Immutable;
using System.Text.Json;

namespace EduUnion.Workflows.Definitions;

/// <summary>One case of a FlowSwitch or Switch: the port and when it is taken.</summary>
/// <param name="Activity">What a Switch runs for it; null for a FlowSwitch, whose arrows say what comes next.</param>
public sealed record SwitchCase(string Label, Expression Condition, Activity? Activity = null);

/// <summary>How an activity with several inbound arrows joins in token mode; counter mode does not ask.</summary>
public enum MergeMode
{
    /// <summary>Runs unless a token is still on its way to one of its forward sources.</summary>
    Stream,

    /// <summary>Waits for a token on every forward arrow.</summary>
    Merge,

    /// <summary>Waits for a token on every arrow, backward ones too.</summary>
    Converge,

    /// <summary>Runs on the first token; the other arrows are blocked once.</summary>
    Cascade,

    /// <summary>As Cascade, and cancels what runs before it.</summary>
    Race,
}

/// <summary>An arrow of a flowchart. The target's port plays no part in Elsa.</summary>
public sealed record Connection(string Source, string Port, string Target);

/// <summary>Where the designer drew an activity, in its own flowchart's coordinates, pixels.</summary>
public sealed record Placement(double X, double Y, double Width, double Height);

/// <summary>One activity of a definition as it was drawn, with its inputs resolved by name (camelCase, as in the document).</summary>
public sealed class Activity
{
    public required string Id { get; init; }
    public required string Type { get; init; }
    public string Name { get; init; } = "";

    /// <summary>JSON pointer of the activity in its document.</summary>
    public required string Path { get; init; }

    /// <summary>The designer's title, else the name, else the id.</summary>
    public required string DisplayText { get; init; }
    public string Description { get; init; } = "";

    /// <summary>Null when the document carries no designer data for it.</summary>
    public Placement? Placement { get; init; }
    public bool CanStartWorkflow { get; init; }

    public ImmutableDictionary<string, Expression> Inputs { get; init; } =
        ImmutableDictionary<string, Expression>.Empty;

    /// <summary>Output name to the id of the variable, or name of the workflow output, that receives it.</summary>
    public ImmutableDictionary<string, string> Outputs { get; init; } = ImmutableDictionary<string, string>.Empty;
    public ImmutableArray<SwitchCase> Cases { get; init; } = [];

    /// <summary>Id of the variable that SetVariable writes.</summary>
    public string? VariableId { get; init; }

    /// <summary>The definition that this activity embeds, when its type is another definition's name.</summary>
    public string? WorkflowDefinitionId { get; init; }

    /// <summary>The version that it was drawn with; used when the set has it.</summary>
    public string? WorkflowDefinitionVersionId { get; init; }

    public MergeMode MergeMode { get; init; }

    /// <summary>Children of a container, or branches of a Fork, in document order.</summary>
    public ImmutableArray<Activity> Children { get; init; } = [];

    /// <summary>Embedded children by port: <c>then</c>, <c>else</c>, <c>body</c>.</summary>
    public ImmutableDictionary<string, Activity> Ports { get; init; } = ImmutableDictionary<string, Activity>.Empty;
    public ImmutableArray<Variable> Variables { get; init; } = [];
    public ImmutableArray<Connection> Connections { get; init; } = [];

    /// <summary>The container this activity lies in; null for the root.</summary>
    public Activity? Parent { get; internal set; }

    /// <summary>The shape of a flowchart; null for every other type.</summary>
    public FlowGraph? Graph { get; internal set; }

    public bool IsTerminal => ActivityTypes.Terminal.Contains(Type);

    /// <summary>All children, however they hang on this activity.</summary>
    public IEnumerable<Activity> Nested =>
        Children
            .Concat(Ports.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Value))
            .Concat(Cases.Select(c => c.Activity).OfType<Activity>());

    /// <summary>Whether scripts in its body can read CurrentValue and CurrentIndex.</summary>
    public bool Iterates => Type is ActivityTypes.For or ActivityTypes.ForEach or ActivityTypes.ParallelForEach;

    /// <summary>The text of an input that is a literal, else null.</summary>
    public string? Literal(string input) =>
        Inputs.GetValueOrDefault(input) is { Kind: ExpressionKind.Literal } expression
            ? Values.Text(expression.Value)
            : null;

    /// <summary>The value of an input that is static JSON, else null.</summary>
    public JsonElement? Static(string input) =>
        Inputs.GetValueOrDefault(input) is { Kind: ExpressionKind.Object } expression ? expression.Value : null;
}
