namespace EduUnion.Host.CommandLine;

/// <summary>What the command line says about the program as a whole.</summary>
/// <param name="DataDirectory">Where the embedded database and mails written as files lie.</param>
public sealed record StartOptions(string DataDirectory)
{
    public const string DefaultUrls = "http://127.0.0.1:5080";

    public string Urls { get; init; } = DefaultUrls;

    /// <summary>Settings as <c>--Section:Key=value</c>, for the configuration.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>
    /// The web builder with the configuration in its usual order, the last winning: appsettings.json, environment,
    /// environment with the prefix <c>EduUnion__</c>, command line.
    /// </summary>
    public WebApplicationBuilder Builder()
    {
        string[] settings = [.. Settings];
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                Args = settings,
                ApplicationName = typeof(StartOptions).Assembly.GetName().Name,
                // Beside the program, wherever it is started from.
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = EnvironmentName,
            }
        );
        builder.Configuration.AddEnvironmentVariables("EduUnion__").AddCommandLine(settings);
        builder.WebHost.UseUrls(Urls);
        // Outside development the framework leaves this out, and an unpublished program would have no style sheets.
        builder.WebHost.UseStaticWebAssets();
        return builder;
    }

    /// <summary>
    /// ASPNETCORE_ENVIRONMENT is asked first, and launchSettings.json sets the other one: so <c>dotnet run</c> alone is
    /// a development start, and who asks for production gets it even there.
    /// </summary>
    private string EnvironmentName =>
        Settings
            .LastOrDefault(s => s.StartsWith("--environment=", StringComparison.OrdinalIgnoreCase))
            ?.Split('=', 2)[1]
        ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
        ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
        ?? Environments.Production;
}
