using System.CommandLine;
using System.Globalization;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Calendar;
using EduUnion.Host.Clocks;
using EduUnion.Host.Seeds;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Benchmarks;

/// <summary><c>sweep</c>: a tick of the clocks' sweep with nothing due, and with much due on one node and on several.</summary>
internal static class SweepCommand
{
    private const int EmptyTicks = 200;

    public static Command Create()
    {
        var postgres = Options.Postgres();
        var open = Options.Number("--open", 100_000, "Open cases, each with a task and two running clocks.");
        var due = Options.Number("--due", 10_000, "Reminders that are due in one tick.");
        var json = Options.Json();
        var command = new Command("sweep", "One tick of the clocks' sweep.") { postgres, open, due, json };
        command.SetAction(
            async (line, cancellation) =>
            {
                var figures = await RunAsync(
                    line.GetValue(postgres)!,
                    line.GetValue(open),
                    line.GetValue(due),
                    cancellation
                );
                Print.Figures(figures, line.GetValue(json));
                return 0;
            }
        );
        return command;
    }

    private static async Task<IReadOnlyDictionary<string, double>> RunAsync(
        string server,
        int open,
        int due,
        CancellationToken cancellation
    )
    {
        await using var ground = await Ground.OpenAsync(server, cancellation);
        var approval = new Approval(ground);
        await approval.PrepareAsync(1, cancellation);
        var bulk = new BulkCases(ground, approval);
        var first = await bulk.PlayableAsync(1, cancellation);
        await approval.StartAsync(first, cancellation);
        Print.Say($"{open} open cases are made");
        await bulk.OpenAsync(first[0], open, cancellation);
        var figures = new Dictionary<string, double> { ["open"] = open, ["due"] = due };
        await Load.ClosedAsync(1, EmptyTicks / 4, _ => TickAsync(ground.App));
        var empty = await Load.ClosedAsync(1, EmptyTicks, _ => TickAsync(ground.App));
        figures["emptyTickMs"] = empty.Percentile(0.5);
        figures["emptyTickP99Ms"] = empty.Percentile(0.99);
        await MakeDueAsync(Math.Min(due, 2_000));
        await TickAsync(ground.App);
        foreach (var nodes in new[] { 1, 2, 4 })
        {
            await MakeDueAsync(due);
            var before = await NoticesAsync();
            var others = Enumerable.Range(1, nodes - 1).Select(_ => ground.Another()).ToList();
            var tick = await Load.ClosedAsync(nodes, nodes, n => TickAsync(n == 0 ? ground.App : others[n - 1]));
            var told = await NoticesAsync() - before;
            foreach (var other in others)
                await other.DisposeAsync();
            if (told != due)
                throw new InvalidOperationException($"{due} reminders were due, and {told} notices were written.");
            var name =
                nodes == 1
                    ? "noticesPerSecond"
                    : string.Create(CultureInfo.InvariantCulture, $"noticesPerSecond{nodes}Nodes");
            figures[name] = told / tick.Took.TotalSeconds;
        }
        return figures;

        // Whoever signs is reminded on his last day, and that is behind: one reminder is to be told.
        async Task MakeDueAsync(int count)
        {
            await using var scope = ground.App.Services.CreateAsyncScope();
            var calendar = await scope
                .ServiceProvider.GetRequiredService<CalendarBook>()
                .ForAsync(DemoDistrict.OrganisationId("YXZX"), cancellation);
            var start = calendar.BackWorkdays(ChinaTime.DateOf(TimeProvider.System.GetUtcNow()), 3);
            await ground.ExecuteAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    UPDATE clocks SET next_at = now() - interval '1 minute', started_at = now() - interval '20 days',
                      inputs = jsonb_set(inputs::jsonb, ARRAY['start'], to_jsonb('{start:yyyy-MM-dd}'::text))::text
                    WHERE id IN (SELECT id FROM clocks WHERE span = 'Step' AND stopped_at IS NULL LIMIT {count});
                    ANALYZE clocks;
                    """
                ),
                cancellation
            );
        }

        async Task<long> NoticesAsync() =>
            (await ground.ReadAsync("SELECT count(*) FROM notices", row => row.GetInt64(0)))[0];

        async Task TickAsync(WebApplication node)
        {
            await using var scope = node.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ClockSweep>().RunAsync(cancellation);
        }
    }
}
