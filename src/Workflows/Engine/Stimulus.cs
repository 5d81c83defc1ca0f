using System.Collections.Immutable;
using System.Text.Json;

namespace EduUnion.Workflows.Engine;

/// <summary>What an open step said: the outcome and the routing scalars that the catalogue declares for the step.</summary>
/// <param name="Routing">Scalars, and at most one declared list of ids for ParallelForEach.</param>
public sealed record StepResult(string Outcome, ImmutableDictionary<string, JsonElement> Routing)
{
    private readonly JsonElement? _raw;

    public StepResult(string outcome)
        : this(outcome, ImmutableDictionary<string, JsonElement>.Empty) { }

    private StepResult(JsonElement raw)
        : this("") => _raw = raw;

    /// <summary>A result of any shape, for runs of documents that are not this product's.</summary>
    public static StepResult Raw(JsonElement result) => new(result);

    internal JsonElement ToJson()
    {
        if (_raw is { } raw)
            return raw;
        var fields = new Dictionary<string, JsonElement> { ["outcome"] = JsonSerializer.SerializeToElement(Outcome) };
        foreach (var (name, value) in Routing.OrderBy(r => r.Key, StringComparer.Ordinal))
            fields[name] = value;
        return JsonSerializer.SerializeToElement(fields);
    }
}

/// <summary>
/// What moves a family on. A stimulus that meets nothing (a step already answered, a timer disarmed) changes nothing and
/// leaves a trace <c>ignored</c>.
/// </summary>
public abstract record Stimulus
{
    private Stimulus() { }

    /// <summary>Starts an instance in the family: the main process, or a side process beside it.</summary>
    /// <param name="Version">Null starts the latest version in the set.</param>
    /// <param name="Trigger">Id of the activity that started it, such as a Timer; it completes at once.</param>
    /// <param name="Rules">How its host runs it; null runs it as this product runs its own.</param>
    public sealed record Start(
        string DefinitionId,
        ImmutableDictionary<string, JsonElement> Input,
        int? Version = null,
        string? Trigger = null,
        RunRules? Rules = null
    ) : Stimulus
    {
        /// <summary>
        /// An activity at which it begins in place of its start, with the workflow's variables as they are initially. Allowed
        /// for activities of which <c>Definition.CanRestart</c> is true; null begins at the start.
        /// </summary>
        public string? At { get; init; }

        public Start(string definitionId)
            : this(definitionId, ImmutableDictionary<string, JsonElement>.Empty) { }
    }

    /// <summary>An open step was decided.</summary>
    public sealed record Answer(Guid Step, StepResult Result) : Stimulus;

    /// <summary>The instant of an armed timer has come.</summary>
    public sealed record TimerDue(Guid Timer) : Stimulus;

    /// <summary>
    /// An event for everyone in the family who waits for one of this name (case-sensitive), and the start of the definitions
    /// that it triggers.
    /// </summary>
    /// <param name="CorrelationId">Reaches only instances with this correlation id; null reaches all.</param>
    public sealed record Raise(string Event, JsonElement Payload, string? CorrelationId = null) : Stimulus;

    /// <summary>Ends an instance and the children it started; their open steps and timers are closed.</summary>
    public sealed record Cancel(Guid Instance, string Reason) : Stimulus;

    /// <summary>
    /// Closes everything an instance has open and goes on at one activity, with fresh state in the phases that enclose it;
    /// workflow variables stay. Allowed for activities of which <c>Definition.CanRestart</c> is true.
    /// </summary>
    public sealed record Restart(Guid Instance, string Activity) : Stimulus;

    /// <summary>Tries again what an incident stopped, with the stimulus that was kept.</summary>
    public sealed record Retry(Guid Incident) : Stimulus;
}
