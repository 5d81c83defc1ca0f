using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using EduUnion.Host.Seeds;

namespace EduUnion.Faults;

/// <summary>The program as a process of its own, so that it can be killed.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _probe;
    private readonly Task<string> _said;
    private readonly ConcurrentQueue<string> _log = [];

    private HostProcess(Process process, Uri site)
    {
        _process = process;
        Site = site;
        _probe = new HttpClient { BaseAddress = site };
        _said = process.StandardError.ReadToEndAsync();
        process.OutputDataReceived += (_, line) =>
        {
            _log.Enqueue(line.Data ?? "");
            if (_log.Count > 4_000)
                _log.TryDequeue(out var _);
        };
        process.BeginOutputReadLine();
    }

    public Uri Site { get; }

    /// <summary>What it has logged lately about requests that failed.</summary>
    public string Faults =>
        string.Join(
            Environment.NewLine,
            _log.SkipWhile(l => !l.Contains(" failed (", StringComparison.Ordinal)).Take(60)
        );

    /// <summary>Starts it on a database and waits until it is ready.</summary>
    /// <param name="program">The assembly of another version; null = the one that is tested.</param>
    public static async Task<HostProcess> StartAsync(
        IReadOnlyDictionary<string, string?> settings,
        string dataDirectory,
        CancellationToken cancellation,
        string? program = null
    )
    {
        var site = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = Command(program, settings, dataDirectory, "--urls", site.ToString().TrimEnd('/'));
        var host = new HostProcess(Process.Start(start)!, site);
        await host.ReadyAsync(cancellation);
        return host;
    }

    /// <summary>Runs a command of the program to its end.</summary>
    public static async Task<(int Code, string Out)> RunAsync(
        IReadOnlyDictionary<string, string?> settings,
        string dataDirectory,
        params string[] command
    )
    {
        using var process = Process.Start(Command(null, settings, dataDirectory, command))!;
        var error = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said + await error);
    }

    public async Task<HttpClient> ClientOfAsync(string login)
    {
        var client = new HttpClient { BaseAddress = Site };
        var answer = await client.PostAsJsonAsync(
            "/api/auth/token",
            new { userName = login, password = DemoDistrict.Password }
        );
        var token = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Token>())!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);
        return client;
    }

    /// <summary>As the power cut does: nothing is flushed, nobody is told.</summary>
    public void Kill() => _process.Kill();

    /// <summary>As a service manager does; returns the exit code when the program has ended by itself.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _probe.Dispose();
    }

    private static ProcessStartInfo Command(
        string? program,
        IReadOnlyDictionary<string, string?> settings,
        string dataDirectory,
        params string[] command
    )
    {
        string[] all =
        [
            program ?? typeof(DemoDistrict).Assembly.Location,
            .. command,
            "--data",
            dataDirectory,
            .. settings.Select(s => $"--{s.Key}={s.Value}"),
            "--DemonstrationCases=false",
        ];
        var start = new ProcessStartInfo("dotnet", all)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = dataDirectory,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        return start;
    }

    private async Task ReadyAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            if (_process.HasExited)
                Assert.Fail($"The program ended at its start: {await _said}");
            try
            {
                if ((await _probe.GetAsync("/health/ready", patience.Token)).StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(100, patience.Token);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record Token(string AccessToken);
}
