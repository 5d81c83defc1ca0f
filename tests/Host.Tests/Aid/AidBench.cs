using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.Extensions.Configuration;

namespace EduUnion.Host.Tests.Aid;

/// <summary>An aid town on one of the two databases, played through the use cases.</summary>
internal sealed class AidBench : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private AidBench(TestDatabase database, Stage stage, AidTown town) =>
        (_database, Stage, Town, Play) = (database, stage, town, new AidPlay(stage, town));

    public Stage Stage { get; }
    public AidTown Town { get; }
    public AidPlay Play { get; }

    public static async Task<AidBench> OpenAsync(
        Provider provider,
        DateOnly on,
        Dictionary<string, string>? parameters = null,
        long fund = 30_000
    )
    {
        var database = await TestDatabase.MigratedAsync(provider);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build();
        var opens = new DateTimeOffset(on, new TimeOnly(9, 0), TimeSpan.FromHours(8));
        var stage = await Theatre.OpenAsync(opens, settings, database.DataDirectory, TextWriter.Null, default);
        var town = await AidTown.BuildAsync(
            stage,
            "XX幼儿园",
            "YEY",
            Money.Yuan(fund),
            parameters ?? new Dictionary<string, string> { ["aid.dibao"] = "950.00" },
            default
        );
        return new AidBench(database, stage, town);
    }

    /// <summary>Submitted, accepted and surveyed; the committee has not met.</summary>
    public async Task<Guid> SurveyedAsync(string who = "申请人", AidContent? content = null)
    {
        var id = await Play.ApplyAsync(who, content ?? Play.Illness(who));
        await Play.SubmitAsync(id, who);
        await Play.AcceptAsync(id);
        await Play.AppointAsync(id, "调查员甲", "调查员乙");
        await Play.SurveyAsync(id, "调查员甲", "调查员乙");
        return id;
    }

    public async Task<Guid> NoticedAsync(Money amount, AidContent? content = null)
    {
        var id = await SurveyedAsync(content: content);
        await Play.AssessAsync(AidCategory.Rel, amount);
        await Play.PublishAsync(id);
        return id;
    }

    public Task MoveToAsync(int year, int month, int day, int hour = 9) =>
        Stage.MoveToAsync(new(year, month, day), new(hour, 0), default);

    /// <summary>As a fund or a payment list would tell it.</summary>
    public async Task SignalAsync(Guid id, string kind)
    {
        var signal = SignalRow.To(id, kind, Guid.CreateVersion7(), Stage.Time.GetUtcNow());
        await Stage.WithAsync<EduUnionDb, int>(db =>
        {
            db.Add(signal);
            return db.SaveChangesAsync();
        });
        Assert.True(await Stage.WithAsync<CaseSteps, bool>(steps => steps.DeliverAsync(signal.Id, default)));
        Assert.Null(
            await Stage.WithAsync<EduUnionDb, string?>(async db => (await db.FindAsync<SignalRow>(signal.Id))!.Refused)
        );
    }

    public async Task<IReadOnlyList<string>> OpenAsync(Guid id) =>
        [.. (await Stage.OpenTasksAsync(id)).Select(t => t.Name).Order()];

    public async ValueTask DisposeAsync()
    {
        await Stage.DisposeAsync();
        await _database.DisposeAsync();
    }
}
