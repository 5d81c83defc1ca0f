using System.Security.Claims;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.People;

/// <summary>Who may come in: passwords, the lock after five wrong tries, and whether a session still stands.</summary>
public sealed class Accounts(
    EduUnionDb db,
    UserManager<User> users,
    IPasswordHasher<User> hasher,
    ILookupNormalizer normalizer,
    AdminLog log,
    TimeProvider time
)
{
    public const int Tries = 5;
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    private static readonly Refusal Wrong = Refusal.Forbidden("auth.wrong");
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<User>().HashPassword(new(), ""));

    /// <summary>
    /// Refusals: <c>auth.wrong</c>, <c>auth.locked-out</c> (until when), <c>auth.locked</c> (by an administrator),
    /// <c>auth.left</c>.
    /// </summary>
    public async Task<Outcome<ClaimsPrincipal>> SignInAsync(
        string userName,
        string password,
        CancellationToken cancellation
    )
    {
        var name = normalizer.NormalizeName(userName.Trim());
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == name, cancellation);
        if (user is null)
        {
            // As slow as a known name, so that the time of the answer does not tell which names exist.
            hasher.VerifyHashedPassword(new User(), NobodysHash.Value, password);
            return Wrong;
        }
        if (await VerifyAsync(user, password, cancellation) is { } refused)
            return refused;
        if (user.LockedAt is not null)
            return Refusal.Forbidden("auth.locked");
        return await IsActiveAsync(user.MemberId, cancellation)
            ? CurrentMember.Of(user)
            : Refusal.Forbidden("auth.left");
    }

    /// <summary>
    /// Sets a new password, which ends every other session of the account. Refusals: <c>auth.wrong</c>,
    /// <c>auth.locked-out</c>, and what is wrong with the new password (<c>auth.password-…</c>).
    /// </summary>
    public async Task<Outcome<ClaimsPrincipal>> ChangePasswordAsync(
        Guid userId,
        string current,
        string chosen,
        CancellationToken cancellation
    )
    {
        var user =
            await users.FindByIdAsync(userId.ToString())
            ?? throw new InvalidOperationException($"The account {userId} is signed in and does not exist.");
        if (await VerifyAsync(user, current, cancellation) is { } refused)
            return refused with { Field = "current" };
        await db.Entry(user).ReloadAsync(cancellation);
        var changed = await users.ChangePasswordAsync(user, current, chosen);
        return changed.Succeeded ? CurrentMember.Of(user) : Refused(changed);
    }

    /// <summary>Whether the account still has the stamp with which the session began and the member has not left.</summary>
    public Task<bool> StandsAsync(ClaimsPrincipal principal, CancellationToken cancellation)
    {
        var (id, stamp) = (principal.UserId(), principal.FindFirstValue(CurrentMember.StampClaim));
        return db
            .Users.Where(u => u.Id == id && u.SecurityStamp == stamp)
            .Join(db.Set<Member>().ActiveOn(Today), u => u.MemberId, m => m.Id, (u, _) => u.Id)
            .AnyAsync(cancellation);
    }

    /// <summary>
    /// The count moves in one statement and only while the lock is open. Of any number of guesses sent at the same
    /// moment five are answered; a right one that arrives later meets the lock like a wrong one.
    /// </summary>
    private async Task<Refusal?> VerifyAsync(User user, string password, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (user.LockoutEnd > now)
            return LockedOut(user.LockoutEnd.Value);

        var right =
            user.PasswordHash is { } hash
            && hasher.VerifyHashedPassword(user, hash, password) != PasswordVerificationResult.Failed;
        var open = db.Users.Where(u => u.Id == user.Id && (u.LockoutEnd == null || u.LockoutEnd <= now));
        DateTimeOffset? until = now + LockedFor;
        var counted = right
            ? await open.ExecuteUpdateAsync(
                u => u.SetProperty(x => x.AccessFailedCount, 0).SetProperty(x => x.LockoutEnd, x => null),
                cancellation
            )
            : await open.ExecuteUpdateAsync(
                u =>
                    u.SetProperty(
                            x => x.AccessFailedCount,
                            x => x.AccessFailedCount >= Tries ? 1 : x.AccessFailedCount + 1
                        )
                        .SetProperty(x => x.LockoutEnd, x => x.AccessFailedCount == Tries - 1 ? until : null),
                cancellation
            );
        if (right && counted == 1)
            return null;

        var end = await db
            .Users.Where(u => u.Id == user.Id)
            .Select(u => u.LockoutEnd)
            .SingleOrDefaultAsync(cancellation);
        if (!(end > now))
            return Wrong;
        if (counted == 1)
            await RecordLockAsync(user, cancellation);
        return LockedOut(end.Value);
    }

    // The guess that closed the lock; later ones find it closed. The auditor's digest counts these (domain §7, A14).
    private async Task RecordLockAsync(User user, CancellationToken cancellation)
    {
        var name = await db.Set<Member>()
            .Where(m => m.Id == user.MemberId)
            .Select(m => m.Name)
            .SingleAsync(cancellation);
        log.Add(null, AdminLogLine.LockedOut, name);
        await db.SaveChangesAsync(cancellation);
    }

    private Task<bool> IsActiveAsync(Guid member, CancellationToken cancellation) =>
        db.Set<Member>().ActiveOn(Today).AnyAsync(m => m.Id == member, cancellation);

    private DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    private static Refusal LockedOut(DateTimeOffset until) =>
        Refusal.Forbidden("auth.locked-out") with
        {
            Arguments = [until],
        };

    private static Refusal Refused(IdentityResult result) =>
        Refusal.Of([
            .. result.Errors.Select(e =>
                e.Code switch
                {
                    nameof(IdentityErrorDescriber.PasswordTooShort) => Refusal.At(
                        "chosen",
                        "auth.password-short",
                        PeopleSetup.ShortestPassword
                    ),
                    nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars)
                    or nameof(IdentityErrorDescriber.PasswordRequiresDigit)
                    or nameof(IdentityErrorDescriber.PasswordRequiresLower)
                    or nameof(IdentityErrorDescriber.PasswordRequiresUpper) => Refusal.At(
                        "chosen",
                        "auth.password-simple"
                    ),
                    var code => throw new InvalidOperationException($"The password could not be changed: {code}"),
                }
            ),
        ])!;
}
