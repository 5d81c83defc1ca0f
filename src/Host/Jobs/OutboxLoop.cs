using EduUnion.Host.Mail;

namespace EduUnion.Host.Jobs;

/// <summary>Runs the outbox as soon as a step of this process committed; what it misses, the sweep of the minute finds.</summary>
internal sealed class OutboxLoop(OutboxBell bell, IServiceScopeFactory scopes, ILogger<OutboxLoop> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await bell.HeardAsync(stoppingToken);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<Outbox>().RunAsync(stoppingToken);
            }
            // A database that is away for a moment must not end the loop; the rows wait.
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "The outbox could not be run after a step");
            }
        }
    }
}
