using System.Collections.Frozen;

namespace EduUnion.Workflows.Definitions;

/// <summary>Elsa's activity types: those the engine executes, and those it knows but does not execute.</summary>
public static class ActivityTypes
{
    public const string Flowchart = "Elsa.Flowchart";
    public const string FlowDecision = "Elsa.FlowDecision";
    public const string FlowSwitch = "Elsa.FlowSwitch";
    public const string FlowFork = "Elsa.FlowFork";
    public const string FlowJoin = "Elsa.FlowJoin";
    public const string RunTask = "Elsa.RunTask";
    public const string DispatchWorkflow = "Elsa.DispatchWorkflow";
    public const string ExecuteWorkflow = "Elsa.ExecuteWorkflow";
    public const string ParallelForEach = "Elsa.ParallelForEach";
    public const string Complete = "Elsa.Complete";
    public const string Start = "Elsa.Start";

    /// <summary>A terminal activity completes the flowchart it lies in at once.</summary>
    public static FrozenSet<string> Terminal { get; } = FrozenSet.Create("Elsa.Finish", "Elsa.End", Complete);

    public static FrozenSet<string> Executed { get; } =
        FrozenSet.Create(
            Flowchart,
            FlowDecision,
            FlowSwitch,
            FlowFork,
            FlowJoin,
            RunTask,
            DispatchWorkflow,
            ExecuteWorkflow,
            ParallelForEach,
            Complete,
            Start,
            "Elsa.Sequence",
            "Elsa.If",
            "Elsa.SetVariable",
            "Elsa.SetOutput",
            "Elsa.Correlate",
            "Elsa.WriteLine",
            "Elsa.Delay",
            "Elsa.StartAt",
            "Elsa.Finish",
            "Elsa.End",
            "Elsa.Fault"
        );

    public static FrozenSet<string> NotExecuted { get; } =
        FrozenSet.Create(
            "Elsa.Switch",
            "Elsa.Fork",
            "Elsa.Parallel",
            "Elsa.While",
            "Elsa.For",
            "Elsa.ForEach",
            "Elsa.Break",
            "Elsa.SetName",
            "Elsa.FlowNode",
            "Elsa.Container",
            "Elsa.Workflow",
            "Elsa.Event",
            "Elsa.PublishEvent",
            "Elsa.Timer",
            "Elsa.Cron"
        );
}
