using System.Globalization;
using Hangfire;

namespace EduUnion.Host.Jobs;

/// <summary>How a job ran last.</summary>
/// <param name="Done">How much it did: clocks, mails, cases; 0 when nothing was to be done.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record JobRun(DateTimeOffset StartedAt, DateTimeOffset EndedAt, int Done, string? Error);

/// <summary>
/// The last run of each job, kept in Hangfire's storage: its own entries go after two hours, and a job that runs once a day
/// would have nothing to show. On PostgreSQL all nodes write the same place. Losing it loses nothing.
/// </summary>
public sealed class JobLog(JobStorage storage, ILogger<JobLog> log)
{
    private const int Longest = 200;

    public void Write(Type job, JobRun run)
    {
        try
        {
            using var connection = storage.GetConnection();
            connection.SetRangeInHash(
                Place(job),
                new Dictionary<string, string>
                {
                    ["started"] = Text(run.StartedAt),
                    ["ended"] = Text(run.EndedAt),
                    ["done"] = run.Done.ToString(CultureInfo.InvariantCulture),
                    ["error"] = run.Error ?? "",
                }
            );
        }
        // The work is done whatever becomes of the note about it.
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning(fault, "The run of {Job} could not be noted", job.Name);
        }
    }

    /// <summary>Null: it has never run.</summary>
    public JobRun? Read(Type job)
    {
        using var connection = storage.GetConnection();
        return connection.GetAllEntriesFromHash(Place(job)) is { Count: > 0 } kept
            ? new JobRun(
                Instant(kept["started"]),
                Instant(kept["ended"]),
                int.Parse(kept["done"], CultureInfo.InvariantCulture),
                kept["error"].Length == 0 ? null : kept["error"]
            )
            : null;
    }

    /// <summary>A fault in one line; the whole of it is in the log.</summary>
    public static string Sentence(Exception fault)
    {
        var line = $"{fault.GetType().Name}: {fault.Message}".ReplaceLineEndings(" ");
        return line.Length <= Longest ? line : line[..Longest] + "…";
    }

    private static string Place(Type job) => $"eduunion:job:{job.Name}";

    private static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
