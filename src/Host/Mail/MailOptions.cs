using System.Globalization;
using MimeKit;

namespace EduUnion.Host.Mail;

public enum MailSecurity
{
    /// <summary>In the clear: only inside the house, and never with a password.</summary>
    None,

    /// <summary>Starts in the clear and must go on encrypted, or nothing is sent (port 587).</summary>
    StartTls,

    /// <summary>Encrypted from the first byte (port 465).</summary>
    Tls,
}

/// <summary>How mail leaves: <c>Mail:Host/Port/User/Password/Security/From</c> and <c>PublicUrl</c>. As text it never names the password.</summary>
public sealed class MailOptions
{
    private MailOptions() { }

    /// <summary>Null = no mail server: mails are written as files.</summary>
    public string? Host { get; private init; }

    public int Port { get; private init; }
    public string? User { get; private init; }
    public string? Password { get; private init; }
    public MailSecurity Security { get; private init; }
    public MailboxAddress From { get; private init; } = new("教育工会", "noreply@eduunion.invalid");

    /// <summary>What the links in mails start with; ends with a slash.</summary>
    public Uri PublicUrl { get; private init; } = new("http://127.0.0.1:5080/");

    /// <summary>Right side of every Message-ID.</summary>
    public string Domain => From.Domain;

    /// <exception cref="StartRefused">A value is missing or wrong; the sentence names the key, never a password.</exception>
    public static MailOptions Read(IConfiguration configuration)
    {
        var defaults = new MailOptions();
        var host = Value(configuration, "Mail:Host");
        var from = Sender(configuration) ?? defaults.From;
        var publicUrl = Site(configuration) ?? defaults.PublicUrl;
        if (host is null)
        {
            foreach (var key in (string[])["Mail:Port", "Mail:User", "Mail:Password", "Mail:Security"])
                if (Value(configuration, key) is not null)
                    throw new StartRefused($"{key} is set but Mail:Host is not; name the mail server or remove {key}.");
            return new MailOptions { From = from, PublicUrl = publicUrl };
        }

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw new StartRefused(
                "Mail:Host is not a host name; give it without scheme and port, as in mail.example.org."
            );
        if (Value(configuration, "Mail:From") is null)
            throw new StartRefused("Mail:From is missing; mail servers refuse mails without a sender of their own.");
        var security = ReadSecurity(configuration);
        var (user, password) = (Value(configuration, "Mail:User"), Value(configuration, "Mail:Password"));
        if (user is null != password is null)
            throw new StartRefused("Mail:User and Mail:Password go together; one of them is missing.");
        if (user is not null && security == MailSecurity.None && !IsLoopback(host))
            throw new StartRefused(
                "Mail:Security is None, which would send Mail:Password in the clear; use StartTls or Tls."
            );
        return new MailOptions
        {
            Host = host,
            Port = ReadPort(configuration, security),
            User = user,
            Password = password,
            Security = security,
            From = from,
            PublicUrl = publicUrl,
        };
    }

    public override string ToString() =>
        Host is null ? "files" : $"{Host}:{Port} ({Security}{(User is null ? "" : $", as {User}")})";

    private static string? Value(IConfiguration configuration, string key) =>
        string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key]!.Trim();

    private static MailboxAddress? Sender(IConfiguration configuration)
    {
        if (Value(configuration, "Mail:From") is not { } from)
            return null;
        if (!MailboxAddress.TryParse(from, out var mailbox) || string.IsNullOrEmpty(mailbox.Domain))
            throw new StartRefused("Mail:From is not an address such as 教育工会 <noreply@example.org>.");
        return mailbox;
    }

    private static Uri? Site(IConfiguration configuration)
    {
        if (Value(configuration, "PublicUrl") is not { } site)
            return null;
        if (
            !Uri.TryCreate(site.TrimEnd('/') + "/", UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.AbsolutePath != "/"
            || url.Query.Length + url.Fragment.Length + url.UserInfo.Length > 0
        )
            throw new StartRefused("PublicUrl is not the address of a site such as https://union.example.org.");
        return url;
    }

    private static MailSecurity ReadSecurity(IConfiguration configuration) =>
        Value(configuration, "Mail:Security")?.ToUpperInvariant() switch
        {
            null or "STARTTLS" => MailSecurity.StartTls,
            "TLS" => MailSecurity.Tls,
            "NONE" => MailSecurity.None,
            _ => throw new StartRefused("Mail:Security is none of StartTls, Tls and None."),
        };

    private static int ReadPort(IConfiguration configuration, MailSecurity security)
    {
        if (Value(configuration, "Mail:Port") is not { } text)
            return security switch
            {
                MailSecurity.StartTls => 587,
                MailSecurity.Tls => 465,
                _ => 25,
            };
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new StartRefused("Mail:Port is not a number from 1 to 65535.");
    }

    private static bool IsLoopback(string host) => host is "localhost" or "127.0.0.1" or "::1" or "[::1]";
}
