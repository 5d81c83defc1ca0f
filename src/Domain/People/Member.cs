namespace EduUnion.Domain.People;

/// <summary>A union member (会员) of a school or of the district office.</summary>
public sealed class Member
{
    public required Guid Id { get; init; }
    public required Guid OrganisationId { get; set; }
    public required string Name { get; set; }

    /// <summary>Where notices go; null = in the application only.</summary>
    public string? Email { get; set; }

    /// <summary>Language of mails: <c>zh-CN</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "zh-CN";
    public DateOnly? LeftOn { get; set; }
}
