namespace EduUnion.Host.Mail;

/// <summary>A member to whom a mail can go today.</summary>
/// <param name="Language"><c>zh-CN</c> or <c>en</c>; anything else reads Chinese.</param>
public sealed record MailRecipient(Guid MemberId, string Address, string Language)
{
    /// <summary>He is told in place of somebody for whom he acts (代理).</summary>
    public bool IsDeputy { get; init; }
}
