using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Deputies;

/// <summary>
/// 委托代理: for so many days one member does the office work of another. What a person does as himself (co-sign, rate,
/// apply, visit a home) nobody does for him. Never deleted: it says for ever who could act for whom.
/// </summary>
public sealed class Deputy
{
    /// <summary>What one does as oneself and not by an office.</summary>
    public static readonly IReadOnlyList<string> Personal =
    [
        "motion.gather",
        "motion.cosign",
        "motion.revise",
        "motion.lapsed",
        "motion.delegation",
        "motion.feedback",
        "lead.offer",
        "withdrawal.takeover",
        "aid.draft",
        "aid.supplement",
        "aid.account",
        "aid.confirm",
        "aid.papers",
        "aid.survey",
        "aid.survey.sign",
        "objection.investigate",
        "objection.sign",
        "verification.confirm",
        "office.sign",
        "office.advise",
    ];

    /// <summary>Kinds of case for which one can be named.</summary>
    public static IReadOnlyList<string> AllKinds { get; } = [MotionCase.KindName, .. AidAccess.Kinds];

    public required Guid Id { get; init; }
    public required Guid PrincipalId { get; init; }
    public required Guid DeputyId { get; init; }

    /// <summary>First day, Asia/Shanghai.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day, included.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Comma-separated; empty = all that <see cref="Confidential"/> lets him see.</summary>
    public required string Kinds { get; init; }

    /// <summary>The principal has said that he may see cases of hardship, too.</summary>
    public required bool Confidential { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }

    public IReadOnlyList<string> Covered =>
        [.. (Kinds.Length == 0 ? AllKinds : Kinds.Split(',')).Where(k => Confidential || k == MotionCase.KindName)];

    internal sealed class Mapping : IEntityTypeConfiguration<Deputy>
    {
        public void Configure(EntityTypeBuilder<Deputy> deputy)
        {
            deputy.ToTable("deputies");
            deputy.Property(d => d.Id).ValueGeneratedNever();
            deputy.Property(d => d.Kinds).HasMaxLength(100);
            deputy.Ignore(d => d.Covered);
            deputy.HasOne<Member>().WithMany().HasForeignKey(d => d.PrincipalId).OnDelete(DeleteBehavior.Restrict);
            deputy.HasOne<Member>().WithMany().HasForeignKey(d => d.DeputyId).OnDelete(DeleteBehavior.Restrict);
            deputy.HasIndex(d => new { d.DeputyId, d.Until });
            deputy.HasIndex(d => new { d.PrincipalId, d.Until });
        }
    }
}
