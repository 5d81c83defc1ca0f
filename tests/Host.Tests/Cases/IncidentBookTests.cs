using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Journal;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Tour;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Cases;

public sealed class IncidentBookTests
{
    private static readonly Guid Administrator = Guid.CreateVersion7();

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Retry_OfTwoAtOnce_OneRetriesAndTheChainSaysSo(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        var caseId = await play.DraftAsync();
        var id = Guid.CreateVersion7();
        await play.AskAsync(db =>
        {
            db.Add(
                new IncidentRow
                {
                    Id = id,
                    CaseId = caseId,
                    Activity = "review",
                    Reason = "A script failed.",
                    At = play.Stage.Time.GetUtcNow(),
                }
            );
            return db.SaveChangesAsync();
        });
        var open = await WithAsync(play, b => b.OpenAsync(10, default));
        Assert.Equal((id, "A script failed."), (Assert.Single(open).Id, open[0].Reason));

        var both = await Task.WhenAll(RetryAsync(play, id), RetryAsync(play, id));

        Assert.Single(both, b => b.IsOk);
        Assert.Equal("incident.retried", Assert.Single(both, b => !b.IsOk).Refusal!.Code);
        Assert.Empty(await WithAsync(play, b => b.OpenAsync(10, default)));
        var line = await play.AskAsync(db => db.Set<JournalLine>().SingleAsync(l => l.Act == "incident.retry"));
        Assert.Equal(Administrator, line.ActorId);
    }

    [Fact]
    public async Task Retry_OfNothing_IsMissing()
    {
        await using var play = await Play.OpenAsync(Provider.Sqlite, new(2026, 3, 2));

        Assert.Equal(RefusalKind.Missing, (await RetryAsync(play, Guid.CreateVersion7())).Refusal?.Kind);
    }

    private static Task<T> WithAsync<T>(Play play, Func<IncidentBook, Task<T>> act) => play.Stage.WithAsync(act);

    private static Task<Outcome<StepDone>> RetryAsync(Play play, Guid id) =>
        WithAsync(play, b => b.RetryAsync(id, new Asker(Administrator), default));
}
