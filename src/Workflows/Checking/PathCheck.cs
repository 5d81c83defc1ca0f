using System.Collections.Immutable;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;

namespace EduUnion.Workflows.Checking;

/// <summary>What shows only when a process is tried out; each finding tells the shortest way to it.</summary>
internal sealed class PathCheck(
    Definition definition,
    DefinitionSet definitions,
    StepCatalogue catalogue,
    Exploration exploration,
    Findings findings
)
{
    private bool _failed;

    public void Run()
    {
        foreach (var state in exploration.States)
        {
            foreach (var incident in state.Incidents)
                Stopped(state, incident);
            if (!state.Failed && !state.IsEnd && !state.Waits)
                Report(state, "/root", "path.stuck", "Nothing is open and nothing ends");
        }
        if (!exploration.IsComplete)
            findings.Add(
                "",
                "check.too-large",
                $"The process has more than {Exploration.Bound} states; it was not proven sound."
            );
        else
            Endless();
        // Where a way broke off, what lies behind is not dead.
        if (exploration.IsComplete && !_failed)
            Dead();
    }

    private void Stopped(Situation state, Effect.Incident incident)
    {
        // A child's incident is the child's own finding; here it is shown at this definition's root.
        var activity =
            (state.Family.Find(incident.Instance) ?? state.From?.Family.Find(incident.Instance)) is { } instance
            && instance.DefinitionId == definition.DefinitionId
                ? definition.Activities.GetValueOrDefault(incident.Activity)
                : null;
        var code = activity?.Type switch
        {
            _ when incident.Reason.Contains(Execution.Runaway, StringComparison.Ordinal) => "loop.endless",
            ActivityTypes.FlowJoin => "join.dead-branch",
            ActivityTypes.FlowSwitch => "switch.default-missing",
            "Elsa.Fault" => "outcome.unhandled",
            _ => "path.incident",
        };
        Report(state, activity?.Path ?? "/root", code, incident.Reason.TrimEnd('.'), activity?.Id);
    }

    // Backwards from the ends: what is not met can go on for ever.
    private void Endless()
    {
        var before = exploration
            .States.SelectMany(s => s.After.Select(a => (s, a.To)))
            .ToLookup(way => way.To, way => way.s);
        var met = new HashSet<Situation>(exploration.States.Where(s => s.IsEnd || s.Failed));
        var open = new Queue<Situation>(met);
        while (open.TryDequeue(out var state))
            foreach (var earlier in before[state])
                if (met.Add(earlier))
                    open.Enqueue(earlier);
        if (exploration.States.FirstOrDefault(s => !met.Contains(s) && s.Waits) is not { } endless)
            return;
        var places = endless
            .Steps.Where(s => endless.Family.Find(s.Instance)?.DefinitionId == definition.DefinitionId)
            .Select(s => s.Activity)
            .Distinct()
            .ToImmutableArray();
        var path = places is [var place, ..] ? definition.Activities[place].Path : "/root";
        var (code, sentence) = Spins(endless)
            ? ("loop.endless", "The program goes round for ever, and nobody is asked")
            : ("path.no-end", "No path from here reaches an end");
        Report(endless, path, code, sentence, [.. places], RoundFrom(endless));
    }

    /// <summary>Whatever comes is done by the program itself.</summary>
    private bool Spins(Situation from)
    {
        var seen = new HashSet<Situation> { from };
        var open = new Queue<Situation>(seen);
        while (open.TryDequeue(out var state))
        {
            if (!state.Timers.IsEmpty || state.Steps.Any(s => catalogue.Find(s.Name)?.Kind != StepKind.Auto))
                return false;
            foreach (var (_, to) in state.After)
                if (seen.Add(to))
                    open.Enqueue(to);
        }
        return true;
    }

    private static ImmutableArray<Happening> RoundFrom(Situation endless)
    {
        var walked = new List<(Situation At, Happening Said)>();
        for (var at = endless; at.After.Count > 0; at = at.After[0].To)
        {
            var start = walked.FindIndex(w => w.At == at);
            if (start >= 0)
            {
                // The first time round may differ in what nobody sees; told from where it begins.
                var round = walked.Skip(start).Select(w => w.Said).ToList();
                var first = Math.Max(round.FindIndex(h => h.Activity == walked[0].Said.Activity), 0);
                return [.. round.Skip(first), .. round.Take(first)];
            }
            walked.Add((at, at.After[0].Said));
        }
        return [];
    }

    private void Dead()
    {
        foreach (
            var activity in definition
                .Activities.Values.Where(a => a.Type == ActivityTypes.RunTask && !exploration.Opened.Contains(a.Id))
                .Where(a => a.Parent?.Graph is null || a.Parent.Graph.Reaches(a))
                .OrderBy(a => a.Path, StringComparer.Ordinal)
        )
            findings.Add(
                activity.Path,
                "step.dead",
                $"The step '{activity.Id}' is never opened, whatever is decided before it."
            );
    }

    private void Report(Situation state, string path, string code, string sentence, string? failsAt = null) =>
        Report(state, path, code, sentence, failsAt is null ? [] : [failsAt], []);

    private void Report(
        Situation state,
        string path,
        string code,
        string sentence,
        ImmutableArray<string> failsAt,
        ImmutableArray<Happening> round
    )
    {
        _failed = true;
        var way = new Stack<Situation>();
        for (var at = state; at is not null; at = at.From)
            way.Push(at);
        var trail = new Trail([.. way.Select(s => s.Said).OfType<Happening>()], Walk(way), failsAt) { Round = round };
        findings.Add(path, code, $"{sentence}: {trail}", trail);
    }

    /// <summary>The arrows that were followed: the engine runs the way once more and says what it completes.</summary>
    private ImmutableArray<Passage> Walk(IEnumerable<Situation> way)
    {
        var instances = new Dictionary<Guid, string>();
        var passages = ImmutableArray.CreateBuilder<Passage>();
        foreach (var state in way)
        {
            var family = state.From?.Family ?? Exploration.Before;
            foreach (var effect in Engine.Engine.Run(definitions, family, state.Stimulus, Exploration.Now).Effects)
                if (effect is Effect.Started started)
                    instances[started.Instance] = started.DefinitionId;
                else if (
                    effect is Effect.Trace { What: "completed" } trace
                    && instances.GetValueOrDefault(trace.Instance) == definition.DefinitionId
                    && definition.Activities.GetValueOrDefault(trace.Activity) is { Parent.Graph: { } graph } activity
                )
                    foreach (var edge in graph.Outbound(activity).Where(e => trace.Text.Split(',').Contains(e.Port)))
                        passages.Add(new(edge.Source.Id, edge.Port, edge.Target.Id));
        }
        return [.. passages.Distinct()];
    }
}
