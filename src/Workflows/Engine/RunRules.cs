namespace EduUnion.Workflows.Engine;

/// <summary>How flowcharts run. Elsa's host chooses; a document cannot.</summary>
public enum FlowMode
{
    /// <summary>Edges are visited, followed or not; merge modes are ignored.</summary>
    Counter,

    /// <summary>A token travels along every followed edge; merge modes say how tokens meet.</summary>
    Token,
}

/// <summary>What a host chooses for an instance and the children it starts.</summary>
/// <param name="AsElsa">
/// Where Elsa loses something (a switch without match, a join of a dead branch, a fault without a strategy) lose it too,
/// instead of keeping an incident. For documents in which nobody decides anything.
/// </param>
public sealed record RunRules(FlowMode Flow = FlowMode.Counter, bool AsElsa = false)
{
    public static RunRules Default { get; } = new();
}
