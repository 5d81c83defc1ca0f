using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace EduUnion.Host.Mail;

/// <summary>
/// The HTML part: tables and inline styles only, because mail programs drop stylesheets; no picture and no script, so
/// nothing is blocked and nothing tells that it was opened. Drawn after the design's <c>mail.html</c>.
/// </summary>
internal static class HtmlLetter
{
    private const string Font = "font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;";
    private const string Small = $"{Font}font-size:13px;line-height:22px;color:#626971;";
    private const string Body = $"{Font}font-size:16px;line-height:26px;color:#1c2024;";
    private const string Table = "role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"";

    // Chinese stays readable in the source; < > & and quotes are encoded all the same.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Write(Letter letter)
    {
        var words = letter.Words;
        var rows = new StringBuilder();
        Row(rows, "20px 28px 0 28px", $"{Font}font-size:14px;line-height:22px;color:#474e56;", Safe(letter.Sender));
        Row(
            rows,
            "12px 28px 0 28px",
            $"{Font}font-size:22px;line-height:32px;font-weight:bold;color:#1c2024;",
            Safe(letter.Sentence)
        );
        foreach (var matter in letter.Matters)
        {
            if (letter.IsDigest)
                Row(rows, "20px 28px 0 28px", Body, Link(matter.Link, matter.Sentence));
            if (matter.Due is not null)
                Due(rows, matter);
        }

        if (letter.More > 0)
            Row(rows, "16px 28px 0 28px", Body, Safe(letter.MoreLine));
        var (link, open) = letter.Desk is null
            ? (letter.Matters[0].Link, letter.Matters[0].Open)
            : (letter.Desk, words.Raw("open.desk"));
        Button(rows, link, open);
        Row(rows, "12px 28px 0 28px", Small, Safe(words.Say("copy", ("link", link))));
        var closing = new[] { letter.DeputyLine, letter.Ask, letter.CalendarLine, words.Raw("automatic") }
            .OfType<string>()
            .Select(Safe);
        Row(rows, "24px 28px 24px 28px", Small, string.Join("<br>", closing));

        return $"""
            <!doctype html>
            <html lang="{words.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Safe(letter.Sentence)}</title>
            </head>
            <body style="margin:0;padding:0;background-color:#f6f6f3;">
            <table {Table} width="100%" bgcolor="#f6f6f3">
            <tr><td align="center" style="padding:24px 12px;">
            <table {Table} width="600" bgcolor="#ffffff" style="width:100%;max-width:600px;border-top:3px solid #1c2024;">
            {rows}</table>
            </td></tr>
            </table>
            </body>
            </html>

            """;
    }

    private static string Safe(string text) => Encoder.Encode(text);

    private static string Link(string link, string text) =>
        $"""<a href="{Safe(link)}" style="color:#1c2024;">{Safe(text)}</a>""";

    private static void Row(StringBuilder rows, string padding, string style, string html) =>
        rows.Append($"""<tr><td style="padding:{padding};{style}">{html}</td></tr>""").Append('\n');

    private static void Due(StringBuilder rows, Matter matter) =>
        Row(
            rows,
            "16px 28px 0 28px",
            "",
            $"""
            <table {Table} width="100%" style="border-top:1px solid #dcddd8;border-bottom:1px solid #dcddd8;">
            <tr>
            <td style="padding:12px 0;{Body}color:#754800;font-weight:bold;">{Safe(matter.Left!)}</td>
            <td align="right" style="padding:12px 0;{Body}">{Safe(matter.Due!)}</td>
            </tr>
            </table>
            """
        );

    private static void Button(StringBuilder rows, string link, string text) =>
        Row(
            rows,
            "20px 28px 0 28px",
            "",
            $"""
            <table {Table}><tr><td bgcolor="#b3161e" style="padding:12px 24px;"><a href="{Safe(
                link
            )}" style="{Font}font-size:16px;line-height:24px;font-weight:bold;color:#ffffff;text-decoration:none;">{Safe(
                text
            )}</a></td></tr></table>
            """
        );
}
