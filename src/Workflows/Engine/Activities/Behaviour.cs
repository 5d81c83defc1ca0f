using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>What an activity type does. Stateless: what it remembers is in its node.</summary>
internal abstract class Behaviour
{
    private static readonly FrozenDictionary<string, Behaviour> Types = new Dictionary<string, Behaviour>
    {
        [ActivityTypes.Flowchart] = new Flowchart(),
        [ActivityTypes.FlowDecision] = new FlowDecision(),
        [ActivityTypes.FlowSwitch] = new FlowSwitch(),
        [ActivityTypes.FlowFork] = new FlowFork(),
        [ActivityTypes.FlowJoin] = new FlowJoin(),
        [ActivityTypes.RunTask] = new RunTask(),
        [ActivityTypes.DispatchWorkflow] = new DispatchWorkflow(),
        [ActivityTypes.ExecuteWorkflow] = new ExecuteWorkflow(),
        [ActivityTypes.ParallelForEach] = new ParallelForEach(),
        [ActivityTypes.Complete] = new Complete(),
        [ActivityTypes.ForEach] = new ForEach(),
        [ActivityTypes.For] = new For(),
        [ActivityTypes.SetVariable] = new SetVariable(),
        [ActivityTypes.Start] = new Nothing(),
        [ActivityTypes.RunJavaScript] = new RunJavaScript(),
        [ActivityTypes.Workflow] = new Wrapper(),
        [ActivityTypes.Event] = new Event(),
        ["Elsa.Sequence"] = new Sequence(),
        ["Elsa.If"] = new If(),
        ["Elsa.SetOutput"] = new SetOutput(),
        ["Elsa.Correlate"] = new Correlate(),
        ["Elsa.WriteLine"] = new WriteLine(),
        ["Elsa.Delay"] = new Delay(),
        ["Elsa.StartAt"] = new StartAt(),
        ["Elsa.Finish"] = new Finish(),
        ["Elsa.End"] = new Nothing(),
        ["Elsa.Fault"] = new Fault(),
        ["Elsa.Switch"] = new Switch(),
        ["Elsa.Fork"] = new Fork(),
        ["Elsa.Parallel"] = new Parallel(),
        ["Elsa.While"] = new While(),
        ["Elsa.Break"] = new Break(),
        ["Elsa.SetName"] = new SetName(),
        ["Elsa.FlowNode"] = new Wrapper(),
        ["Elsa.Container"] = new Wrapper(),
        ["Elsa.PublishEvent"] = new PublishEvent(),
        ["Elsa.Timer"] = new Timer(),
        ["Elsa.Cron"] = new Cron(),
    }.ToFrozenDictionary();

    private static readonly Behaviour Embedded = new EmbeddedDefinition();

    public static Behaviour Of(Activity activity) =>
        activity.WorkflowDefinitionId is not null ? Embedded : Types[activity.Type];

    public abstract void Execute(Execution burst, Node node);

    /// <summary>What the activity waited for has come.</summary>
    public virtual void Resume(Execution burst, Node node, JsonElement stimulus) => burst.Complete(node);

    public virtual void ChildCompleted(Execution burst, Node node, Node child, ImmutableArray<string> outcomes) =>
        burst.Complete(node);

    /// <summary>The open activity is cancelled: take back what it asked of the caller.</summary>
    public virtual void Cancelled(Execution burst, Node node) { }
}

/// <summary>Start, which only marks a place, and End, which as a terminal activity ends its flowchart.</summary>
internal sealed class Nothing : Behaviour
{
    public override void Execute(Execution burst, Node node) => burst.Complete(node);
}
