using System.Globalization;

namespace EduUnion.Host.Mail;

/// <summary>What is sent to one person: words only, no address and no wire format.</summary>
public sealed record ComposedMail(string Subject, string Text, string Html, string? Ics);

/// <summary>How many working days are left on that day until the notice's due date, by the calendar of its case; negative = overdue.</summary>
public delegate int WorkdaysLeft(Notice notice, DateOnly today);

/// <summary>
/// Puts a notice into words: one sentence, the due date with the working days left today, one link, whom to ask.
/// The days are counted when the mail is written and not when the event happened: between the two may lie a holiday.
/// </summary>
public sealed class MailComposer(Uri publicUrl, WorkdaysLeft workdaysLeft)
{
    private const string Prefix = "【教育工会】";
    private const int LongestTitle = 60;
    private const int LongestReason = 200;
    private const int LongestSubject = 200;
    private const int MostInDigest = 40;

    /// <param name="deputy">To somebody who acts for another (代理), who is not named.</param>
    public ComposedMail Compose(Notice notice, string language, DateOnly today, bool deputy = false)
    {
        var words = MailWords.In(language);
        var matter = Matter(notice, words, today);
        var letter = new Letter(words, Sender(words, notice), matter.Sentence, [matter], Ask(words, notice))
        {
            HasCalendar = matter.Due is not null,
            IsDeputys = deputy,
        };
        return new ComposedMail(
            Subject(matter.Subject),
            TextLetter.Write(letter),
            HtmlLetter.Write(letter),
            matter.Due is null ? null : DueCalendar.Write([(notice, matter)])
        );
    }

    /// <summary>All of one member's reminders of a morning in one mail, the most pressing first.</summary>
    public ComposedMail ComposeDigest(IReadOnlyList<Notice> notices, string language, DateOnly today)
    {
        var words = MailWords.In(language);
        var matters = notices
            .Select(notice => (Notice: notice, Matter: Matter(notice, words, today)))
            .OrderBy(pair => pair.Notice.Due)
            .ThenBy(pair => pair.Notice.Id)
            .ToList();
        var (first, pressing) = matters[0];
        var count = matters.Count.ToString(CultureInfo.InvariantCulture);
        var letter = new Letter(
            words,
            Sender(words, first),
            words.Say("digest.sentence", ("count", count)),
            [.. matters.Take(MostInDigest).Select(pair => pair.Matter)],
            Ask(words, first)
        )
        {
            HasCalendar = true,
            More = matters.Count - MostInDigest,
            Desk = new Uri(publicUrl, "/").ToString(),
        };
        return new ComposedMail(
            Subject(words.Say("digest.subject", ("count", count), ("left", pressing.Left ?? ""))),
            TextLetter.Write(letter),
            HtmlLetter.Write(letter),
            DueCalendar.Write(matters)
        );
    }

    private Matter Matter(Notice notice, MailWords words, DateOnly today)
    {
        var kind = NoticeKind.Of(notice.Kind);
        var values = Values(notice, words);
        string? left = null;
        string? due = null;
        if (notice.Due is { } day)
        {
            left = words.Left(workdaysLeft(notice, today));
            values["left"] = left;
            values["due"] = words.Date(day);
            due = words.Say($"{kind.Words}.due", values);
        }

        return new Matter(
            words.Say($"{kind.Words}.subject", values),
            words.Say($"{kind.Words}.sentence", values),
            due,
            left,
            new Uri(publicUrl, notice.LinkPath).ToString(),
            values.TryGetValue("number", out var number) ? words.Say("open.number", ("number", number))
                : values.TryGetValue("case", out var code) ? words.Say("open.case", ("case", code))
                : words.Raw("open")
        );
    }

    private static Dictionary<string, string> Values(Notice notice, MailWords words) =>
        notice.Args.ToDictionary(
            arg => arg.Key,
            arg =>
                arg.Key switch
                {
                    _ when NoticeKind.DateArgs.Contains(arg.Key) => words.Date(
                        DateOnly.ParseExact(arg.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                    ),
                    // Typed by people, so it may hold what must not leave the house.
                    "title" => PlainLine.WithoutNumbers(PlainLine.Of(arg.Value, LongestTitle)),
                    "reason" => PlainLine.WithoutNumbers(PlainLine.Of(arg.Value, LongestReason)),
                    _ => PlainLine.Of(arg.Value, LongestTitle),
                }
        );

    private static string Subject(string subject) => PlainLine.Of(Prefix + subject, LongestSubject);

    private static string Sender(MailWords words, Notice notice) =>
        notice.Args.TryGetValue("organisation", out var organisation)
            ? words.Say("sender.of", ("organisation", PlainLine.Of(organisation, LongestTitle)))
            : words.Raw("sender");

    private static string? Ask(MailWords words, Notice notice)
    {
        if (!notice.Args.TryGetValue("contact", out var contact))
            return null;
        contact = PlainLine.Of(contact, LongestTitle);
        return notice.Args.TryGetValue("phone", out var phone)
            ? words.Say("contact.phone", ("contact", contact), ("phone", PlainLine.Of(phone, LongestTitle)))
            : words.Say("contact", ("contact", contact));
    }
}
