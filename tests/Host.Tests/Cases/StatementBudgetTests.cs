using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Cases;

/// <summary>What a step may cost on PostgreSQL, counted by the server itself.</summary>
public sealed class StatementBudgetTests(ITestOutputHelper output)
{
    [Fact]
    public async Task PlainStep_IsOneCommitAndAtMostTenStatements()
    {
        await using var played = await PlayedCase.ToSignAsync(Provider.Postgres);
        var task = await played.TaskOfAsync("总务处负责人", "handling.sign");
        await WarmUpAsync(played, task, "总务处负责人");

        var (commits, statements) = await CountAsync(played, () => SignAsync(played, task));

        Assert.Equal(1, commits);
        Assert.InRange(statements, 1, 10);
    }

    [Fact]
    public async Task Filing_WithANumber_IsOneCommitAndAtMostTwelveStatements()
    {
        await using var played = await PlayedCase.UnderReviewAsync(Provider.Postgres);
        foreach (var who in new[] { "主任", "委员甲" })
            await played.DecideAsync(await played.TaskOfAsync(who, "motion.review"), who, "file");
        var last = await played.TaskOfAsync("委员乙", "motion.review");

        var (commits, statements) = await CountAsync(
            played,
            async () => Assert.True((await played.DecideAsync(last, "委员乙", "file", key: "k-1")).Value.StepDecided)
        );

        Assert.Equal("0302-012", (await played.RowAsync()).Number);
        Assert.Equal(1, commits);
        Assert.InRange(statements, 1, 12);
    }

    // A refused step fills the caches of organisations, parameters and calendar, which a running program has.
    private static async Task WarmUpAsync(PlayedCase played, Guid task, string who) =>
        Assert.Equal("form.reason-missing", (await played.DecideAsync(task, who, "return")).Refusal?.Code);

    private static async Task SignAsync(PlayedCase played, Guid task) =>
        Assert.True((await played.DecideAsync(task, "总务处负责人", "sign", key: "k-1")).IsOk);

    private async Task<(long Commits, long Statements)> CountAsync(PlayedCase played, Func<Task> step)
    {
        await played.ReadAsync(db =>
            db.Database.ExecuteSqlRawAsync(
                """
                CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
                SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0);
                """
            )
        );
        await step();
        var counted = await played.ReadAsync(db =>
            db.Database.SqlQueryRaw<Counted>(
                    """
                    SELECT query AS "Query", calls AS "Calls" FROM pg_stat_statements
                    WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND query NOT LIKE '%pg_stat_statements%'
                    """
                )
                .ToListAsync()
        );
        foreach (var (query, calls) in counted)
            output.WriteLine($"{calls} × {query.ReplaceLineEndings(" ")}");
        var commits = counted.Where(c => c.Query == "COMMIT").Sum(c => c.Calls);
        return (commits, counted.Where(c => c.Query != "COMMIT" && !c.Query.StartsWith("BEGIN")).Sum(c => c.Calls));
    }

    private sealed record Counted(string Query, long Calls);
}
