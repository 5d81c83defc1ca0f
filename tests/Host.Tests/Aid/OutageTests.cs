using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Aid;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Aid;

/// <summary>A notice that nobody could see lasts that much longer (domain §3.3 step 5). The notice began on 9 November.</summary>
public sealed class OutageTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Outage_ExtendsTheNotice_OnceForAllNodes(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.NoticedAsync(Money.Yuan(900));
        await bench.MoveToAsync(2026, 11, 10, 18);
        await BeatAsync(bench);
        // Two hours of Tuesday's day, all of Wednesday's, nine hours of Thursday's.
        Down(bench, 2026, 11, 12, 17);

        await Task.WhenAll(BeatAsync(bench), BeatAsync(bench));
        await BeatAsync(bench);

        var notice = (await bench.Play.ApplicationAsync(id)).Notice!;
        Assert.Equal(new DateOnly(2026, 11, 18), notice.Through);
        Assert.Equal(2, Assert.Single(notice.Interruptions).Workdays);
        Assert.Equal(new DateOnly(2026, 11, 18), (await bench.Stage.ClocksAsync(id, "notice")).Single().DueOn);
        Assert.Equal(new DateOnly(2026, 11, 18), await ShownAsync(bench, id));
        Assert.Equal(1, await bench.Stage.WithAsync<EduUnionDb, int>(db => db.Set<Outage>().CountAsync()));
        await bench.MoveToAsync(2026, 11, 18, 23);
        Assert.Equal(AidState.Notice, (await bench.Play.ApplicationAsync(id)).State);
        await bench.MoveToAsync(2026, 11, 19);
        Assert.Equal(["aid.approve.school"], await bench.OpenAsync(id));
    }

    /// <summary>The first beat is over before any clock rings: the days are added to a notice that would be over.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Outage_OverTheLastDay_IsAddedBeforeTheClockRings(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.NoticedAsync(Money.Yuan(900));
        await bench.MoveToAsync(2026, 11, 13, 17);
        await BeatAsync(bench);
        Down(bench, 2026, 11, 18, 9);
        await BeatAsync(bench);

        // Friday's evening, the weekend and Wednesday's first hour do not count; Monday, the last day, and Tuesday do.
        Assert.Equal(new DateOnly(2026, 11, 18), await ShownAsync(bench, id));
        await bench.MoveToAsync(2026, 11, 18, 10);
        Assert.Equal(AidState.Notice, (await bench.Play.ApplicationAsync(id)).State);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ShortNight_OrWhileHeld_ChangesNothing(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.NoticedAsync(Money.Yuan(900));
        // A PC that is switched off when the office closes: sixteen hours, of which four are of a day.
        await bench.MoveToAsync(2026, 11, 10, 17);
        await BeatAsync(bench);
        Down(bench, 2026, 11, 11, 9);
        await BeatAsync(bench);
        Assert.Equal(new DateOnly(2026, 11, 16), await ShownAsync(bench, id));

        // From the objection on it stands still: its days come after anyway.
        await bench.Play.ObjectAsync(id, "申请人乙", anonymous: true, "有第二套住房");
        await BeatAsync(bench);
        Down(bench, 2026, 11, 13, 9);
        await BeatAsync(bench);
        Assert.Empty((await bench.Play.ApplicationAsync(id)).Notice!.Interruptions);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ByHand_TheChairExtendsIt(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.NoticedAsync(Money.Yuan(900));
        await bench.Play.DoAsync<AidLifeCommands>(
            "工会主席",
            "公示中断",
            c => c.InterruptNoticeAsync(id, 2, "公告栏停电。", bench.Play.As("工会主席"), default)
        );
        Assert.Equal(new DateOnly(2026, 11, 18), await ShownAsync(bench, id));
        var refused = await bench.Stage.WithAsync<AidLifeCommands, Outcome<Host.Cases.StepDone>>(c =>
            c.InterruptNoticeAsync(id, 2, "公告栏停电。", bench.Play.As("评委甲"), default)
        );
        Assert.Equal("case.unknown", refused.Refusal?.Code);
    }

    private static void Down(AidBench bench, int year, int month, int day, int hour) =>
        bench.Stage.Time.MoveTo(ChinaTime.At(new(year, month, day), new(hour, 0)));

    private static Task<int> BeatAsync(AidBench bench) =>
        bench.Stage.WithAsync<Pulse, int>(pulse => pulse.RunAsync(default));

    private static Task<DateOnly> ShownAsync(AidBench bench, Guid id) =>
        bench.Stage.WithAsync<EduUnionDb, DateOnly>(db =>
            db.Set<NoticeRow>().Where(n => n.CaseId == id).Select(n => n.Through).SingleAsync()
        );
}
