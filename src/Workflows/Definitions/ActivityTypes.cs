using System.Collections.Frozen;

namespace EduUnion.Workflows.Definitions;

/// <summary>Elsa's activity types that the engine executes.</summary>
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
    public const string For = "Elsa.For";
    public const string ForEach = "Elsa.ForEach";
    public const string ParallelForEach = "Elsa.ParallelForEach";
    public const string SetVariable = "Elsa.SetVariable";
    public const string Complete = "Elsa.Complete";
    public const string Start = "Elsa.Start";
    public const string Workflow = "Elsa.Workflow";
    public const string RunJavaScript = "Elsa.RunJavaScript";
    public const string Event = "Elsa.Event";

    /// <summary>A terminal activity completes the flowchart or sequence it lies in at once.</summary>
    public static FrozenSet<string> Terminal { get; } =
        FrozenSet.Create("Elsa.Finish", "Elsa.End", Complete, "Elsa.Break");

    /// <summary>Activities that can start a workflow when they are marked for it.</summary>
    public static FrozenSet<string> Triggers { get; } =
        FrozenSet.Create(Event, "Elsa.Timer", "Elsa.Cron", "Elsa.StartAt");

    /// <summary>Types of which the checker can prove something, and which this product's own processes may use.</summary>
    public static FrozenSet<string> Published { get; } =
        FrozenSet.Create(
            Flowchart,
            FlowDecision,
            FlowSwitch,
            FlowFork,
            FlowJoin,
            RunTask,
            DispatchWorkflow,
            ParallelForEach,
            Complete,
            Start,
            SetVariable,
            "Elsa.Sequence",
            "Elsa.If",
            "Elsa.SetOutput",
            "Elsa.Correlate",
            "Elsa.WriteLine",
            "Elsa.Delay",
            "Elsa.StartAt",
            "Elsa.Finish",
            "Elsa.End",
            "Elsa.Fault"
        );

    public static FrozenSet<string> Executed { get; } =
        Published
            .Concat([
                ExecuteWorkflow,
                For,
                ForEach,
                Workflow,
                Event,
                RunJavaScript,
                "Elsa.Switch",
                "Elsa.Fork",
                "Elsa.Parallel",
                "Elsa.While",
                "Elsa.Break",
                "Elsa.SetName",
                "Elsa.FlowNode",
                "Elsa.Container",
                "Elsa.PublishEvent",
                "Elsa.Timer",
                "Elsa.Cron",
            ])
            .ToFrozenSet();
}
