using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Persistence;

public sealed class SqlitePragmasTests
{
    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("busy_timeout", "30000")]
    [InlineData("foreign_keys", "1")]
    public async Task Pragma_HoldsOnEveryConnection(string pragma, string expected)
    {
        await using var database = await TestDatabase.MigratedAsync(Provider.Sqlite);
        await using var first = database.Open();
        await using var second = database.Open();
        await first.Database.OpenConnectionAsync();
        second.Database.OpenConnection();

        foreach (var db in new[] { first, second })
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"PRAGMA {pragma}";
            Assert.Equal(expected, (await command.ExecuteScalarAsync())?.ToString());
        }
    }
}
