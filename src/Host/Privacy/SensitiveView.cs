using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Privacy;

/// <summary>For what somebody looks at a sensitive value.</summary>
public enum ViewPurpose
{
    /// <summary>核验申请材料.</summary>
    Check,

    /// <summary>入户调查.</summary>
    Survey,

    /// <summary>审批.</summary>
    Approve,

    /// <summary>核对收款账户.</summary>
    Pay,

    /// <summary>异议复核.</summary>
    Objection,

    /// <summary>经审检查.</summary>
    Audit,
}

/// <summary>
/// One sensitive value shown in clear to one person, written in the commit that allowed it. Append-only; the applicant
/// sees it, the auditor's digest counts it (domain §7, A14).
/// </summary>
public sealed class SensitiveView
{
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }
    public required Guid ViewerId { get; init; }

    /// <summary>Its name in the case, never its value.</summary>
    public required string Field { get; init; }
    public required ViewPurpose Purpose { get; init; }

    /// <summary>Sealed: people write into a reason what it is about.</summary>
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SensitiveView>
    {
        public void Configure(EntityTypeBuilder<SensitiveView> view)
        {
            view.ToTable("sensitive_views");
            view.Property(v => v.Id).ValueGeneratedNever();
            view.Property(v => v.Field).HasMaxLength(UnmaskCommands.LongestField);
            view.Property(v => v.Purpose).HasMaxLength(20);
            view.HasOne<CaseRow>().WithMany().HasForeignKey(v => v.CaseId).OnDelete(DeleteBehavior.Restrict);
            view.HasOne<Member>().WithMany().HasForeignKey(v => v.ViewerId).OnDelete(DeleteBehavior.Restrict);
            view.HasIndex(v => new { v.CaseId, v.At });
            view.HasIndex(v => v.At);
        }
    }
}
