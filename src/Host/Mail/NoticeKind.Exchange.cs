namespace EduUnion.Host.Mail;

// What people say around a task (O2–O4, O6): of a motion its title, of what is confidential its number only.
public sealed partial record NoticeKind
{
    public static readonly NoticeKind TaskUrged = new("O2.urged", "title");
    public static readonly NoticeKind CaseTaskUrged = new("O2.case", "case");
    public static readonly NoticeKind CaseCopied = new("O3.copied", "title");
    public static readonly NoticeKind NumberCopied = new("O3.case", "case");
    public static readonly NoticeKind QuestionAsked = new("O4.asked", "title");
    public static readonly NoticeKind NumberQuestionAsked = new("O4.askedCase", "case");
    public static readonly NoticeKind QuestionAnswered = new("O4.answered", "title");
    public static readonly NoticeKind NumberQuestionAnswered = new("O4.answeredCase", "case");
    public static readonly NoticeKind DeputyNamed = new("O6.deputy", "from", "until");

    private static NoticeKind[] Exchange() =>
        [
            TaskUrged,
            CaseTaskUrged,
            CaseCopied,
            NumberCopied,
            QuestionAsked,
            NumberQuestionAsked,
            QuestionAnswered,
            NumberQuestionAnswered,
            DeputyNamed,
        ];
}
