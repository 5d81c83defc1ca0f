using EduUnion.Host.Cases;
using EduUnion.Host.Journal;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Tour;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Journal;

public sealed class JournalProofTests
{
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task UntouchedChains_Prove(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        await play.DraftAsync();
        var id = await play.DraftAsync();
        await CheckpointAsync(play);

        var all = await ProveAsync(play);
        var one = await ProveAsync(play, id);

        Assert.Empty(all.Broken);
        Assert.Equal((6, 2, 1), (all.Lines, all.Cases, all.Checkpoints));
        Assert.Equal((3, 1), (one.Lines, one.Cases));
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public Task AChangedLine_IsFound(Provider provider) =>
        IsFoundAsync(
            provider,
            "line 2 does not prove",
            (db, id) => Line(db, id, 2).ExecuteUpdateAsync(l => l.SetProperty(x => x.Act, "motion.harmless"))
        );

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public Task ATamperedPrivateText_IsFound(Provider provider) =>
        IsFoundAsync(
            provider,
            "line 2 does not prove",
            async (db, id) =>
            {
                var other = await Line(db, id, 3).Select(l => l.Private).SingleAsync();
                return await Line(db, id, 2).ExecuteUpdateAsync(l => l.SetProperty(x => x.Private, other));
            }
        );

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public Task ARemovedLastLine_IsFound(Provider provider) =>
        IsFoundAsync(provider, "line 3 does not prove", (db, id) => Line(db, id, 3).ExecuteDeleteAsync());

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public Task SwappedLines_AreFound(Provider provider) =>
        IsFoundAsync(
            provider,
            "line 2 does not prove",
            async (db, id) =>
            {
                await RenumberAsync(db, id, 2, 99);
                await RenumberAsync(db, id, 3, 2);
                return await RenumberAsync(db, id, 99, 3);
            }
        );

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public Task TruncationTogetherWithTheHead_IsFoundByTheCheckpoint(Provider provider) =>
        IsFoundAsync(
            provider,
            "line 3 is not the one that checkpoint 1 saw",
            async (db, id) =>
            {
                var mac = await Line(db, id, 2).Select(l => l.Mac).SingleAsync();
                await Line(db, id, 3).ExecuteDeleteAsync();
                return await db.Set<CaseRow>()
                    .Where(c => c.Id == id)
                    .ExecuteUpdateAsync(c =>
                        c.SetProperty(x => x.JournalSequence, 2).SetProperty(x => x.JournalHead, mac)
                    );
            }
        );

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public Task ATamperedCheckpoint_IsFound(Provider provider) =>
        IsFoundAsync(
            provider,
            "Checkpoint 1: does not prove",
            (db, _) => db.Set<JournalCheckpoint>().ExecuteUpdateAsync(c => c.SetProperty(x => x.Heads, "{}"))
        );

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task ARemovedCheckpoint_IsFound(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        await play.DraftAsync();
        await CheckpointAsync(play);
        await play.DraftAsync();
        await CheckpointAsync(play);

        await play.AskAsync(db => db.Set<JournalCheckpoint>().Where(c => c.Id == 1).ExecuteDeleteAsync());

        Assert.Contains("Checkpoint 1: does not prove.", (await ProveAsync(play)).Broken);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AnErasedPrivateText_StillProves(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        var id = await play.DraftAsync();
        await CheckpointAsync(play);

        await play.AskAsync(db =>
            Line(db, id, 2).ExecuteUpdateAsync(l => l.SetProperty(x => x.Private, (string?)null))
        );

        Assert.Empty((await ProveAsync(play)).Broken);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Checkpoints_HoldWhatMovedSinceTheLast(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        await play.DraftAsync();
        await play.DraftAsync();

        Assert.Equal(2, await CheckpointAsync(play));
        Assert.Equal(0, await CheckpointAsync(play));
        await play.Stage.MoveToAsync(new(2026, 3, 3), new(9, 0), default);
        await play.DraftAsync();
        Assert.Equal(1, await CheckpointAsync(play));
    }

    private static async Task IsFoundAsync(Provider provider, string sentence, Func<EduUnionDb, Guid, Task<int>> tamper)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        await play.DraftAsync();
        var id = await play.DraftAsync();
        await CheckpointAsync(play);

        Assert.True(await play.AskAsync(db => tamper(db, id)) > 0);

        Assert.Contains((await ProveAsync(play)).Broken, b => b.Contains(sentence, StringComparison.Ordinal));
    }

    private static IQueryable<JournalLine> Line(EduUnionDb db, Guid id, int sequence) =>
        db.Set<JournalLine>().Where(l => l.CaseId == id && l.Sequence == sequence);

    private static Task<int> RenumberAsync(EduUnionDb db, Guid id, int from, int to) =>
        Line(db, id, from).ExecuteUpdateAsync(l => l.SetProperty(x => x.Sequence, to));

    private static Task<int> CheckpointAsync(Play play) =>
        play.Stage.WithAsync<Checkpoints, int>(c => c.RunAsync(default));

    private static Task<ProofReport> ProveAsync(Play play, Guid? only = null) =>
        play.Stage.WithAsync<JournalProof, ProofReport>(p => p.ProveAsync(only, default));
}
