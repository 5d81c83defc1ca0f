using EduUnion.Host.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Clocks;

public enum ClockSpan
{
    /// <summary>Runs for one task.</summary>
    Task,

    /// <summary>Runs for the open step.</summary>
    Step,

    /// <summary>Runs over several steps of one part, e.g. the answer.</summary>
    Handling,
}

/// <summary>
/// A deadline. Keeps its inputs; the due date is computed from them and never edited. <see cref="DueOn"/> and
/// <see cref="NextAt"/> are that computation's results, kept for ordering and for the sweep. Stays after it stops, for
/// statistics.
/// </summary>
public sealed class ClockRow
{
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }
    public CaseRow Case { get; init; } = null!;
    public required ClockSpan Span { get; init; }

    /// <summary>Parameter family: <c>review</c>, <c>receipt</c>, <c>answer</c> …</summary>
    public required string Name { get; init; }
    public Guid? StepId { get; init; }
    public Guid? TaskId { get; set; }
    public Guid? Part { get; init; }

    /// <summary>Whose calendar and vacations count: the school.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>For the part's clocks the host department, so that a department finds its deadlines.</summary>
    public Guid? DepartmentId { get; init; }

    /// <summary>Start, length, rule, pauses, extension, as JSON of <c>ClockInputs</c>.</summary>
    public required string Inputs { get; set; }
    public required DateTimeOffset RulesAt { get; init; }

    /// <summary>As <see cref="ExpiryOutcome"/>: the step's tasks go to the office that its definition names. No outcome has such a name.</summary>
    public const string Reassigns = "@reassign";

    /// <summary>As <see cref="ExpiryOutcome"/>: who is above those who are late is told, once.</summary>
    public const string Escalates = "@escalate";

    /// <summary>
    /// What an expiry does: nothing but remind, the outcome given to the step, <see cref="Reassigns"/> or
    /// <see cref="Escalates"/>.
    /// </summary>
    public string? ExpiryOutcome { get; set; }

    /// <summary>Its expiry decides: what is said later is late. One that only hands on or tells takes no answer away.</summary>
    public bool Decides => ExpiryOutcome is not null and not Reassigns and not Escalates;
    public int CalendarVersion { get; set; }
    public DateOnly? OriginalDueOn { get; set; }

    /// <summary>Null while a pause stands before it.</summary>
    public DateOnly? DueOn { get; set; }
    public DateTimeOffset? DueAt { get; set; }
    public bool Provisional { get; set; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The next alarm; null = none is left.</summary>
    public DateTimeOffset? NextAt { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }

    /// <summary>How often its expiry was tried in vain; the next try waits longer each time.</summary>
    public int Failures { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ClockRow>
    {
        public void Configure(EntityTypeBuilder<ClockRow> builder)
        {
            builder.ToTable("clocks");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Ignore(c => c.Decides);
            builder.HasIndex(c => c.NextAt).HasFilter("stopped_at IS NULL").HasDatabaseName("ix_clocks_running");
            builder.HasIndex(c => new { c.CaseId, c.StoppedAt });
            builder.HasIndex(c => new { c.DepartmentId, c.Name }).HasFilter("department_id IS NOT NULL");
        }
    }
}
