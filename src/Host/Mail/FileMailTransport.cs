using MimeKit;

namespace EduUnion.Host.Mail;

/// <summary>
/// Without a mail server every mail becomes an <c>.eml</c> file. The file is named after the Message-ID, so that a mail
/// written twice is one file, and it appears whole or not at all.
/// </summary>
public sealed class FileMailTransport(string directory, MailboxAddress from) : IMailTransport
{
    public async Task<Delivery> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        try
        {
            var message = MimeMail.Of(mail, from);
            Directory.CreateDirectory(directory);
            var path = Path.Combine(directory, FileName(mail.MessageId));
            await using (var file = File.Create(path + ".part"))
                await message.WriteToAsync(file, cancellation);
            File.Move(path + ".part", path, overwrite: true);
            return Delivery.Accepted;
        }
        catch (ParseException cause)
        {
            return Delivery.Failed(DeliveryKind.Never, cause.Message);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return Delivery.Failed(DeliveryKind.Unavailable, cause.Message);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string FileName(string messageId)
    {
        var local = messageId.Trim('<', '>').Split('@')[0];
        return new string([.. local.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')]) + ".eml";
    }
}
