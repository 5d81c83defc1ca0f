using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Persistence;

public sealed class InstantsTests
{
    // In order of time; neither local times nor texts with offsets are in this order.
    private static readonly DateTimeOffset[] Instants =
    [
        new(1999, 12, 31, 23, 59, 59, TimeSpan.Zero),
        new(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(8)),
        new(2026, 3, 1, 23, 0, 0, TimeSpan.FromHours(-5)),
        new(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(8)),
        new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(8)).AddMicroseconds(1),
        new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(8)).AddMicroseconds(10),
        new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero),
    ];

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Instants_OrderAndCompareInTime_AndComeBackInUtc(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using (var writing = database.Open())
        {
            foreach (var instant in Instants.Reverse())
                writing.AddAccount().LockoutEnd = instant;
            await writing.SaveChangesAsync();
        }

        await using var db = database.Open();
        var ends = db.Users.AsNoTracking().Select(u => u.LockoutEnd);
        var inOrder = await ends.OrderBy(end => end).ToListAsync();
        Assert.Equal(Instants.Cast<DateTimeOffset?>(), inOrder);
        Assert.All(inOrder, end => Assert.Equal(TimeSpan.Zero, end!.Value.Offset));

        var noon = Instants[3];
        Assert.Equal(3, await ends.CountAsync(end => end > noon));
        Assert.Equal(4, await ends.CountAsync(end => end <= noon));
        Assert.Equal(Instants[^1], await ends.MaxAsync());
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Instant_FinerThanAMicrosecond_IsCutTheSameOnBoth(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        var instant = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).AddTicks(19);
        await using (var writing = database.Open())
        {
            writing.AddAccount().LockoutEnd = instant;
            await writing.SaveChangesAsync();
        }

        await using var db = database.Open();
        Assert.Equal(instant.AddTicks(-9), (await db.Users.AsNoTracking().SingleAsync()).LockoutEnd);
    }
}
