using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EduUnion.Host.Mail;

/// <summary>Makes typed text fit for a header and for the eyes of whoever looks over the reader's shoulder.</summary>
internal static partial class PlainLine
{
    /// <summary>
    /// One line of at most <paramref name="length"/> UTF-16 units: line ends and other control characters would start a
    /// new header, direction marks would make a subject read as another. Each run of them becomes one space.
    /// </summary>
    public static string Of(string text, int length)
    {
        var line = new StringBuilder(Math.Min(text.Length, length));
        foreach (var rune in text.EnumerateRunes())
        {
            var blank =
                Rune.IsWhiteSpace(rune)
                || Rune.GetUnicodeCategory(rune)
                    is UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator;
            if (!blank)
                line.Append(rune.ToString());
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }

        var whole = line.ToString().TrimEnd();
        if (whole.Length <= length)
            return whole;
        // Never cut a surrogate pair in two.
        var end = char.IsHighSurrogate(whole[length - 2]) ? length - 2 : length - 1;
        return whole[..end] + "…";
    }

    /// <summary>
    /// Hides what looks like an identity, telephone or bank number in text that a person typed (domain §8: no e-mail
    /// contains one). A title such as 关于补助张某 13900000000 must not carry the number out of the house.
    /// </summary>
    public static string WithoutNumbers(string text) => PersonalNumber().Replace(text, "＊＊＊");

    [GeneratedRegex(
        """
            (?<![0-9０-９])(?:
                [0-9０-９]{17}[0-9０-９XxＸｘ]                                            # identity card
              | [0-9０-９]{4}(?:[ -]?[0-9０-９]{4}){3}(?:[ -]?[0-9０-９]{1,3})?            # bank card
              | [0-9０-９]{15}                                                          # old identity card
              | [1１][3-9３-９][0-9０-９][ -]?[0-9０-９]{4}[ -]?[0-9０-９]{4}               # mobile
              | [0０][0-9０-９]{2,3}[ -]?[0-9０-９]{7,8}                                  # landline
            )(?![0-9０-９])
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex PersonalNumber();
}
