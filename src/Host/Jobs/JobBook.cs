using Hangfire;
using Hangfire.Storage;

namespace EduUnion.Host.Jobs;

/// <summary>A job of the timetable as the administrator sees it.</summary>
/// <param name="Cron">When it runs, in Cron's five fields, UTC.</param>
/// <param name="NextAt">Null: Hangfire has not planned it yet.</param>
/// <param name="Last">Null: it has never run.</param>
public sealed record JobLine(string Id, string Cron, DateTimeOffset? NextAt, JobRun? Last);

/// <summary>The recurring jobs as Hangfire's storage knows them, and ringing one by hand.</summary>
public sealed class JobBook(JobStorage storage, JobLog log, IRecurringJobManager jobs)
{
    public IReadOnlyList<JobLine> List()
    {
        using var connection = storage.GetConnection();
        return [.. connection.GetRecurringJobs().OrderBy(j => j.Id, StringComparer.Ordinal).Select(Line)];
    }

    public JobLine? Find(string id) => List().FirstOrDefault(j => j.Id == id);

    /// <summary>Lets it run as soon as a worker is free. Every job may run at any moment and twice at once.</summary>
    /// <returns>False: there is no such job.</returns>
    public bool RunNow(string id)
    {
        if (Find(id) is null)
            return false;
        jobs.Trigger(id);
        return true;
    }

    private JobLine Line(RecurringJobDto job) =>
        new(
            job.Id,
            job.Cron,
            job.NextExecution is { } next ? new DateTimeOffset(DateTime.SpecifyKind(next, DateTimeKind.Utc)) : null,
            // An entry that a newer program wrote may name a job that this one does not have.
            job.Job?.Type.GetGenericArguments()
                is [var type]
                ? log.Read(type)
                : null
        );
}
