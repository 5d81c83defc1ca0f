using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Api;

/// <summary>A decision: one of the task's outcomes, a comment, the outcome's fields, and the version of the task that was seen.</summary>
public sealed record DecideRequest(string? Outcome, string? Comment, System.Text.Json.JsonElement? Form, int? Version);

/// <summary>A deadline with what it was computed from in short; the day-by-day explanation is at <c>/api/calendar/due</c>.</summary>
public sealed record ClockAnswer(
    string Name,
    DateOnly? DueDate,
    DateTimeOffset? DueAt,
    DateOnly? OriginalDueDate,
    bool Provisional,
    int? WorkdaysLeft,
    DateTimeOffset StartedAt,
    DateTimeOffset? StoppedAt
)
{
    public Guid? Part { get; init; }
}

public sealed record CaseSummary(
    Guid Id,
    string Kind,
    string? Number,
    string Title,
    string Category,
    string State,
    string Starter,
    long Version
);

/// <summary>One field that an outcome asks for.</summary>
/// <param name="Type"><c>text</c>, <c>longText</c>, <c>choice</c>, <c>date</c>, <c>number</c>, <c>department</c>, …</param>
/// <param name="MinLength">Characters of a text, items of a list.</param>
/// <param name="Options">What a choice may be; empty for other types.</param>
public sealed record FieldAnswer(
    string Name,
    string Label,
    string Type,
    bool Required,
    int MinLength,
    int MaxLength,
    IReadOnlyList<string> Options
)
{
    internal static FieldAnswer Of(FormField field, string label) =>
        new(
            field.Name,
            label,
            System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(field.Type.ToString()),
            field.Required,
            field.MinLength,
            field.MaxLength,
            field.Options
        );
}

public sealed record OutcomeAnswer(
    string Name,
    string Label,
    bool ReasonRequired,
    bool Grave,
    IReadOnlyList<FieldAnswer> Fields
);

/// <summary>Everything one needs to decide a task.</summary>
/// <param name="State">Of the case.</param>
/// <param name="Status">
/// <c>open</c>, <c>waiting</c> (others come first), <c>answered</c> (others sign after it), <c>decided</c>, <c>dropped</c> or
/// <c>handed</c> (transferred).
/// </param>
/// <param name="Mine">Whether the caller may decide it now.</param>
/// <param name="Outcome">Filled for the caller's own tasks only; what others decided stands in the case's timeline.</param>
public sealed record TaskAnswer(
    Guid Id,
    string Name,
    string Title,
    string CaseKind,
    Guid CaseId,
    string? CaseNumber,
    string State,
    string Status,
    DateTimeOffset? DueAt,
    DateOnly? DueDate,
    int? WorkdaysLeft,
    int Version,
    Guid? Part,
    string? Who,
    bool Mine,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    string? Outcome,
    string? Comment,
    ClockAnswer? Clock,
    CaseSummary Case,
    IReadOnlyList<OutcomeAnswer> Outcomes
)
{
    /// <summary>For whom the caller would decide it (代理); null = for himself.</summary>
    public string? ActingFor { get; init; }

    /// <summary>What an office can do with it beside deciding it; null for whoever may not.</summary>
    public DeskAnswer? Desk { get; init; }
}

/// <summary>A signer or adviser of a task.</summary>
/// <param name="Part"><c>before</c>, <c>after</c> or <c>advice</c>.</param>
/// <param name="Status">As of a task.</param>
/// <param name="Outcome"><c>agree</c>, <c>disagree</c>, <c>advised</c>; null until he has answered.</param>
public sealed record SignerAnswer(
    Guid TaskId,
    string Who,
    string Part,
    string Status,
    string? Outcome,
    string? Comment
);

/// <param name="Part"><c>own</c>, <c>before</c>, <c>after</c> or <c>advice</c>.</param>
/// <param name="Can">Of <c>claim</c>, <c>release</c>, <c>transfer</c>, <c>delegate</c>, <c>addSigners</c>, <c>takeBack</c> what the caller may do now.</param>
/// <param name="OwnerId">The task to which this one was added.</param>
public sealed record DeskAnswer(
    string Part,
    IReadOnlyList<string> Can,
    string? ClaimedBy,
    DateTimeOffset? ClaimedAt,
    IReadOnlyList<SignerAnswer> Signers,
    Guid? OwnerId
);
