using EduUnion.Host.Aid;

namespace EduUnion.Host.Jobs;

/// <summary>
/// Beats as long as the process runs. The first beat is over before the jobs begin, so that no clock takes a notice down
/// whose days of outage are not added yet.
/// </summary>
internal sealed class PulseLoop(IServiceScopeFactory scopes, TimeProvider time, ILogger<PulseLoop> log)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await BeatAsync(stoppingToken);
    }

    private async Task BeatAsync(CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<Pulse>().RunAsync(cancellation);
        }
        // A database that is away is an outage itself: the next beat finds the gap.
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "The beat of this minute failed");
        }
    }
}
