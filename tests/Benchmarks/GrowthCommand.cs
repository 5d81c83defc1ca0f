using System.CommandLine;
using EduUnion.Host.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Benchmarks;

/// <summary><c>growth</c>: decisions and the desk in a small and in a large database, in turns.</summary>
internal static class GrowthCommand
{
    private const int Approvers = 16;

    public static Command Create()
    {
        var postgres = Options.Postgres();
        var small = Options.Number("--small", 10_000, "Open cases in the small database.");
        var open = Options.Number("--open", 1_000_000, "Open cases in the large database.");
        var closed = Options.Number("--closed", 0, "Closed cases in the large database, beside the open ones.");
        var cases = Options.Number("--cases", 1_000, "Measured cases in each; each is decided five times.");
        var rate = Options.Number("--rate", 150, "Decisions a second.");
        var json = Options.Json();
        var command = new Command("growth", "Whether a decision or the desk costs more where there is more.")
        {
            postgres,
            small,
            open,
            closed,
            cases,
            rate,
            json,
        };
        command.SetAction(
            async (line, cancellation) =>
            {
                await using var little = await Site.OpenAsync(
                    line.GetValue(postgres)!,
                    (line.GetValue(small), 0, line.GetValue(cases)),
                    cancellation
                );
                await using var large = await Site.OpenAsync(
                    line.GetValue(postgres)!,
                    (line.GetValue(open), line.GetValue(closed), line.GetValue(cases)),
                    cancellation
                );
                var figures = await CompareAsync(little, large, line.GetValue(rate), cancellation);
                Print.Figures(figures, line.GetValue(json));
                return 0;
            }
        );
        return command;
    }

    private static async Task<Dictionary<string, double>> CompareAsync(
        Site little,
        Site large,
        int rate,
        CancellationToken cancellation
    )
    {
        foreach (var site in new[] { little, large })
            await site.WarmUpAsync(cancellation);
        for (var step = 0; step < Approval.Steps; step++)
            foreach (var site in new[] { little, large })
                await site.PlayAsync(rate, cancellation);
        var (few, many) = (Slice.Sum(little.Decided), Slice.Sum(large.Decided));
        var (fewDesks, manyDesks) = (Slice.Sum(little.Desks), Slice.Sum(large.Desks));
        return new Dictionary<string, double>
        {
            ["smallP50Ms"] = few.Percentile(0.5),
            ["smallP99Ms"] = few.Percentile(0.99),
            ["largeP50Ms"] = many.Percentile(0.5),
            ["largeP99Ms"] = many.Percentile(0.99),
            ["ratio"] = many.Percentile(0.99) / few.Percentile(0.99),
            ["smallDeskP99Ms"] = fewDesks.Percentile(0.99),
            ["largeDeskP50Ms"] = manyDesks.Percentile(0.5),
            ["largeDeskP95Ms"] = manyDesks.Percentile(0.95),
            ["largeDeskP99Ms"] = manyDesks.Percentile(0.99),
            ["deskRatio"] = manyDesks.Percentile(0.99) / fewDesks.Percentile(0.99),
            ["largeMb"] = await large.MbAsync(),
        };
    }

    /// <summary>One database with its cases.</summary>
    private sealed class Site(Ground ground, Approval approval, BulkCases bulk, Guid[] cases) : IAsyncDisposable
    {
        private readonly Deciders _deciders = new(ground, approval);

        public List<Slice> Decided { get; } = [];
        public List<Slice> Desks { get; } = [];

        public static async Task<Site> OpenAsync(
            string server,
            (int Open, int Closed, int Played) count,
            CancellationToken cancellation
        )
        {
            var ground = await Ground.OpenAsync(server, cancellation);
            var approval = new Approval(ground);
            await approval.PrepareAsync(Approvers, cancellation);
            var bulk = new BulkCases(ground, approval);
            var first = await bulk.PlayableAsync(2, cancellation);
            await approval.StartAsync(first, cancellation);
            Print.Say($"{count.Open} open and {count.Closed} closed cases are made");
            await bulk.OpenAsync(first[0], count.Open, cancellation);
            if (count.Closed > 0)
                await bulk.ClosedAsync(first[1], count.Closed, cancellation);
            var cases = await bulk.PlayableAsync(count.Played, cancellation);
            await approval.StartAsync(cases, cancellation);
            return new Site(ground, approval, bulk, cases);
        }

        public async Task WarmUpAsync(CancellationToken cancellation)
        {
            var made = await bulk.PlayableAsync(500, cancellation);
            await approval.StartAsync(made, cancellation);
            for (var step = 0; step < Approval.Steps; step++)
            {
                var waiting = await _deciders.WaitingAsync(made);
                await Load.ClosedAsync(4, waiting.Count, i => _deciders.DecideAsync(waiting[i], i, cancellation));
            }
            await Load.ClosedAsync(2, 50, i => DeskAsync(i, cancellation));
        }

        public async Task PlayAsync(int rate, CancellationToken cancellation)
        {
            var waiting = await _deciders.WaitingAsync(cases);
            Decided.Add(
                await Load.OpenAsync(rate, waiting.Count, i => _deciders.DecideAsync(waiting[i], i, cancellation))
            );
            Desks.Add(await Load.OpenAsync(rate / 5.0, 100, i => DeskAsync(i, cancellation)));
        }

        public async Task<double> MbAsync() =>
            (
                await ground.ReadAsync(
                    "SELECT pg_database_size(current_database()) / 1048576.0::float8",
                    row => row.GetDouble(0)
                )
            )[0];

        public ValueTask DisposeAsync() => ground.DisposeAsync();

        /// <summary>What the desk asks the database: the four counts and the first lines.</summary>
        private async Task DeskAsync(int who, CancellationToken cancellation)
        {
            await using var scope = ground.App.Services.CreateAsyncScope();
            var (access, lists) = (
                scope.ServiceProvider.GetRequiredService<Access>(),
                scope.ServiceProvider.GetRequiredService<TaskLists>()
            );
            var viewer = await access.ViewerAsync(approval.Approvers[who % Approvers], cancellation);
            await lists.CountAsync(viewer, cancellation);
            await lists.ListAsync(viewer, TaskScope.Mine, new TaskFilter(), 20, null, cancellation);
        }
    }
}
