using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.Tests.Cases;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Faults;

// Two hundred people of one step, each with a task of his own.
public sealed partial class RaceTests
{
    private const int Many = 200;

    [Fact]
    public async Task TwoHundredOnOneCase_AllCount_AndTheLastDecidesTheStep()
    {
        var chance = Form.Chance(output);
        for (var round = 0; round < Form.Of(1, 100); round++)
            await PlayAsync(chance);
    }

    private static async Task PlayAsync(Random chance)
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
        chance.Shuffle(pressed);
        var answers = await AtOnceAsync(
            pressed,
            t =>
                played.WithAsync<CaseSteps, Outcome<StepDone>>(steps =>
                    steps.DecideAsync(
                        new Decision(t.Id, "file", null, null, null),
                        new Asker(t.MemberId!.Value),
                        TestContext.Current.CancellationToken
                    )
                )
        );

        Assert.Equal(Many, answers.Count(a => a.Answer.IsOk));
        Assert.All(
            answers.Where(a => !a.Answer.IsOk),
            a =>
                Assert.Equal(
                    ("task.already-decided", RefusalKind.Conflict),
                    (a.Answer.Refusal!.Code, a.Answer.Refusal.Kind)
                )
        );
        Assert.Single(answers, a => a.Answer is { IsOk: true, Value.StepDecided: true });
        var row = await played.RowAsync();
        Assert.Equal(("Filed", "0302-012"), (row.State, row.Number));
        Assert.Equal(lines + Many, row.JournalSequence);
        var (voted, opened) = await played.ReadAsync(async db =>
            (
                await db.Set<TaskRow>().CountAsync(t => t.Name == "motion.review" && t.Outcome == "file"),
                await db.Set<TaskRow>().CountAsync(t => t.Name == "motion.assign")
            )
        );
        Assert.Equal((Many, 1), (voted, opened));
        Assert.Equal("", string.Join(Environment.NewLine, await Checker.ViolationsAsync(played.Database)));
    }
}
