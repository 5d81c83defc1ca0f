using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;

namespace EduUnion.Faults;

/// <summary>
/// Time goes on by chance, from tick to tick, and before each tick somebody sets a clock wrong or right again. After each
/// tick of one node the checker looks whether anything was left that was due by the clock of that node.
/// </summary>
internal sealed class ClockWalk(
    TestDatabase database,
    SimulatedTime time,
    IReadOnlyList<ClockNode> nodes,
    Town people,
    IReadOnlyList<string> schedules,
    Random chance
)
{
    private static readonly TimeSpan Downtime = TimeSpan.FromDays(30);

    /// <summary>To whoever is so far ahead, a mail that another is sending this moment looks forgotten.</summary>
    private static readonly TimeSpan MailLease = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan[] Jumped =
    [
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(-1),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(-1),
    ];

    public List<string> Violations { get; } = [];

    public int Ticks { get; private set; }

    public int Jumps { get; private set; }

    /// <summary>Two nodes were at work at once whose clocks were further apart than a mail's lease.</summary>
    public bool FarApart { get; private set; }

    public async Task RunAsync(int ticks)
    {
        var down = chance.Next(1, ticks / 2);
        var when = Enumerable.Range(ticks / 10, ticks - ticks / 10).ToArray();
        chance.Shuffle(when);
        var published = when.Take(schedules.Count).Order().Zip(schedules).ToDictionary(p => p.First, p => p.Second);
        for (var tick = 0; tick < ticks; tick++)
        {
            time.MoveTo(time.GetUtcNow() + (tick == down ? Downtime : Passed()));
            foreach (var node in nodes)
                Set(node.Clock);
            if (chance.Next(4) == 0)
                await CosignAsync();
            if (published.TryGetValue(tick, out var schedule))
                await nodes[chance.Next(nodes.Count)].PublishAsync(schedule, people["区经办"].Id);
            if (nodes.Count > 1 && chance.Next(3) == 0)
            {
                FarApart |= nodes.Max(n => n.Clock.Off) - nodes.Min(n => n.Clock.Off) >= MailLease;
                await Task.WhenAll(nodes.Select(n => n.TickAsync()));
            }
            else
                await TickAsync(nodes[chance.Next(nodes.Count)]);
            Ticks++;
        }
    }

    /// <summary>All clocks are right again, and it is a working morning when the last mail has left.</summary>
    public async Task ComeToRestAsync()
    {
        foreach (var node in nodes)
            node.Clock.Off = TimeSpan.Zero;
        // Everything that was ever due is over by then, whatever was put off by a day.
        for (var day = 0; day < 40; day += 4)
        {
            time.MoveTo(time.GetUtcNow().AddDays(4));
            await TickAsync(nodes[day % nodes.Count]);
        }
        // Over a weekend and the longest holiday; reminders are gathered for a quarter of an hour.
        for (var hour = 0; hour < 12 * 24; hour += 4)
        {
            time.MoveTo(time.GetUtcNow().AddHours(4));
            await TickAsync(nodes[0]);
            if (
                hour > 24
                && await CountAsync("outgoing_mails WHERE state IN ('Waiting', 'Gathering')") == 0
                && await CountAsync("notices WHERE fanned_at IS NULL") == 0
            )
                return;
        }
    }

    public async Task<string> CountedAsync() =>
        $"{await CountAsync("journal WHERE act LIKE 'clock.%' AND outcome IS NOT NULL")} expiries, "
        + $"{await CountAsync("notices WHERE reminder")} reminders, "
        + $"{await CountAsync("journal WHERE act = 'clock.replanned'")} cases moved by a schedule";

    private TimeSpan Passed() =>
        chance.Next(10) switch
        {
            < 6 => TimeSpan.FromMinutes(chance.Next(1, 8 * 60)),
            < 9 => TimeSpan.FromHours(chance.Next(8, 30)),
            _ => TimeSpan.FromDays(chance.Next(1, 4)),
        };

    private void Set(WrongClock clock)
    {
        var off = chance.Next(10) switch
        {
            < 3 => Jumped[chance.Next(Jumped.Length)],
            < 6 => TimeSpan.FromSeconds(chance.Next(-240, 240)),
            < 8 => TimeSpan.Zero,
            _ => clock.Off,
        };
        if (off != clock.Off)
            Jumps++;
        clock.Off = off;
    }

    private async Task TickAsync(ClockNode node)
    {
        await node.TickAsync();
        Violations.AddRange(
            (await Checker.DeadlineViolationsAsync(database, node.Clock.GetUtcNow())).Select(v => $"tick {Ticks}: {v}")
        );
    }

    /// <summary>Somebody who was invited answers, in time or too late.</summary>
    private async Task CosignAsync()
    {
        await using var direct = Checker.Connection(database);
        await direct.OpenAsync();
        await using var command = direct.CreateCommand();
        command.CommandText =
            "SELECT id, member_id FROM tasks WHERE name = 'motion.cosign' AND state = 'Open' ORDER BY id LIMIT 1";
        await using var row = await command.ExecuteReaderAsync();
        if (await row.ReadAsync())
            await nodes[chance.Next(nodes.Count)]
                .DecideAsync(row.GetGuid(0), chance.Next(2) == 0 ? "confirm" : "decline", row.GetGuid(1));
    }

    private async Task<long> CountAsync(string where)
    {
        await using var direct = Checker.Connection(database);
        await direct.OpenAsync();
        await using var command = direct.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {where}";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
