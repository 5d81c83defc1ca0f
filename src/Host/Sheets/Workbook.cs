using System.Globalization;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace EduUnion.Host.Sheets;

/// <summary>Spreadsheets (.xlsx) as tables of one sheet.</summary>
public static class Workbook
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static bool Is(ReadOnlySpan<byte> file) => file is [(byte)'P', (byte)'K', 3, 4, ..];

    /// <summary>Texts stay texts: an account number is no number.</summary>
    public static byte[] Write(string sheet, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<object?>> rows)
    {
        using var stream = new MemoryStream();
        stream.SaveAs(
            rows.Select(row => heads.Zip(row).ToDictionary(c => c.First, c => c.Second)),
            sheetName: sheet,
            configuration: new OpenXmlConfiguration { FreezeRowCount = 1, AutoFilter = false }
        );
        return stream.ToArray();
    }

    /// <summary>The first sheet as the text that <see cref="CsvText.Read"/> reads; nothing where the file is broken.</summary>
    public static string Text(byte[] file)
    {
        using var stream = new MemoryStream(file);
        try
        {
            var lines = stream
                .Query(useHeaderRow: false)
                .Cast<IDictionary<string, object?>>()
                .Take(Sheet.MostLines + 2)
                .Select(row => string.Join(',', row.Values.Select(Quoted)));
            return string.Join('\n', lines);
        }
        catch (InvalidDataException)
        {
            return "";
        }
    }

    private static string Quoted(object? value) =>
        $"\"{Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\"", "\"\"")}\"";
}
