using EduUnion.Host.Drafts;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Tests.Cases;
using EduUnion.Host.Tests.Persistence;
using Microsoft.Extensions.Configuration;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Privacy;

public sealed class KeyRingTests
{
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task MissingKeys_AreMadeOnlyWhileNothingIsSealed(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        var directory = Path.Combine(database.DataDirectory, "keys", "vault");
        var first = Load(database);
        var (key, index) = (Path.Combine(directory, "0001.key"), Path.Combine(directory, "index.key"));
        Assert.Equal(first.Current, Load(database).Current with { Bytes = first.Current.Bytes });
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));

        File.Delete(key);
        Assert.NotEqual(first.Current.Id, Load(database).Current.Id);

        await SealSomethingAsync(database, new Vault(Load(database)));
        foreach (var lost in new[] { key, index })
        {
            var kept = await File.ReadAllBytesAsync(lost, TestContext.Current.CancellationToken);
            File.Delete(lost);
            Assert.Contains(directory, Assert.Throws<StartRefused>(() => Load(database)).Message);
            Assert.False(File.Exists(lost));
            await File.WriteAllBytesAsync(lost, kept, TestContext.Current.CancellationToken);
        }
        Load(database);
    }

    /// <summary>Another node has made a key, and the directory's time is too coarse to tell.</summary>
    [Fact]
    public async Task AKeyThatIsMissing_IsLookedForAgainInTheFiles()
    {
        await using var database = await TestDatabase.MigratedAsync(Provider.Sqlite);
        var (here, there) = (Load(database), Load(database));
        var directory = Path.Combine(database.DataDirectory, "keys", "vault");
        var before = Directory.GetLastWriteTimeUtc(directory);

        there.Add();
        var written = new Vault(there).Seal("午休", "row");
        Directory.SetLastWriteTimeUtc(directory, before);

        Assert.Equal("午休", new Vault(here).Open(written, "row"));
        Assert.Null(here.Find("00000000"));
    }

    [Fact]
    public async Task AKeyOfTheWrongLength_StopsTheStart()
    {
        await using var database = await TestDatabase.MigratedAsync(Provider.Sqlite);
        Load(database);
        var key = Path.Combine(database.DataDirectory, "keys", "vault", "0001.key");
        await File.WriteAllBytesAsync(key, new byte[31], TestContext.Current.CancellationToken);

        Assert.Contains(key, Assert.Throws<StartRefused>(() => Load(database)).Message);
        foreach (var (keys, index) in new[] { ("abc", "abc"), (Convert.ToBase64String(new byte[32]), null) })
        {
            var settings = new Dictionary<string, string?> { ["Vault:Keys"] = keys, ["Vault:IndexKey"] = index };
            var refused = Assert.Throws<StartRefused>(() => Load(database, settings));
            Assert.DoesNotContain("abc", refused.Message);
        }
    }

    [Fact]
    public async Task ConfiguredKeys_NeedNoFile_AndTheLastIsCurrent()
    {
        await using var database = await TestDatabase.MigratedAsync(Provider.Sqlite);
        var (one, two) = (Convert.ToBase64String(new byte[32]), Convert.ToBase64String([1, .. new byte[31]]));

        var ring = Load(database, new() { ["Vault:Keys"] = $"{one},{two}", ["Vault:IndexKey"] = one });

        Assert.Equal(1, ring.Current.Bytes[0]);
        Assert.Equal(2, ring.Keys.Count);
        Assert.Null(ring.Add());
        Assert.False(Directory.Exists(Path.Combine(database.DataDirectory, "keys")));
    }

    internal static KeyRing Load(TestDatabase database, Dictionary<string, string?>? more = null)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(database.Settings.Concat(more ?? [])).Build();
        return KeyRing.Load(settings, database.DataDirectory, DatabaseOptions.Read(settings, database.DataDirectory));
    }

    private static async Task SealSomethingAsync(TestDatabase database, Vault vault)
    {
        await using var db = database.Open();
        var member = await SomeMember.AddAsync(db);
        await new DraftBook(db, vault, TimeProvider.System).SaveAsync(member, "task-x", Typed.Nothing, default);
    }
}
