using System.Globalization;
using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.Journal;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Cases;

/// <summary>
/// Two hundred people decide their tasks of one step at the same moment: nobody is lost or stuck, nothing happens twice.
/// <c>EDUUNION_TEST_ROUNDS=100</c> plays it so often.
/// </summary>
public sealed class ManyDecisionsTests
{
    private const int Many = 200;

    [Fact]
    public async Task TwoHundredAtOnce_AllCount_AndTheLastDecidesTheStep()
    {
        var rounds = int.Parse(
            Environment.GetEnvironmentVariable("EDUUNION_TEST_ROUNDS") ?? "1",
            CultureInfo.InvariantCulture
        );
        for (var round = 0; round < rounds; round++)
            await PlayAsync();
    }

    private static async Task PlayAsync()
    {
        var definitions = AlteredMotion.WhoseCommitteeMustAgree;
        await using var played = await PlayedCase.UnderReviewAsync(
            Provider.Postgres,
            Many,
            parts => parts.AddSingleton(new DefinitionLibrary(() => definitions))
        );
        var tasks = await played.ReadAsync(db =>
            db.Set<TaskRow>().AsNoTracking().Where(t => t.Name == "motion.review").ToListAsync()
        );
        Assert.Equal(Many, tasks.Count);
        var lines = (await played.RowAsync()).JournalSequence;

        // Every fourth presses twice.
        var pressed = tasks.Concat(tasks.Where((_, i) => i % 4 == 0)).ToArray();
        Random.Shared.Shuffle(pressed);
        var answers = await Task.WhenAll(
            pressed.Select(t =>
                Task.Run(() =>
                    played.WithAsync<CaseSteps, Outcome<StepDone>>(steps =>
                        steps.DecideAsync(
                            new Decision(t.Id, "file", null, null, null),
                            new Asker(t.MemberId!.Value),
                            TestContext.Current.CancellationToken
                        )
                    )
                )
            )
        );

        Assert.Equal(Many, answers.Count(a => a.IsOk));
        Assert.All(
            answers.Where(a => !a.IsOk),
            a => Assert.Equal(("task.already-decided", RefusalKind.Conflict), (a.Refusal!.Code, a.Refusal.Kind))
        );
        Assert.Single(answers, a => a.IsOk && a.Value.StepDecided);
        var row = await played.RowAsync();
        Assert.Equal(("Filed", "0302-012"), (row.State, row.Number));
        Assert.Equal(lines + Many, row.JournalSequence);
        var (voted, opened, chain) = await played.ReadAsync(async db =>
            (
                await db.Set<TaskRow>().CountAsync(t => t.Name == "motion.review" && t.Outcome == "file"),
                await db.Set<TaskRow>().CountAsync(t => t.Name == "motion.assign"),
                await db.Set<JournalLine>()
                    .AsNoTracking()
                    .Where(l => l.CaseId == played.Id)
                    .OrderBy(l => l.Sequence)
                    .ToListAsync()
            )
        );
        Assert.Equal((Many, 1), (voted, opened));
        Assert.Null(
            await played.WithAsync<AuditChain, int?>(audit =>
                Task.FromResult(audit.FirstBroken(chain, row.JournalHead, row.JournalSequence))
            )
        );
    }
}
