using EduUnion.Host.Persistence;

namespace EduUnion.Host.Mail;

/// <summary>
/// Who these notices reach today, by notice id: members, holders of offices and roles of the case, in one go for the
/// whole batch. Whoever has no address is left out.
/// </summary>
public delegate Task<ILookup<Guid, MailRecipient>> ResolveRecipients(
    EduUnionDb db,
    IReadOnlyList<Notice> notices,
    CancellationToken cancellation
);

/// <summary>
/// Turns notices into mails, one a person. Mails and the mark on the notice are one commit: a worker that dies leaves the
/// notice as it was. Reminders are only gathered here; <see cref="ReminderDigest"/> lets them go.
/// </summary>
public sealed class NoticeFanOut(
    EduUnionDb db,
    ResolveRecipients resolve,
    MailComposer composer,
    DeliveryHours hours,
    MailOptions options,
    TimeProvider time,
    ILogger<NoticeFanOut> log
)
{
    private const int Batch = 200;
    private static readonly TimeSpan AfterBug = TimeSpan.FromHours(1);

    /// <summary>One batch; returns how many notices were looked at, so that the caller goes on until none.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellation);
        var now = time.GetUtcNow();
        var taken = await db.TakeDueAsync<Notice>(
            "notices",
            "fanned_at IS NULL",
            "not_before",
            now,
            Batch,
            cancellation
        );
        var ready = new List<Notice>(taken.Count);
        foreach (var notice in taken)
            if (hours.Earliest(notice, now) is var earliest && earliest > now)
                notice.Postpone(earliest);
            else
                ready.Add(notice);

        if (ready.Count > 0)
        {
            var people = await resolve(db, ready, cancellation);
            foreach (var notice in ready)
                FanOut(notice, people[notice.Id], now);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return taken.Count;
    }

    private void FanOut(Notice notice, IEnumerable<MailRecipient> people, DateTimeOffset now)
    {
        var today = DeliveryHours.Today(now);
        List<OutgoingMail> mails;
        try
        {
            mails =
            [
                .. people
                    .DistinctBy(person => person.MemberId)
                    .Select(person =>
                        OutgoingMail.Of(
                            notice,
                            person,
                            composer.Compose(notice, person.Language, today, person.IsDeputy),
                            options.Domain,
                            now
                        )
                    ),
            ];
        }
        // A text that cannot be made is a bug of ours; it must not stand in the way of everybody else's mail.
        catch (Exception bug) when (bug is ArgumentException or InvalidOperationException or FormatException)
        {
            log.LogError(bug, "Notice {Notice} of kind {Kind} cannot be put into words", notice.Id, notice.Kind);
            notice.Postpone(now + AfterBug);
            return;
        }

        if (mails.Count == 0)
            log.LogWarning("Notice {Notice} of kind {Kind} reaches nobody", notice.Id, notice.Kind);
        db.AddRange(mails);
        notice.Fanned(now);
    }
}
