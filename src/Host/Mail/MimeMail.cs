using System.Text;
using MimeKit;

namespace EduUnion.Host.Mail;

/// <summary>The mail as it goes over the wire.</summary>
internal static class MimeMail
{
    /// <param name="from">The house's own sender, the same for every mail.</param>
    /// <exception cref="ParseException">The member's address is not one.</exception>
    public static MimeMessage Of(OutgoingMail mail, MailboxAddress from)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = mail.CreatedAt,
            MessageId = mail.MessageId.Trim('<', '>'),
        };
        message.From.Add(from);
        message.To.Add(Address(mail.Address));
        // Three dialects of "do not answer this": RFC 3834, Exchange, and what everybody understood before.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        message.Headers.Add("Precedence", "bulk");
        message.Headers.Add(HeaderId.ContentLanguage, mail.Language);

        Multipart content = new MultipartAlternative { Part("plain", mail.Text), Part("html", mail.Html) };
        if (mail.Ics is not null)
            content = new Multipart("mixed") { content, Calendar(mail.Ics) };
        message.Body = content;
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    private static MailboxAddress Address(string address)
    {
        var mailbox = MailboxAddress.Parse(address);
        // "a@b, c@d" or a comment with a line end must not become a second recipient or a header.
        return mailbox.Address == address && mailbox.Domain.Length > 0
            ? mailbox
            : throw new ParseException("Not a bare address", 0, 0);
    }

    private static TextPart Part(string subtype, string text) =>
        new(subtype) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };

    private static TextPart Calendar(string ics)
    {
        var part = new TextPart("calendar") { ContentTransferEncoding = ContentEncoding.Base64 };
        part.SetText(Encoding.UTF8, ics);
        part.ContentType.Parameters["method"] = "PUBLISH";
        part.ContentDisposition = new ContentDisposition(ContentDisposition.Attachment)
        {
            FileName = DueCalendar.FileName,
        };
        return part;
    }
}
