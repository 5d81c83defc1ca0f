using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Cases;

/// <summary>
/// "Tell this case that": written in the commit of what it tells of, delivered once as an ordinary step of the case. Unique
/// by case, kind and source, so that nothing is told twice whoever writes it and however often.
/// </summary>
public sealed class SignalRow
{
    /// <summary>The main motion (主案) is answered; the source is its case.</summary>
    public const string MainAnswered = "main.answered";

    /// <summary>The main motion is withdrawn; the source is its case.</summary>
    public const string MainWithdrawn = "main.withdrawn";

    /// <summary>The session goes into the archive; the source is the session.</summary>
    public const string SessionArchived = "session.archived";

    /// <summary>A representative's mandate has ended; the source is the member.</summary>
    public const string RepresentativeLeft = "representative.left";

    /// <summary>A waiting claim's turn has come and its fund holds the money; the source is the ledger entry.</summary>
    public const string FundReserved = "fund.reserved";

    /// <summary>The claim is on a payment list; the source is the line, as with all that follow.</summary>
    public const string PaymentListed = "payment.listed";

    /// <summary>Taken off the list before it was released.</summary>
    public const string PaymentUnlisted = "payment.unlisted";

    /// <summary>Released to the bank.</summary>
    public const string PaymentSent = "payment.sent";

    /// <summary>The bank has paid.</summary>
    public const string PaymentPaid = "payment.paid";

    /// <summary>The money came back, at once or after it was reported as paid.</summary>
    public const string PaymentBounced = "payment.bounced";

    /// <summary>The committee has decided on an application; the source is the line of its meeting.</summary>
    public const string AssessmentDecided = "assessment.decided";

    /// <summary>Somebody objects to the public notice of an application; the source is the objection's case.</summary>
    public const string ObjectionFiled = "objection.filed";

    /// <summary>An objection is settled; the source is its case.</summary>
    public const string ObjectionSettled = "objection.settled";

    /// <summary>Nobody could see the notice for a time; the source is the outage.</summary>
    public const string NoticeInterrupted = "notice.interrupted";

    /// <summary>The person whom the case is about has died; the source is the member.</summary>
    public const string HolderDied = "holder.died";

    public required Guid Id { get; init; }
    public required Guid CaseId { get; init; }
    public required string Kind { get; init; }
    public required Guid SourceId { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>The code of the refusal, where the case could not take it; it is not tried again.</summary>
    public string? Refused { get; set; }

    public static SignalRow To(Guid caseId, string kind, Guid source, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            CaseId = caseId,
            Kind = kind,
            SourceId = source,
            At = now,
        };

    internal sealed class Mapping : IEntityTypeConfiguration<SignalRow>
    {
        public void Configure(EntityTypeBuilder<SignalRow> builder)
        {
            builder.ToTable("signals");
            builder.HasKey(s => s.Id);
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.HasOne<CaseRow>().WithMany().HasForeignKey(s => s.CaseId);
            builder
                .HasIndex(s => new
                {
                    s.CaseId,
                    s.Kind,
                    s.SourceId,
                })
                .IsUnique();
            builder.HasIndex(s => s.At).HasFilter("delivered_at IS NULL").HasDatabaseName("ix_signals_open");
        }
    }
}
