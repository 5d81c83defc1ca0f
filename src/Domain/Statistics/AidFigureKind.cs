namespace EduUnion.Domain.Statistics;

/// <summary>
/// Numbers of hardship aid in a period, first and last day counted. Each has its definition under the key
/// <c>aid.tally.{kind}</c> in the Host's resources.
/// </summary>
public enum AidTallyKind
{
    /// <summary>申请: formally submitted in the period.</summary>
    Submitted,

    /// <summary>受理: accepted in the period (an emergency: its papers).</summary>
    Accepted,

    /// <summary>批准: approved in the period.</summary>
    Approved,

    /// <summary>急难救助: approved in the period without a survey before.</summary>
    Emergencies,

    /// <summary>不予帮扶.</summary>
    Refused,

    /// <summary>撤回, and what was not supplemented in time.</summary>
    Withdrawn,

    /// <summary>取消.</summary>
    Cancelled,

    /// <summary>在档: files open on the last day, frozen ones included.</summary>
    FilesOpen,

    /// <summary>冻结: of these, frozen on the last day.</summary>
    FilesFrozen,

    /// <summary>新建档: opened, or opened again, in the period.</summary>
    FilesOpened,

    /// <summary>退档: left in the period, for whatever reason.</summary>
    FilesExited,

    /// <summary>脱困退档: of these, lifted out of hardship.</summary>
    LiftedOut,
}

/// <summary>
/// Rates of hardship aid; key <c>aid.rate.{kind}</c>. A zero denominator says — and nothing else.
/// </summary>
public enum AidRateKind
{
    /// <summary>批准率 = approved / decided (approved + refused) in the period.</summary>
    Approval,

    /// <summary>到账确认率 = confirmed by the last day / paid in the period.</summary>
    Confirmation,

    /// <summary>脱困率 = lifted out in the period / (open on the day before it + opened in it).</summary>
    LiftOut,
}
