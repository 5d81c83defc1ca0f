using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Cases;

/// <summary>
/// What was sent back with the wish to have it straight back (改后直送): when the step to which it went is decided
/// favourably, the process goes on where it was returned, and whoever returned it has it again.
/// </summary>
public sealed class ReturnRow
{
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }

    /// <summary>The workflow instance in which both steps are.</summary>
    public required Guid InstanceId { get; init; }

    /// <summary>The step to which it was returned, by its catalogue name.</summary>
    public required string Step { get; init; }

    /// <summary>The step to which it comes back.</summary>
    public required string BackTo { get; init; }
    public required Guid ById { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>It came back, or another way was taken since; null = it is still to come.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReturnRow>
    {
        public void Configure(EntityTypeBuilder<ReturnRow> builder)
        {
            builder.ToTable("step_returns");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.HasIndex(r => r.CaseId).HasFilter("done_at IS NULL").HasDatabaseName("ix_step_returns_open");
        }
    }
}
