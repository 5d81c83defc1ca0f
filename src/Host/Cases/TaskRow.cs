using EduUnion.Domain.People;
using EduUnion.Workflows.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Cases;

public enum TaskState
{
    Open,

    /// <summary>Somebody decided it.</summary>
    Decided,

    /// <summary>The step went on without it; its history does not say that anybody decided.</summary>
    Dropped,

    /// <summary>Asked, but not his turn: others come first, in order (会签), as signers (加签) or with advice (委派).</summary>
    Waiting,

    /// <summary>Its owner has answered, and those who sign after him have not.</summary>
    Answered,

    /// <summary>转办: another task stands in its place.</summary>
    Handed,
}

/// <summary>
/// One person's or one office's copy of a human step. An office task names the office and the organisation; who holds
/// the office is looked up when it is read.
/// </summary>
public sealed class TaskRow
{
    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }
    public CaseRow Case { get; init; } = null!;

    /// <summary>The open step of the engine that this is a copy of.</summary>
    public required Guid StepId { get; init; }

    /// <summary>Catalogue name, e.g. <c>motion.review</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The part (承办) of the case it belongs to, if any.</summary>
    public Guid? Part { get; init; }
    public Guid? MemberId { get; set; }

    /// <summary>Whose it is while no member is named; beside a member the office in whose place he acts (转办).</summary>
    public Office? Office { get; set; }
    public Guid? OrganisationId { get; set; }

    /// <summary>What it is in its step: the step's own, or added to a task by whoever has that.</summary>
    public DeskPart Desk { get; init; }

    /// <summary>For what is added: the task it was added to.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>认领: the holder of the office who does it; it counts only while he holds the office.</summary>
    public Guid? ClaimedById { get; set; }
    public DateTimeOffset? ClaimedAt { get; set; }

    /// <summary>The order within the step.</summary>
    public int Position { get; set; }

    /// <summary>Votes it carries.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>
    /// An answer of which the aggregate has not heard: its owner's while others sign after him, and in a confidential
    /// case what a signer or adviser wrote. <see cref="PendingAnswer"/> as JSON, sealed where the case is confidential.
    /// </summary>
    public string? Pending { get; set; }

    /// <summary>What may be decided, comma-separated, already narrowed by the case when it was opened.</summary>
    public required string Outcomes { get; set; }
    public TaskState State { get; set; }

    /// <summary>Grows when what the decider is shown changes under him; a form of an older version is refused.</summary>
    public int Version { get; set; } = 1;
    public required DateTimeOffset OpenedAt { get; set; }

    /// <summary>The clock shown with the task: its own, its step's, or that of the part's answer.</summary>
    public Guid? ClockId { get; set; }
    public string? Outcome { get; set; }
    public Guid? DecidedBy { get; set; }

    /// <summary>For whom a deputy (代理) decided it; null = whoever decided, decided for himself.</summary>
    public Guid? DecidedForId { get; set; }

    /// <summary>When somebody last asked for it to be done (催办), and how often.</summary>
    public DateTimeOffset? UrgedAt { get; set; }
    public int Urges { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public string? Comment { get; set; }

    /// <summary>Somebody has still to do with it: it is decided, dropped or handed on only later.</summary>
    public bool IsLive => State is TaskState.Open or TaskState.Waiting or TaskState.Answered;

    /// <summary>Any holder of its office may take it.</summary>
    public bool IsOfOffice => MemberId is null;

    /// <summary>Handed to a person in an office's place (转办).</summary>
    public bool IsHandedOn => MemberId is not null && Office is not null && Desk == DeskPart.Own;

    public IReadOnlyList<string> OfferedOutcomes => Outcomes.Split(',', StringSplitOptions.RemoveEmptyEntries);

    internal sealed class Mapping : IEntityTypeConfiguration<TaskRow>
    {
        public void Configure(EntityTypeBuilder<TaskRow> builder)
        {
            builder.ToTable("tasks");
            builder.HasKey(t => t.Id);
            builder.Property(t => t.Id).ValueGeneratedNever();
            builder.Ignore(t => t.OfferedOutcomes);
            builder.Ignore(t => t.IsLive);
            builder.Ignore(t => t.IsOfOffice);
            builder.Ignore(t => t.IsHandedOn);
            // Work lists read only what is open, so their cost does not grow with the history.
            builder.HasIndex(t => t.MemberId).HasFilter("state = 'Open'").HasDatabaseName("ix_tasks_open_member");
            builder
                .HasIndex(t => new { t.OrganisationId, t.Office })
                .HasFilter("state = 'Open'")
                .HasDatabaseName("ix_tasks_open_office");
            builder.HasIndex(t => new { t.CaseId, t.State });
            builder.HasIndex(t => new { t.DecidedBy, t.ClosedAt }).HasFilter("decided_by IS NOT NULL");
            builder.HasIndex(t => t.DecidedForId).HasFilter("decided_for_id IS NOT NULL");
        }
    }
}
