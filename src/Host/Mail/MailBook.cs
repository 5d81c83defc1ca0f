using EduUnion.Domain.People;
using EduUnion.Host.Jobs;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Mail;

/// <summary>A mail as the administrator sees it: to whom, of what kind and how it went; neither subject nor text.</summary>
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

/// <summary>What waits, what has left and what was given up.</summary>
public sealed class MailBook(EduUnionDb db, OutboxBell bell, TimeProvider time)
{
    /// <summary>The latest first; <paramref name="before"/> is the id of the last line of the page before.</summary>
    public async Task<IReadOnlyList<MailLine>> ListAsync(
        MailState state,
        Guid? before,
        int limit,
        CancellationToken cancellation
    )
    {
        var mails = db.Set<OutgoingMail>().AsNoTracking().Where(m => m.State == state);
        if (before is { } id && await db.Set<OutgoingMail>().FindAsync([id], cancellation) is { } last)
            mails = mails.Where(m =>
                m.CreatedAt < last.CreatedAt || (m.CreatedAt == last.CreatedAt && m.Id.CompareTo(last.Id) < 0)
            );
        return await (
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
        )
            .Take(limit)
            .ToListAsync(cancellation);
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
