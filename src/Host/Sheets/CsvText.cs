using System.Text;

namespace EduUnion.Host.Sheets;

/// <summary>
/// Tables as text: comma-separated values (RFC 4180) as spreadsheets save them, and tab-separated as they copy them.
/// </summary>
public static class CsvText
{
    private const char Bom = '\uFEFF';

    /// <summary>The lines with their numbers in the text; lines without any value are left out.</summary>
    public static IEnumerable<(int Line, IReadOnlyList<string> Cells)> Read(string text)
    {
        text = text.TrimStart(Bom);
        var separator = text.Split('\n', 2)[0].Contains('\t') ? '\t' : ',';
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, began, quoted) = (1, 1, false);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (c == '\n' && i < text.Length)
                line++;
            if (quoted && i < text.Length)
            {
                if (c != '"')
                    cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                    cell.Append(text[++i]);
                else
                    quoted = false;
            }
            else if (c == '"' && cell.ToString().Trim().Length == 0)
            {
                cell.Clear();
                quoted = true;
            }
            else if (c == separator || c == '\n')
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
                if (c == separator)
                    continue;
                if (cells.Any(value => value.Length > 0))
                    yield return (began, cells);
                (cells, began) = ([], line);
            }
            else if (c != '\r')
                cell.Append(c);
        }
    }

    /// <summary>For spreadsheets: with the mark by which they know UTF-8, lines ending as they write them.</summary>
    public static byte[] Write(IEnumerable<IReadOnlyList<string?>> lines)
    {
        var text = new StringBuilder().Append(Bom);
        foreach (var line in lines)
            text.AppendJoin(',', line.Select(Cell)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>One cell, quoted where it must be. A spreadsheet would take what begins like a formula and run it, quoted or not.</summary>
    public static string Cell(string? value)
    {
        value ??= "";
        if (value.Length > 0 && "=+-@\t\r".Contains(value[0]))
            value = "'" + value;
        return value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"")}\"";
    }
}
