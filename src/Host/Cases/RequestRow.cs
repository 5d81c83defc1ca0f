using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Cases;

/// <summary>
/// The answer to a request that carried a key, stored in the commit of what it did, so that the same request again gets
/// the same answer and does nothing. Scope: the member. Kept seven days; refusals are not stored.
/// </summary>
public sealed class RequestRow
{
    public required Guid MemberId { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 over what was asked: the same key with another body is refused.</summary>
    public required byte[] BodyHash { get; init; }

    /// <summary>Sealed: an answer may repeat what was typed, such as a reason.</summary>
    public required string Answer { get; init; }
    public required DateTimeOffset At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<RequestRow>
    {
        public void Configure(EntityTypeBuilder<RequestRow> builder)
        {
            builder.ToTable("requests");
            builder.HasKey(r => new { r.MemberId, r.Key });
            builder.Property(r => r.Key).HasMaxLength(200);
            builder.HasIndex(r => r.At);
        }
    }
}
