using EduUnion.Domain.Funds;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Funds;

internal sealed class FundTables
    : IEntityTypeConfiguration<Fund>,
        IEntityTypeConfiguration<FundOrder>,
        IEntityTypeConfiguration<LedgerEntry>,
        IEntityTypeConfiguration<Claim>,
        IEntityTypeConfiguration<PersonYear>
{
    public void Configure(EntityTypeBuilder<Fund> fund)
    {
        fund.ToTable("funds");
        fund.Property(f => f.Id).ValueGeneratedNever();
        fund.Property(f => f.Code).HasMaxLength(10);
        fund.Property(f => f.Name).HasMaxLength(60);
        fund.ComplexProperty(f => f.Balances);
        fund.ComplexProperty(f => f.Limits);
        fund.Ignore(f => f.Free);
        fund.HasOne<Organisation>().WithMany().HasForeignKey(f => f.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        // Lists and references are named by it, and a bank's answer finds its line by the reference alone.
        fund.HasIndex(f => new { f.Year, f.Code }).IsUnique();
        fund.HasIndex(f => f.OrganisationId);
    }

    public void Configure(EntityTypeBuilder<FundOrder> order)
    {
        order.ToTable("fund_orders");
        order.Property(o => o.Id).ValueGeneratedNever();
        order.HasOne<Fund>().WithMany().HasForeignKey(o => o.FundId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<Fund>().WithMany().HasForeignKey(o => o.ToFundId).OnDelete(DeleteBehavior.Restrict);
        order.HasOne<FundOrder>().WithMany().HasForeignKey(o => o.CorrectsId).OnDelete(DeleteBehavior.Restrict);
        order.HasIndex(o => new { o.FundId, o.ProposedAt });
        order.HasIndex(o => o.ToFundId).HasFilter("to_fund_id IS NOT NULL");
        // An order is taken back once, and not asked for twice at a time.
        order.HasIndex(o => o.CorrectsId).IsUnique().HasFilter("corrects_id IS NOT NULL AND state <> 'Refused'");
        order.HasIndex(o => o.ProposedAt).HasFilter("state = 'Proposed'").HasDatabaseName("ix_fund_orders_open");
    }

    public void Configure(EntityTypeBuilder<LedgerEntry> entry)
    {
        entry.ToTable("ledger_entries");
        entry.HasKey(e => new { e.FundId, e.Number });
        entry.HasOne<Fund>().WithMany().HasForeignKey(e => e.FundId).OnDelete(DeleteBehavior.Restrict);
        entry
            .HasOne<LedgerEntry>()
            .WithMany()
            .HasForeignKey(e => new { e.FundId, e.Reverses })
            .OnDelete(DeleteBehavior.Restrict);
        // Each entry is taken back at most once, whoever tries.
        entry.HasIndex(e => new { e.FundId, e.Reverses }).IsUnique().HasFilter("reverses IS NOT NULL");
        entry.HasIndex(e => e.ClaimId).HasFilter("claim_id IS NOT NULL");
        entry.HasIndex(e => e.OrderId).HasFilter("order_id IS NOT NULL");
        // Append-only: EF throws before it would write a changed entry.
        foreach (var property in entry.Metadata.GetProperties())
            property.SetAfterSaveBehavior(PropertySaveBehavior.Throw);
    }

    public void Configure(EntityTypeBuilder<Claim> claim)
    {
        claim.ToTable("claims");
        claim.Property(c => c.Id).ValueGeneratedNever();
        claim.Property(c => c.Tail).HasMaxLength(4);
        claim.Ignore(c => c.IsLive);
        claim.HasOne<Fund>().WithMany().HasForeignKey(c => c.FundId).OnDelete(DeleteBehavior.Restrict);
        claim.HasOne<CaseRow>().WithMany().HasForeignKey(c => c.CaseId).OnDelete(DeleteBehavior.Restrict);
        claim.HasOne<Member>().WithMany().HasForeignKey(c => c.MemberId).OnDelete(DeleteBehavior.Restrict);
        // One live claim a case: an approval is held once.
        claim.HasIndex(c => c.CaseId).IsUnique().HasFilter("state <> 'Cancelled'");
        claim.HasIndex(c => new { c.MemberId, c.Year });
        claim.HasIndex(c => new
        {
            c.FundId,
            c.State,
            c.Place,
        });
        claim.HasIndex(c => new { c.SchoolId, c.ChangedAt });
    }

    public void Configure(EntityTypeBuilder<PersonYear> year)
    {
        year.ToTable("person_years");
        year.HasKey(y => new { y.MemberId, y.Year });
        year.HasOne<Member>().WithMany().HasForeignKey(y => y.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>Nothing but what is locked while a person's sum of a year is looked at.</summary>
internal sealed class PersonYear
{
    public required Guid MemberId { get; init; }
    public required int Year { get; init; }
}
