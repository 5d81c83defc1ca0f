using EduUnion.Host.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Retention;

/// <summary>A case whose sensitive data were erased because their time was over.</summary>
public sealed class PurgedCase
{
    public required Guid CaseId { get; init; }
    public required DateTimeOffset At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PurgedCase>
    {
        public void Configure(EntityTypeBuilder<PurgedCase> purged)
        {
            purged.ToTable("purged_cases");
            purged.HasKey(p => p.CaseId);
            purged.Property(p => p.CaseId).ValueGeneratedNever();
            purged.HasOne<CaseRow>().WithMany().HasForeignKey(p => p.CaseId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>What one run erased, and what it could not: counts only. A run that found nothing leaves no row.</summary>
public sealed class RetentionRun
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public int Cases { get; set; }
    public int Attachments { get; set; }

    /// <summary>Private texts of the journal.</summary>
    public int Texts { get; set; }

    /// <summary>Hardship files whose texts went.</summary>
    public int Files { get; set; }

    /// <summary>What was due and could not be read: the log names it.</summary>
    public int Unreadable { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RetentionRun>
    {
        public void Configure(EntityTypeBuilder<RetentionRun> run)
        {
            run.ToTable("retention_runs");
            run.Property(r => r.Id).ValueGeneratedNever();
            run.HasIndex(r => r.At);
        }
    }
}
