using Microsoft.AspNetCore.Identity;

namespace EduUnion.Host.People;

/// <summary>A sign-in account. What the person may do follows from the member's offices, not from the account.</summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>The member who signs in with this account.</summary>
    public Guid MemberId { get; set; }

    /// <summary>Closed by an administrator until he opens it again; the short lock after wrong tries is another.</summary>
    public DateTimeOffset? LockedAt { get; set; }
}
