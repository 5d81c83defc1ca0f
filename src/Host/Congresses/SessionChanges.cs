using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Administration;
using EduUnion.Host.Jobs;
using EduUnion.Host.Mail;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Congresses;

/// <summary>A session as somebody plans it; days left out follow from the opening day and the parameters.</summary>
public sealed record SessionDays(
    DateOnly OpensOn,
    DateOnly? ClosesOn = null,
    DateOnly? CollectionOpensOn = null,
    DateOnly? CollectionClosesOn = null
);

/// <summary>
/// Sessions (次) and their collection windows. Each method is one commit with its log line; the caller has checked who may.
/// The clocks of motions that a moved window concerns follow case by case (<see cref="CollectionMoves"/>).
/// </summary>
public sealed class SessionChanges(
    EduUnionDb db,
    CongressBook congresses,
    OrganisationBook organisations,
    RuleBook rules,
    AdminLog log,
    OutboxBell bell,
    TimeProvider time
)
{
    private const int HighestNumber = 99;
    private static readonly TimeOnly Opens = new(8, 0);
    private static readonly TimeOnly Closes = new(17, 0);

    /// <summary>
    /// Refusals: <c>term.unknown</c> (404), <c>session.number</c>, <c>session.number-taken</c>, and those of
    /// <see cref="SessionPlan.Check"/>.
    /// </summary>
    public async Task<Outcome<Guid>> AddAsync(
        Guid id,
        Guid termId,
        int number,
        SessionDays days,
        Guid by,
        CancellationToken cancellation
    )
    {
        if (await TermAsync(termId, cancellation) is not { } term)
            return Refusal.Missing("term.unknown");
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockOrganisationAsync(term.SchoolId, cancellation);
        var sessions = await SessionsAsync(term.SchoolId, cancellation);
        if (sessions.Any(s => s.Id == id))
            return id;
        if (number is < 1 or > HighestNumber)
            return Refusal.At("number", "session.number", HighestNumber);
        if (sessions.Any(s => s.TermId == termId && s.Number == number))
            return Refusal.At("number", "session.number-taken", number);
        var plan = await PlanAsync(term.SchoolId, days, null, cancellation);
        if (plan.Check(term, sessions, null, Opening(plan), time.GetUtcNow()) is { } wrong)
            return wrong;
        db.Add(
            new CongressSession
            {
                Id = id,
                TermId = termId,
                SchoolId = term.SchoolId,
                TermNumber = term.Number,
                Number = number,
                OpensOn = plan.OpensOn,
                ClosesOn = plan.ClosesOn,
                CollectionOpensAt = plan.CollectionOpensAt,
                CollectionClosesAt = plan.CollectionClosesAt,
            }
        );
        log.Add(by, "session.added", Subject(term.SchoolId, term.Number, number), Said(plan));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>
    /// Plans a session anew. When a running collection's end moves, all representatives are told in the same commit.
    /// Refusals: <c>session.unknown</c> (404), <c>session.reported</c> (its days after the report of it is submitted),
    /// and those of <see cref="SessionPlan.Check"/>.
    /// </summary>
    public async Task<Outcome<Guid>> ChangeAsync(Guid id, SessionDays days, Guid by, CancellationToken cancellation)
    {
        if (await congresses.FindSessionAsync(id, cancellation) is not { } known)
            return Refusal.Missing("session.unknown");
        var term = (await TermAsync(known.TermId, cancellation))!;
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockOrganisationAsync(known.SchoolId, cancellation);
        await db.LockSessionAsync(id, cancellation);
        var sessions = await SessionsAsync(known.SchoolId, cancellation);
        var session = sessions.Single(s => s.Id == id);
        var now = time.GetUtcNow();
        var before = SessionPlan.Of(session);
        var plan = await PlanAsync(session.SchoolId, days, session, cancellation);
        if (plan == before)
            return id;
        if (plan.Check(term, sessions.Where(s => s.Id != id), session, Opening(plan), now) is { } wrong)
            return wrong;
        if ((plan.OpensOn, plan.ClosesOn) != (before.OpensOn, before.ClosesOn) && await ReportedAsync(id, cancellation))
            return Refusal.At("opensOn", "session.reported");
        session.OpensOn = plan.OpensOn;
        session.ClosesOn = plan.ClosesOn;
        session.CollectionOpensAt = plan.CollectionOpensAt;
        session.CollectionClosesAt = plan.CollectionClosesAt;
        if (plan.CollectionClosesAt != before.CollectionClosesAt)
        {
            (session.MovedBy, session.MovedAt) = (by, now);
            if (before.CollectionOpensAt <= now)
                await TellAsync(session, before, now, cancellation);
        }
        log.Add(
            by,
            "session.moved",
            Subject(session.SchoolId, session.TermNumber, session.Number),
            $"{Said(before)} → {Said(plan)}"
        );
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        bell.Ring();
        return id;
    }

    /// <summary>What the form proposes for an opening day (parameters <c>motion.open_before_days</c>, <c>close_before_days</c>).</summary>
    public Task<SessionPlan> ProposeAsync(Guid school, DateOnly opensOn, CancellationToken cancellation) =>
        PlanAsync(school, new(opensOn), null, cancellation);

    private async Task<SessionPlan> PlanAsync(
        Guid school,
        SessionDays days,
        CongressSession? before,
        CancellationToken cancellation
    )
    {
        var ruled = await rules.ForAsync(school, time.GetUtcNow(), cancellation);
        var opens = days.CollectionOpensOn ?? days.OpensOn.AddDays(-ruled.Number("motion.open_before_days"));
        var closes = days.CollectionClosesOn ?? days.OpensOn.AddDays(-ruled.Number("motion.close_before_days"));
        // A day that stays keeps its hour, also one that was set otherwise.
        return new(
            days.OpensOn,
            days.ClosesOn ?? days.OpensOn,
            before is not null && ChinaTime.DateOf(before.CollectionOpensAt) == opens
                ? before.CollectionOpensAt
                : ChinaTime.At(opens, Opens),
            before is not null && ChinaTime.DateOf(before.CollectionClosesAt) == closes
                ? before.CollectionClosesAt
                : ChinaTime.At(closes, Closes)
        );
    }

    private async Task TellAsync(
        CongressSession session,
        SessionPlan before,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var people = await congresses.RepresentativesAsync(session.TermId, ChinaTime.DateOf(now), cancellation);
        if (people.Count == 0)
            return;
        var args = new Dictionary<string, string>
        {
            ["organisation"] = organisations.Find(session.SchoolId)?.Name ?? "",
            ["term"] = session.TermNumber.ToString(CultureInfo.InvariantCulture),
            ["session"] = session.Number.ToString(CultureInfo.InvariantCulture),
            ["before"] = $"{ChinaTime.DateOf(before.CollectionClosesAt):yyyy-MM-dd}",
        };
        var to = NoticeRecipients.ToMembers([.. people.Select(p => p.MemberId)]);
        var closes = ChinaTime.DateOf(session.CollectionClosesAt);
        db.Add(Notice.Of(NoticeKind.CollectionMoved, null, to, args, "/motions/new", now, closes));
    }

    private Task<bool> ReportedAsync(Guid session, CancellationToken cancellation) =>
        db.Set<SessionReport>()
            .AnyAsync(r => r.SessionId == session && r.Kind == ReportKind.After && r.SubmittedAt != null, cancellation);

    private Task<CongressTerm?> TermAsync(Guid id, CancellationToken cancellation) =>
        db.Set<CongressTerm>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancellation);

    private Task<List<CongressSession>> SessionsAsync(Guid school, CancellationToken cancellation) =>
        db.Set<CongressSession>().Where(s => s.SchoolId == school).ToListAsync(cancellation);

    private string Subject(Guid school, int term, int number) => $"{organisations.Find(school)?.Name} {term}-{number}";

    private static DateTimeOffset Opening(SessionPlan plan) => ChinaTime.At(plan.OpensOn, TimeOnly.MinValue);

    private static string Said(SessionPlan plan) =>
        $"{plan.OpensOn:yyyy-MM-dd} ({ChinaTime.DateOf(plan.CollectionOpensAt):yyyy-MM-dd} – {ChinaTime.DateOf(plan.CollectionClosesAt):yyyy-MM-dd})";
}
