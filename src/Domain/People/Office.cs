namespace EduUnion.Domain.People;

/// <summary>
/// An office (职务) that a member holds at an organisation for a period; a task may be addressed to an office, and who
/// holds it is looked up when the task is read, so a change of office takes effect at once (domain §5).
/// </summary>
public enum Office
{
    /// <summary>提案委秘书, at the school.</summary>
    MotionSecretary,

    /// <summary>提案委委员, at the school; the chair is a member too.</summary>
    MotionCommittee,

    /// <summary>提案委主任, at the school.</summary>
    MotionCommitteeChair,

    /// <summary>主席团, at the school.</summary>
    Presidium,

    /// <summary>部门经办人, at the department.</summary>
    DepartmentClerk,

    /// <summary>部门负责人, at the department.</summary>
    DepartmentHead,

    /// <summary>分管校领导, at each department he is in charge of.</summary>
    SchoolLeader,

    /// <summary>学校工会主席, at the school.</summary>
    SchoolUnionChair,

    /// <summary>工会小组长, at the school; the first to report a hardship (第一报告人).</summary>
    GroupLeader,

    /// <summary>困难帮扶评审委员, at the school.</summary>
    AidCommittee,

    /// <summary>区工会经办, at the district.</summary>
    DistrictOfficer,

    /// <summary>区工会主席, at the district.</summary>
    DistrictChair,

    /// <summary>区工会副主席, at the district; joins the chairs' meeting (主席办公会).</summary>
    DistrictViceChair,

    /// <summary>财务, at the district.</summary>
    Finance,

    /// <summary>经审, at the district; reads everything, operates nothing.</summary>
    Auditor,

    /// <summary>系统管理员; sees no case content.</summary>
    Administrator,
}

/// <summary>One member holding one office at one organisation from a day until a day (inclusive; null = open).</summary>
public sealed class OfficeHolding
{
    public required Guid Id { get; init; }
    public required Guid MemberId { get; init; }
    public required Office Office { get; init; }
    public required Guid OrganisationId { get; init; }
    public required DateOnly From { get; init; }
    public DateOnly? Until { get; set; }

    public bool IsInForce(DateOnly day) => From <= day && (Until is null || Until >= day);

    /// <summary>Whether there is a day that both cover; a holding that ended before it began covers none.</summary>
    public bool Overlaps(OfficeHolding other) =>
        From <= (other.Until ?? DateOnly.MaxValue)
        && other.From <= (Until ?? DateOnly.MaxValue)
        && From <= (Until ?? DateOnly.MaxValue)
        && other.From <= (other.Until ?? DateOnly.MaxValue);
}
