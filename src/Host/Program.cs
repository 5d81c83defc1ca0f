using EduUnion.Host.Aid;
using EduUnion.Host.Api;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.CommandLine;
using EduUnion.Host.Congresses;
using EduUnion.Host.Documents;
using EduUnion.Host.Documents.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.Funds;
using EduUnion.Host.Jobs;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Motions;
using EduUnion.Host.Operations;
using EduUnion.Host.Organisations;
using EduUnion.Host.Pages.Aid;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Seeds;
using EduUnion.Host.Statistics;
using EduUnion.Host.Tour;
using EduUnion.Host.Web;

return await new Shell(Build, Serving.RunAsync).RunAsync(
    args,
    DatabaseCommand.Create,
    SeedCommand.Create,
    AccountsCommand.Create,
    JournalCommand.Create,
    VaultCommand.Create,
    _ => DefinitionsCommand.Create(),
    _ => TourCommand.Create()
);

/// <summary>The composition root: one line an area.</summary>
public partial class Program
{
    internal static WebApplication Build(StartOptions start)
    {
        var builder = Register(start);
        var app = builder.Build();
        app.UseMetrics();
        app.UseEduUnionWeb();
        app.UseApiFaults();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseApiRequests();
        app.MapApi();
        app.MapHealth();
        app.MapDraftEndpoints();
        app.MapDueFeed();
        app.MapDocumentFiles();
        app.MapAidPaperFiles();
        app.MapAttachmentFiles();
        app.MapEduUnionWeb();
        return app;
    }

    /// <summary>Everything the program consists of; a later registration replaces an earlier one (a clock, a mail server).</summary>
    internal static WebApplicationBuilder Register(StartOptions start)
    {
        var builder = start.Builder();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new Terminal(Console.Out));
        var database = builder.Services.AddEduUnionDatabase(builder.Configuration, start.DataDirectory);
        builder.Services.AddOrganisations();
        builder.Services.AddPeople();
        builder.Services.AddCongresses();
        builder.Services.AddParameters();
        builder.Services.AddSeeds();
        builder.Services.AddScoped(s => new DemoAid(
            builder.Configuration,
            start.DataDirectory,
            s.GetRequiredService<TimeProvider>()
        ));
        builder.Services.AddScoped(s => new DemoMotions(
            builder.Configuration,
            start.DataDirectory,
            s.GetRequiredService<TimeProvider>()
        ));
        builder.Services.AddCases(JournalKey.Load(builder.Configuration, start.DataDirectory, database));
        builder.Services.AddDrafts();
        // Links in mails lead to where this program listens, unless it is known under another address.
        builder.Configuration["PublicUrl"] ??= start.Urls.Split(';')[0];
        var mail = builder.Services.AddMail(builder.Configuration, start.DataDirectory);
        builder.Services.AddSingleton(
            new StartNote(
                "Mail",
                mail.Host is null ? $"files in {Path.Combine(start.DataDirectory, "mail")}" : mail.ToString()
            )
        );
        builder.Services.AddApi();
        builder.Services.AddJobs(builder.Configuration, database);
        builder.Services.AddHealth();
        builder.Services.AddTelemetry(builder.Configuration);
        builder.Services.AddEduUnionWeb();
        builder.Services.AddDocuments();
        builder.Services.AddDesks();
        builder.Services.AddStatistics();
        builder.Services.AddFunds();
        builder.Services.AddAid();
        builder.Services.AddAidPages();
        builder.Services.AddProxies(builder.Configuration);
        builder.Services.AddPrivacy(KeyRing.Load(builder.Configuration, start.DataDirectory, database));
        return builder;
    }
}
