using EduUnion.Host.Journal;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Tour;
using Microsoft.Extensions.Configuration;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Journal;

public sealed class JournalKeyTests
{
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AMissingKey_IsMadeOnlyForADatabaseWithoutLines(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        var file = Path.Combine(play.Database.DataDirectory, "keys", "journal.key");
        var kept = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

        File.Delete(file);
        Assert.NotEqual(kept, Load(play.Database).Bytes);

        await play.DraftAsync();
        File.Delete(file);
        var refused = Assert.Throws<StartRefused>(() => Load(play.Database));
        Assert.Contains(file, refused.Message);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void AConfiguredKey_NeedsNoFile()
    {
        var directory = Directory.CreateTempSubdirectory("eduunion-");
        try
        {
            var settings = Settings(new() { ["Journal:Key"] = Convert.ToBase64String(new byte[32]) });

            var key = JournalKey.Load(settings, directory.FullName, DatabaseOptions.Read(settings, directory.FullName));

            Assert.Equal(new byte[32], key.Bytes);
            Assert.Empty(directory.EnumerateFileSystemInfos());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static JournalKey Load(TestDatabase database)
    {
        var settings = Settings(database.Settings.ToDictionary(s => s.Key, s => s.Value));
        return JournalKey.Load(
            settings,
            database.DataDirectory,
            DatabaseOptions.Read(settings, database.DataDirectory)
        );
    }

    private static IConfiguration Settings(Dictionary<string, string?> values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values).Build();
}
