using System.Text.Json;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine.Activities;

namespace EduUnion.Workflows.Engine;

/// <summary>How each stimulus enters the queue.</summary>
internal sealed partial class Execution
{
    private void Apply(Stimulus stimulus)
    {
        switch (stimulus)
        {
            case Stimulus.Start start:
                Start(start);
                break;
            case Stimulus.Answer answer:
                Resume(answer.Step, ActivityTypes.RunTask, answer.Result.ToJson());
                break;
            case Stimulus.TimerDue due:
                Resume(due.Timer, null, Values.Null);
                break;
            case Stimulus.Raise raise:
                if (!Publish(raise.Event, raise.Payload, raise.CorrelationId, RunRules.Default))
                    Ignored(raise.Event);
                break;
            case Stimulus.Cancel cancel:
                End(Named(cancel.Instance), EndStatus.Cancelled, cancel.Reason);
                break;
            case Stimulus.Restart restart:
                Restart(Named(restart.Instance), restart.Activity);
                break;
            case Stimulus.Retry retry:
                Retry(retry.Incident);
                break;
        }
    }

    private void Start(Stimulus.Start start)
    {
        var definition =
            (
                start.Version is { } version
                    ? _definitions.Find(start.DefinitionId, version)
                    : _definitions.Latest(start.DefinitionId)
            ) ?? throw new ArgumentException($"There is no definition '{start.DefinitionId}'.");
        Begin(definition, start.Input, null, start.Rules ?? RunRules.Default, start.Trigger, Values.Null, start.At);
    }

    /// <summary>Starts an instance; its root waits its turn in the queue.</summary>
    public Instance Begin(
        Definition definition,
        IEnumerable<KeyValuePair<string, JsonElement>> input,
        Instance? parent,
        RunRules rules,
        string? trigger = null,
        JsonElement? triggered = null,
        string? at = null
    )
    {
        var instance = new Instance(
            NextId(),
            new Frame(definition.DefinitionId, definition.Version) { Input = new(input) }
        )
        {
            Parent = parent?.Id,
            CorrelationId = parent?.CorrelationId,
            Rules = rules,
            Trigger = trigger,
            Triggered = trigger is null ? null : triggered,
        };
        _instances.Add(instance);
        Add(new Effect.Started(instance.Id, instance.DefinitionId, instance.Version, instance.Parent, instance.Input));
        if (at is null)
            Schedule(new Node(_next++, definition.Root.Id, instance, null));
        else
            EnterAt(instance, at);
        return instance;
    }

    /// <summary>What the activity brought when it started the instance; null when it did not, or has told already.</summary>
    public JsonElement? Triggered(Node node)
    {
        if (node.ActivityId != node.Instance.Trigger || node.Frame != node.Instance.Frame)
            return null;
        var payload = node.Instance.Triggered;
        node.Instance.Triggered = null;
        return payload;
    }

    /// <summary>Tells everyone who waits for an event, and starts what it triggers.</summary>
    /// <param name="only">Reaches this instance only, and starts nothing.</param>
    /// <returns>False when nobody heard it.</returns>
    public bool Publish(string name, JsonElement payload, string? correlation, RunRules rules, Instance? only = null)
    {
        var waiting = _instances
            .Where(i => only is null ? correlation is null || i.CorrelationId == correlation : i == only)
            .SelectMany(i => i.Nodes)
            .Where(n => n.State == NodeState.Running && Event.WaitsFor(n) == name)
            .ToList();
        foreach (var node in waiting)
            Enqueue(node, payload);
        var started = only is null ? _definitions.StartedBy(name).ToList() : [];
        foreach (var (definition, trigger) in started)
            Begin(definition, [], null, rules, trigger.Id, payload).CorrelationId = correlation;
        return waiting.Count + started.Count > 0;
    }

    private void Resume(Guid id, string? type, JsonElement stimulus)
    {
        var node = _instances
            .SelectMany(i => i.Nodes)
            .FirstOrDefault(n =>
                n.State == NodeState.Running
                && ActivityOf(n).Type is var actual
                && (type is null ? Behaviour(n) is Timers : actual == type)
                && IdOf(n) == id
            );
        if (node is not null)
            _queue.Enqueue((node, stimulus));
        else
            Ignored(id.ToString());
    }

    private void Retry(Guid id)
    {
        var node = _instances.SelectMany(i => i.Nodes).FirstOrDefault(n => n.Incident?.Id == id);
        if (node is null)
        {
            Ignored(id.ToString());
            return;
        }
        var incident = node.Incident!;
        node.Incident = null;
        Add(new Effect.CloseIncident(id, node.Instance.Id, node.ActivityId));
        if (incident.Outcomes is { } outcomes)
        {
            node.State = NodeState.Gone;
            TellParent(node, outcomes);
            return;
        }
        node.State = NodeState.Scheduled;
        _queue.Enqueue((node, incident.Stimulus));
    }

    private void Restart(Instance instance, string activityId)
    {
        foreach (var root in instance.Nodes.Where(n => n.Parent is null).ToList())
            Cancel(root);
        EnterAt(instance, activityId);
    }

    private void EnterAt(Instance instance, string activityId)
    {
        var definition = DefinitionOf(instance.Frame);
        if (!definition.CanRestart(activityId))
            throw new ArgumentException($"{definition.DefinitionId} cannot be restarted at '{activityId}'.");
        var path = new Stack<Activity>();
        for (var at = definition.Activities[activityId]; at is not null; at = at.Parent)
            path.Push(at);
        Node? outer = null;
        while (path.TryPop(out var at))
        {
            var node = new Node(_next++, at.Id, instance, outer) { Backward = outer is not null };
            if (path.TryPeek(out var inner))
            {
                node.State = NodeState.Running;
                instance.Nodes.Add(node);
                if (instance.Rules.Flow == FlowMode.Counter)
                    CounterFlow.EnterAt(node, at.Graph!, inner);
                outer = node;
            }
            else
                Schedule(node);
        }
    }

    private Instance Named(Guid id) =>
        _instances.FirstOrDefault(i => i.Id == id) ?? throw new ArgumentException($"There is no live instance {id}.");

    private void Ignored(string what) => Add(new Effect.Trace(Guid.Empty, "", "", "ignored", what));
}
