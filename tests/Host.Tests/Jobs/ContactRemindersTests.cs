using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Aid;
using EduUnion.Host.Jobs;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Aid;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Jobs;

/// <summary>
/// The Spring Festival of 2026 is on 17 February, the last working day before it Saturday the 14th, on which work is made
/// up; the year's last working day is Thursday 31 December.
/// </summary>
public sealed class ContactRemindersTests
{
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task TheLeader_IsRemindedOfEachContactUntilItIsMade(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 1, 26));
        var file = await OpenAsync(bench);
        var kinds = new Dictionary<DateOnly, int>();
        foreach (var day in Days(new(2026, 2, 1), new(2026, 2, 5)).Append(new(2026, 2, 11)).Append(new(2026, 2, 13)))
            await RunAsync(bench, day, kinds);
        await ContactAsync(bench, file, new(2026, 2, 13));
        foreach (var day in Days(new(2026, 2, 14), new(2026, 2, 20)).Concat(Days(new(2026, 12, 15), new(2026, 12, 31))))
            await RunAsync(bench, day, kinds);

        Assert.Equal(
            [new DateOnly(2026, 2, 2), new(2026, 2, 11), new(2026, 12, 17), new(2026, 12, 28)],
            kinds.Where(k => k.Value > 0).Select(k => k.Key)
        );
        var told = await NoticesAsync(bench);
        Assert.Equal(
            [
                ("A12.contact", new DateOnly(2026, 2, 14)),
                ("A12.contactLast", new(2026, 2, 14)),
                ("A12.contact", new(2026, 12, 31)),
                ("A12.contactLast", new(2026, 12, 31)),
            ],
            told.Select(n => (n.Kind, n.Due!.Value))
        );
        Assert.All(told, n => Assert.Equal([bench.Town["工会主席"].Id], n.Recipients.Members));
        Assert.All(told, n => Assert.Equal("DA-YEY-2026-0001", n.Args["case"]));
    }

    [Fact]
    public async Task BothContactsMade_NobodyIsReminded()
    {
        await using var bench = await AidBench.OpenAsync(Provider.Sqlite, new(2026, 1, 26));
        var file = await OpenAsync(bench);
        await ContactAsync(bench, file, new(2026, 1, 26));
        await ContactAsync(bench, file, new(2026, 1, 27));

        var told = new Dictionary<DateOnly, int>();
        foreach (var day in Days(new(2026, 2, 10), new(2026, 2, 12)).Concat(Days(new(2026, 12, 27), new(2026, 12, 31))))
            await RunAsync(bench, day, told);

        Assert.All(told.Values, count => Assert.Equal(0, count));
    }

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
            yield return day;
    }

    private static async Task RunAsync(AidBench bench, DateOnly day, Dictionary<DateOnly, int> told)
    {
        bench.Stage.Time.MoveTo(ChinaTime.At(day, new(9, 0)));
        told[day] = (await Task.WhenAll(RunAsync(bench), RunAsync(bench))).Sum();
    }

    private static Task<int> RunAsync(AidBench bench) =>
        bench.Stage.WithAsync<ContactReminders, int>(job => job.RunAsync(default));

    private static Task<Guid> OpenAsync(AidBench bench) =>
        bench.Stage.WithAsync<EduUnionDb, Guid>(async db =>
        {
            var now = bench.Stage.Time.GetUtcNow();
            var (file, _) = AidFile.Open(
                Guid.CreateVersion7(now),
                "DA-YEY-2026-0001",
                bench.Town["申请人"].Id,
                bench.Town.Town.SchoolId,
                AidCategory.Rel,
                Guid.CreateVersion7(now),
                now,
                bench.Stage.Today
            );
            Assert.True(file.NameLeader(bench.Town["工会主席"].Id, 0, bench.Stage.Today).IsOk);
            var row = new AidFileRow
            {
                Id = file.Id,
                MemberId = file.MemberId,
                SchoolId = file.SchoolId,
                Number = file.Number,
                State = "",
                VerifiedYear = 0,
                Aggregate = "",
            };
            await bench.Stage.WithAsync<AidFiles, bool>(files =>
            {
                files.Write(row, file);
                return Task.FromResult(true);
            });
            db.Add(row);
            await db.SaveChangesAsync();
            return row.Id;
        });

    private static Task<int> ContactAsync(AidBench bench, Guid id, DateOnly on) =>
        bench.Stage.WithAsync<EduUnionDb, int>(async db =>
        {
            var row = await db.Set<AidFileRow>().SingleAsync(f => f.Id == id);
            await bench.Stage.WithAsync<AidFiles, bool>(files =>
            {
                var file = files.Read(row);
                var contact = new LeaderContact(
                    bench.Town["工会主席"].Id,
                    on,
                    ContactMode.Home,
                    "需要陪护。",
                    "已安排。"
                );
                Assert.True(file.Contact(contact, on).IsOk);
                files.Write(row, file);
                return Task.FromResult(true);
            });
            return await db.SaveChangesAsync();
        });

    private static Task<List<Notice>> NoticesAsync(AidBench bench) =>
        bench.Stage.WithAsync<EduUnionDb, List<Notice>>(db =>
            db.Set<Notice>()
                .AsNoTracking()
                .Where(n => n.Kind.StartsWith("A12.contact"))
                .OrderBy(n => n.At)
                .ToListAsync()
        );
}
