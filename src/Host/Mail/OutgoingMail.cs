using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Mail;

public enum MailState
{
    /// <summary>A reminder that waits for the others of its morning.</summary>
    Gathering,

    /// <summary>To be sent at <see cref="OutgoingMail.NextAt"/>.</summary>
    Waiting,

    /// <summary>The server has taken it.</summary>
    Sent,

    /// <summary>Told in another mail to the same member, <see cref="OutgoingMail.DigestId"/>.</summary>
    Digested,

    /// <summary>Given up: refused for good, or three retries in vain. Shown to the administrator, who may let it go again.</summary>
    Dead,
}

/// <summary>
/// One notice to one member, composed. Unique by both, so a fan-out that runs twice writes one mail. Sending is at least
/// once: the same row always carries the same Message-ID, by which mail programs drop the second copy.
/// </summary>
public sealed class OutgoingMail
{
    // domain §7: retried three times.
    private static readonly TimeSpan[] RetryAfter =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
    ];

    // A server that breaks or hangs is not the mail's fault, and such a day must not use the mail up; but each attempt may
    // arrive, so they grow rare and end.
    private static readonly TimeSpan[] AskAgainAfter =
    [
        .. RetryAfter,
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(8),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(1),
    ];

    private OutgoingMail() { }

    public Guid Id { get; private set; }
    public Guid NoticeId { get; private set; }
    public Guid MemberId { get; private set; }
    public string Address { get; private set; } = "";

    /// <summary><c>zh-CN</c> or <c>en</c>.</summary>
    public string Language { get; private set; } = "";

    public string Subject { get; private set; } = "";
    public string Text { get; private set; } = "";
    public string Html { get; private set; } = "";

    /// <summary>The calendar entry, an iCalendar document; null = no due date.</summary>
    public string? Ics { get; private set; }

    /// <summary>With angle brackets; made of the notice and the member, the same at every attempt.</summary>
    public string MessageId { get; private set; } = "";

    public MailState State { get; private set; }

    /// <summary>Attempts that this very mail failed. A server that is down costs nobody an attempt.</summary>
    public int Attempts { get; private set; }

    /// <summary>Those of them that the server refused for the time being; after the others nobody knows whether it arrived.</summary>
    public int Refusals { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it is due; pushed forward while a sender holds it, so that a dead sender's mails come back.</summary>
    public DateTimeOffset NextAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>What the server said last, one line.</summary>
    public string? LastError { get; private set; }

    public Guid? DigestId { get; private set; }

    internal static OutgoingMail Of(
        Notice notice,
        MailRecipient recipient,
        ComposedMail composed,
        string domain,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            NoticeId = notice.Id,
            MemberId = recipient.MemberId,
            Address = recipient.Address,
            Language = recipient.Language,
            Subject = composed.Subject,
            Text = composed.Text,
            Html = composed.Html,
            Ics = composed.Ics,
            MessageId = $"<{notice.Id:N}-{recipient.MemberId:N}@{domain}>",
            State = notice.Reminder ? MailState.Gathering : MailState.Waiting,
            CreatedAt = now,
            NextAt = now,
        };

    /// <summary>The gathered reminder becomes the member's mail of the morning; alone it keeps its own text.</summary>
    internal void Release(ComposedMail? digest, DateTimeOffset now)
    {
        if (digest is not null)
            (Subject, Text, Html, Ics) = (digest.Subject, digest.Text, digest.Html, digest.Ics);
        (State, NextAt) = (MailState.Waiting, now);
    }

    internal void ToldIn(OutgoingMail digest) => (State, DigestId) = (MailState.Digested, digest.Id);

    internal void Lease(DateTimeOffset until) => NextAt = until;

    /// <summary>Writes down what the transport said. The only place where a mail ends.</summary>
    internal void Record(Delivery delivery, DateTimeOffset now)
    {
        LastError = delivery.Reason;
        switch (delivery.Kind)
        {
            case DeliveryKind.Accepted:
                (State, SentAt) = (MailState.Sent, now);
                break;
            case DeliveryKind.Unavailable:
                NextAt = now + RetryAfter[0];
                break;
            // Each has a ladder of its own: a server that cuts connections for a day must not use up the tries of a refusal.
            case DeliveryKind.Later when Refusals < RetryAfter.Length:
                NextAt = now + RetryAfter[Refusals++];
                Attempts++;
                break;
            case DeliveryKind.Unknown when Attempts - Refusals < AskAgainAfter.Length:
                NextAt = now + AskAgainAfter[Attempts++ - Refusals];
                break;
            default:
                Attempts++;
                State = MailState.Dead;
                break;
        }
    }

    internal sealed class Mapping : IEntityTypeConfiguration<OutgoingMail>
    {
        public void Configure(EntityTypeBuilder<OutgoingMail> builder)
        {
            builder.ToTable("outgoing_mails");
            builder.HasKey(mail => mail.Id);
            builder.Property(mail => mail.Id).ValueGeneratedNever();
            builder.Property(mail => mail.Address).HasMaxLength(254);
            builder.Property(mail => mail.Language).HasMaxLength(10);
            builder.Property(mail => mail.Subject).HasMaxLength(300);
            builder.Property(mail => mail.MessageId).HasMaxLength(330);
            builder.Property(mail => mail.State).HasConversion<string>().HasMaxLength(10);
            builder.Property(mail => mail.LastError).HasMaxLength(300);
            builder.HasOne<Notice>().WithMany().HasForeignKey(mail => mail.NoticeId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(mail => new { mail.NoticeId, mail.MemberId }).IsUnique();
            // Both queues are indexed only as long as they last.
            builder
                .HasIndex(mail => mail.NextAt)
                .HasFilter("state = 'Waiting'")
                .HasDatabaseName("ix_outgoing_mails_due");
            builder
                .HasIndex(mail => mail.MemberId)
                .HasFilter("state = 'Gathering'")
                .HasDatabaseName("ix_outgoing_mails_gathering");
        }
    }
}
