using EduUnion.Host.Clocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Cases;

/// <summary>
/// A case: the unit of locking. Owns its aggregate and the family of its workflow instances, each one JSON document, the
/// head of its audit chain, and the columns by which lists find it. Changed only inside a step, under the row's lock.
/// </summary>
public sealed class CaseRow
{
    public required Guid Id { get; init; }

    /// <summary><c>motion</c>, <c>aid</c> …; decides which <see cref="ICase"/> reads the aggregate.</summary>
    public required string Kind { get; init; }
    public required Guid SchoolId { get; set; }
    public Guid? SessionId { get; set; }

    /// <summary>Who leads the case: whoever started it, or whoever took it over.</summary>
    public required Guid StarterId { get; set; }

    /// <summary>The case that this one follows or is proposed to follow (并案); the two are locked together.</summary>
    public Guid? MainId { get; set; }
    public string Title { get; set; } = "";
    public string Category { get; set; } = "";
    public string State { get; set; } = "";
    public string? Receipt { get; set; }
    public string? Number { get; set; }
    public string Aggregate { get; set; } = "";
    public string Family { get; set; } = "";

    /// <summary>Grows with every step; the concurrency token of last resort below the row lock.</summary>
    public long Version { get; set; }
    public int JournalSequence { get; set; }
    public byte[] JournalHead { get; set; } = [];

    /// <summary>The instant whose parameters hold for this case.</summary>
    public required DateTimeOffset RulesAt { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset ChangedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Since when the case is held (异议): nothing is decided, no deadline goes on.</summary>
    public DateTimeOffset? HeldAt { get; set; }

    public List<TaskRow> Tasks { get; } = [];
    public List<ClockRow> Clocks { get; } = [];
    public List<PartyRow> Parties { get; } = [];
    public List<ReturnRow> Returns { get; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<CaseRow>
    {
        public void Configure(EntityTypeBuilder<CaseRow> builder)
        {
            builder.ToTable("cases");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Property(c => c.Version).IsConcurrencyToken();
            builder.HasMany(c => c.Tasks).WithOne(t => t.Case).HasForeignKey(t => t.CaseId);
            builder.HasMany(c => c.Clocks).WithOne(t => t.Case).HasForeignKey(t => t.CaseId);
            builder.HasMany(c => c.Returns).WithOne().HasForeignKey(r => r.CaseId);
            builder.HasMany(c => c.Parties).WithOne().HasForeignKey(p => p.CaseId);
            builder.HasIndex(c => new
            {
                c.SchoolId,
                c.Kind,
                c.ChangedAt,
                c.Id,
            });
            builder.HasIndex(c => new { c.SessionId, c.State });
            builder.HasIndex(c => new { c.StarterId, c.ChangedAt });
            builder.HasIndex(c => new { c.SchoolId, c.Number }).IsUnique().HasFilter("number IS NOT NULL");
            builder.HasIndex(c => c.MainId).HasFilter("main_id IS NOT NULL");
            builder.HasIndex(c => c.Receipt).IsUnique().HasFilter("receipt IS NOT NULL");
        }
    }
}

/// <summary>Who has to do with a case, so that lists and access need not read aggregates.</summary>
public sealed class PartyRow
{
    public required Guid CaseId { get; init; }
    public required PartyRole Role { get; init; }

    /// <summary>A member for proposer and co-signers, a department for hosts and co-handlers.</summary>
    public required Guid PartyId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PartyRow>
    {
        public void Configure(EntityTypeBuilder<PartyRow> builder)
        {
            builder.ToTable("case_parties");
            builder.HasKey(p => new
            {
                p.CaseId,
                p.Role,
                p.PartyId,
            });
            builder.HasIndex(p => new { p.PartyId, p.Role });
        }
    }
}

public enum PartyRole
{
    Proposer,
    Invitee,
    Cosigner,
    Host,
    Cohandler,

    /// <summary>Led the case before; may still read it.</summary>
    FormerLead,

    /// <summary>The person an aid case is about: applicant, or holder of the file.</summary>
    Subject,

    /// <summary>Entered an application on behalf of its subject.</summary>
    Author,

    /// <summary>Surveyed an application, so does not approve it.</summary>
    Surveyor,

    /// <summary>Investigates an objection, so approves nothing of it.</summary>
    Investigator,

    /// <summary>Must stand aside (回避): does not see the case.</summary>
    Recused,

    /// <summary>A district that may see the application, by its subject's consent.</summary>
    District,

    /// <summary>Reported the hardship (第一报告人): does not approve what he asked for, and learns nothing by it.</summary>
    Reporter,
}
