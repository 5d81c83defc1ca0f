using System.Collections.Immutable;
using System.Text.Json;

namespace EduUnion.Workflows.Engine;

/// <summary>How an instance ended.</summary>
public enum EndStatus
{
    Finished,
    Cancelled,
    Faulted,
}

/// <summary>A family after a stimulus, with what the caller must make true. Effects are in the order in which they happened.</summary>
public sealed record Burst(Family Family, ImmutableArray<Effect> Effects);

/// <summary>What a burst asks of its caller.</summary>
/// <param name="Instance">The workflow instance it belongs to.</param>
public abstract record Effect(Guid Instance)
{
    /// <summary>An instance began.</summary>
    /// <param name="Parent">The instance that dispatched it; null for a main or side process.</param>
    public sealed record Started(
        Guid Instance,
        string DefinitionId,
        int Version,
        Guid? Parent,
        ImmutableDictionary<string, JsonElement> Input
    ) : Effect(Instance);

    /// <summary>A step opened. Answer it with <see cref="Stimulus.Answer"/>.</summary>
    /// <param name="Activity">Id of the RunTask in its document.</param>
    /// <param name="Name">The catalogue's name of the step.</param>
    /// <param name="Payload">The payload; an empty object when the document gives none.</param>
    /// <param name="Input">What the instance was started with, such as the part it handles.</param>
    public sealed record OpenStep(
        Guid Step,
        Guid Instance,
        string Activity,
        string Name,
        JsonElement Payload,
        ImmutableDictionary<string, JsonElement> Input
    ) : Effect(Instance);

    /// <summary>A step was cancelled; never sent for a step that was answered. It may have opened in the same burst.</summary>
    public sealed record CloseStep(Guid Step, Guid Instance, string Activity) : Effect(Instance);

    /// <summary>Send <see cref="Stimulus.TimerDue"/> at the instant.</summary>
    public sealed record ArmTimer(Guid Timer, Guid Instance, string Activity, DateTimeOffset At) : Effect(Instance);

    public sealed record DisarmTimer(Guid Timer, Guid Instance, string Activity) : Effect(Instance);

    /// <summary>An instance ended and has left the family.</summary>
    /// <param name="Outcome">What a Complete activity said, else <c>Done</c>; for a cancellation its reason.</param>
    public sealed record Ended(
        Guid Instance,
        string DefinitionId,
        EndStatus Status,
        string Outcome,
        ImmutableDictionary<string, JsonElement> Outputs
    ) : Effect(Instance);

    /// <summary>A branch stopped. Its stimulus is kept; <see cref="Stimulus.Retry"/> tries again.</summary>
    public sealed record Incident(Guid Id, Guid Instance, string Activity, string Reason) : Effect(Instance);

    /// <summary>An incident is over: it was retried, or what it stopped was cancelled.</summary>
    public sealed record CloseIncident(Guid Id, Guid Instance, string Activity) : Effect(Instance);

    /// <summary>What happened inside, for diagnosis and for <c>definitions run</c>; nothing depends on it.</summary>
    /// <param name="What"><c>completed</c> (text: outcomes), <c>cancelled</c>, <c>output</c> (text: the line), <c>ignored</c>.</param>
    public sealed record Trace(Guid Instance, string Activity, string Type, string What, string Text)
        : Effect(Instance);
}
