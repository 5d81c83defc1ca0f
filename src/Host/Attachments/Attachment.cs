using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Attachments;

/// <summary>A document of a case (证明材料). Name and content are sealed; erased, the row stays and says when.</summary>
public sealed class Attachment
{
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }

    /// <summary>Which proof it is; the case's own word.</summary>
    public required string Proof { get; init; }

    /// <summary>Sealed; null = erased.</summary>
    public string? Name { get; set; }

    /// <summary>Sealed; null = erased. Never read with a list.</summary>
    public byte[]? Content { get; set; }

    /// <summary>Bytes in clear.</summary>
    public required int Size { get; init; }

    /// <summary>Recognised by its content, not by what was claimed.</summary>
    public required string ContentType { get; init; }
    public required Guid UploadedBy { get; init; }
    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>When the content was erased: removed by whoever added it, or by the retention.</summary>
    public DateTimeOffset? PurgedAt { get; set; }

    /// <summary>What seals and opens the content; the name has the id alone.</summary>
    internal static string ContentBound(Guid id) => $"{id}/content";

    internal sealed class Mapping : IEntityTypeConfiguration<Attachment>
    {
        public void Configure(EntityTypeBuilder<Attachment> attachment)
        {
            attachment.ToTable("attachments");
            attachment.Property(a => a.Id).ValueGeneratedNever();
            attachment.Property(a => a.Proof).HasMaxLength(AttachmentBook.LongestProof);
            attachment.Property(a => a.ContentType).HasMaxLength(40);
            attachment.HasOne<CaseRow>().WithMany().HasForeignKey(a => a.CaseId).OnDelete(DeleteBehavior.Restrict);
            attachment.HasOne<Member>().WithMany().HasForeignKey(a => a.UploadedBy).OnDelete(DeleteBehavior.Restrict);
            attachment.HasIndex(a => new { a.CaseId, a.Proof });
        }
    }
}
