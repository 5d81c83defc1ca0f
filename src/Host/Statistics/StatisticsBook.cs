using System.Text.Json;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Motions;
using EduUnion.Domain.People;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Statistics;

/// <summary>
/// Reads the motions of some sessions and counts them. Three statements, however many schools: the documents, the
/// answers' clocks, the representatives. Nothing is kept: a session has hundreds of motions, not millions.
/// </summary>
public sealed class StatisticsBook(EduUnionDb db, RuleBook rules, TimeProvider time)
{
    private const string AnswerClock = "answer";

    public async Task<MotionStatistics> CountAsync(
        IReadOnlyCollection<CongressSession> sessions,
        DateOnly asOf,
        CancellationToken cancellation
    )
    {
        if (sessions.Count == 0)
            return MotionStatistics.Of([], [], asOf);
        var ids = sessions.Select(s => (Guid?)s.Id).ToList();
        // Only what was submitted, or never was and became an opinion, has a receipt number.
        var rows = await db.Set<CaseRow>()
            .AsNoTracking()
            .Where(c => c.Kind == MotionCase.KindName && c.Receipt != null && ids.Contains(c.SessionId))
            .Select(c => new { c.Aggregate, c.ClosedAt })
            .ToListAsync(cancellation);
        var dues = await DuesAsync(ids, cancellation);
        var satisfying = await SatisfyingAsync(sessions, cancellation);
        var facts = rows.Select(r =>
                (Row: r, Motion: JsonSerializer.Deserialize<Motion>(r.Aggregate, CaseJson.Options)!)
            )
            .Select(r =>
                MotionFacts.Of(
                    r.Motion,
                    part => dues.GetValueOrDefault(part),
                    r.Row.ClosedAt,
                    satisfying.Contains(r.Motion.SchoolId)
                )
            )
            .OfType<MotionFacts>()
            .OrderBy(f => f.SubmittedOn)
            .ThenBy(f => f.Id);
        return MotionStatistics.Of(facts, await MandatesAsync(sessions, asOf, cancellation), asOf);
    }

    /// <summary>The schools whose parameter counts a form that lapsed as satisfied, as it stands now.</summary>
    public async Task<IReadOnlySet<Guid>> SatisfyingAsync(
        IReadOnlyCollection<CongressSession> sessions,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var schools = new HashSet<Guid>();
        foreach (var school in sessions.Select(s => s.SchoolId).Distinct())
            if ((await rules.ForAsync(school, now, cancellation)).Text("feedback.lapse") == "COUNTED_SATISFIED")
                schools.Add(school);
        return schools;
    }

    /// <summary>By part; of several clocks (改派 starts a fresh one) the last is what counts.</summary>
    private async Task<Dictionary<Guid, AnswerDue>> DuesAsync(List<Guid?> sessions, CancellationToken cancellation)
    {
        var clocks = await db.Set<ClockRow>()
            .AsNoTracking()
            .Where(k => k.Span == ClockSpan.Handling && k.Name == AnswerClock && k.Part != null)
            .Where(k => k.Case.Kind == MotionCase.KindName && sessions.Contains(k.Case.SessionId))
            .Select(k => new
            {
                Part = k.Part!.Value,
                k.StartedAt,
                k.OriginalDueOn,
                k.DueOn,
                k.Inputs,
            })
            .ToListAsync(cancellation);
        return clocks
            .GroupBy(k => k.Part)
            .Select(part => part.MaxBy(k => k.StartedAt)!)
            .Where(k => k is { OriginalDueOn: not null, DueOn: not null })
            .ToDictionary(
                k => k.Part,
                k => new AnswerDue(
                    k.OriginalDueOn!.Value,
                    k.DueOn!.Value,
                    k.DueOn == k.OriginalDueOn ? null : ClockFace.Inputs(k.Inputs).Extensions.LastOrDefault()?.GrantedOn
                )
            );
    }

    /// <summary>Who was in office on the day, or on the last day of a term that had ended by then.</summary>
    private async Task<IEnumerable<Mandate>> MandatesAsync(
        IReadOnlyCollection<CongressSession> sessions,
        DateOnly asOf,
        CancellationToken cancellation
    )
    {
        var terms = sessions.Select(s => s.TermId).Distinct().ToList();
        var inOffice = await (
            from representative in db.Set<Representative>().AsNoTracking()
            join term in db.Set<CongressTerm>() on representative.TermId equals term.Id
            join member in db.Set<Member>() on representative.MemberId equals member.Id
            let day = term.Until < asOf ? term.Until : asOf
            where
                terms.Contains(term.Id)
                && representative.From <= day
                && (representative.Until == null || representative.Until >= day)
                && (member.LeftOn == null || member.LeftOn > day)
            select new { representative.TermId, representative.MemberId }
        ).ToListAsync(cancellation);
        return from session in sessions
            join seat in inOffice on session.TermId equals seat.TermId
            select new Mandate(session.SchoolId, session.Id, seat.MemberId);
    }
}
