using EduUnion.Host.Attachments;
using EduUnion.Host.CommandLine;
using EduUnion.Host.Drafts;
using EduUnion.Host.Privacy;
using EduUnion.Host.Tests.Cases;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Privacy;

public sealed class ResealingTests
{
    private static readonly Typed Text = Typed.Nothing.With("title", "午休");

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task ARotation_SealsEverythingAnew_WhileTheProgramGoesOn(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(provider, Samples.Drafts);
        var author = Samples.Author(played);
        // More than one batch.
        for (var i = 0; i < 25; i++)
            await SaveAsync(played, $"task-{i}");
        var file = (await Samples.AddAsync(played, Samples.Pdf("一"))).Value;
        // A program that read its keys before the rotation.
        await played.WithAsync<Vault, bool>(async running =>
        {
            var other = new Beside(played);
            var old = other.Ring.Current.Id;
            var added = other.Ring.Add()!;
            Assert.NotEqual(old, added);

            Assert.StartsWith($"v1.{added}.", running.Seal("x", "y"));
            Assert.Equal(26, await other.ResealAsync("drafts", "attachments.name"));
            Assert.Equal(1, await other.ResealAsync("attachments.content"));
            Assert.Equal(0, await other.ResealAsync("drafts", "attachments"));
            Assert.All(await other.CountAsync(), c => Assert.Equal(added, c.KeyId));
            return true;
        });

        var draft = await played.WithAsync<DraftBook, Draft?>(d => d.FindAsync(author, "task-7", default));
        Assert.Equal("午休", draft!.Typed.One("title"));
        var opened = await played.WithAsync<AttachmentBook, OpenedFile?>(b => b.OpenAsync(file, author, default));
        Assert.Equal(Samples.Pdf("一"), opened!.Content);
        Assert.Equal("诊断证明.pdf", opened.Name);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task WhatSomebodyWritesMeanwhile_Stands(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(provider, Samples.Drafts);
        var author = Samples.Author(played);
        await SaveAsync(played, "task-1");
        var place = SealedPlaces.All.Single(p => p.Table == "drafts");
        var read = await played.ReadAsync(db => db.Set<Draft>().Select(d => d.Content).SingleAsync());
        await SaveAsync(played, "task-1", "改过");

        // SQLite keeps ids as text in capitals.
        object[] key = [provider is Provider.Sqlite ? author.ToString().ToUpperInvariant() : author, "task-1"];
        Assert.Equal(0, await played.WithAsync<Resealing, int>(r => r.ReplaceAsync(place, key, read, default)));

        var draft = await played.WithAsync<DraftBook, Draft?>(d => d.FindAsync(author, "task-1", default));
        Assert.Equal("改过", draft!.Typed.One("title"));
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Commands_RotateAndSayWhatIsMissing(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(provider, Samples.Drafts);
        await SaveAsync(played, "task-1");
        var keys = Path.Combine(played.DataDirectory, "keys", "vault");

        var (code, said) = await RunAsync(played, (s, to) => VaultCommand.RotateAsync(s, false, to, default));
        Assert.Equal(0, code);
        Assert.Contains("drafts.content: 1 sealed again", said);
        Assert.Contains("(old): nothing", said);
        Assert.Contains("(current): drafts.content 1", said);

        (code, said) = await RunAsync(played, (s, to) => VaultCommand.RotateAsync(s, true, to, default));
        Assert.Equal(0, code);
        Assert.DoesNotContain("sealed again", said);
        Assert.Equal(2, Directory.GetFiles(keys, "000?.key").Length);

        File.Delete(Path.Combine(keys, "0001.key"));
        Assert.Equal(0, (await StatusAsync(played)).Code);
        File.Move(Path.Combine(keys, "0002.key"), Path.Combine(keys, "elsewhere"));
        await File.WriteAllBytesAsync(Path.Combine(keys, "0003.key"), new byte[32]);
        (code, said) = await StatusAsync(played);
        Assert.Equal(1, code);
        Assert.Contains("MISSING KEY", said);
    }

    /// <summary>More unreadable values than one batch holds, before those that can be read: they hold nothing up.</summary>
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task WhatCannotBeRead_IsReportedAndLeftAsItIs(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(provider, Samples.Drafts);
        for (var i = 0; i < 22; i++)
            await SaveAsync(played, $"a-{i}");
        await SaveAsync(played, "z");
        const string Lost = "v1.00000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        await played.ReadAsync(db =>
            db.Set<Draft>()
                .Where(d => d.Form.StartsWith("a-"))
                .ExecuteUpdateAsync(d => d.SetProperty(x => x.Content, Lost))
        );

        var (code, said) = await RunAsync(played, (s, to) => VaultCommand.RotateAsync(s, false, to, default));

        Assert.Equal(1, code);
        Assert.Contains("drafts.content: 1 sealed again", said);
        Assert.Contains("UNREADABLE drafts.content: 22", said);
        var draft = await played.WithAsync<DraftBook, Draft?>(d => d.FindAsync(Samples.Author(played), "z", default));
        Assert.Equal("午休", draft!.Typed.One("title"));
        Assert.Equal(22, await played.ReadAsync(db => db.Set<Draft>().CountAsync(d => d.Content == Lost)));
    }

    private static Task<DateTimeOffset> SaveAsync(PlayedCase played, string form, string? title = null) =>
        played.WithAsync<DraftBook, DateTimeOffset>(d =>
            d.SaveAsync(Samples.Author(played), form, title is null ? Text : Text.With("title", title), default)
        );

    private static Task<(int Code, string Said)> StatusAsync(PlayedCase played) =>
        RunAsync(played, (services, to) => VaultCommand.StatusAsync(services, to, default));

    private static async Task<(int Code, string Said)> RunAsync(
        PlayedCase played,
        Func<IServiceProvider, TextWriter, Task<int>> command
    )
    {
        await using var output = new StringWriter();
        var code = await played.WithAsync<IServiceProvider, int>(s => command(s, output));
        return (code, output.ToString());
    }

    /// <summary>The command line beside the program: another process with keys of its own reading.</summary>
    private sealed class Beside(PlayedCase played)
    {
        public KeyRing Ring { get; } = KeyRingTests.Load(played.Database);

        public Task<IReadOnlyList<SealedCount>> CountAsync() =>
            played.ReadAsync(db => new Resealing(db, new Vault(Ring), Ring).CountAsync(default));

        public async Task<long> ResealAsync(params string[] places)
        {
            var done = 0L;
            foreach (var place in SealedPlaces.All.Where(p => places.Any(p.ToString().StartsWith)))
                done += (
                    await played.ReadAsync(db => new Resealing(db, new Vault(Ring), Ring).ResealAsync(place, default))
                ).Done;
            return done;
        }
    }
}
