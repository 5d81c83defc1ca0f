using EduUnion.Domain;
using EduUnion.Host.Calendar;
using EduUnion.Host.Clocks;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Tour;
using EduUnion.Host.Tour;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Calendar;

public sealed class LocalDaysTests
{
    private static readonly Guid Officer = Guid.CreateVersion7();

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AClosingDay_MovesTheSchoolsClocksAndItsRemovalMovesThemBack(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        var id = await play.AssignedAsync();
        var day = new LocalDaysOff(play.Town.SchoolId, false, "校运动会", new(2026, 4, 10), new(2026, 4, 10));

        var added = await WithAsync(play, l => l.PreviewAddAsync(day, default));
        Assert.Equal(new DateOnly(2026, 4, 23), Assert.Single(added.Value.Clocks.First).To);
        Assert.Equal(2, (await WithAsync(play, l => l.AddAsync(day, 1, "校历", Officer, default))).Value);
        Assert.Equal(new DateOnly(2026, 4, 23), await ReplannedAsync(play, id));

        var removed = await WithAsync(play, l => l.PreviewRemoveAsync(day, default));
        Assert.Equal(new DateOnly(2026, 4, 22), Assert.Single(removed.Value.Clocks.First).To);
        Assert.Equal(3, (await WithAsync(play, l => l.RemoveAsync(day, 2, "取消", Officer, default))).Value);
        Assert.Equal(new DateOnly(2026, 4, 22), await ReplannedAsync(play, id));
    }

    [Fact]
    public async Task AVacation_SuspendsTheAnswer()
    {
        await using var play = await Play.OpenAsync(Provider.Sqlite, new(2026, 3, 2));
        var id = await play.AssignedAsync();
        var week = new LocalDaysOff(play.Town.SchoolId, true, "春假", new(2026, 4, 13), new(2026, 4, 17));

        await WithAsync(play, l => l.AddAsync(week, 1, "校历", Officer, default));

        Assert.Equal(new DateOnly(2026, 4, 29), await ReplannedAsync(play, id));
    }

    [Fact]
    public async Task Faults_AreRefused()
    {
        await using var play = await Play.OpenAsync(Provider.Sqlite, new(2026, 3, 2));
        var good = new LocalDaysOff(play.Town.SchoolId, true, "寒假", new(2027, 1, 20), new(2027, 2, 20));
        await WithAsync(play, l => l.AddAsync(good, 1, "校历", Officer, default));

        Assert.Equal("calendar.local-overlap", await CodeAsync(play, good with { To = new(2027, 1, 20) }));
        Assert.Equal("calendar.local-too-long", await CodeAsync(play, good with { To = new(2028, 2, 20) }));
        Assert.Equal("calendar.reversed", await CodeAsync(play, good with { To = new(2026, 2, 20) }));
        Assert.Equal("calendar.outside", await CodeAsync(play, good with { From = new(1999, 1, 1) }));
        Assert.Equal("form.required", await CodeAsync(play, good with { Name = " ", IsVacation = false }));
        Assert.Equal(
            "calendar.local-organisation",
            await CodeAsync(play, good with { OrganisationId = play.Town.Department("总务处") })
        );
        Assert.Null(await CodeAsync(play, good with { IsVacation = false }));
        Assert.Equal(
            "calendar.local-unknown",
            (await WithAsync(play, l => l.PreviewRemoveAsync(good with { Name = "暑假" }, default))).Refusal?.Code
        );
        Assert.Equal(
            "calendar.stale",
            (await WithAsync(play, l => l.RemoveAsync(good, 1, "错了", Officer, default))).Refusal?.Code
        );
    }

    private static async Task<string?> CodeAsync(Play play, LocalDaysOff days) =>
        (await WithAsync(play, l => l.PreviewAddAsync(days, default))).Refusal?.Code;

    private static Task<Outcome<T>> WithAsync<T>(Play play, Func<LocalDays, Task<Outcome<T>>> act) =>
        play.Stage.WithAsync(act);

    private static async Task<DateOnly?> ReplannedAsync(Play play, Guid id)
    {
        await play.Stage.WithAsync<ClockReplanning, int>(r => r.RunAsync(default));
        return (await play.Stage.ClocksAsync(id, "answer")).Single().DueOn;
    }
}
