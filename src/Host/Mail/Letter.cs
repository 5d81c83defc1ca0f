using System.Text;

namespace EduUnion.Host.Mail;

/// <summary>One thing to do or to know, in words.</summary>
internal sealed record Matter(string Subject, string Sentence, string? Due, string? Left, string Link, string Open);

/// <summary>A mail's content before it becomes plain text and HTML; both say the same.</summary>
/// <param name="Sender">教育工会　云溪中学工会</param>
/// <param name="Ask">Whom to ask; null = nobody was named.</param>
internal sealed record Letter(
    MailWords Words,
    string Sender,
    string Sentence,
    IReadOnlyList<Matter> Matters,
    string? Ask
)
{
    /// <summary>Calendar entries are attached.</summary>
    public bool HasCalendar { get; init; }

    /// <summary>Matters that a long digest leaves out; zero or less = none.</summary>
    public int More { get; init; }

    /// <summary>The reader's desk; set in a digest only.</summary>
    public string? Desk { get; init; }

    public bool IsDigest => Desk is not null;

    /// <summary>It goes to somebody who acts for another.</summary>
    public bool IsDeputys { get; init; }

    public string? DeputyLine => IsDeputys ? Words.Raw("deputy") : null;

    public string? CalendarLine => HasCalendar ? Words.Raw("calendar") : null;

    public string MoreLine => Words.Say("digest.more", ("count", $"{More}"));
}

internal static class TextLetter
{
    public static string Write(Letter letter)
    {
        var words = letter.Words;
        var text = new StringBuilder(letter.Sentence).Append("\n\n");
        foreach (var matter in letter.Matters)
        {
            if (letter.IsDigest)
                text.Append(matter.Sentence).Append('\n');
            if (matter.Due is not null)
                text.Append(words.Say("line.due", ("due", matter.Due), ("left", matter.Left!))).Append('\n');
            if (matter.Due is not null && !letter.IsDigest)
                text.Append('\n');
            text.Append(words.Say("line.open", ("link", matter.Link))).Append("\n\n");
        }

        if (letter.More > 0)
            text.Append(letter.MoreLine).Append('\n');
        if (letter.Desk is not null)
            text.Append(words.Say("line.desk", ("link", letter.Desk))).Append("\n\n");
        foreach (var line in new[] { letter.DeputyLine, letter.Ask, words.Raw("automatic"), letter.CalendarLine })
            if (line is not null)
                text.Append(line).Append('\n');
        return text.ToString();
    }
}
