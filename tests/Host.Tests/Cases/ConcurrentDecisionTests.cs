using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Journal;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Cases;

/// <summary>What several people decide at the same moment.</summary>
public sealed class ConcurrentDecisionTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Decide_OneTaskByTwo_OneWins_TheOtherIsToldByWhomAndWhen(Provider provider)
    {
        await using var played = await PlayedCase.ToSignAsync(provider);
        await played.AppointAsync("委员丁", Office.DepartmentHead, "总务处");
        var task = await played.TaskOfAsync("总务处负责人", "handling.sign");
        var lines = (await played.RowAsync()).JournalSequence;
        string[] heads = ["总务处负责人", "委员丁"];

        var answers = await AtOnceAsync(played, [.. heads.Select(who => (who, task, "sign"))]);

        var winner = Assert.Single(heads, who => answers[who].IsOk);
        var loser = Assert.Single(heads, who => !answers[who].IsOk);
        var refusal = answers[loser].Refusal!;
        Assert.Equal(("task.already-decided", RefusalKind.Conflict), (refusal.Code, refusal.Kind));
        Assert.Equal([played.Town[winner].Name, answers[winner].Value.At], refusal.Arguments);
        Assert.Equal(lines + 1, (await played.RowAsync()).JournalSequence);
        Assert.Equal(1, await played.ReadAsync(db => db.Set<TaskRow>().CountAsync(t => t.Name == "handling.leader")));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Decide_DifferentTasksOfOneCase_AllCount_AndOneOfThemDecidesTheStep(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(provider);
        string[] voters = ["主任", "委员甲", "委员乙"];
        var votes = new List<(string, Guid, string)>();
        foreach (var who in voters)
            votes.Add((who, await played.TaskOfAsync(who, "motion.review"), "file"));

        var answers = await AtOnceAsync(played, [.. votes]);

        Assert.All(answers.Values, answer => Assert.True(answer.IsOk, answer.Refusal?.Code));
        Assert.Single(answers.Values, answer => answer.Value.StepDecided);
        var row = await played.RowAsync();
        Assert.Equal(("Filed", "0302-012"), (row.State, row.Number));
        var lines = await played.ReadAsync(db =>
            db.Set<JournalLine>()
                .AsNoTracking()
                .Where(l => l.CaseId == played.Id)
                .OrderBy(l => l.Sequence)
                .ToListAsync()
        );
        Assert.Null(
            await played.WithAsync<AuditChain, int?>(chain =>
                Task.FromResult(chain.FirstBroken(lines, row.JournalHead, row.JournalSequence))
            )
        );
    }

    /// <summary>All are on their way before the first may begin: the case is held until they have started.</summary>
    private static async Task<Dictionary<string, Outcome<StepDone>>> AtOnceAsync(
        PlayedCase played,
        (string Who, Guid Task, string Outcome)[] decisions
    )
    {
        using var started = new CountdownEvent(decisions.Length);
        var all = await played.ReadAsync(async db =>
        {
            await using var held = await db.BeginWriteAsync(CancellationToken.None);
            await db.LockCaseAsync(played.Id, CancellationToken.None);
            var running = decisions
                .Select(d =>
                    Task.Run(async () =>
                    {
                        started.Signal();
                        return (d.Who, Answer: await played.DecideAsync(d.Task, d.Who, d.Outcome));
                    })
                )
                .ToList();
            started.Wait(TestContext.Current.CancellationToken);
            await held.CommitAsync();
            return running;
        });
        return (await Task.WhenAll(all)).ToDictionary(a => a.Who, a => a.Answer);
    }
}
