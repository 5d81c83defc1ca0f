using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.People;

internal sealed class OfficeHoldingTable : IEntityTypeConfiguration<OfficeHolding>
{
    public void Configure(EntityTypeBuilder<OfficeHolding> holding)
    {
        holding.ToTable("office_holdings");
        holding.Property(h => h.Office).HasMaxLength(30);
        // "from" and "until" are words of SQL; the work list joins this table in hand-written statements.
        holding.Property(h => h.From).HasColumnName("held_from");
        holding.Property(h => h.Until).HasColumnName("held_until");
        holding.HasOne<Member>().WithMany().HasForeignKey(h => h.MemberId).OnDelete(DeleteBehavior.Restrict);
        holding
            .HasOne<Organisation>()
            .WithMany()
            .HasForeignKey(h => h.OrganisationId)
            .OnDelete(DeleteBehavior.Restrict);
        holding.HasIndex(h => new { h.Office, h.OrganisationId });
        holding.HasIndex(h => h.MemberId);
    }
}
