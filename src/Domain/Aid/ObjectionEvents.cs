using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace EduUnion.Domain.Aid;

/// <summary>Where an objection stands.</summary>
public enum ObjectionState
{
    /// <summary>已登记.</summary>
    Filed,

    /// <summary>调查中.</summary>
    Investigating,

    /// <summary>待处理: a record signed by two at least.</summary>
    Investigated,

    /// <summary>已处理.</summary>
    Settled,
}

/// <summary>What became of it.</summary>
public enum ObjectionOutcome
{
    /// <summary>不成立.</summary>
    Unfounded,

    /// <summary>调整: another amount or category, and a shorter notice.</summary>
    Adjusted,

    /// <summary>成立，取消帮扶.</summary>
    Upheld,
}

/// <summary>To what it objects.</summary>
public enum ObjectionGround
{
    /// <summary>收入.</summary>
    Income,

    /// <summary>住房、财产.</summary>
    Assets,

    /// <summary>致困原因.</summary>
    Cause,

    /// <summary>材料.</summary>
    Papers,

    /// <summary>程序.</summary>
    Procedure,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>What the investigators found; people are those with whom they talked, never the objector.</summary>
public sealed record Investigation(
    int Revision,
    DateOnly VisitedOn,
    string People,
    string Finding,
    Guid By,
    DateTimeOffset At
)
{
    public ImmutableArray<RecordSignature> Signatures { get; init; } = [];
    public Guid? ReturnedBy { get; init; }
    public string? ReturnReason { get; init; }

    [JsonIgnore]
    public bool IsReturned => ReturnedBy is not null;
}

/// <summary>An event of an objection.</summary>
public abstract record ObjectionEvent;

/// <summary>Says nothing of who filed it.</summary>
public sealed record ObjectionFiled(ObjectionGround Ground, string Text, bool Anonymous) : ObjectionEvent;

public sealed record InvestigatorsAssigned(ImmutableArray<Guid> Investigators) : ObjectionEvent;

public sealed record InvestigationRecorded(Investigation Record) : ObjectionEvent;

public sealed record InvestigationSigned(int Revision, bool Complete) : ObjectionEvent;

public sealed record InvestigationReturned(int Revision, string Reason) : ObjectionEvent;

/// <summary>An investigator stood aside or handed his task back, or was replaced by whoever assigned.</summary>
public sealed record InvestigatorReleased(Guid MemberId, Guid By, string Reason) : ObjectionEvent;

/// <summary>Told to the application. <paramref name="Amount"/> and <paramref name="Category"/> only when adjusted.</summary>
public sealed record ObjectionSettled(
    Guid ObjectionId,
    ObjectionOutcome Outcome,
    Money? Amount,
    AidCategory? Category,
    string Reason,
    ImmutableArray<Guid> Investigators
) : ObjectionEvent;
