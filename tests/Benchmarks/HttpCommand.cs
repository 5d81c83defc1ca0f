using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using EduUnion.Host.People;
using EduUnion.Host.Seeds;

namespace EduUnion.Benchmarks;

/// <summary>
/// <c>http</c>: signed-in people decide over HTTP, in turns with the same decisions without it, and look at their desks.
/// Program and people share one process, so the clients' share is in the figures.
/// </summary>
internal static class HttpCommand
{
    public static Command Create()
    {
        var postgres = Options.Postgres();
        var cases = Options.Number("--cases", 1_000, "Measured cases of each kind; each is decided five times.");
        var approvers = Options.Number("--approvers", 32, "How many decide at the same time.");
        var open = Options.Number("--open", 100_000, "Further open cases in the database.");
        var json = Options.Json();
        var command = new Command("http", "Decisions and the desk over HTTP.")
        {
            postgres,
            cases,
            approvers,
            open,
            json,
        };
        command.SetAction(
            async (line, cancellation) =>
            {
                var figures = await RunAsync(
                    line.GetValue(postgres)!,
                    line.GetValue(cases),
                    line.GetValue(approvers),
                    line.GetValue(open),
                    cancellation
                );
                Print.Figures(figures, line.GetValue(json));
                return 0;
            }
        );
        return command;
    }

    private static async Task<Dictionary<string, double>> RunAsync(
        string server,
        int cases,
        int approvers,
        int open,
        CancellationToken cancellation
    )
    {
        await using var ground = await Ground.OpenAsync(server, cancellation);
        var approval = new Approval(ground);
        await approval.PrepareAsync(approvers, cancellation);
        var bulk = new BulkCases(ground, approval);
        var deciders = new Deciders(ground, approval);
        var (warm, warmHttp) = (await StartedAsync(500), await StartedAsync(500));
        Print.Say($"{open} open cases are made");
        await bulk.OpenAsync(warm[0], open, cancellation);
        await ground.App.StartAsync(cancellation);
        var clients = await SignedInAsync(ground, approvers, cancellation);
        await PlayAsync(warm, warmHttp);
        var desk = await Load.ClosedAsync(4, 200, DeskAsync);
        var (engine, http) = await PlayAsync(await StartedAsync(cases), await StartedAsync(cases));
        desk = await Load.OpenAsync(20, 400, DeskAsync);
        await ground.App.StopAsync(cancellation);
        return new Dictionary<string, double>
        {
            ["httpPerSecond"] = http.PerSecond,
            ["decisionsPerSecond"] = engine.PerSecond,
            ["ratio"] = http.PerSecond / engine.PerSecond,
            ["p50Ms"] = http.Percentile(0.5),
            ["p99Ms"] = http.Percentile(0.99),
            ["cpuMs"] = http.CpuMs,
            ["deskP50Ms"] = desk.Percentile(0.5),
            ["deskP95Ms"] = desk.Percentile(0.95),
            ["open"] = open,
        };

        async Task<Guid[]> StartedAsync(int count)
        {
            var made = await bulk.PlayableAsync(count, cancellation);
            await approval.StartAsync(made, cancellation);
            return made;
        }

        async Task<(Slice Engine, Slice Http)> PlayAsync(Guid[] direct, Guid[] overHttp)
        {
            var (without, with) = (new List<Slice>(), new List<Slice>());
            for (var step = 0; step < Approval.Steps; step++)
            {
                var mine = await deciders.WaitingAsync(direct);
                without.Add(
                    await Load.ClosedAsync(approvers, mine.Count, i => deciders.DecideAsync(mine[i], i, cancellation))
                );
                var theirs = await deciders.WaitingAsync(overHttp);
                with.Add(await Load.ClosedAsync(approvers, theirs.Count, i => DecideAsync(theirs[i], i)));
            }
            return (Slice.Sum(without), Slice.Sum(with));
        }

        async Task DecideAsync(Waiting task, int who)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/tasks/{task.Task}/decide")
            {
                Content = JsonContent.Create(new { outcome = Approval.Favourable(task.Step), version = task.Version }),
            };
            request.Headers.Add("Idempotency-Key", task.Task.ToString());
            using var answer = await clients[who % clients.Count].SendAsync(request, cancellation);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(cancellation));
        }

        async Task DeskAsync(int who)
        {
            using var answer = await clients[who % clients.Count].GetAsync("/", cancellation);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync(cancellation);
        }
    }

    private static async Task<List<HttpClient>> SignedInAsync(Ground ground, int people, CancellationToken cancellation)
    {
        var address = new Uri(ground.App.Urls.First());
        var clients = new List<HttpClient>();
        for (var n = 0; n < people; n++)
        {
            var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };
            var signIn = new { userName = Approval.UserName(n), password = DemoDistrict.Password };
            using var answer = await client.PostAsJsonAsync("/api/auth/token", signIn, cancellation);
            answer.EnsureSuccessStatusCode();
            var token = (await answer.Content.ReadFromJsonAsync<TokenAnswer>(cancellation))!.AccessToken;
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            clients.Add(client);
        }
        return clients;
    }
}
