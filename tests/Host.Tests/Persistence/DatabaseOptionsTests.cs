using EduUnion.Host.Persistence;
using Microsoft.Extensions.Configuration;

namespace EduUnion.Host.Tests.Persistence;

public sealed class DatabaseOptionsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("eduunion-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Read_NothingConfigured_IsAFileInTheDataDirectory()
    {
        var data = Path.Combine(_directory, "data");

        var options = DatabaseOptions.Read(new ConfigurationBuilder().Build(), data);

        Assert.False(options.IsPostgres);
        Assert.Equal($"SQLite {Path.Combine(data, "eduunion.db")}", options.ToString());
        Assert.True(Directory.Exists(data));
    }

    [Fact]
    public void Read_DataDirectoryIsAFile_StopsTheStart()
    {
        var file = Path.Combine(_directory, "data");
        File.WriteAllText(file, "");

        Assert.Throws<StartRefused>(() => DatabaseOptions.Read(new ConfigurationBuilder().Build(), file));
    }

    [Fact]
    public void Read_ConnectionString_IsNamedWithoutItsPassword()
    {
        var options = Read("Host=db.union.example;Port=5433;Database=union;Username=app;Password=s3cret-Pass");

        Assert.True(options.IsPostgres);
        Assert.Equal("PostgreSQL union at db.union.example:5433", options.ToString());
        Assert.Contains("s3cret-Pass", options.ConnectionString);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Data Source=data/eduunion.db")]
    [InlineData("postgres://app:s3cret-Pass@db/union")]
    [InlineData("Host=db;Database=union;Port=s3cret-Pass")]
    [InlineData("Host=db;Pasword=s3cret-Pass;Database=union")]
    [InlineData("Database=union;Password=s3cret-Pass")]
    [InlineData("Host=db;Password=s3cret-Pass")]
    public void Read_WrongConnectionString_StopsTheStartAndKeepsThePassword(string value)
    {
        var refused = Assert.Throws<StartRefused>(() => Read(value));

        Assert.StartsWith("ConnectionStrings:EduUnion ", refused.Message);
        Assert.DoesNotContain("s3cret", refused.ToString());
    }

    private DatabaseOptions Read(string value) =>
        DatabaseOptions.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:EduUnion"] = value })
                .Build(),
            _directory
        );
}
