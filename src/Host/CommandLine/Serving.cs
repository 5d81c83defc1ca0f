using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using Microsoft.AspNetCore.Connections;

namespace EduUnion.Host.CommandLine;

/// <summary>The program without a command.</summary>
internal static class Serving
{
    /// <summary>Prepares the database, serves, and returns when the program is told to stop.</summary>
    /// <exception cref="StartRefused">It cannot start.</exception>
    public static async Task RunAsync(StartOptions start, CancellationToken cancellation)
    {
        await using var app = Program.Build(start);
        IReadOnlyList<DemoAccount> accounts;
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<FirstStart>().PrepareAsync(cancellation);
            var demo = scope.ServiceProvider.GetRequiredService<DemoDistrict>();
            accounts =
                app.Environment.IsDevelopment() && await demo.IsLoadedAsync(cancellation)
                    ? DemoDistrict.Accounts()
                    : [];
        }
        await StartAsync(app, cancellation);
        StartNote[] notes =
        [
            new("Site", string.Join(' ', app.Urls)),
            new("Database", app.Services.GetRequiredService<DatabaseOptions>().ToString()),
            .. app.Services.GetServices<StartNote>(),
        ];
        Greeting.Write(app.Services.GetRequiredService<Terminal>().Out, notes, accounts);
        await app.WaitForShutdownAsync(cancellation);
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException cause) when (cause.InnerException is AddressInUseException)
        {
            throw new StartRefused($"{cause.Message} Another program listens there; choose with --urls.", cause);
        }
        catch (Exception cause)
            when (cause
                    is FormatException
                        or InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" }
            )
        {
            throw new StartRefused($"--urls is not usable: {cause.Message}", cause);
        }
    }
}
