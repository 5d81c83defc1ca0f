namespace EduUnion.Host.Mail;

// What an office passes round (O1), and what it has let lie (O8): the case's number and what is wanted of the reader.
public sealed partial record NoticeKind
{
    public static readonly NoticeKind TaskHanded = new("O1.handed", "case");
    public static readonly NoticeKind AdviceWanted = new("O1.advice", "case");
    public static readonly NoticeKind SignatureWanted = new("O1.sign", "case");
    public static readonly NoticeKind TaskIsBack = new("O1.back", "case");
    public static readonly NoticeKind TaskOverdue = new("O8.overdue", "case");

    private static IEnumerable<NoticeKind> Office() =>
        [TaskHanded, AdviceWanted, SignatureWanted, TaskIsBack, TaskOverdue];
}
