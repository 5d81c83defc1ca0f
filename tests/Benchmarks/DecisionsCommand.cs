using System.CommandLine;

namespace EduUnion.Benchmarks;

/// <summary><c>decisions</c>: what one decision costs, beside the floor.</summary>
internal static class DecisionsCommand
{
    public static Command Create()
    {
        var postgres = Options.Postgres();
        var cases = Options.Number("--cases", 2_000, "Measured cases; each is decided five times.");
        var approvers = Options.Number("--approvers", 32, "How many decide at the same time.");
        var open = Options.Number("--open", 100_000, "Further open cases in the database.");
        var warmUp = Options.Number("--warm-up", 5_000, "Decisions before the first measured one.");
        var pause = Options.Number("--pause", 0, "Seconds to wait before the measured part, to attach a profiler.");
        var json = Options.Json();
        var command = new Command("decisions", "Five-step approvals decided by many at once.")
        {
            postgres,
            cases,
            approvers,
            open,
            warmUp,
            pause,
            json,
        };
        command.SetAction(
            async (line, cancellation) =>
            {
                var figures = await new Decisions(
                    line.GetValue(cases),
                    line.GetValue(approvers),
                    line.GetValue(open),
                    line.GetValue(warmUp),
                    line.GetValue(pause)
                ).RunAsync(line.GetValue(postgres)!, cancellation);
                Print.Figures(figures, line.GetValue(json));
                return 0;
            }
        );
        return command;
    }
}
