using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Relations;

/// <summary>
/// A relation between two members (回避, domain §3.8), said by one of them or entered by a school's union chair. It holds in both directions
/// until it is ended, and is never deleted.
/// </summary>
public sealed class DeclaredRelation
{
    public required Guid Id { get; init; }

    /// <summary>Whose relation it is: who declared it, or for whom the chair entered it.</summary>
    public required Guid MemberId { get; init; }
    public required Guid OtherId { get; init; }
    public required Relation Kind { get; init; }
    public required Guid DeclaredBy { get; init; }
    public required DateTimeOffset DeclaredAt { get; init; }
    public Guid? EndedBy { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<DeclaredRelation>
    {
        public void Configure(EntityTypeBuilder<DeclaredRelation> relation)
        {
            relation.ToTable("declared_relations");
            relation.Property(r => r.Id).ValueGeneratedNever();
            relation.Property(r => r.Kind).HasMaxLength(20);
            relation.HasOne<Member>().WithMany().HasForeignKey(r => r.MemberId).OnDelete(DeleteBehavior.Restrict);
            relation.HasOne<Member>().WithMany().HasForeignKey(r => r.OtherId).OnDelete(DeleteBehavior.Restrict);
            relation
                .HasIndex(r => new
                {
                    r.MemberId,
                    r.OtherId,
                    r.Kind,
                })
                .IsUnique()
                .HasFilter("ended_at IS NULL");
            relation.HasIndex(r => r.OtherId);
        }
    }
}
