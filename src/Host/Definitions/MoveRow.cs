using EduUnion.Host.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Definitions;

/// <summary>
/// A case that went over to another version of one of its definitions, with what is needed to take it back as long as
/// nothing else has happened in it.
/// </summary>
public sealed class MoveRow
{
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }
    public required string DefinitionId { get; init; }

    /// <summary>The versions by which its instances ran before, comma-separated.</summary>
    public required string Before { get; init; }
    public required int Version { get; init; }
    public required string Reason { get; init; }
    public required Guid MovedById { get; init; }
    public required DateTimeOffset MovedAt { get; init; }

    /// <summary>The case's version after the move: while it has it still, nothing has happened since.</summary>
    public required long CaseVersion { get; init; }

    /// <summary>The family before the move.</summary>
    public required string Family { get; init; }

    /// <summary>Tasks, clocks and incidents before the move, JSON of <see cref="MovedRows"/>.</summary>
    public required string Rows { get; init; }
    public DateTimeOffset? UndoneAt { get; set; }
    public Guid? UndoneById { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<MoveRow>
    {
        public void Configure(EntityTypeBuilder<MoveRow> builder)
        {
            builder.ToTable("moves");
            builder.HasKey(m => m.Id);
            builder.Property(m => m.Id).ValueGeneratedNever();
            builder.HasOne<CaseRow>().WithMany().HasForeignKey(m => m.CaseId);
            builder.HasIndex(m => new
            {
                m.DefinitionId,
                m.Version,
                m.MovedAt,
            });
        }
    }
}

/// <summary>The live tasks and running clocks before a move, and the incidents that it ended.</summary>
/// <param name="Ways">Steps from which the case itself came to stand at others.</param>
public sealed record MovedRows(
    IReadOnlyList<MovedTask> Tasks,
    IReadOnlyList<Guid> Clocks,
    IReadOnlyList<Guid> Incidents,
    IReadOnlyList<MovedWay> Ways
);

public sealed record MovedTask(Guid Id, TaskState State, string Outcomes, Guid? ClockId);

public sealed record MovedWay(Guid? Part, string From, string To);
