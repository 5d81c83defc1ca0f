using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Cases;

/// <summary>A fault of the engine at one activity. The decision before it stands; an administrator retries.</summary>
public sealed class IncidentRow
{
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }
    public required string Activity { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? RetriedAt { get; set; }
    public Guid? RetriedBy { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<IncidentRow>
    {
        public void Configure(EntityTypeBuilder<IncidentRow> builder)
        {
            builder.ToTable("incidents");
            builder.HasKey(i => i.Id);
            builder.Property(i => i.Id).ValueGeneratedNever();
            builder.HasOne<CaseRow>().WithMany().HasForeignKey(i => i.CaseId);
            builder.HasIndex(i => i.At).HasFilter("retried_at IS NULL").HasDatabaseName("ix_incidents_open");
        }
    }
}
