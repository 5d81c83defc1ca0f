namespace EduUnion.Domain.Organisations;

public enum OrganisationKind
{
    /// <summary>区教育工会.</summary>
    District,

    /// <summary>学校（工会）.</summary>
    School,

    /// <summary>学校的部门, a unit that hosts or co-handles motions.</summary>
    Department,
}

/// <summary>A node of the tree district → school → department (domain, head).</summary>
public sealed class Organisation
{
    public required Guid Id { get; init; }
    public Guid? ParentId { get; init; }
    public required OrganisationKind Kind { get; init; }

    /// <summary>Stable code, e.g. the school code in a receipt number <c>T-{code}-…</c>.</summary>
    public required string Code { get; set; }
    public required string Name { get; set; }

    /// <summary>Telephone of the office, printed in mails and letters; not personal data.</summary>
    public string? Phone { get; set; }
}
