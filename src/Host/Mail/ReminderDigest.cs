using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Mail;

/// <summary>
/// One mail a person for the reminders of a morning (domain §7, "digest option"). The first gathered mail carries all,
/// the others are marked as told in it; a single one leaves as it is.
/// </summary>
public sealed class ReminderDigest(EduUnionDb db, MailComposer composer, TimeProvider time)
{
    private const int Batch = 500;

    /// <summary>One batch; returns how many gathered mails were let go, so that the caller goes on until none.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var now = time.GetUtcNow();
        // Another node may still be fanning out this morning's reminders: its rows count as open until it commits.
        var more = db.Set<Notice>()
            .Where(notice => notice.FannedAt == null && notice.Reminder && notice.NotBefore <= now);
        if (await more.AnyAsync(cancellation))
            return 0;

        await using var transaction = await db.BeginWriteAsync(cancellation);
        var gathered = await TakeAsync(cancellation);
        var noticeIds = gathered.Select(mail => mail.NoticeId).Distinct().ToList();
        var notices = await db.Set<Notice>()
            .AsNoTracking()
            .Where(notice => noticeIds.Contains(notice.Id))
            .ToDictionaryAsync(notice => notice.Id, cancellation);
        foreach (var member in gathered.GroupBy(mail => mail.MemberId))
            Release([.. member], notices, now);

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return gathered.Count;
    }

    // In one order everywhere, so that a second node waits instead of deadlocking, and then finds nothing left.
    private async Task<List<OutgoingMail>> TakeAsync(CancellationToken cancellation)
    {
        var sql =
            "SELECT * FROM outgoing_mails WHERE state = 'Gathering' ORDER BY member_id, id LIMIT {0}"
            + (db is PostgresDb ? " FOR UPDATE" : "");
        var taken = await db.Set<OutgoingMail>().FromSqlRaw(sql, Batch).ToListAsync(cancellation);
        // The limit may have cut the last member in two: that one comes whole in the next batch.
        if (taken.Count == Batch && taken[0].MemberId != taken[^1].MemberId)
            taken.RemoveAll(mail => mail.MemberId == taken[^1].MemberId);
        return taken;
    }

    private void Release(List<OutgoingMail> mails, Dictionary<Guid, Notice> notices, DateTimeOffset now)
    {
        var first = mails[0];
        first.Release(
            mails.Count == 1
                ? null
                : composer.ComposeDigest(
                    [.. mails.Select(mail => notices[mail.NoticeId])],
                    first.Language,
                    DeliveryHours.Today(now)
                ),
            now
        );
        foreach (var other in mails.Skip(1))
            other.ToldIn(first);
    }
}
