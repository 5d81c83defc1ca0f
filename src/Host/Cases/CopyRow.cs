using EduUnion.Domain.People;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Cases;

/// <summary>抄送: somebody is to know of a case, and says that he has read it (已阅). Whoever has one may read the motion.</summary>
public sealed class CopyRow
{
    public static SealedPlace NotePlace { get; } = new("copies", "note", "id");
    public static SealedPlace RemarkPlace { get; } = new("copies", "remark", "id") { Part = "remark" };

    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }
    public CaseRow Case { get; init; } = null!;

    /// <summary>The task about which he is told.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>Its step, so that the list need not read the task.</summary>
    public required string Step { get; init; }
    public required Guid MemberId { get; init; }

    /// <summary>Who sent it; null = the process says so.</summary>
    public Guid? ById { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Sealed, as is the remark; erased with the other texts of its case.</summary>
    public string? Note { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
    public string? Remark { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CopyRow>
    {
        public void Configure(EntityTypeBuilder<CopyRow> copy)
        {
            copy.ToTable("copies");
            copy.Property(c => c.Id).ValueGeneratedNever();
            copy.HasOne(c => c.Case).WithMany().HasForeignKey(c => c.CaseId);
            copy.HasOne<Member>().WithMany().HasForeignKey(c => c.MemberId).OnDelete(DeleteBehavior.Restrict);
            copy.HasIndex(c => new { c.MemberId, c.At });
            copy.HasIndex(c => new { c.ById, c.At });
            copy.HasIndex(c => new { c.CaseId, c.MemberId });
        }
    }
}
