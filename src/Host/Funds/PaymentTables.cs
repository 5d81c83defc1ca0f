using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Funds;

internal sealed class PaymentTables
    : IEntityTypeConfiguration<PaymentBatch>,
        IEntityTypeConfiguration<PaymentLine>,
        IEntityTypeConfiguration<PaymentResult>,
        IEntityTypeConfiguration<BankFileRow>
{
    public void Configure(EntityTypeBuilder<PaymentBatch> batch)
    {
        batch.ToTable("payment_batches");
        batch.Property(b => b.Id).ValueGeneratedNever();
        batch.Property(b => b.Number).HasMaxLength(30);
        batch.Ignore(b => b.Total);
        batch.HasOne<Fund>().WithMany().HasForeignKey(b => b.FundId).OnDelete(DeleteBehavior.Restrict);
        batch.HasMany(b => b.Lines).WithOne().HasForeignKey(l => l.BatchId).OnDelete(DeleteBehavior.Restrict);
        batch.HasIndex(b => new { b.FundId, b.Number }).IsUnique();
        batch.HasIndex(b => b.MadeAt);
    }

    public void Configure(EntityTypeBuilder<PaymentLine> line)
    {
        line.ToTable("payment_lines");
        line.Property(l => l.Id).ValueGeneratedNever();
        line.Property(l => l.Reference).HasMaxLength(40);
        line.Property(l => l.Tail).HasMaxLength(4);
        line.Ignore(l => l.IsLive);
        line.HasOne<Fund>().WithMany().HasForeignKey(l => l.FundId).OnDelete(DeleteBehavior.Restrict);
        line.HasOne<Claim>().WithMany().HasForeignKey(l => l.ClaimId).OnDelete(DeleteBehavior.Restrict);
        line.HasIndex(l => new { l.BatchId, l.Position }).IsUnique();
        line.HasIndex(l => l.Reference).IsUnique();
        // An approval is with the bank, or paid, once at a time: what is unknown is never sent again.
        line.HasIndex(l => l.ClaimId)
            .IsUnique()
            .HasFilter("state IN ('Listed', 'Sent', 'Paid')")
            .HasDatabaseName("ix_payment_lines_live");
        line.HasIndex(l => new { l.ClaimId, l.ChangedAt });
    }

    public void Configure(EntityTypeBuilder<PaymentResult> result)
    {
        result.ToTable("payment_results");
        result.HasKey(r => r.BankReference);
        result.Property(r => r.BankReference).HasMaxLength(60);
        result.HasOne<PaymentLine>().WithMany().HasForeignKey(r => r.LineId).OnDelete(DeleteBehavior.Restrict);
        result.HasIndex(r => r.LineId);
        foreach (var property in result.Metadata.GetProperties())
            property.SetAfterSaveBehavior(PropertySaveBehavior.Throw);
    }

    public void Configure(EntityTypeBuilder<BankFileRow> file)
    {
        file.ToTable("bank_files");
        file.Property(f => f.Id).ValueGeneratedNever();
        file.HasOne<PaymentBatch>().WithMany().HasForeignKey(f => f.BatchId).OnDelete(DeleteBehavior.Restrict);
        file.HasOne<Member>().WithMany().HasForeignKey(f => f.ById).OnDelete(DeleteBehavior.Restrict);
        file.HasIndex(f => new { f.BatchId, f.At });
    }
}

/// <summary>Who opened the account numbers of a list, when, and as which file. Append-only.</summary>
public sealed class BankFileRow
{
    public required Guid Id { get; init; }
    public required Guid BatchId { get; init; }
    public required Guid ById { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary><c>csv</c> or <c>xlsx</c>.</summary>
    public required string Format { get; init; }
}
