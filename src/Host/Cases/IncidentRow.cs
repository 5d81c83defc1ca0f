using EduUnion.Host.Clocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Cases;

/// <summary>
/// A case that stands still at one activity: a fault of the engine, or an expiry that the case does not take. The decision
/// before it stands; an administrator retries. A retry that fails again is a new row of the same place.
/// </summary>
public sealed class IncidentRow
{
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }

    /// <summary>The workflow instance that stopped; null for an expiry, and for a burst that did not end.</summary>
    public Guid? InstanceId { get; init; }
    public string? DefinitionId { get; init; }
    public int? DefinitionVersion { get; init; }

    /// <summary>The clock whose expiry was not taken; null for a fault of the engine.</summary>
    public Guid? ClockId { get; init; }
    public required string Activity { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? RetriedAt { get; set; }
    public Guid? RetriedBy { get; set; }

    /// <summary>Retried, or what it stopped was cancelled or done otherwise.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<IncidentRow>
    {
        public void Configure(EntityTypeBuilder<IncidentRow> builder)
        {
            builder.ToTable("incidents");
            builder.HasKey(i => i.Id);
            builder.Property(i => i.Id).ValueGeneratedNever();
            builder.HasOne<CaseRow>().WithMany().HasForeignKey(i => i.CaseId);
            builder.HasOne<ClockRow>().WithMany().HasForeignKey(i => i.ClockId);
            builder.HasIndex(i => i.At).HasFilter("closed_at IS NULL").HasDatabaseName("ix_incidents_open");
            builder.HasIndex(i => i.ClosedAt);
        }
    }
}
