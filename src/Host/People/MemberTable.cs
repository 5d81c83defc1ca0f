using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.People;

internal sealed class MemberTable : IEntityTypeConfiguration<Member>
{
    public void Configure(EntityTypeBuilder<Member> member)
    {
        member.ToTable("members");
        member.Property(m => m.Name).HasMaxLength(60);
        member.Property(m => m.Email).HasMaxLength(254);
        member.Property(m => m.Phone).HasMaxLength(40);
        member.Property(m => m.Kind).HasMaxLength(20);
        member.HasIndex(m => new { m.Name, m.Id });
        member.Property(m => m.Language).HasMaxLength(10);
        member.HasOne<Organisation>().WithMany().HasForeignKey(m => m.OrganisationId).OnDelete(DeleteBehavior.Restrict);
    }
}
