using System.Diagnostics;
using System.Diagnostics.Metrics;
using EduUnion.Domain;
using EduUnion.Host.Persistence;

namespace EduUnion.Host.Operations;

/// <summary>
/// What the program counts while it works, and where a trace of one step begins. Names and numbers of people never: kinds
/// of acts and their results only.
/// </summary>
public sealed class Measures
{
    public const string Name = "EduUnion";

    /// <summary>One span a step; the statements inside it are told by the database driver.</summary>
    public static readonly ActivitySource Trace = new(Name);

    private readonly TimeProvider _time;
    private readonly Histogram<double> _steps;
    private readonly Counter<long> _mails;

    public Measures(IMeterFactory meters, TimeProvider time, Standing standing)
    {
        _time = time;
        var meter = meters.Create(Name);
        _steps = meter.CreateHistogram<double>(
            "eduunion.steps",
            "s",
            "Steps of cases: how many, and how long each took"
        );
        _mails = meter.CreateCounter<long>(
            "eduunion.mails",
            description: "Attempts to send a mail, by what became of them"
        );
        meter.CreateObservableGauge(
            "eduunion.database.up",
            () => standing.Seen.Up ? 1 : 0,
            description: "1: the database answers"
        );
        meter.CreateObservableGauge(
            "eduunion.deadlines.lag",
            () => standing.Seen.DeadlineLag.TotalSeconds,
            "s",
            "How long the most overdue alarm has waited to be served"
        );
        meter.CreateObservableGauge(
            "eduunion.outbox.age",
            () => standing.Seen.OutboxAge.TotalSeconds,
            "s",
            "Age of the oldest mail or notice that should have left"
        );
        meter.CreateObservableGauge(
            "eduunion.incidents.open",
            () => standing.Seen.Incidents,
            description: $"Cases that stand still and wait for an administrator; at most {Standing.Most} are counted"
        );
    }

    /// <summary>Counts, times and traces one step; what it answers or throws is passed on.</summary>
    /// <param name="entry">How the step was asked for: decide, act (an office action), return, command, start, expire or signal.</param>
    public async Task<Outcome<T>> StepAsync<T>(string entry, Func<Task<Outcome<T>>> step)
    {
        using var span = Trace.StartActivity($"step {entry}");
        var began = _time.GetTimestamp();
        var result = "fault";
        try
        {
            var done = await step();
            result = done.IsOk ? "done" : "refused";
            span?.SetTag("eduunion.result", done.IsOk ? result : done.Refusal.Code);
            return done;
        }
        catch (OperationCanceledException)
        {
            result = "cancelled";
            throw;
        }
        catch (Exception fault) when (DatabaseTrouble.Is(fault))
        {
            result = "away";
            throw;
        }
        finally
        {
            _steps.Record(
                _time.GetElapsedTime(began).TotalSeconds,
                new KeyValuePair<string, object?>("entry", entry),
                new KeyValuePair<string, object?>("result", result)
            );
        }
    }

    /// <param name="result">accepted, later, unknown, never or unavailable.</param>
    public void Mailed(string result) => _mails.Add(1, new KeyValuePair<string, object?>("result", result));
}
