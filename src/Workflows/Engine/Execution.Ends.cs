using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine;

/// <summary>How instances end, and how their parents hear of it.</summary>
internal sealed partial class Execution
{
    /// <summary>Ends an instance with everything open in it. A cancelled one takes the children it started with it.</summary>
    public void End(Instance instance, EndStatus status, string? reason = null)
    {
        if (!_instances.Remove(instance))
            return;
        instance.Ended = status;
        if (status == EndStatus.Cancelled)
            foreach (var child in _instances.Where(i => i.Parent == instance.Id).ToList())
                End(child, status, reason);
        foreach (var root in instance.Nodes.Where(n => n.Parent is null && n.State != NodeState.Gone).ToList())
            Cancel(root);
        Add(
            new Effect.Ended(
                instance.Id,
                instance.DefinitionId,
                status,
                reason ?? string.Join(",", instance.Frame.Outcomes ?? [ConnectionReader.DefaultPort]),
                instance.Frame.Outputs.ToImmutableDictionary()
            )
        );
        ResumeParent(instance, status);
    }

    // A child that ends without finishing resumes its parent with {}: the switch behind it goes to Default.
    private void ResumeParent(Instance child, EndStatus status)
    {
        var waiting = _instances
            .FirstOrDefault(i => i.Id == child.Parent)
            ?.Nodes.FirstOrDefault(n => n.Id == child.ParentNode && n.State == NodeState.Running);
        if (waiting is not null)
            _queue.Enqueue(
                (
                    waiting,
                    status == EndStatus.Finished
                        ? JsonSerializer.SerializeToElement(child.Frame.Outputs)
                        : Values.EmptyObject
                )
            );
    }

    /// <summary>Cancels the child instances that an activity waits for.</summary>
    public void CancelDispatched(Node node)
    {
        foreach (var child in _instances.Where(i => i.Parent == node.Instance.Id && i.ParentNode == node.Id).ToList())
            End(child, EndStatus.Cancelled, "parent cancelled");
    }

    public Definition Embedded(Node node, Activity activity) =>
        _definitions.Embedded(DefinitionOf(node.Frame), activity)
        ?? throw new ActivityFault($"There is no definition '{activity.WorkflowDefinitionId}'.");

    public Definition Child(Node node, string definitionId) =>
        _definitions.Child(DefinitionOf(node.Frame), definitionId)
        ?? throw new ActivityFault($"There is no definition '{definitionId}'.");
}
