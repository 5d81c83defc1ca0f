using System.Diagnostics;
using Npgsql;

namespace EduUnion.Faults;

/// <summary>Everything that is to be told and done is told and done; in the night the mails do not wait for the morning.</summary>
internal static class Rest
{
    // What a dead node had leased is given back after ten minutes; nobody wants to sit through them.
    private const string Hurry = """
        UPDATE notices SET urgent = true, reminder = false, not_before = now() WHERE fanned_at IS NULL AND NOT urgent;
        UPDATE outgoing_mails SET state = 'Waiting', next_at = now() WHERE state = 'Gathering';
        UPDATE outgoing_mails SET next_at = now()
        WHERE state = 'Waiting' AND next_at > now() AND next_at < now() + interval '590 seconds'
        """;

    private const string Left = """
        SELECT (SELECT count(*) FROM notices WHERE fanned_at IS NULL)
          + (SELECT count(*) FROM outgoing_mails WHERE state = 'Waiting')
          + (SELECT count(*) FROM signals WHERE delivered_at IS NULL)
          + (SELECT count(*) FROM clocks WHERE stopped_at IS NULL AND due_at <= now() AND expiry_outcome IS NOT NULL)
        """;

    /// <param name="nudge">A step of any case lets its node look for what is to be mailed.</param>
    public static async Task ComeAsync(NpgsqlConnection direct, Func<Task> nudge, CancellationToken cancellation)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            await using (var hurry = new NpgsqlCommand(Hurry, direct))
                await hurry.ExecuteNonQueryAsync(cancellation);
            await using var count = new NpgsqlCommand(Left, direct);
            if (await count.ExecuteScalarAsync(cancellation) is not long left || left == 0)
                return;
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(7), $"{left} things are left to do");
            await nudge();
            await Task.Delay(1_000, cancellation);
        }
    }
}
