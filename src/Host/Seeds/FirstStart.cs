using EduUnion.Host.Persistence;

namespace EduUnion.Host.Seeds;

/// <summary>What every start does before it serves: schema, reference data, and in development the fictional district.</summary>
public sealed class FirstStart(
    Migrator migrator,
    DatabaseOptions database,
    ShippedParameters parameters,
    ShippedCalendar calendar,
    DemoDistrict demo,
    DemoAid aid,
    DemoMotions motions,
    IHostEnvironment environment,
    IConfiguration configuration
)
{
    private const string Setting = "Demonstration";
    private const string CasesSetting = "DemonstrationCases";

    public async Task PrepareAsync(CancellationToken cancellation)
    {
        var demonstration = WantsDemonstration();
        await LoadReferenceAsync(cancellation);
        if (demonstration && await demo.LoadAsync(cancellation))
            await PlayAsync(cancellation);
    }

    /// <summary>Schema and reference data, wanted in production too. Harmless when they are there.</summary>
    public async Task LoadReferenceAsync(CancellationToken cancellation)
    {
        await Durability.CheckAsync(database, configuration, cancellation);
        await migrator.MigrateAsync(cancellation);
        await parameters.LoadAsync(cancellation);
        await calendar.LoadAsync(cancellation);
    }

    /// <summary>The explicit form. False: there are organisations already.</summary>
    /// <exception cref="StartRefused">This is a production start.</exception>
    public async Task<bool> LoadDemonstrationAsync(CancellationToken cancellation)
    {
        if (environment.IsProduction())
            throw new StartRefused(
                "Demonstration data are never loaded in production; set ASPNETCORE_ENVIRONMENT=Development to try the program."
            );
        await LoadReferenceAsync(cancellation);
        if (!await demo.LoadAsync(cancellation))
            return false;
        await PlayAsync(cancellation);
        return true;
    }

    /// <summary>What began first is played first: a clock that is set back would ring for nothing.</summary>
    private async Task PlayAsync(CancellationToken cancellation)
    {
        if (!WantsCases())
            return;
        await aid.PlayAsync(cancellation);
        await motions.PlayAsync(cancellation);
    }

    private bool WantsCases() =>
        bool.TryParse(configuration[CasesSetting] ?? bool.TrueString, out var wanted)
            ? wanted
            : throw new StartRefused($"{CasesSetting} is neither true nor false.");

    private bool WantsDemonstration()
    {
        var setting = configuration[Setting];
        if (!bool.TryParse(setting ?? bool.TrueString, out var wanted))
            throw new StartRefused($"{Setting} is neither true nor false.");
        if (setting is not null && wanted && environment.IsProduction())
            throw new StartRefused($"{Setting} is true, but demonstration data are never loaded in production.");
        return wanted && environment.IsDevelopment();
    }
}
