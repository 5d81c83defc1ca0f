using System.Collections.Immutable;
using System.Globalization;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.People;
using EduUnion.Host.Jobs;
using EduUnion.Host.Mail;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Congresses;

/// <summary>
/// Tells the chair of a school's union that the term of its congress ends (domain §7, N19), so many natural days before
/// (parameter <c>term.remind_days</c>). <see cref="CongressTerm.AnnouncedAt"/> is the instant of the last mark that was
/// told, read and moved under the school's lock. A term whose successor is recorded ends without anybody being told.
/// </summary>
public sealed class TermNotices(
    EduUnionDb db,
    RuleBook rules,
    OrganisationBook organisations,
    OutboxBell bell,
    TimeProvider time
) : IJob
{
    private static readonly TimeOnly Morning = new(8, 30);

    /// <summary>The widest the parameter can be set.</summary>
    private const int Farthest = 366;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var today = ChinaTime.DateOf(now);
        var ending = await db.Set<CongressTerm>()
            .AsNoTracking()
            .Where(t => t.Until >= today && t.From <= today && t.Until <= today.AddDays(Farthest))
            .Where(t => !db.Set<CongressTerm>().Any(next => next.SchoolId == t.SchoolId && next.From > t.Until))
            .OrderBy(t => t.Id)
            .ToListAsync(cancellation);
        var told = 0;
        foreach (var term in ending)
            if (await MarkAsync(term, now, cancellation) is not null)
                told += await TellAsync(term.Id, now, cancellation);
        if (told > 0)
            bell.Ring();
        return told;
    }

    private async Task<int> TellAsync(Guid id, DateTimeOffset now, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellation);
        await db.LockTermAsync(id, cancellation);
        var term = await db.Set<CongressTerm>().SingleAsync(t => t.Id == id, cancellation);
        if (await MarkAsync(term, now, cancellation) is not { } mark)
            return 0;
        term.AnnouncedAt = mark;
        var args = new Dictionary<string, string>
        {
            ["organisation"] = organisations.Find(term.SchoolId)?.Name ?? "",
            ["term"] = term.Number.ToString(CultureInfo.InvariantCulture),
        };
        var to = NoticeRecipients.ToOffice(nameof(Office.SchoolUnionChair), term.SchoolId);
        db.Add(Notice.Of(NoticeKind.TermEnds, null, to, args, $"/congress?school={term.SchoolId}", now, term.Until));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return 1;
    }

    /// <summary>The last mark that has come since the one told; null = none.</summary>
    private async Task<DateTimeOffset?> MarkAsync(CongressTerm term, DateTimeOffset now, CancellationToken cancellation)
    {
        var ruled = await rules.ForAsync(term.SchoolId, now, cancellation);
        ImmutableArray<int> days = ruled.Text("term.remind_days").Length == 0 ? [] : ruled.Numbers("term.remind_days");
        var marks = days.Select(d => (DateTimeOffset?)ChinaTime.At(term.Until.AddDays(-d), Morning))
            .Where(at => at <= now && (term.AnnouncedAt is null || at > term.AnnouncedAt));
        return marks.Max();
    }
}
