namespace EduUnion.Host.Mail;

// O5 and O6: what was sent back, and what an administrator did to somebody's case. The case is named by its number.
public sealed partial record NoticeKind
{
    public static readonly NoticeKind CaseJumped = new("O5.jumped", "case");
    public static readonly NoticeKind CaseTerminated = new("O5.terminated", "case");
    public static readonly NoticeKind CaseWoken = new("O5.woken", "case");
    public static readonly NoticeKind TaskSentBack = new("O6.returned", "case");

    private static IEnumerable<NoticeKind> Returns() => [CaseJumped, CaseTerminated, CaseWoken, TaskSentBack];
}
