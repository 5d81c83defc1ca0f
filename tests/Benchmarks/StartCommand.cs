using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EduUnion.Benchmarks;

/// <summary><c>start</c>: from process start to ready on a migrated database, and the memory of an idle Host.</summary>
internal static class StartCommand
{
    public static Command Create()
    {
        var postgres = Options.Postgres();
        var starts = Options.Number("--starts", 5, "How often.");
        var idle = Options.Number("--idle", 15, "Seconds after which memory is read.");
        var json = Options.Json();
        var command = new Command("start", "A Host of its own, started on a migrated database.")
        {
            postgres,
            starts,
            idle,
            json,
        };
        command.SetAction(
            async (line, cancellation) =>
            {
                await using var ground = await Ground.OpenAsync(line.GetValue(postgres)!, cancellation);
                var (ready, memory) = (new List<double>(), 0.0);
                for (var n = line.GetValue(starts); n > 0; n--)
                    (ready, memory) = await StartAsync(ground, ready, n == 1 ? line.GetValue(idle) : 0, cancellation);
                Print.Figures(
                    new Dictionary<string, double>
                    {
                        ["readyMs"] = ready.Order().ElementAt(ready.Count / 2),
                        ["slowestReadyMs"] = ready.Max(),
                        ["idleMb"] = memory,
                    },
                    line.GetValue(json)
                );
                return 0;
            }
        );
        return command;
    }

    private static async Task<(List<double> Ready, double Mb)> StartAsync(
        Ground ground,
        List<double> before,
        int idle,
        CancellationToken cancellation
    )
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "EduUnion.Host.dll"),
                "--data",
                ground.DataDirectory,
                "--urls",
                address,
                "--environment=Production",
                $"--ConnectionStrings:EduUnion={ground.ConnectionString}",
            },
        };
        var began = TimeProvider.System.GetTimestamp();
        using var host = Process.Start(start)!;
        // Nobody reads what it says, and a full pipe would stop it.
        host.OutputDataReceived += (_, _) => { };
        host.ErrorDataReceived += (_, said) => Print.Say(said.Data ?? "");
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri(address) };
            while (!await IsReadyAsync(client, cancellation))
                await Task.Delay(10, cancellation);
            var took = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
            await Task.Delay(TimeSpan.FromSeconds(idle), cancellation);
            host.Refresh();
            return ([.. before, took], host.WorkingSet64 / 1048576.0);
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync(cancellation);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready", cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
