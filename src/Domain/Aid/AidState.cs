namespace EduUnion.Domain.Aid;

/// <summary>Where an application for aid stands (domain §3.3).</summary>
public enum AidState
{
    /// <summary>已报告: a hint of the first reporter (第一报告人); nobody has applied yet.</summary>
    Reported,

    /// <summary>不予跟进: the hint leads to no application.</summary>
    Dismissed,

    /// <summary>急难待批: emergency aid waits for the chair; papers follow.</summary>
    Urgent,

    /// <summary>草稿.</summary>
    Draft,

    /// <summary>已提交: waits for the formal check.</summary>
    Submitted,

    /// <summary>补正.</summary>
    Supplement,

    /// <summary>受理: surveyors are to be appointed.</summary>
    Accepted,

    /// <summary>入户调查: the record is to be made and signed.</summary>
    Surveying,

    /// <summary>待评议: a record signed by two at least.</summary>
    Surveyed,

    /// <summary>已评议: waits for its public notice.</summary>
    Reviewed,

    /// <summary>公示.</summary>
    Notice,

    /// <summary>学校审批.</summary>
    ApprovalSchool,

    /// <summary>区级审批.</summary>
    ApprovalDistrict,

    /// <summary>待资金: approved, and the fund is short.</summary>
    Waiting,

    /// <summary>已批准: the amount is reserved.</summary>
    Approved,

    /// <summary>已列入发放清册.</summary>
    Listed,

    /// <summary>已送银行; whether it arrived is not known.</summary>
    Sent,

    /// <summary>退汇.</summary>
    Bounced,

    /// <summary>已付: the bank says so.</summary>
    Paid,

    /// <summary>未到账: the applicant says that nothing has arrived.</summary>
    Missing,

    /// <summary>已到账, confirmed by the applicant or on paper.</summary>
    Confirmed,

    /// <summary>办结.</summary>
    Closed,

    /// <summary>不予帮扶.</summary>
    Refused,

    /// <summary>撤回, abandoned, or not supplemented in time.</summary>
    Withdrawn,

    /// <summary>取消: died, left the district, false papers, or an objection was upheld.</summary>
    Cancelled,
}

/// <summary>How an application came about.</summary>
public enum AidRoute
{
    /// <summary>本人申请.</summary>
    Self,

    /// <summary>线索: reported by somebody else first.</summary>
    Hint,

    /// <summary>代为填报: entered by the union's chair with the applicant's consent.</summary>
    Behalf,

    /// <summary>急难救助: paid at once, reviewed after.</summary>
    Emergency,
}

/// <summary>困难类别 (domain §3.1).</summary>
public enum AidCategory
{
    /// <summary>深度困难.</summary>
    Deep,

    /// <summary>相对困难.</summary>
    Rel,

    /// <summary>意外致困.</summary>
    Acc,

    /// <summary>学校/区一般困难, not reported to the federation.</summary>
    Loc,
}

/// <summary>Why an application is cancelled.</summary>
public enum CancelReason
{
    /// <summary>去世.</summary>
    Died,

    /// <summary>离开本区.</summary>
    LeftDistrict,

    /// <summary>材料虚假.</summary>
    FalsePapers,

    /// <summary>异议成立，取消.</summary>
    ObjectionUpheld,

    /// <summary>终止: by an administrator, who may wake it again.</summary>
    Terminated,
}
