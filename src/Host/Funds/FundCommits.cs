using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Jobs;

namespace EduUnion.Host.Funds;

/// <summary>
/// One change of money: one transaction with the answer to be repeated and the signals to the cases, which are delivered
/// right after it.
/// </summary>
public sealed class FundCommits(RequestBook requests, CaseSteps steps, OutboxBell bell, TimeProvider time)
{
    /// <param name="change">Locks, asks the rules, adds rows; saves nothing.</param>
    internal async Task<Outcome<T>> RunAsync<T>(
        Asker asker,
        Func<DateTimeOffset, Task<Outcome<T>>> change,
        CancellationToken cancellation
    )
    {
        List<Guid> told = [];
        var now = default(DateTimeOffset);
        var done = await requests.OnceAsync(
            asker,
            async () =>
            {
                now = time.GetUtcNow();
                var done = await change(now);
                told = steps.Signals();
                return done;
            },
            _ => now,
            cancellation
        );
        if (!done.IsOk)
            return done;
        bell.Ring();
        await steps.DeliverAsync(told);
        return done;
    }
}
