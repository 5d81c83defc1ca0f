using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Checking;

/// <summary>What can be seen on the drawing: edges, ends, and the activity types that this product publishes.</summary>
internal static class ChartCheck
{
    public static void Run(Activity activity, Definition definition, DefinitionSet definitions, Findings findings)
    {
        if (activity.Graph is { } graph)
            Chart(activity, graph, findings);
        if (activity.Parent?.Graph is { } around)
            Edges(activity, around, definition, definitions, findings);
        if (activity.Type == ActivityTypes.ExecuteWorkflow)
            findings.Add(
                activity.Path,
                "activity.not-published",
                "Elsa loses the result of ExecuteWorkflow when the child waits; use DispatchWorkflow."
            );
        else if (activity.WorkflowDefinitionId is null && !ActivityTypes.Published.Contains(activity.Type))
            findings.Add(
                activity.Path,
                "activity.not-published",
                $"{activity.Type} runs, but nothing can be proven of it; this product publishes no process with it."
            );
        if (activity.MergeMode is MergeMode.Cascade or MergeMode.Race or MergeMode.Converge)
            findings.Add(
                activity.Path,
                "merge.not-published",
                $"The merge mode {activity.MergeMode} loses tokens; use a FlowJoin or none."
            );
        if (
            activity.Type == ActivityTypes.Complete
            && activity.Inputs.ContainsKey("outcomes")
            && activity.Literal("outcomes") is null
        )
            findings.Add(
                $"{activity.Path}/outcomes",
                "complete.dynamic",
                "The outcomes of Complete are one literal name."
            );
        if (activity.WorkflowDefinitionId is { } embedded && definitions.Child(definition, embedded) is null)
            findings.Add(activity.Path, "workflow.unknown", $"There is no published definition '{embedded}'.");
        if (activity.Type is ActivityTypes.DispatchWorkflow or ActivityTypes.ExecuteWorkflow)
            Child(activity, definition, definitions, findings);
    }

    private static void Chart(Activity chart, FlowGraph graph, Findings findings)
    {
        foreach (var child in chart.Children.Where(c => !graph.Reaches(c)))
            findings.Add(child.Path, "activity.unreachable", $"No path leads to '{child.Id}'.");
        foreach (var edge in graph.Edges.Where(e => e.IsBackward))
        {
            var path = $"{chart.Path}/connections/{edge.Index}";
            if (!edge.IsValid)
                findings.Add(
                    path,
                    "edge.invalid-backward",
                    $"A path reaches '{edge.Source.Id}' without passing '{edge.Target.Id}', so the arrow back faults when it is followed."
                );
            else if (!IsEntry(graph, edge.Target))
                findings.Add(
                    path,
                    "edge.backward-target",
                    $"Arrows back lead to the first step of a phase, not to '{edge.Target.Id}'."
                );
        }
    }

    // The first activity, or the first after those that copy inputs to variables.
    private static bool IsEntry(FlowGraph graph, Activity activity)
    {
        var at = graph.Start;
        while (at is not null && at != activity && at.Type is ActivityTypes.SetVariable or ActivityTypes.Start)
            at = graph.Outbound(at) is [var only] ? only.Target : null;
        return at == activity;
    }

    private static void Edges(
        Activity activity,
        FlowGraph graph,
        Definition definition,
        DefinitionSet definitions,
        Findings findings
    )
    {
        var ports = Ports(activity, definition, definitions);
        var drawn = graph.Outbound(activity).Select(e => e.Port).ToHashSet();
        foreach (var port in ports.Required.Where(p => !drawn.Contains(p)))
            findings.Add(
                activity.Path,
                port == "Default" ? "switch.default-missing" : "outcome.edge-missing",
                $"No arrow leaves '{activity.Id}' for '{port}'."
            );
        foreach (var port in drawn.Where(p => !ports.Required.Contains(p) && !ports.Allowed.Contains(p)))
            findings.Add(
                activity.Path,
                "port.unknown",
                $"An arrow leaves '{activity.Id}' for '{port}', which it never gives."
            );
    }

    private static (ImmutableArray<string> Required, ImmutableArray<string> Allowed) Ports(
        Activity activity,
        Definition definition,
        DefinitionSet definitions
    ) =>
        activity.Type switch
        {
            ActivityTypes.FlowSwitch => ([.. activity.Cases.Select(c => c.Label), "Default"], []),
            ActivityTypes.FlowDecision => (["True", "False"], []),
            ActivityTypes.FlowFork when activity.Static("branches") is { ValueKind: JsonValueKind.Array } branches => (
                [.. branches.EnumerateArray().Select(Values.Text)],
                []
            ),
            _ when activity.WorkflowDefinitionId is { } id => definitions.Child(definition, id) is { } child
                ? (child.Outcomes, [ConnectionReader.DefaultPort])
                : ([], [.. activity.Parent!.Graph!.Outbound(activity).Select(e => e.Port)]),
            _ => ([], [ConnectionReader.DefaultPort]),
        };

    private static void Child(Activity activity, Definition definition, DefinitionSet definitions, Findings findings)
    {
        var id = activity.Literal("workflowDefinitionId");
        if (id is null || definitions.Child(definition, id) is null)
            findings.Add(
                $"{activity.Path}/workflowDefinitionId",
                "workflow.unknown",
                id is null
                    ? "The definition to start is written literally."
                    : $"There is no published definition '{id}'."
            );
        // A child that ends without an answer resumes its parent with {}; only a switch notices.
        var waits = activity.Inputs.TryGetValue("waitForCompletion", out var wait) && Values.IsTrue(wait.Value);
        if (waits && Follower(activity)?.Type != ActivityTypes.FlowSwitch)
            findings.Add(
                activity.Path,
                "dispatch.unchecked",
                $"A FlowSwitch on its result must follow '{activity.Id}'."
            );
    }

    // What comes after an activity, past those that only copy values.
    private static Activity? Follower(Activity activity)
    {
        var at = activity;
        do
        {
            at = activity.Parent?.Graph?.Outbound(at) is [{ IsBackward: false } only] ? only.Target : null;
        } while (at?.Type == ActivityTypes.SetVariable);
        return at;
    }
}
