using EduUnion.Domain.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Cases;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Clocks;

/// <summary>A program that stood still for weeks: no deadline is missed, and nobody gets a mail for each day.</summary>
public sealed class ClockFaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AfterWeeksOfDowntime_EachHearsTheLatestOnce(Provider provider)
    {
        await using var played = await PlayedCase.ToSignAsync(provider);
        await SendAsync(played);
        var before = await NoticesAsync(played);
        played.Stage.Time.MoveTo(ChinaTime.At(new DateOnly(2026, 5, 29), new TimeOnly(10, 0)));

        await SweepAsync(played);
        var told = (await NoticesAsync(played)).Where(n => before.All(b => b.Id != n.Id)).ToList();
        Assert.NotEmpty(told);
        // One of each clock to each audience: the signer's own deadline and the answer's, which he shares.
        Assert.All(told.GroupBy(n => (n.RecipientsKey, n.Due)), g => Assert.Single(g));

        var mails = await SendAsync(played);
        Assert.NotEmpty(mails);
        // The morning's reminders are one mail; being told that others are late (an escalation) is one of its own.
        Assert.All(
            mails.GroupBy(m => (m.MemberId, told.Single(n => n.Id == m.NoticeId).Kind)),
            kind => Assert.True(kind.Count() == 1, $"{kind.Count()} mails {kind.Key}")
        );
        await SweepAsync(played);
        Assert.Equal(before.Count + told.Count, (await NoticesAsync(played)).Count);
    }

    private static Task<int> SweepAsync(PlayedCase played) =>
        played.WithAsync<ClockSweep, int>(sweep => sweep.RunAsync(Stop));

    private static Task<List<Notice>> NoticesAsync(PlayedCase played) =>
        played.ReadAsync(db => db.Set<Notice>().AsNoTracking().OrderBy(n => n.Id).ToListAsync(Stop));

    private static async Task<List<OutgoingMail>> SendAsync(PlayedCase played)
    {
        // What was told before the standstill has left already.
        var at = played.Now;
        await played.WithAsync<Outbox, int>(outbox => outbox.RunAsync(Stop));
        return await played.ReadAsync(db =>
            db.Set<OutgoingMail>().AsNoTracking().Where(m => m.SentAt >= at).ToListAsync(Stop)
        );
    }
}
