using System.Text.RegularExpressions;
using EduUnion.Domain.People;
using EduUnion.Host.Jobs;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Mail;

/// <summary>
/// A mail as the administrator sees it: to whom, of what kind and how it went; neither subject nor text, the address masked.
/// </summary>
public sealed record MailLine(
    Guid Id,
    string Member,
    string Address,
    string Kind,
    MailState State,
    int Attempts,
    DateTimeOffset CreatedAt,
    DateTimeOffset NextAt,
    DateTimeOffset? SentAt,
    string? LastError
);

/// <param name="Previous">Id of the first line when there are later mails, for the page before.</param>
/// <param name="Next">Id of the last line when there are earlier mails, for the page after.</param>
public sealed record MailPage(IReadOnlyList<MailLine> Lines, Guid? Previous, Guid? Next);

/// <summary>What waits, what has left and what was given up.</summary>
public sealed partial class MailBook(EduUnionDb db, OutboxBell bell, TimeProvider time)
{
    /// <summary>One page, the latest first: the first one, or the one after or before a line by its id.</summary>
    public async Task<MailPage> PageAsync(
        MailState state,
        Guid? after,
        Guid? before,
        int limit,
        CancellationToken cancellation
    )
    {
        var mails = db.Set<OutgoingMail>().AsNoTracking().Where(m => m.State == state);
        var back = after is null && before is not null;
        var edge = (after ?? before) is { } id
            ? await db.Set<OutgoingMail>()
                .Where(m => m.Id == id)
                .Select(m => new { m.CreatedAt })
                .SingleOrDefaultAsync(cancellation)
            : null;
        if (edge is not null && after is { } last)
            mails = mails.Where(m =>
                m.CreatedAt < edge.CreatedAt || (m.CreatedAt == edge.CreatedAt && m.Id.CompareTo(last) < 0)
            );
        else if (edge is not null && before is { } first)
            mails = mails.Where(m =>
                m.CreatedAt > edge.CreatedAt || (m.CreatedAt == edge.CreatedAt && m.Id.CompareTo(first) > 0)
            );
        mails = back
            ? mails.OrderBy(m => m.CreatedAt).ThenBy(m => m.Id)
            : mails.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id);
        var lines = await LinesAsync(mails.Take(limit + 1), cancellation);
        // One more than asked tells whether the way goes on; reading backwards it is the newest one.
        var more = lines.Count > limit;
        if (more)
            lines.RemoveAt(back ? 0 : limit);
        return new MailPage(
            lines,
            (back ? more : edge is not null) && lines.Count > 0 ? lines[0].Id : null,
            (back ? edge is not null : more) && lines.Count > 0 ? lines[^1].Id : null
        );
    }

    /// <summary>So much of an address that an operator recognises it: z***@school.example.</summary>
    public static string Mask(string address) =>
        address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? $"{address[0]}***{address[at..]}" : "***";

    /// <summary>A server's answer often repeats the address.</summary>
    private static string? Masked(string? answer) =>
        answer is null ? null : Address().Replace(answer, found => Mask(found.Value));

    [GeneratedRegex(@"[\w.+-]+@[\w.-]+")]
    private static partial Regex Address();

    private async Task<List<MailLine>> LinesAsync(IQueryable<OutgoingMail> mails, CancellationToken cancellation)
    {
        var read = await (
            from mail in mails
            join notice in db.Set<Notice>() on mail.NoticeId equals notice.Id
            join member in db.Set<Member>() on mail.MemberId equals member.Id into members
            from member in members.DefaultIfEmpty()
            orderby mail.CreatedAt descending, mail.Id descending
            select new MailLine(
                mail.Id,
                member == null ? "" : member.Name,
                mail.Address,
                notice.Kind,
                mail.State,
                mail.Attempts,
                mail.CreatedAt,
                mail.NextAt,
                mail.SentAt,
                mail.LastError
            )
        ).ToListAsync(cancellation);
        return [.. read.Select(l => l with { Address = Mask(l.Address), LastError = Masked(l.LastError) })];
    }

    /// <summary>
    /// Lets a mail go again that was given up, to the member's present address and under the same Message-ID. One that is
    /// not given up (a second press, or somebody was first) stays as it is: false.
    /// </summary>
    public async Task<bool> SendAgainAsync(Guid id, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var changed = await db.Set<OutgoingMail>()
            .Where(m => m.Id == id && m.State == MailState.Dead)
            .ExecuteUpdateAsync(
                m =>
                    m.SetProperty(x => x.State, MailState.Waiting)
                        .SetProperty(x => x.Attempts, 0)
                        .SetProperty(x => x.Refusals, 0)
                        .SetProperty(x => x.NextAt, now)
                        .SetProperty(
                            x => x.Address,
                            x =>
                                db.Set<Member>().Where(p => p.Id == x.MemberId).Select(p => p.Email).FirstOrDefault()
                                ?? x.Address
                        ),
                cancellation
            );
        if (changed > 0)
            bell.Ring();
        return changed > 0;
    }
}
