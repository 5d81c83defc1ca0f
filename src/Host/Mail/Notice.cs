using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Mail;

/// <summary>
/// "Tell these people this": one row a business event, written in the transaction of the event. The row is the promise;
/// <see cref="NoticeFanOut"/> turns it into mails after the commit, and once <see cref="FannedAt"/> is set it is history.
/// Nothing in it is personal data: the arguments are a closed list a kind, and people are ids.
/// </summary>
public sealed class Notice
{
    /// <summary>Chinese stands as it is written, and not in six characters each.</summary>
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private Notice() { }

    public Guid Id { get; private set; }

    /// <summary>
    /// The case it is about, or the meeting or file: what keeps one entry in people's calendars when the date moves. Null =
    /// about none (a collection opens).
    /// </summary>
    public Guid? CaseId { get; private set; }

    /// <summary>Code of the <see cref="NoticeKind"/>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>When the event happened.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The worker leaves the row alone until then; moved by it to working hours.</summary>
    public DateTimeOffset NotBefore { get; private set; }

    /// <summary>Joins the morning's digest; copied from the kind, so that the rows still missing can be counted.</summary>
    public bool Reminder { get; private set; }

    public bool Urgent { get; private set; }

    /// <summary>The last day of the deadline, Asia/Shanghai; becomes a calendar entry in the mail.</summary>
    public DateOnly? Due { get; private set; }

    /// <summary>Where the reader acts, below the public address: <c>/motions/…</c>.</summary>
    public string LinkPath { get; private set; } = "";

    public DateTimeOffset? FannedAt { get; private set; }

    internal string RecipientsJson { get; private set; } = "";

    internal string ArgsJson { get; private set; } = "";

    public NoticeRecipients Recipients => JsonSerializer.Deserialize<NoticeRecipients>(RecipientsJson)!;

    public IReadOnlyDictionary<string, string> Args =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(ArgsJson)!;

    /// <summary>
    /// A notice to be saved with the event. Wrong arguments are a bug of the caller and throw, so that they show in the
    /// caller's tests and not in a mail: unknown or missing arguments, nobody to tell, a due date where the kind has none
    /// or none where it has one, a link that leaves the site.
    /// </summary>
    /// <param name="urgent">Overrides the kind's own urgency.</param>
    public static Notice Of(
        NoticeKind kind,
        Guid? caseId,
        NoticeRecipients recipients,
        IReadOnlyDictionary<string, string> args,
        string linkPath,
        DateTimeOffset now,
        DateOnly? due = null,
        bool? urgent = null
    )
    {
        Require(!recipients.IsEmpty, kind, "has nobody to tell");
        Require(
            due is not null == kind.Deadline is not null,
            kind,
            due is null ? "needs a due date" : "has no due date"
        );
        Require(IsLocal(linkPath), kind, $"links outside the site: {linkPath}");
        foreach (var name in kind.Args)
            Require(args.ContainsKey(name), kind, $"lacks the argument {name}");
        foreach (var (name, value) in args)
        {
            Require(
                kind.Args.Contains(name) || NoticeKind.CommonArgs.Contains(name),
                kind,
                $"knows no argument {name}"
            );
            Require(!NoticeKind.DateArgs.Contains(name) || IsDate(value), kind, $"wants a date as {name}");
        }

        return new Notice
        {
            Id = Guid.CreateVersion7(now),
            CaseId = caseId,
            Kind = kind.Code,
            At = now,
            NotBefore = now,
            Reminder = kind.Reminder,
            Urgent = urgent ?? kind.Urgent,
            Due = due,
            LinkPath = linkPath,
            RecipientsJson = JsonSerializer.Serialize(recipients),
            ArgsJson = JsonSerializer.Serialize(args, Plain),
        };
    }

    /// <summary>Equal for notices to the same recipients.</summary>
    internal string RecipientsKey => RecipientsJson;

    /// <summary>The same notice for so many cases at once; it leads to the list and not to one of them.</summary>
    internal Notice WithCount(int count)
    {
        ArgsJson = JsonSerializer.Serialize(
            new Dictionary<string, string>(Args) { ["count"] = count.ToString(CultureInfo.InvariantCulture) },
            Plain
        );
        CaseId = null;
        LinkPath = "/";
        return this;
    }

    internal void Postpone(DateTimeOffset until) => NotBefore = until;

    internal void Fanned(DateTimeOffset now) => FannedAt = now;

    // "//host" and "/\host" are other sites to a browser.
    private static bool IsLocal(string path) =>
        path.StartsWith('/')
        && !path.StartsWith("//", StringComparison.Ordinal)
        && !path.Contains('\\')
        && !path.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));

    private static bool IsDate(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static void Require(bool holds, NoticeKind kind, string otherwise)
    {
        if (!holds)
            throw new ArgumentException($"The notice {kind.Code} {otherwise}");
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Notice>
    {
        public void Configure(EntityTypeBuilder<Notice> builder)
        {
            builder.ToTable("notices");
            builder.HasKey(notice => notice.Id);
            builder.Property(notice => notice.Id).ValueGeneratedNever();
            builder.Property(notice => notice.Kind).HasMaxLength(40);
            builder.Property(notice => notice.LinkPath).HasMaxLength(300);
            builder.Property(notice => notice.RecipientsJson).HasColumnName("recipients");
            builder.Property(notice => notice.ArgsJson).HasColumnName("args");
            builder.Ignore(notice => notice.Recipients);
            builder.Ignore(notice => notice.Args);
            builder.Ignore(notice => notice.RecipientsKey);
            // Only what is still to be done is indexed: the queue's cost does not grow with the history.
            builder
                .HasIndex(notice => notice.NotBefore)
                .HasFilter("fanned_at IS NULL")
                .HasDatabaseName("ix_notices_open");
            builder.HasIndex(notice => new { notice.CaseId, notice.At });
        }
    }
}
