using System.Text.Json.Serialization;

namespace EduUnion.Domain.Aid;

public enum VerificationState
{
    /// <summary>待本人确认.</summary>
    Asked,

    /// <summary>待工会核定.</summary>
    Confirmed,

    /// <summary>已核定.</summary>
    Decided,

    /// <summary>逾期冻结.</summary>
    Lapsed,

    /// <summary>终止: the holder has died.</summary>
    Cancelled,
}

public enum VerificationOutcome
{
    /// <summary>继续在档.</summary>
    Keep,

    /// <summary>类别变更.</summary>
    Change,

    /// <summary>退档.</summary>
    Exit,
}

/// <summary>What has changed since last year; fen a year.</summary>
/// <param name="Members">The household with the applicant.</param>
/// <param name="CauseRemoved">The cause is gone (脱困).</param>
public sealed record VerificationForm(
    Money YearlyIncome,
    Money YearlySpending,
    int Members,
    bool CauseRemoved,
    string Note
)
{
    [JsonIgnore]
    public NetIncome Net => new([YearlyIncome], [YearlySpending], Members);
}

public abstract record VerificationEvent;

public sealed record VerificationAsked(int Year) : VerificationEvent;

/// <summary>Null = nothing has changed.</summary>
public sealed record VerificationConfirmed(VerificationForm? Changed) : VerificationEvent;

public sealed record VerificationDecided(
    VerificationOutcome Outcome,
    AidCategory Category,
    ExitReason? Exit,
    string? Reason
) : VerificationEvent;

public sealed record VerificationLapsed(int Year) : VerificationEvent;

public sealed record VerificationCancelled : VerificationEvent;
