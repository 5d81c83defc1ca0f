namespace EduUnion.Host.Mail;

public enum DeliveryKind
{
    /// <summary>The other side has taken responsibility for the mail.</summary>
    Accepted,

    /// <summary>The other side does not take this mail at present.</summary>
    Later,

    /// <summary>The connection broke or fell silent in the middle: the mail may or may not have arrived.</summary>
    Unknown,

    /// <summary>This mail will never be taken.</summary>
    Never,

    /// <summary>No mail can be sent at present: no connection, sign-in refused, sender not allowed.</summary>
    Unavailable,
}

/// <summary>What became of one attempt to send one mail.</summary>
/// <param name="Reason">The server's words in one line, cut to what the row holds; never a password.</param>
public sealed record Delivery(DeliveryKind Kind, string? Reason = null)
{
    public static readonly Delivery Accepted = new(DeliveryKind.Accepted);

    internal static Delivery Failed(DeliveryKind kind, string reason) => new(kind, PlainLine.Of(reason, 300));
}

/// <summary>
/// A way out of the house: a mail server, or files where none is configured. One instance serves one run of the sender and
/// is used by one caller at a time.
/// </summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <summary>Tries once. Trouble with mail or server is an answer, not an exception; only cancellation throws.</summary>
    Task<Delivery> SendAsync(OutgoingMail mail, CancellationToken cancellation);
}
