using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Cases;

/// <summary>A motion played to a certain moment; from there tests decide through <see cref="CaseSteps"/>, each in a scope of its own.</summary>
internal sealed class PlayedCase : IAsyncDisposable
{
    private const int Committee = 5;

    private readonly TestDatabase _database;
    private readonly Stage _stage;

    private PlayedCase(TestDatabase database, Stage stage, Town town, Guid id) =>
        (_database, _stage, Town, Id) = (database, stage, town, id);

    public Town Town { get; }
    public Guid Id { get; }
    public Stage Stage => _stage;
    public DateTimeOffset Now => _stage.Time.GetUtcNow();

    public TestDatabase Database => _database;

    /// <summary>Database file, mails and keys of the program.</summary>
    public string DataDirectory => _database.DataDirectory;

    /// <summary>The committee of five is asked; nobody has voted.</summary>
    public static Task<PlayedCase> UnderReviewAsync(Provider provider, Action<IServiceCollection>? more = null) =>
        PlayAsync(provider, more, (_, _) => Task.CompletedTask);

    /// <summary>As above, with a committee so large.</summary>
    public static Task<PlayedCase> UnderReviewAsync(
        Provider provider,
        int committee,
        Action<IServiceCollection> more
    ) => PlayAsync(provider, more, (_, _) => Task.CompletedTask, committee);

    /// <summary>The head of the department has the answer before him.</summary>
    public static Task<PlayedCase> ToSignAsync(Provider provider, Action<IServiceCollection>? more = null) =>
        PlayAsync(
            provider,
            more,
            async (play, id) =>
            {
                foreach (var member in new[] { "主任", "委员甲", "委员乙" })
                    await play.DecideAsync(id, member, "motion.review", "file");
                await play.AssignAsync(id, "总务处");
                await play.DecideAsync(id, "总务处经办", "handling.accept", "accept");
                await play.MeetAsync(id, "总务处");
                await play.DraftAsync(id, "总务处");
            }
        );

    public async Task<Guid> TaskOfAsync(string who, string name) =>
        (await _stage.FindTaskAsync(Id, Town[who], name)).Id;

    /// <param name="key">A request with this key; what is asked is hashed as an endpoint would.</param>
    public Task<Outcome<StepDone>> DecideAsync(
        Guid task,
        string who,
        string outcome,
        string? key = null,
        string? comment = null
    )
    {
        var asked = new Decision(task, outcome, comment, null, null);
        var hash = key is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(asked)));
        return _stage.WithAsync<CaseSteps, Outcome<StepDone>>(steps =>
            steps.DecideAsync(asked, new Asker(Town[who].Id, key, hash), TestContext.Current.CancellationToken)
        );
    }

    public Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull => _stage.WithAsync(act);

    public Task<T> ReadAsync<T>(Func<EduUnionDb, Task<T>> read) => _stage.WithAsync(read);

    public Task<CaseRow> RowAsync() => ReadAsync(db => db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == Id));

    public async Task AppointAsync(string who, Office office, string department)
    {
        await ReadAsync(db =>
        {
            db.Add(
                new OfficeHolding
                {
                    Id = Guid.CreateVersion7(),
                    MemberId = Town[who].Id,
                    Office = office,
                    OrganisationId = Town.Department(department),
                    From = new DateOnly(2026, 1, 1),
                }
            );
            return db.SaveChangesAsync();
        });
    }

    /// <summary>Everything that a step writes, to the last column: equal before and after means that nothing happened.</summary>
    public Task<string> EverythingAsync() =>
        ReadAsync(async db =>
            JsonSerializer.Serialize(
                new object[]
                {
                    await db.Set<CaseRow>().AsNoTracking().OrderBy(c => c.Id).ToListAsync(),
                    await db.Set<PartyRow>().AsNoTracking().OrderBy(p => p.Role).ThenBy(p => p.PartyId).ToListAsync(),
                    await db.Set<TaskRow>().AsNoTracking().OrderBy(t => t.Id).ToListAsync(),
                    await db.Set<Host.Clocks.ClockRow>().AsNoTracking().OrderBy(c => c.Id).ToListAsync(),
                    await db.Set<JournalLine>().AsNoTracking().OrderBy(l => l.Sequence).ToListAsync(),
                    await db.Set<Notice>().AsNoTracking().OrderBy(n => n.Id).ToListAsync(),
                    await db.Set<RequestRow>().AsNoTracking().OrderBy(r => r.Key).ToListAsync(),
                    await db.Set<Domain.Congresses.CongressSession>().AsNoTracking().ToListAsync(),
                }
            )
        );

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task<PlayedCase> PlayAsync(
        Provider provider,
        Action<IServiceCollection>? more,
        Func<MotionPlay, Guid, Task> until,
        int committee = Committee
    )
    {
        var database = await TestDatabase.MigratedAsync(provider);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build();
        var time = new SimulatedTime(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)));
        var stage = new Stage(
            () =>
            {
                var parts = Theatre.Parts(settings, database.DataDirectory, time);
                more?.Invoke(parts);
                return parts.BuildServiceProvider(validateScopes: true);
            },
            time,
            Path.Combine(database.DataDirectory, "mail"),
            TextWriter.Null
        );
        var town = await Town.BuildAsync(
            stage,
            "XX小学",
            "XXXX",
            (3, 2, new DateOnly(2026, 3, 25)),
            ["总务处"],
            filedBefore: 11,
            new Dictionary<string, string>(),
            TestContext.Current.CancellationToken
        );
        await AddToCommitteeAsync(stage, town, committee - Committee);
        var play = new MotionPlay(stage, town);
        var id = await play.CreateAsync("改善教师午休场所");
        await play.InviteAsync(id, "附议人甲", "附议人乙");
        await play.CosignAsync(id);
        await play.SubmitAsync(id);
        await play.DecideAsync(id, "秘书", "motion.check", "propose", new { recommendation = "file" });
        await until(play, id);
        return new PlayedCase(database, stage, town, id);
    }

    private static Task AddToCommitteeAsync(Stage stage, Town town, int more) =>
        stage.WithAsync<EduUnionDb, int>(db =>
        {
            foreach (var n in Enumerable.Range(0, more))
            {
                var member = new Member
                {
                    Id = Guid.CreateVersion7(),
                    OrganisationId = town.SchoolId,
                    Name = $"委员{n}",
                    Email = $"committee{n}@school.example",
                };
                db.Add(member);
                db.Add(
                    new OfficeHolding
                    {
                        Id = Guid.CreateVersion7(),
                        MemberId = member.Id,
                        Office = Office.MotionCommittee,
                        OrganisationId = town.SchoolId,
                        From = new DateOnly(2026, 1, 1),
                    }
                );
            }
            return db.SaveChangesAsync();
        });
}
