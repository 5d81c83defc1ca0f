using System.Security.Claims;

namespace EduUnion.Host.People;

/// <summary>What a signed-in principal says about itself; offices are never among it, they are asked at each request.</summary>
public static class CurrentMember
{
    internal const string MemberClaim = "member";
    internal const string StampClaim = "stamp";

    /// <summary>The member who asks.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint lacks a policy.</exception>
    public static Guid MemberId(this ClaimsPrincipal principal) => Id(principal, MemberClaim);

    /// <summary>The account with which the member signed in.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint lacks a policy.</exception>
    public static Guid UserId(this ClaimsPrincipal principal) => Id(principal, ClaimTypes.NameIdentifier);

    internal static ClaimsPrincipal Of(User user) =>
        new(
            new ClaimsIdentity(
                [
                    new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()),
                    new Claim(ClaimTypes.Name, user.UserName!),
                    new Claim(MemberClaim, user.MemberId.ToString()),
                    new Claim(StampClaim, user.SecurityStamp!),
                ],
                "password"
            )
        );

    private static Guid Id(ClaimsPrincipal principal, string claim) =>
        principal.FindFirstValue(claim) is { } value
            ? Guid.Parse(value)
            : throw new InvalidOperationException($"Nobody is signed in: there is no claim {claim}.");
}
