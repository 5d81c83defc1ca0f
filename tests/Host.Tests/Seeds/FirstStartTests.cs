using EduUnion.Domain.Organisations;
using EduUnion.Domain.Parameters;
using EduUnion.Host.CommandLine;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Seeds;

public class FirstStartTests
{
    [Theory]
    [InlineData("Production", false)]
    [InlineData("Staging", false)]
    [InlineData("Development", true)]
    public async Task OnlyADevelopmentStart_LoadsTheDemonstration(string environment, bool loads)
    {
        await using var running = new Running(environment);

        await running.InDatabaseAsync(async db =>
        {
            Assert.Equal(loads, await db.Set<Organisation>().AnyAsync());
            Assert.True(await db.Set<Parameter>().AnyAsync());
        });
        Assert.True(running.Says("SQLite"));
        if (loads)
            Assert.True(running.Says("daibiao1"));
        else
            Assert.DoesNotContain("daibiao1", running.Terminal.ToString());
        Assert.Equal("Healthy", await running.Browser().GetStringAsync("/health/ready"));
        Assert.Equal("Healthy", await running.Browser().GetStringAsync("/health/live"));
    }

    [Theory]
    [InlineData("never loaded in production", "seed", "demo", "--environment=Production")]
    [InlineData("never loaded in production", "--environment=Production", "--Demonstration=true")]
    [InlineData("neither true nor false", "--Demonstration=perhaps")]
    [InlineData("names no Database", "database", "migrate", "--ConnectionStrings:EduUnion=Host=127.0.0.1")]
    public async Task AStartThatCannotBe_IsRefused(string sentence, params string[] args)
    {
        var directory = Directory.CreateTempSubdirectory("eduunion-");

        var (code, error) = await RunAsync([.. args, "--data", directory.FullName]);

        Assert.Equal(1, code);
        Assert.Contains(sentence, error);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task AMistypedOption_IsNotTakenForASetting()
    {
        var (code, _) = await RunAsync(["--dta=elsewhere"]);

        Assert.NotEqual(0, code);
    }

    private static async Task<(int Code, string Error)> RunAsync(string[] args)
    {
        var error = new StringWriter();
        var code = await new Shell(Program.Build, Serving.RunAsync, error).RunAsync(
            args,
            DatabaseCommand.Create,
            SeedCommand.Create
        );
        return (code, error.ToString());
    }
}
