using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Definitions;

/// <summary>
/// A version of a definition that was imported here; those that the program ships are not in the table. It is a draft until
/// it is published, and never changes after that.
/// </summary>
public sealed class DefinitionRow
{
    public required Guid Id { get; init; }
    public required string DefinitionId { get; init; }
    public required int Version { get; init; }

    /// <summary>The file as it came, to the last byte.</summary>
    public required byte[] Document { get; init; }
    public required Guid ImportedById { get; init; }
    public required DateTimeOffset ImportedAt { get; init; }

    /// <summary>Counts the publications of all definitions, so that every node sees by one number that there is a new one.</summary>
    public int? Publication { get; set; }
    public Guid? PublishedById { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }
    public string Reason { get; set; } = "";

    /// <summary>Which version of each child it starts, JSON by definition id; fixed when it is published.</summary>
    public string Pins { get; set; } = "{}";

    internal sealed class Mapping : IEntityTypeConfiguration<DefinitionRow>
    {
        public void Configure(EntityTypeBuilder<DefinitionRow> builder)
        {
            builder.ToTable("definitions");
            builder.HasKey(d => d.Id);
            builder.Property(d => d.Id).ValueGeneratedNever();
            builder.HasIndex(d => new { d.DefinitionId, d.Version }).IsUnique();
            builder.HasIndex(d => d.Publication).IsUnique();
        }
    }
}
