using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Funds;
using EduUnion.Host.Jobs;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Operations;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Seeds;
using EduUnion.Host.Statistics;
using Microsoft.Extensions.Logging.Abstractions;

namespace EduUnion.Host.Tour;

/// <summary>Builds stages: the program's own services on a given database, with a simulated clock and mails as files.</summary>
public static class Theatre
{
    /// <param name="settings">
    /// Configuration of the database (<c>ConnectionStrings:EduUnion</c>); without it SQLite in the directory.
    /// </param>
    public static async Task<Stage> OpenAsync(
        DateTimeOffset opens,
        IConfiguration settings,
        string directory,
        TextWriter script,
        CancellationToken cancellation
    )
    {
        var time = new SimulatedTime(opens);
        var stage = new Stage(Start, time, Path.Combine(directory, "mail"), script);
        await stage.WithAsync<Migrator, bool>(async migrator =>
        {
            await migrator.MigrateAsync(cancellation);
            return true;
        });
        return stage;

        ServiceProvider Start() => Parts(settings, directory, time).BuildServiceProvider(validateScopes: true);
    }

    /// <summary>The program's parts, without pages and without what starts the jobs.</summary>
    public static IServiceCollection Parts(IConfiguration settings, string directory, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time).AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        var database = services.AddEduUnionDatabase(settings, directory);
        services.AddOrganisations().AddCongresses().AddParameters().AddStatistics();
        services.AddScoped<MemberBook>().AddScoped<OfficeBook>();
        services.AddScoped<ShippedParameters>().AddScoped<ShippedCalendar>();
        services.AddCases(JournalKey.Load(settings, directory, database));
        services.AddFunds().AddPrivacy(KeyRing.Load(settings, directory, database)).AddAid();
        services.AddMail(settings, directory);
        services.AddMeasures();
        services.AddChores();
        return services;
    }
}
