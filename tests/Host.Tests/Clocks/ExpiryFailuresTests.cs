using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Definitions;
using EduUnion.Host.Tests.Cases;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Clocks;

public sealed class ExpiryFailuresTests
{
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AnExpiryThatTheCaseRefuses_IsTriedEverLessOftenAndShownOnce(Provider provider)
    {
        await using var play = await PlayedCase.UnderReviewAsync(
            provider,
            p => p.AddSingleton(new DefinitionLibrary(() => AlteredMotion.WhoseReviewReturnsByItself))
        );
        var due = (await ReviewAsync(play)).DueOn!.Value;

        await play.Stage.MoveToAsync(due.AddDays(3), new(0, 0), default);
        var clock = await ReviewAsync(play);
        Assert.InRange(clock.Failures, 8, 12);
        Assert.InRange(clock.NextAt!.Value - play.Now, TimeSpan.FromHours(1), TimeSpan.FromDays(1));
        var incident = Assert.Single(await OpenAsync(play));
        Assert.Equal(("review", "review", "motion"), (incident.Activity, incident.Clock, incident.DefinitionId));

        // The cause is still there: refused, and told anew.
        var again = await play.WithAsync((IncidentBook b) => b.RetryAsync(incident.Id, new Asker(Guid.Empty), default));
        Assert.False(again.IsOk);
        var told = Assert.Single(await OpenAsync(play));
        Assert.Equal(incident.Id, Assert.Single(told.Earlier).Id);

        foreach (var member in new[] { "主任", "委员甲", "委员乙" })
        {
            var task = await play.TaskOfAsync(member, "motion.review");
            Assert.False((await play.DecideAsync(task, member, "file")).IsOk);
        }
        await play.ReadAsync(db =>
            db.Set<ClockRow>()
                .Where(c => c.Id == clock.Id)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.DueAt, play.Now.AddDays(1)))
        );
        foreach (var member in new[] { "主任", "委员甲", "委员乙" })
            Assert.True((await play.DecideAsync(await play.TaskOfAsync(member, "motion.review"), member, "file")).IsOk);
        Assert.Empty(await OpenAsync(play));
    }

    [Fact]
    public void Wait_DoublesFromFiveMinutesToADay() =>
        Assert.Equal(
            [5, 10, 20, 1280, 1440, 1440, 1440],
            new[] { 1, 2, 3, 9, 10, 11, 1000 }.Select(n => ExpiryFailures.Wait(n).TotalMinutes)
        );

    private static Task<ClockRow> ReviewAsync(PlayedCase play) =>
        play.ReadAsync(db => db.Set<ClockRow>().AsNoTracking().SingleAsync(c => c.Name == "review"));

    private static Task<IReadOnlyList<IncidentLine>> OpenAsync(PlayedCase play) =>
        play.WithAsync((IncidentBook b) => b.OpenAsync(9, default));
}
