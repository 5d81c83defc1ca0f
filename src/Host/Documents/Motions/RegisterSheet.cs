using System.Globalization;

namespace EduUnion.Host.Documents.Motions;

/// <summary>The columns of the register (domain §6.9) and what stands in them, for the print page and the spreadsheet.</summary>
internal static class RegisterSheet
{
    public const string Title = "提案办理情况台账";

    /// <summary>Name, width in percent of the page, and the cell.</summary>
    public static IReadOnlyList<(string Name, int Width, Func<RegisterLine, object?> Cell)> Columns { get; } =
    [
        ("序号", 3, l => l.Ordinal),
        ("案号", 7, l => l.Number),
        ("案名", 10, l => l.Title),
        ("提案人", 5, l => l.Proposer),
        ("附议人", 6, l => l.Cosigners),
        ("类别", 6, l => l.Category),
        ("结论", 5, l => l.Outcome),
        ("主办", 6, l => Each(l, p => p.Host)),
        ("协办", 6, l => Each(l, p => p.Cohandlers)),
        ("交办日", 7, l => Each(l, p => p.AssignedOn)),
        ("应答日", 7, l => Each(l, Due)),
        ("实答日", 7, l => Each(l, p => p.AnsweredOn)),
        ("是否按时", 4, l => Each(l, p => p.OnTime is { } on ? (on ? "是" : "否") : "")),
        ("面商", 4, l => Each(l, p => p.Meetings is > 0 and var n ? $"{n} 次" : "")),
        ("类别ABCD", 4, l => Each(l, p => p.Class)),
        ("满意度(首次/最终)", 5, l => l.Satisfaction),
        ("落实进度", 4, l => l.Progress),
        ("状态", 4, l => l.State),
    ];

    public static Paper Of(Register register, string by, DateOnly on) =>
        new(
            Title,
            [
                new Sheet(
                    register.Of + Title,
                    [
                        new Grid(
                            Title,
                            [.. Columns.Select(c => c.Width)],
                            [
                                new Row([.. Columns.Select(c => Cell.Of(c.Name))]),
                                .. register.Lines.Select(l => new Row([.. Columns.Select(c => (Cell)Said(c.Cell(l)))])),
                            ]
                        )
                        {
                            Headed = true,
                        },
                    ]
                )
                {
                    Number = $"共 {register.Lines.Count} 件",
                    Remark = $"制表：{by}　{Paper.Day(on)}",
                },
            ]
        )
        {
            Landscape = true,
        };

    private static string Said(object? value) =>
        value switch
        {
            null => "",
            // Dots: a hyphen would break the date in a narrow column.
            DateOnly day => day.ToString("yyyy.MM.dd", CultureInfo.InvariantCulture),
            var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
        };

    /// <summary>One value stays what it is, so that a spreadsheet can count with a date; several become lines.</summary>
    private static object? Each(RegisterLine line, Func<RegisterPart, object?> of) =>
        line.Parts.Count == 1
            ? of(line.Parts[0])
            : string.Join('\n', line.Parts.Select(p => Said(of(p)))).TrimEnd('\n');

    private static object? Due(RegisterPart part) =>
        part.OriginalDueOn is { } original ? $"{Said(part.DueOn)}（原 {Said(original)}）" : part.DueOn;
}
