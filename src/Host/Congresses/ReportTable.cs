using System.Text.Json;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Congresses;

internal sealed class ReportTable : IEntityTypeConfiguration<SessionReport>
{
    public void Configure(EntityTypeBuilder<SessionReport> report)
    {
        report.ToTable("session_reports");
        report.Property(r => r.Id).ValueGeneratedNever();
        report.Property(r => r.Kind).HasMaxLength(10);
        report
            .Property(r => r.Fields)
            .HasConversion(
                fields => Write(fields),
                text => JsonSerializer.Deserialize<ReportFields>(text, CaseJson.Options)!,
                // By what is stored: lists of one record compare by reference.
                new ValueComparer<ReportFields>(
                    (a, b) => Write(a!) == Write(b!),
                    fields => Write(fields).GetHashCode(StringComparison.Ordinal)
                )
            );
        report.HasOne<CongressSession>().WithMany().HasForeignKey(r => r.SessionId).OnDelete(DeleteBehavior.Restrict);
        report.HasIndex(r => new { r.SessionId, r.Kind }).IsUnique();
    }

    private static string Write(ReportFields fields) => JsonSerializer.Serialize(fields, CaseJson.Options);
}
