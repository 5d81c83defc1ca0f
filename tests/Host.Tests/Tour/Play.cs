using EduUnion.Domain.Calendar;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.Extensions.Configuration;

namespace EduUnion.Host.Tests.Tour;

/// <summary>A town on a stage, for tests that need a case as people would have made it.</summary>
internal sealed class Play : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private Play(TestDatabase database, Stage stage, Town town) => (_database, Stage, Town) = (database, stage, town);

    public TestDatabase Database => _database;

    public Stage Stage { get; }

    public Town Town { get; }

    /// <summary>The collection opens on 23 February and closes on 10 March 2026, 17:00.</summary>
    public static async Task<Play> OpenAsync(Provider provider, DateOnly on)
    {
        var database = await TestDatabase.MigratedAsync(provider);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build();
        var stage = await Theatre.OpenAsync(
            ChinaTime.At(on, new TimeOnly(9, 0)),
            settings,
            database.DataDirectory,
            TextWriter.Null,
            default
        );
        var town = await Town.BuildAsync(
            stage,
            "XX小学",
            "XXXX",
            (3, 2, new DateOnly(2026, 3, 25)),
            ["总务处", "校医务室"],
            filedBefore: 0,
            new Dictionary<string, string>(),
            default
        );
        return new(database, stage, town);
    }

    /// <summary>A draft with one co-signature: three lines in its journal.</summary>
    public async Task<Guid> DraftAsync()
    {
        var moves = new MotionPlay(Stage, Town);
        var id = await moves.CreateAsync("改善教师午休场所");
        await moves.InviteAsync(id, "附议人甲", "附议人乙");
        await moves.DecideAsync(id, "附议人甲", "motion.cosign", "confirm");
        return id;
    }

    /// <summary>Filed and handed over on 10 March: the answer is due on 22 April.</summary>
    public async Task<Guid> AssignedAsync()
    {
        var moves = new MotionPlay(Stage, Town);
        var id = await DraftAsync();
        await moves.DecideAsync(id, "附议人乙", "motion.cosign", "confirm");
        await Stage.MoveToAsync(new(2026, 3, 10), new(9, 0), default);
        await moves.SubmitAsync(id);
        await moves.ReviewAsync(id, "file");
        await moves.AssignAsync(id, "总务处", "校医务室");
        return id;
    }

    public Task<T> AskAsync<T>(Func<EduUnionDb, Task<T>> ask) => Stage.WithAsync(ask);

    public async ValueTask DisposeAsync()
    {
        await Stage.DisposeAsync();
        await _database.DisposeAsync();
    }
}
