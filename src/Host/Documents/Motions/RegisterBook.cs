using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;

namespace EduUnion.Host.Documents.Motions;

/// <summary>The register as a spreadsheet (.xlsx): the columns of the form, a filter on them, the first row frozen.</summary>
internal static class RegisterBook
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static byte[] Of(IReadOnlyList<RegisterLine> lines)
    {
        using var stream = new MemoryStream();
        stream.SaveAs(
            lines.Select(l =>
                RegisterSheet.Columns.ToDictionary(
                    c => c.Name,
                    c => c.Cell(l) is DateOnly day ? day.ToDateTime(default) : c.Cell(l)
                )
            ),
            sheetName: "台账",
            configuration: new OpenXmlConfiguration
            {
                FreezeRowCount = 1,
                DynamicColumns =
                [
                    .. RegisterSheet.Columns.Select(c => new DynamicExcelColumn(c.Name)
                    {
                        Width = Math.Max(6, c.Width * 2.4),
                        Format = c.Name.EndsWith('日') ? "yyyy-mm-dd" : null,
                    }),
                ],
            }
        );
        return stream.ToArray();
    }
}
