using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Journal;

/// <summary>
/// One line of a case's audit chain: one a transaction. The MAC covers the line before, the public columns and a salted
/// commitment to the private text, which stands encrypted beside it and can be erased without breaking the chain.
/// </summary>
public sealed class JournalLine
{
    public required Guid CaseId { get; init; }
    public required int Sequence { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null = the program itself, on a clock or signal.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Public: what was done, e.g. <c>motion.review</c>, with the outcome if it was a decision.</summary>
    public required string Act { get; init; }
    public string? Outcome { get; init; }
    public Guid? TaskId { get; init; }
    public Guid? Part { get; init; }

    /// <summary>Events and comment as JSON, encrypted; null = erased.</summary>
    public string? Private { get; set; }
    public required byte[] Salt { get; init; }

    /// <summary>SHA-256 over salt and private text.</summary>
    public required byte[] Commitment { get; init; }
    public required byte[] Mac { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<JournalLine>
    {
        public void Configure(EntityTypeBuilder<JournalLine> builder)
        {
            builder.ToTable("journal");
            builder.HasKey(l => new { l.CaseId, l.Sequence });
            builder.HasIndex(l => l.At);
        }
    }
}

/// <summary>The heads of the chains that moved in one period, under one MAC: exported, it proves the chains from outside.</summary>
public sealed class JournalCheckpoint
{
    public required long Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>JSON: case → sequence and head.</summary>
    public required string Heads { get; init; }
    public required byte[] Mac { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<JournalCheckpoint>
    {
        public void Configure(EntityTypeBuilder<JournalCheckpoint> builder)
        {
            builder.ToTable("journal_checkpoints");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Id).ValueGeneratedNever();
        }
    }
}
