using EduUnion.Domain.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Organisations;

internal sealed class OrganisationTable : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> organisation)
    {
        organisation.ToTable("organisations");
        organisation.Property(o => o.Kind).HasMaxLength(20);
        organisation.Property(o => o.Code).HasMaxLength(20);
        organisation.Property(o => o.Name).HasMaxLength(100);
        organisation.Property(o => o.Phone).HasMaxLength(40);
        organisation.HasOne<Organisation>().WithMany().HasForeignKey(o => o.ParentId).OnDelete(DeleteBehavior.Restrict);
        // A code is printed in numbers (T-YXZX-32-001), so two schools of one district must never share it.
        organisation.HasIndex(o => new { o.ParentId, o.Code }).IsUnique();
    }
}
