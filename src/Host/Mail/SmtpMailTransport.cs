using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace EduUnion.Host.Mail;

/// <summary>
/// One connection for many mails, opened anew every fifty because some servers refuse after a hundred. Tells trouble of
/// one mail from trouble of the road: a server that is down or a wrong password must not use up every mail's attempts.
/// </summary>
/// <param name="trust">Judges the server's certificate; null = the system does.</param>
public sealed class SmtpMailTransport(MailOptions options, RemoteCertificateValidationCallback? trust = null)
    : IMailTransport
{
    private const int MailsPerConnection = 50;

    private SmtpClient? _client;
    private int _sent;

    /// <summary>How long the server may stay silent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public async Task<Delivery> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        MimeMessage message;
        try
        {
            message = MimeMail.Of(mail, options.From);
        }
        catch (ParseException cause)
        {
            return Delivery.Failed(DeliveryKind.Never, cause.Message);
        }

        try
        {
            await OpenAsync(cancellation);
        }
        catch (Exception cause) when (IsRoadTrouble(cause, cancellation))
        {
            await CloseAsync();
            return Delivery.Failed(DeliveryKind.Unavailable, cause.Message);
        }

        return await SendAsync(message, cancellation);
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task<Delivery> SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        try
        {
            _sent++;
            await _client!.SendAsync(message, cancellation);
            return Delivery.Accepted;
        }
        catch (SmtpCommandException refusal)
        {
            var kind = refusal.ErrorCode switch
            {
                // The sender is ours and the same for all: every mail would fare like this one.
                SmtpErrorCode.SenderNotAccepted => DeliveryKind.Unavailable,
                _ when (int)refusal.StatusCode == 421 => DeliveryKind.Unavailable,
                _ when (int)refusal.StatusCode >= 500 => DeliveryKind.Never,
                _ => DeliveryKind.Later,
            };
            if (kind == DeliveryKind.Unavailable)
                await CloseAsync();
            return Delivery.Failed(kind, $"{(int)refusal.StatusCode} {refusal.Message}");
        }
        catch (ServiceNotAuthenticatedException cause)
        {
            await CloseAsync();
            return Delivery.Failed(DeliveryKind.Unavailable, cause.Message);
        }
        // Cut before the last 250: the server may have the mail or not. It is sent again under the same Message-ID.
        catch (Exception cause) when (IsRoadTrouble(cause, cancellation))
        {
            await CloseAsync();
            return Delivery.Failed(DeliveryKind.Unknown, cause.Message);
        }
    }

    private async Task OpenAsync(CancellationToken cancellation)
    {
        if (_client is { IsConnected: true } && _sent < MailsPerConnection)
            return;
        await CloseAsync();
        _client = new SmtpClient
        {
            Timeout = (int)Patience.TotalMilliseconds,
            ServerCertificateValidationCallback = trust,
        };
        var security = options.Security switch
        {
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.None,
        };
        await _client.ConnectAsync(options.Host!, options.Port, security, cancellation);
        if (options.User is not null)
            await _client.AuthenticateAsync(options.User, options.Password!, cancellation);
    }

    private async Task CloseAsync()
    {
        var client = _client;
        (_client, _sent) = (null, 0);
        if (client is null)
            return;
        try
        {
            // A polite QUIT, but no waiting on a server that does not answer, and none when the program stops.
            using var hurry = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            if (client.IsConnected)
                await client.DisconnectAsync(quit: true, hurry.Token);
        }
        catch (Exception cause) when (IsRoadTrouble(cause, CancellationToken.None))
        {
            // The connection ends either way.
        }
        finally
        {
            client.Dispose();
        }
    }

    private static bool IsRoadTrouble(Exception cause, CancellationToken cancellation) =>
        cause
            is SocketException
                or IOException
                or TimeoutException
                or AuthenticationException
                or SslHandshakeException
                or ProtocolException
                or CommandException
                or ServiceNotConnectedException
                or NotSupportedException // the server offers no STARTTLS, or no way to sign in that we know
        || (cause is OperationCanceledException && !cancellation.IsCancellationRequested);
}
