using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Operations;

/// <summary>How the work stands at one look into the database.</summary>
/// <param name="DeadlineLag">How long the most overdue alarm has waited; zero when none is overdue.</param>
/// <param name="OutboxAge">Age of the oldest mail or notice that should have left; zero when none should have.</param>
/// <param name="Incidents">Open ones, at most <see cref="Standing.Most"/>.</param>
public sealed record Seen(bool Up, TimeSpan DeadlineLag, TimeSpan OutboxAge, int Incidents);

/// <summary>The figures that only the database knows: looked up when somebody asks, and not more often than every few seconds.</summary>
public sealed class Standing(IServiceScopeFactory scopes, TimeProvider time, ILogger<Standing> log)
{
    public const int Most = 1000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    // Who asks has less patience than a connection that gets no answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _one = new(1);
    private DateTimeOffset _at;

    /// <summary>The last look; what it found before is kept while the database is away.</summary>
    public Seen Seen { get; private set; } = new(false, TimeSpan.Zero, TimeSpan.Zero, 0);

    public async Task LookAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var now = time.GetUtcNow();
            if (now - _at < Fresh && now >= _at)
                return;
            _at = now;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Patience);
            await using var scope = scopes.CreateAsyncScope();
            Seen = await ReadAsync(scope.ServiceProvider.GetRequiredService<EduUnionDb>(), now, limit.Token);
        }
        catch (Exception fault)
            when (DatabaseTrouble.Is(fault)
                || (fault is OperationCanceledException && !cancellation.IsCancellationRequested)
            )
        {
            log.LogError(fault, "The database did not answer");
            Seen = Seen with { Up = false };
        }
        finally
        {
            _one.Release();
        }
    }

    // Each of them walks an index that holds only what is still to be done.
    private static async Task<Seen> ReadAsync(EduUnionDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        var alarm = await db.Set<ClockRow>()
            .Where(c => c.StoppedAt == null && c.NextAt != null)
            .MinAsync(c => c.NextAt, cancellation);
        var notice = await db.Set<Notice>()
            .Where(n => n.FannedAt == null)
            .MinAsync(n => (DateTimeOffset?)n.NotBefore, cancellation);
        var mail = await db.Set<OutgoingMail>()
            .Where(m => m.State == MailState.Waiting && m.Attempts == 0)
            .MinAsync(m => (DateTimeOffset?)m.CreatedAt, cancellation);
        var incidents = await db.Set<IncidentRow>()
            .Where(i => i.ClosedAt == null)
            .OrderBy(_ => 1)
            .Take(Most)
            .CountAsync(cancellation);
        return new Seen(true, Late(alarm), Max(Late(notice), Late(mail)), incidents);

        TimeSpan Late(DateTimeOffset? due) => due < now ? now - due.Value : TimeSpan.Zero;
        static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
    }
}
