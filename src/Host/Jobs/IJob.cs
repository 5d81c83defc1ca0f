using Hangfire;

namespace EduUnion.Host.Jobs;

/// <summary>
/// Work that is found in rows. May run at any moment, twice at once and on several nodes, and may die at any point: the
/// rows say what is left.
/// </summary>
public interface IJob
{
    /// <summary>Until nothing is left to do now; returns how much was done.</summary>
    Task<int> RunAsync(CancellationToken cancellation);
}

/// <summary>
/// What Hangfire calls. A failed run is not repeated by Hangfire but by the next tick, and leaves no heap of failed
/// entries behind; the fault is in the log.
/// </summary>
[AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
public sealed class Alarm<TJob>(TJob job, JobLog log, TimeProvider time)
    where TJob : IJob
{
    public async Task RingAsync(CancellationToken cancellation)
    {
        var started = time.GetUtcNow();
        try
        {
            var done = await job.RunAsync(cancellation);
            log.Write(typeof(TJob), new JobRun(started, time.GetUtcNow(), done, null));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.Write(typeof(TJob), new JobRun(started, time.GetUtcNow(), 0, JobLog.Sentence(fault)));
            throw;
        }
    }
}
