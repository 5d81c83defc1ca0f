using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Aid;
using EduUnion.Host.Jobs;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Aid;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Jobs;

public sealed class MeetingCallsTests
{
    /// <summary>Friday 20 November: called on Tuesday; moved to the 24th, and called again for that day.</summary>
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Members_AreCalledThreeWorkingDaysBefore_AndAgainWhenItMoves(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        await bench.SurveyedAsync();
        var meeting = await ConveneAsync(bench, new(2026, 11, 20));
        await bench.MoveToAsync(2026, 11, 16);
        Assert.Equal(0, await RunAsync(bench));
        await bench.MoveToAsync(2026, 11, 17);

        Assert.Equal(1, (await Task.WhenAll(RunAsync(bench), RunAsync(bench))).Sum());
        await bench.MoveToAsync(2026, 11, 18);
        Assert.Equal(0, await RunAsync(bench));
        await MoveAsync(bench, meeting, new(2026, 11, 24));
        Assert.Equal(0, await RunAsync(bench));
        await bench.MoveToAsync(2026, 11, 19);
        Assert.Equal(1, await RunAsync(bench));

        var told = await NoticesAsync(bench);
        Assert.Equal([new DateOnly(2026, 11, 20), new(2026, 11, 24)], told.Select(n => n.Due!.Value));
        Assert.All(told, n => Assert.Equal("1", n.Args["count"]));
        Assert.Equal(
            AidTown.Committee.Select(m => bench.Town[m].Id).Order(),
            told[0].Recipients.Members.Distinct().Order()
        );
        // One entry in the members' calendars, which moves.
        Assert.All(told, n => Assert.Equal(meeting, n.CaseId));
    }

    [Fact]
    public async Task AMeetingConvenedLate_IsToldAtOnce()
    {
        await using var bench = await AidBench.OpenAsync(Provider.Sqlite, new(2026, 11, 9));
        await bench.SurveyedAsync();
        await ConveneAsync(bench, new(2026, 11, 10));

        Assert.Equal(1, await RunAsync(bench));
    }

    [Fact]
    public async Task OfAMeetingThatIsOver_NobodyIsTold()
    {
        await using var bench = await AidBench.OpenAsync(Provider.Sqlite, new(2026, 11, 9));
        await bench.SurveyedAsync();
        await ConveneAsync(bench, new(2026, 11, 10));
        await bench.MoveToAsync(2026, 11, 11);

        Assert.Equal(0, await RunAsync(bench));
    }

    private static async Task<Guid> ConveneAsync(AidBench bench, DateOnly day) =>
        AidPlay.Done(
            await bench.Stage.WithAsync<MeetingCommands, Outcome<Guid>>(c =>
                c.ConveneAsync(
                    bench.Town.Town.SchoolId,
                    ChinaTime.At(day, new(14, 0)),
                    "工会办公室",
                    null,
                    bench.Play.As("工会主席"),
                    default
                )
            )
        );

    private static Task MoveAsync(AidBench bench, Guid id, DateOnly day) =>
        bench.Stage.WithAsync<EduUnionDb, int>(async db =>
        {
            var row = await db.Set<MeetingRow>().Include(m => m.Lines).SingleAsync(m => m.Id == id);
            await bench.Stage.WithAsync<MeetingBook, bool>(book =>
            {
                var meeting = book.Read(row);
                meeting.Move(bench.Town["工会主席"].Id, ChinaTime.At(day, new(14, 0)), "工会办公室");
                book.Write(row, meeting);
                return Task.FromResult(true);
            });
            return await db.SaveChangesAsync();
        });

    private static Task<int> RunAsync(AidBench bench) =>
        bench.Stage.WithAsync<MeetingCalls, int>(job => job.RunAsync(default));

    private static Task<List<Notice>> NoticesAsync(AidBench bench) =>
        bench.Stage.WithAsync<EduUnionDb, List<Notice>>(db =>
            db.Set<Notice>().AsNoTracking().Where(n => n.Kind == "A4.meeting").OrderBy(n => n.At).ToListAsync()
        );
}
