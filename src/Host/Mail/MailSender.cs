using EduUnion.Host.Operations;
using EduUnion.Host.Persistence;

namespace EduUnion.Host.Mail;

/// <summary>
/// Sends what is due: at least once. A mail is leased in one commit, sent, and marked in another; a sender that dies in
/// between leaves a lease that runs out, and the mail goes again under the same Message-ID.
/// </summary>
public sealed class MailSender(
    EduUnionDb db,
    Func<IMailTransport> connect,
    Measures measures,
    TimeProvider time,
    ILogger<MailSender> log
)
{
    private const int Batch = 50;

    // A batch begins no new mail after half its lease, and one mail takes at most a fifth: nobody else ever gets a
    // mail that is still in our hands.
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestMail = TimeSpan.FromMinutes(2);

    /// <summary>Until nothing is due or the server cannot be reached; returns how many mails the server took.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var sent = 0;
        await using var transport = connect();
        while (await LeaseAsync(cancellation) is { Count: > 0 } mails)
        {
            // Measured and not read off the clock, which somebody may set meanwhile.
            var leased = time.GetTimestamp();
            foreach (var (index, mail) in mails.Index())
            {
                var late = time.GetElapsedTime(leased) >= LeaseTime / 2;
                var delivery = late ? null : await SendAsync(transport, mail, cancellation);
                if (delivery is not null)
                    measures.Mailed(delivery.Kind.ToString().ToLowerInvariant());
                if (delivery?.Kind is null or DeliveryKind.Unavailable)
                {
                    await GiveBackAsync(mails[index..], delivery, cancellation);
                    return sent;
                }

                mail.Record(delivery, time.GetUtcNow());
                // Even while stopping: the server has the mail, and not to write it down would send it twice.
                await db.SaveChangesAsync(CancellationToken.None);
                sent += mail.State == MailState.Sent ? 1 : 0;
                if (mail.State == MailState.Dead)
                    log.LogError("Mail {Mail} is given up: {Reason}", mail.Id, delivery.Reason);
            }
        }

        return sent;
    }

    private async Task<Delivery> SendAsync(IMailTransport transport, OutgoingMail mail, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(LongestMail, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await transport.SendAsync(mail, both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Delivery.Failed(DeliveryKind.Unknown, "The server took too long");
        }
    }

    private async Task<List<OutgoingMail>> LeaseAsync(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellation);
        var now = time.GetUtcNow();
        var mails = await db.TakeDueAsync<OutgoingMail>(
            "outgoing_mails",
            "state = 'Waiting'",
            "next_at",
            now,
            Batch,
            cancellation
        );
        foreach (var mail in mails)
            mail.Lease(now + LeaseTime);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return mails;
    }

    private async Task GiveBackAsync(List<OutgoingMail> mails, Delivery? trouble, CancellationToken cancellation)
    {
        if (trouble is not null)
            log.LogWarning("No mail can be sent, {Count} wait: {Reason}", mails.Count, trouble.Reason);
        var now = time.GetUtcNow();
        foreach (var mail in mails)
            if (trouble is null)
                mail.Lease(now);
            else
                mail.Record(trouble, now);
        await db.SaveChangesAsync(cancellation);
    }
}
