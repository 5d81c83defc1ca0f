namespace EduUnion.Domain.People;

/// <summary>As what somebody is a member (domain §3.1).</summary>
public enum MemberKind
{
    /// <summary>在编.</summary>
    Established,

    /// <summary>编外、临代.</summary>
    Contract,

    /// <summary>退休.</summary>
    Retired,

    /// <summary>遗属, a beneficiary who holds no office and has no vote.</summary>
    Bereaved,
}

/// <summary>A union member (会员) of a school or of the district office.</summary>
public sealed class Member
{
    public required Guid Id { get; init; }
    public required Guid OrganisationId { get; set; }
    public required string Name { get; set; }

    /// <summary>Where notices go; null = in the application only.</summary>
    public string? Email { get; set; }

    /// <summary>For the union's office only; stands in no mail and in no list of others.</summary>
    public string? Phone { get; set; }

    public MemberKind Kind { get; set; }

    /// <summary>Language of mails: <c>zh-CN</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "zh-CN";

    /// <summary>First day of the membership; null = since before there was a register.</summary>
    public DateOnly? JoinedOn { get; set; }

    /// <summary>The day from which all rights are gone (domain §8, scenario 7).</summary>
    public DateOnly? LeftOn { get; set; }

    /// <summary>Grows with every change by an administrator; a form of an older version is refused.</summary>
    public int Version { get; set; }

    /// <summary>A member on that day: joined, not yet left.</summary>
    public bool IsActive(DateOnly day) => (JoinedOn is null || JoinedOn <= day) && (LeftOn is null || LeftOn > day);
}
