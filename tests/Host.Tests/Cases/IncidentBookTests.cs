using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.Journal;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Cases;

public sealed class IncidentBookTests
{
    private static readonly Guid Administrator = Guid.CreateVersion7();

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AScriptThatFails_KeepsTheDecisionAndGoesOnOnceItIsMended(Provider provider)
    {
        var definitions = AlteredMotion.WhoseVerdictFails;
        await using var play = await PlayedCase.UnderReviewAsync(
            provider,
            p => p.AddSingleton(new DefinitionLibrary(() => definitions))
        );
        await VoteAsync(play);

        var first = Assert.Single(await OpenAsync(play));
        Assert.Equal(("verdict", "motion", 1), (first.Activity, first.DefinitionId, first.DefinitionVersion));
        Assert.Equal((await play.RowAsync()).Receipt, first.Number);
        Assert.Equal(3, await play.ReadAsync(db => db.Set<TaskRow>().CountAsync(t => t.Outcome == "file")));

        Assert.True((await RetryAsync(play, first.Id)).IsOk);
        var second = Assert.Single(await OpenAsync(play));
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal((first.Id, play.Now), (Assert.Single(second.Earlier).Id, second.Earlier[0].RetriedAt));
        Assert.Equal("incident.retried", (await RetryAsync(play, first.Id)).Refusal?.Code);

        definitions = DefinitionSet.Shipped;
        await play.Stage.RestartAsync();
        var both = await Task.WhenAll(RetryAsync(play, second.Id), RetryAsync(play, second.Id));

        Assert.Equal("incident.retried", Assert.Single(both, b => !b.IsOk).Refusal?.Code);
        Assert.Empty(await OpenAsync(play));
        Assert.Equal([second.Id, first.Id], (await WithAsync(play, b => b.OverAsync(9, default))).Select(i => i.Id));
        Assert.Equal(1, await play.ReadAsync(db => db.Set<TaskRow>().CountAsync(t => t.Name == "motion.assign")));
        var lines = await play.ReadAsync(db =>
            db.Set<JournalLine>().Where(l => l.Act == "incident.retry").ToListAsync()
        );
        Assert.Equal([Administrator, Administrator], lines.Select(l => l.ActorId!.Value));
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AnIncidentTheEngineDoesNotKnow_CannotBeRetriedAndStays(Provider provider)
    {
        await using var play = await PlayedCase.UnderReviewAsync(provider);
        var id = Guid.CreateVersion7();
        await play.ReadAsync(db =>
        {
            db.Add(
                new IncidentRow
                {
                    Id = id,
                    CaseId = play.Id,
                    Activity = "",
                    Reason = "More than 50 automatic steps in one burst.",
                    At = play.Now,
                }
            );
            return db.SaveChangesAsync();
        });

        Assert.Equal("incident.stuck", (await RetryAsync(play, id)).Refusal?.Code);
        Assert.Null(Assert.Single(await OpenAsync(play)).RetriedAt);
        Assert.Equal(RefusalKind.Missing, (await RetryAsync(play, Guid.CreateVersion7())).Refusal?.Kind);
    }

    private static async Task VoteAsync(PlayedCase play)
    {
        foreach (var member in new[] { "主任", "委员甲", "委员乙" })
            Assert.True((await play.DecideAsync(await play.TaskOfAsync(member, "motion.review"), member, "file")).IsOk);
    }

    private static Task<IReadOnlyList<IncidentLine>> OpenAsync(PlayedCase play) =>
        WithAsync(play, b => b.OpenAsync(9, default));

    private static Task<Outcome<StepDone>> RetryAsync(PlayedCase play, Guid id) =>
        WithAsync(play, b => b.RetryAsync(id, new Asker(Administrator), default));

    private static Task<T> WithAsync<T>(PlayedCase play, Func<IncidentBook, Task<T>> act) => play.WithAsync(act);
}
