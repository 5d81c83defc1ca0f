using EduUnion.Domain.Congresses;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Congresses;

internal sealed class CongressTables
    : IEntityTypeConfiguration<CongressTerm>,
        IEntityTypeConfiguration<CongressSession>,
        IEntityTypeConfiguration<Delegation>,
        IEntityTypeConfiguration<Representative>
{
    public void Configure(EntityTypeBuilder<CongressTerm> term)
    {
        term.ToTable("congress_terms");
        term.Property(t => t.From).HasColumnName("runs_from");
        term.Property(t => t.Until).HasColumnName("runs_until");
        term.HasOne<Organisation>().WithMany().HasForeignKey(t => t.SchoolId).OnDelete(DeleteBehavior.Restrict);
        term.HasIndex(t => new { t.SchoolId, t.Number }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<CongressSession> session)
    {
        session.ToTable("congress_sessions");
        session.HasOne<CongressTerm>().WithMany().HasForeignKey(s => s.TermId).OnDelete(DeleteBehavior.Restrict);
        session.HasOne<Organisation>().WithMany().HasForeignKey(s => s.SchoolId).OnDelete(DeleteBehavior.Restrict);
        session.HasIndex(s => new { s.TermId, s.Number }).IsUnique();
        session.HasIndex(s => new { s.SchoolId, s.CollectionOpensAt });
    }

    public void Configure(EntityTypeBuilder<Delegation> delegation)
    {
        delegation.ToTable("delegations");
        delegation.Property(d => d.Name).HasMaxLength(60);
        delegation.HasOne<CongressTerm>().WithMany().HasForeignKey(d => d.TermId).OnDelete(DeleteBehavior.Restrict);
        delegation.HasOne<Member>().WithMany().HasForeignKey(d => d.HeadId).OnDelete(DeleteBehavior.Restrict);
        delegation.HasIndex(d => new { d.TermId, d.Name }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Representative> representative)
    {
        representative.ToTable("representatives");
        representative.Property(r => r.From).HasColumnName("elected_from");
        representative.Property(r => r.Until).HasColumnName("elected_until");
        representative.HasOne<CongressTerm>().WithMany().HasForeignKey(r => r.TermId).OnDelete(DeleteBehavior.Restrict);
        representative.HasOne<Member>().WithMany().HasForeignKey(r => r.MemberId).OnDelete(DeleteBehavior.Restrict);
        representative
            .HasOne<Delegation>()
            .WithMany()
            .HasForeignKey(r => r.DelegationId)
            .OnDelete(DeleteBehavior.Restrict);
        // Not unique: who resigned may be elected again in the same term.
        representative.HasIndex(r => new { r.TermId, r.MemberId });
        representative.HasIndex(r => r.MemberId);
    }
}
