using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Jobs;
using EduUnion.Host.Mail;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Deputies;

/// <summary>What a principal asks for.</summary>
/// <param name="Kinds">Of case; empty = all.</param>
public sealed record NewDeputy(
    Guid DeputyId,
    DateOnly From,
    DateOnly Until,
    IReadOnlyList<string> Kinds,
    bool Confidential
);

/// <summary>The acknowledgement of a change of deputies.</summary>
public sealed record DeputyDone(Guid Id, DateTimeOffset At);

/// <summary>Names deputies and revokes them, each by the principal himself and one commit; the row says when.</summary>
public sealed class DeputyChanges(
    EduUnionDb db,
    RequestBook requests,
    OrganisationBook organisations,
    OutboxBell bell,
    TimeProvider time
)
{
    /// <summary>Whoever is away longer gives up his office.</summary>
    public const int LongestDays = 366;

    /// <summary>
    /// Names a deputy, who is told by mail. Refusals: <c>deputy.self</c>, <c>deputy.window</c> (days at most),
    /// <c>deputy.kind-unknown</c>, <c>deputy.not-confidential</c> (a kind that needs the permission),
    /// <c>deputy.inactive</c> (left, not yet there, or of another district), <c>deputy.overlap</c> (409: another acts in
    /// these days for such cases).
    /// </summary>
    public async Task<Outcome<DeputyDone>> NameAsync(NewDeputy asked, Asker asker, CancellationToken cancellation)
    {
        var done = await requests.OnceAsync<DeputyDone>(
            asker,
            async () =>
            {
                var now = time.GetUtcNow();
                var today = ChinaTime.DateOf(now);
                if (Check(asked, asker.MemberId, today) is { } wrong)
                    return wrong;
                await db.LockMemberAsync(asker.MemberId, cancellation);
                if (!await IsNearAsync(asked, asker.MemberId, today, cancellation))
                    return Refusal.At("deputyId", "deputy.inactive");
                var row = new Deputy
                {
                    Id = Guid.CreateVersion7(now),
                    PrincipalId = asker.MemberId,
                    DeputyId = asked.DeputyId,
                    From = asked.From,
                    Until = asked.Until,
                    Kinds = string.Join(',', Deputy.AllKinds.Where(asked.Kinds.Contains)),
                    Confidential = asked.Confidential,
                    CreatedAt = now,
                };
                var others = await db.Set<Deputy>()
                    .AsNoTracking()
                    .Where(d => d.PrincipalId == asker.MemberId && d.RevokedAt == null)
                    .Where(d => d.From <= asked.Until && d.Until >= asked.From)
                    .ToListAsync(cancellation);
                if (others.Any(d => d.Covered.Intersect(row.Covered).Any()))
                    return new Refusal("deputy.overlap", RefusalKind.Conflict) { Field = "from" };
                db.Add(row);
                db.Add(
                    Notice.Of(
                        NoticeKind.DeputyNamed,
                        null,
                        NoticeRecipients.ToMembers(row.DeputyId),
                        new Dictionary<string, string>
                        {
                            ["from"] = Web.Dates.Machine(row.From),
                            ["until"] = Web.Dates.Machine(row.Until),
                        },
                        "/me/deputies",
                        now
                    )
                );
                return new DeputyDone(row.Id, now);
            },
            done => done.At,
            cancellation
        );
        if (done.IsOk)
            bell.Ring();
        return done;
    }

    /// <summary>
    /// Ends it at once; a second time it stays as it was. Refusal: <c>deputy.unknown</c> (404: there is none, or another
    /// named it).
    /// </summary>
    public Task<Outcome<DeputyDone>> RevokeAsync(Guid id, Asker asker, CancellationToken cancellation) =>
        requests.OnceAsync<DeputyDone>(
            asker,
            async () =>
            {
                var row = await db.Set<Deputy>()
                    .FirstOrDefaultAsync(d => d.Id == id && d.PrincipalId == asker.MemberId, cancellation);
                if (row is null)
                    return Refusal.Missing("deputy.unknown");
                row.RevokedAt ??= time.GetUtcNow();
                return new DeputyDone(id, row.RevokedAt.Value);
            },
            done => done.At,
            cancellation
        );

    private static Refusal? Check(NewDeputy asked, Guid principal, DateOnly today) =>
        asked.DeputyId == principal ? Refusal.At("deputyId", "deputy.self")
        : asked.Until < asked.From || asked.Until < today || asked.Until.DayNumber - asked.From.DayNumber >= LongestDays
            ? Refusal.At("until", "deputy.window", LongestDays)
        : asked.Kinds.FirstOrDefault(k => !Deputy.AllKinds.Contains(k)) is { } unknown
            ? Refusal.At("kinds", "deputy.kind-unknown", unknown)
        : !asked.Confidential && asked.Kinds.Any(k => k != MotionCase.KindName)
            ? Refusal.At("confidential", "deputy.not-confidential")
        : null;

    /// <summary>Active on the first day that counts, and of the same district as the principal.</summary>
    private async Task<bool> IsNearAsync(
        NewDeputy asked,
        Guid principal,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var first = asked.From > today ? asked.From : today;
        var place = await PlaceAsync(db.Set<Member>().ActiveOn(first), asked.DeputyId, cancellation);
        var own = await PlaceAsync(db.Set<Member>(), principal, cancellation);
        return place is { } other && own is { } mine && organisations.Path(other)[^1] == organisations.Path(mine)[^1];
    }

    private static Task<Guid?> PlaceAsync(IQueryable<Member> members, Guid id, CancellationToken cancellation) =>
        members.Where(m => m.Id == id).Select(m => (Guid?)m.OrganisationId).FirstOrDefaultAsync(cancellation);
}
