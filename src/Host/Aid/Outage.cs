using EduUnion.Domain.Calendar;
using EduUnion.Host.Calendar;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Aid;

/// <summary>The last minute in which the program was there: one row, whichever node wrote it.</summary>
public sealed class Heartbeat
{
    public const int Only = 1;

    public int Id { get; init; } = Only;
    public required DateTimeOffset At { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Heartbeat>
    {
        public void Configure(EntityTypeBuilder<Heartbeat> builder)
        {
            builder.ToTable("heartbeats");
            builder.Property(h => h.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>A time in which no node was there, so that nobody could see a notice.</summary>
public sealed class Outage
{
    public required Guid Id { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset Until { get; init; }

    /// <summary>The hours in which people look; a PC that is off at night keeps no notice from anybody.</summary>
    private static readonly TimeOnly Opens = new(8, 0);
    private static readonly TimeOnly Closes = new(20, 0);

    /// <summary>
    /// The working days after <paramref name="start"/> of which so many hours between eight and twenty o'clock were lost, so
    /// that a night's maintenance counts for nothing.
    /// </summary>
    public IEnumerable<DateOnly> WorkdaysAfter(DateOnly start, WorkingCalendar calendar, int hours)
    {
        for (var day = ChinaTime.DateOf(From); day <= ChinaTime.DateOf(Until); day = day.AddDays(1))
        {
            var (begins, ends) = (ChinaTime.At(day, Opens), ChinaTime.At(day, Closes));
            var lost = (Until < ends ? Until : ends) - (From > begins ? From : begins);
            if (day > start && calendar.IsWorkday(day) && lost >= TimeSpan.FromHours(hours))
                yield return day;
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Outage>
    {
        public void Configure(EntityTypeBuilder<Outage> builder)
        {
            builder.ToTable("outages");
            builder.Property(o => o.Id).ValueGeneratedNever();
        }
    }
}
