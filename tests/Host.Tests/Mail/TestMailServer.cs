using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EduUnion.Host.Mail;
using MimeKit;

namespace EduUnion.Host.Tests.Mail;

/// <summary>The real SMTP server that <c>tests/run</c> starts: STARTTLS and sign-in required, misbehaves on demand.</summary>
internal static class TestMailServer
{
    public static string Password => Setting("EDUUNION_TEST_SMTP_PASSWORD");

    /// <summary>An address that no other test uses, so that tests running at once do not meet.</summary>
    public static string NewAddress() => $"m{Guid.CreateVersion7():N}@yunxi.example";

    public static MailOptions Options(string? password = null, string security = "StartTls", string? port = null)
    {
        var address = Setting("EDUUNION_TEST_SMTP").Split(':');
        return MailSamples.Options(
            ("Mail:Host", address[0]),
            ("Mail:Port", port ?? address[1]),
            ("Mail:User", Setting("EDUUNION_TEST_SMTP_USER")),
            ("Mail:Password", password ?? Password),
            ("Mail:Security", security),
            ("Mail:From", "教育工会 <noreply@yunxi.example>"),
            ("PublicUrl", "https://union.yunxi.example")
        );
    }

    /// <summary>Trusts the throw-away certificate and no other.</summary>
    public static SmtpMailTransport Transport(MailOptions? options = null, TimeSpan? patience = null)
    {
        using var known = X509CertificateLoader.LoadCertificateFromFile(Setting("EDUUNION_TEST_SMTP_CERT"));
        var hash = known.GetCertHashString();
        return new SmtpMailTransport(
            options ?? Options(),
            (_, certificate, _, errors) =>
                certificate?.GetCertHashString() == hash
                && (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None
        )
        {
            Patience = patience ?? TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>
    /// <c>451</c>, <c>550</c>, <c>drop</c> (kept, then cut before the 250), <c>cut</c>, <c>hang</c>, <c>slow</c>; several
    /// in a row, a comma behind the last ends them; null = behave again.
    /// </summary>
    public static void Behave(string recipient, string? mode)
    {
        var file = Path.Combine(Setting("EDUUNION_TEST_SMTP_DIR"), "control", recipient);
        if (mode is null)
            File.Delete(file);
        else
            File.WriteAllText(file, mode);
    }

    public static List<MimeMessage> Received(string recipient) =>
        [
            .. Directory
                .GetFiles(Setting("EDUUNION_TEST_SMTP_DIR"), "*.eml")
                .Order(StringComparer.Ordinal)
                // The second line is the envelope's recipient; whole messages of other tests need not be read.
                .Where(file => File.ReadLines(file).Skip(1).First() == $"X-Envelope-To: {recipient}")
                .Select(file => MimeMessage.Load(file)),
        ];

    /// <summary>Recipient → Message-ID of each arrival, for many recipients in one pass over the sink.</summary>
    public static ILookup<string, string> Received(IReadOnlySet<string> recipients) =>
        Directory
            .GetFiles(Setting("EDUUNION_TEST_SMTP_DIR"), "*.eml")
            .Select(file => (File: file, To: File.ReadLines(file).Skip(1).First()["X-Envelope-To: ".Length..]))
            .Where(mail => recipients.Contains(mail.To))
            .ToLookup(mail => mail.To, mail => MimeMessage.Load(mail.File).MessageId!);

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException(
            $"{name} is not set: start the tests with tests/run, which brings a mail server."
        );
}
