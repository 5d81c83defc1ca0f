using EduUnion.Domain.Calendar;
using EduUnion.Host.Congresses;
using EduUnion.Host.Mail;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Tour;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Congresses;

public sealed class AnnouncementsTests
{
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task EveryMark_IsToldOnceToAllRepresentatives(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 2, 20));
        for (var day = new DateOnly(2026, 2, 21); day <= new DateOnly(2026, 3, 12); day = day.AddDays(1))
            foreach (var hour in new[] { 7, 9, 18 })
            {
                await play.Stage.MoveToAsync(day, new(hour, 0), default);
                await Task.WhenAll(RunAsync(play), RunAsync(play));
            }

        // 28 February is a Saturday on which work is made up.
        Assert.Equal(
            [
                ("N1.open", new DateOnly(2026, 2, 23)),
                ("N1.closing", new(2026, 2, 28)),
                ("N1.closing", new(2026, 3, 5)),
                ("N1.last", new(2026, 3, 9)),
            ],
            (await NoticesAsync(play)).Select(n => (n.Kind, ChinaTime.DateOf(n.At)))
        );
        Assert.All(await NoticesAsync(play), n => Assert.Equal(5, n.Recipients.Members.Count));
        Assert.All(await NoticesAsync(play), n => Assert.Equal(new DateOnly(2026, 3, 10), n.Due));
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AfterAStandstill_OnlyTheLastMarkIsTold(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 2, 23));
        await RunAsync(play);
        await play.Stage.MoveToAsync(new(2026, 3, 6), new(9, 0), default);

        await RunAsync(play);
        await RunAsync(play);

        Assert.Equal(["N1.open", "N1.closing"], (await NoticesAsync(play)).Select(n => n.Kind));
    }

    [Fact]
    public async Task AClosedCollection_IsNotAnnounced()
    {
        await using var play = await Play.OpenAsync(Provider.Sqlite, new(2026, 3, 11));

        Assert.Equal(0, await RunAsync(play));
        Assert.Empty(await NoticesAsync(play));
    }

    private static Task<int> RunAsync(Play play) => play.Stage.WithAsync<Announcements, int>(a => a.RunAsync(default));

    private static Task<List<Notice>> NoticesAsync(Play play) =>
        play.AskAsync(db =>
            db.Set<Notice>().AsNoTracking().Where(n => n.Kind.StartsWith("N1")).OrderBy(n => n.At).ToListAsync()
        );
}
