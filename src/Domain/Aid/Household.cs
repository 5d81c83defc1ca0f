namespace EduUnion.Domain.Aid;

/// <summary>How a household member is related to the applicant.</summary>
public enum Kinship
{
    /// <summary>配偶.</summary>
    Spouse,

    /// <summary>子女.</summary>
    Child,

    /// <summary>父母.</summary>
    Parent,

    /// <summary>配偶的父母.</summary>
    ParentInLaw,

    /// <summary>兄弟姐妹.</summary>
    Sibling,

    /// <summary>祖父母、外祖父母.</summary>
    Grandparent,

    /// <summary>孙子女、外孙子女.</summary>
    Grandchild,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>健康状况.</summary>
public enum Health
{
    /// <summary>健康.</summary>
    Good,

    /// <summary>一般或体弱.</summary>
    Weak,

    /// <summary>慢性病.</summary>
    Chronic,

    /// <summary>重大疾病.</summary>
    Serious,

    /// <summary>残疾.</summary>
    Disabled,
}

/// <summary>身份: what a household member does.</summary>
public enum MemberStatus
{
    /// <summary>在职.</summary>
    Working,

    /// <summary>在学.</summary>
    Studying,

    /// <summary>学龄前.</summary>
    Preschool,

    /// <summary>失业.</summary>
    Unemployed,

    /// <summary>无劳动能力.</summary>
    Unable,

    /// <summary>退休.</summary>
    Retired,
}

/// <summary>
/// Somebody who lives in the applicant's household (domain §3.1: spouses, minor or studying children, other dependants
/// living together); the applicant himself is not listed. <see cref="MemberId"/> where he is a union member too.
/// </summary>
/// <param name="YearlyIncome">Disposable, fen a year; zero is an answer, null is none.</param>
public sealed record HouseholdMember(
    string Name,
    Kinship? Relation,
    string IdentityNumber,
    Health? Health,
    MemberStatus? Status,
    string? Place,
    Money? YearlyIncome,
    Guid? MemberId = null
);

/// <summary>收入: the applicant's own, by kind.</summary>
public enum IncomeKind
{
    /// <summary>工资.</summary>
    Wage,

    /// <summary>奖金、绩效.</summary>
    Bonus,

    /// <summary>财产性收入.</summary>
    Property,

    /// <summary>补助、救济.</summary>
    Benefit,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>The applicant's own income of a kind, fen a year.</summary>
public sealed record Income(IncomeKind Kind, Money Yearly);

/// <summary>困难必要支出 (domain §3.1): paid by the household itself, after insurance and reimbursements.</summary>
public enum SpendingKind
{
    /// <summary>医疗自付.</summary>
    Medical,

    /// <summary>教育.</summary>
    Education,

    /// <summary>残疾、照护.</summary>
    Care,

    /// <summary>必要就业成本.</summary>
    Employment,
}

/// <summary>Hardship-related necessary spending of a kind, fen a year.</summary>
public sealed record Spending(SpendingKind Kind, Money Yearly);

/// <summary>婚姻状况.</summary>
public enum Marital
{
    /// <summary>未婚.</summary>
    Single,

    /// <summary>已婚.</summary>
    Married,

    /// <summary>离异.</summary>
    Divorced,

    /// <summary>丧偶.</summary>
    Widowed,
}

/// <summary>医疗保障.</summary>
public enum Insurance
{
    /// <summary>职工医保.</summary>
    Employee,

    /// <summary>居民医保.</summary>
    Resident,

    /// <summary>无.</summary>
    None,
}

/// <summary>住房.</summary>
public enum Housing
{
    /// <summary>自有.</summary>
    Owned,

    /// <summary>公租房、单位宿舍.</summary>
    Public,

    /// <summary>租住.</summary>
    Rented,

    /// <summary>借住.</summary>
    Shared,
}
