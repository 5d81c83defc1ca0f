using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine;

/// <summary>Looks an open step up again, so that nobody has to keep a copy of what its definition says.</summary>
public static class OpenSteps
{
    /// <summary>The open steps of this name, in the order in which they opened.</summary>
    public static IEnumerable<Effect.OpenStep> Named(DefinitionSet definitions, Family family, string name)
    {
        var burst = new Execution(definitions, family, DateTimeOffset.UnixEpoch);
        return family
            .Instances.SelectMany(i => i.Nodes)
            .Where(n => n.State == NodeState.Running && burst.ActivityOf(n).Type == ActivityTypes.RunTask)
            .Where(n => Values.Text(burst.Input(n, "taskName")) == name)
            .Select(n => Find(definitions, family, burst.IdOf(n))!);
    }

    /// <summary>The step as it was announced when it opened; null when it is not open. Changes nothing.</summary>
    public static Effect.OpenStep? Find(DefinitionSet definitions, Family family, Guid step)
    {
        var burst = new Execution(definitions, family, DateTimeOffset.UnixEpoch);
        foreach (var node in family.Instances.SelectMany(i => i.Nodes).Where(n => n.State == NodeState.Running))
            if (burst.ActivityOf(node).Type == ActivityTypes.RunTask && burst.IdOf(node) == step)
                return new(
                    step,
                    node.Instance.Id,
                    node.ActivityId,
                    Values.Text(burst.Input(node, "taskName")),
                    burst.Input(node, "payload") is { ValueKind: not JsonValueKind.Null } given
                        ? given
                        : Values.EmptyObject,
                    node.Instance.Input
                );
        return null;
    }
}
