namespace EduUnion.Domain.Motions;

/// <summary>Where a motion stands as a whole (domain §2.9); each host's part has a <see cref="HandlingState"/> of its own.</summary>
public enum MotionState
{
    /// <summary>草稿: known to the proposer alone.</summary>
    Draft,

    /// <summary>征集附议.</summary>
    Cosigning,

    /// <summary>附议不足 or not submitted when the collection closed.</summary>
    CosignFailed,

    /// <summary>已提交, before the secretary's check.</summary>
    Submitted,

    /// <summary>审查中.</summary>
    UnderReview,

    /// <summary>退回补充修改.</summary>
    Returned,

    /// <summary>争议，主席团裁定.</summary>
    Disputed,

    /// <summary>转为意见建议.</summary>
    Opinion,

    /// <summary>不予立案.</summary>
    Rejected,

    /// <summary>立案.</summary>
    Filed,

    /// <summary>已交办.</summary>
    Assigned,

    /// <summary>办理中: at least one host has accepted.</summary>
    Handling,

    /// <summary>并案: waits for the answer of its main motion.</summary>
    Merged,

    /// <summary>已答复: every part is delivered; the lead proposer is asked for his feedback.</summary>
    Replied,

    /// <summary>重新办理.</summary>
    Rehandling,

    /// <summary>当面协商: dissatisfied again, the union's chair calls everybody to one table.</summary>
    DisputeMeeting,

    /// <summary>落实跟踪: promises of the answer are followed.</summary>
    Tracking,

    /// <summary>办结.</summary>
    Closed,

    /// <summary>保留意见办结.</summary>
    ClosedDissent,

    /// <summary>归档: read-only.</summary>
    Archived,

    /// <summary>撤回 or 放弃.</summary>
    Withdrawn,

    /// <summary>终止: ended by an administrator, who may wake it again.</summary>
    Terminated,
}

/// <summary>Where one host's part stands.</summary>
public enum HandlingState
{
    /// <summary>待签收.</summary>
    Assigned,

    /// <summary>退回改派，待重新交办.</summary>
    TransferRequested,

    /// <summary>办理中.</summary>
    Handling,

    /// <summary>拟稿后，待签发、审阅、核对.</summary>
    Signing,

    /// <summary>已答复.</summary>
    Delivered,
}

/// <summary>办理类别 of an answer (M-24).</summary>
public enum AnswerClass
{
    /// <summary>已解决或采纳.</summary>
    A,

    /// <summary>正在解决或列入计划: needs commitments with dates.</summary>
    B,

    /// <summary>条件所限暂不能解决: needs the reason and when it is reconsidered.</summary>
    C,

    /// <summary>留作参考.</summary>
    D,
}

public enum CosignState
{
    Invited,
    Confirmed,
    Declined,
    Withdrawn,

    /// <summary>The invitation ran out unanswered.</summary>
    Lapsed,
}
