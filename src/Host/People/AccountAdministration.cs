using System.Security.Cryptography;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.People;

/// <summary>
/// Accounts as an administrator gives and takes them. A password is made by the program, told once and kept nowhere; the
/// log names the account's holder. Each method is one commit.
/// </summary>
public sealed class AccountAdministration(
    EduUnionDb db,
    UserManager<User> users,
    IPasswordHasher<User> hasher,
    AdminLog log,
    TimeProvider time
)
{
    // Without letters and digits that are taken for one another on paper.
    private const string Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Lower = "abcdefghijkmnpqrstuvwxyz";
    private const string Digits = "23456789";
    private const int Group = 4;

    /// <summary>
    /// Opens an account and answers its first password. Refusals: <c>member.unknown</c> (404), <c>account.exists</c> (409),
    /// <c>form.required</c>, <c>account.name-taken</c>, <c>account.name-malformed</c>.
    /// </summary>
    public async Task<Outcome<string>> CreateAsync(
        Guid memberId,
        string userName,
        Guid by,
        CancellationToken cancellation
    )
    {
        userName = userName.Trim();
        if (userName.Length == 0)
            return Refusal.At("userName", "form.required");
        if (userName.Length > 60)
            return Refusal.At("userName", "form.too-long", 60, userName.Length);
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockMemberAsync(memberId, cancellation);
        var member = await db.Set<Member>().SingleOrDefaultAsync(m => m.Id == memberId, cancellation);
        if (member is null)
            return Refusal.Missing("member.unknown");
        if (await db.Users.AnyAsync(u => u.MemberId == memberId, cancellation))
            return new Refusal("account.exists", RefusalKind.Conflict);
        var password = NewPassword();
        var created = await users.CreateAsync(
            new User
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                MemberId = memberId,
                UserName = userName,
                LockoutEnabled = true,
            },
            password
        );
        if (!created.Succeeded)
            return Refused(created);
        log.Add(by, "account.created", member.Name, userName);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return password;
    }

    /// <summary>
    /// Gives a new password, ends every session of the account and the lock after wrong tries. Refusals:
    /// <c>account.unknown</c> (404).
    /// </summary>
    public Task<Outcome<string>> ResetAsync(Guid memberId, Guid by, CancellationToken cancellation)
    {
        var password = NewPassword();
        return ChangeAsync(
            memberId,
            by,
            "account.reset",
            user =>
            {
                user.PasswordHash = hasher.HashPassword(user, password);
                user.AccessFailedCount = 0;
                user.LockoutEnd = null;
                return Task.FromResult<Refusal?>(null);
            },
            password,
            cancellation
        );
    }

    /// <summary>
    /// Closes the account at once, open sessions too; locked twice is locked. Refusals: <c>account.unknown</c> (404),
    /// <c>account.own</c>, <c>office.last-administrator</c>.
    /// </summary>
    public Task<Outcome<string>> LockAsync(Guid memberId, Guid by, CancellationToken cancellation) =>
        ChangeAsync(
            memberId,
            by,
            "account.locked",
            async user =>
            {
                if (memberId == by)
                    return Refusal.Because("account.own");
                var today = ChinaTime.DateOf(time.GetUtcNow());
                if (!await db.HasOtherAdministratorAsync(memberId, today, cancellation))
                    return Refusal.Because("office.last-administrator");
                user.LockedAt ??= time.GetUtcNow();
                return null;
            },
            "",
            cancellation
        );

    /// <summary>Opens it again with the password it had. Refusals: <c>account.unknown</c> (404).</summary>
    public Task<Outcome<string>> UnlockAsync(Guid memberId, Guid by, CancellationToken cancellation) =>
        ChangeAsync(
            memberId,
            by,
            "account.unlocked",
            user =>
            {
                user.LockedAt = null;
                return Task.FromResult<Refusal?>(null);
            },
            "",
            cancellation
        );

    private async Task<Outcome<string>> ChangeAsync(
        Guid memberId,
        Guid by,
        string act,
        Func<User, Task<Refusal?>> change,
        string answer,
        CancellationToken cancellation
    )
    {
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockMemberAsync(memberId, cancellation);
        var user = await db.Users.SingleOrDefaultAsync(u => u.MemberId == memberId, cancellation);
        if (user is null)
            return Refusal.Missing("account.unknown");
        if (await change(user) is { } refused)
        {
            db.ChangeTracker.Clear();
            return refused;
        }
        var name = await db.Set<Member>().Where(m => m.Id == memberId).Select(m => m.Name).SingleAsync(cancellation);
        log.Add(by, act, name, user.UserName!);
        // The stamp is what every cookie and token of the account is held against.
        await users.UpdateSecurityStampAsync(user);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return answer;
    }

    /// <summary>Three groups of four, with a capital, a small letter and a digit in each.</summary>
    private static string NewPassword()
    {
        var groups = Enumerable
            .Range(0, 3)
            .Select(_ =>
            {
                var letters = (char[])
                    [
                        One(Upper),
                        One(Lower),
                        One(Digits),
                        .. RandomNumberGenerator.GetItems<char>(Upper + Lower + Digits, Group - 3),
                    ];
                RandomNumberGenerator.Shuffle(letters.AsSpan());
                return new string(letters);
            });
        return string.Join('-', groups);

        static char One(string of) => of[RandomNumberGenerator.GetInt32(of.Length)];
    }

    private static Refusal Refused(IdentityResult result) =>
        result.Errors.First().Code switch
        {
            nameof(IdentityErrorDescriber.DuplicateUserName) => Refusal.At("userName", "account.name-taken"),
            nameof(IdentityErrorDescriber.InvalidUserName) => Refusal.At("userName", "account.name-malformed"),
            var code => throw new InvalidOperationException($"The account could not be created: {code}"),
        };
}
