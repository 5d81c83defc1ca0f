using EduUnion.Host.Persistence;

namespace EduUnion.Host.Definitions;

/// <summary>
/// Looks at the start and every half minute whether another node has published something, so that pages draw by it.
/// Whatever changes a case asks for itself.
/// </summary>
public sealed class DefinitionWatch(
    IServiceScopeFactory scopes,
    DefinitionLibrary library,
    TimeProvider time,
    ILogger<DefinitionWatch> log
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<EduUnionDb>();
                await library.CurrentAsync(db, stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "The definitions could not be read");
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
