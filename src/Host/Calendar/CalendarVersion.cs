using System.Collections.Immutable;
using EduUnion.Domain.Calendar;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Calendar;

/// <summary>Days off of one organisation and everything below it: a closing day, or a school vacation.</summary>
public sealed record LocalDaysOff(Guid OrganisationId, bool IsVacation, string Name, DateOnly From, DateOnly To);

/// <summary>
/// One version of the calendar, whole: the statutory schedule and all local days off. Append-only; every import and every
/// change of a closing day or vacation writes the next one.
/// </summary>
public sealed class CalendarVersion
{
    public required int Number { get; init; }

    /// <summary>The schedule as <see cref="StatutorySchedule.ToJson"/> writes it.</summary>
    public required string Schedule { get; init; }

    /// <summary>JSON list of <see cref="LocalDaysOff"/>.</summary>
    public required string Local { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? RecordedBy { get; init; }

    /// <summary>What was changed, in a sentence by who changed it.</summary>
    public required string Note { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CalendarVersion>
    {
        public void Configure(EntityTypeBuilder<CalendarVersion> builder)
        {
            builder.ToTable("calendar_versions");
            builder.HasKey(v => v.Number);
            builder.Property(v => v.Number).ValueGeneratedNever();
        }
    }
}
