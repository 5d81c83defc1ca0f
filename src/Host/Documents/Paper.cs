using EduUnion.Host.Web;

namespace EduUnion.Host.Documents;

/// <summary>
/// A document of the union (文书) as it is handed over: always Chinese, whoever looks at it. Written once; the print page
/// and the Word file are two drawings of it.
/// </summary>
/// <param name="Name">File name without its ending, e.g. 第012号提案答复函.</param>
/// <param name="Sheets">Each begins on a new page; the pages are counted through.</param>
public sealed record Paper(string Name, IReadOnlyList<Sheet> Sheets)
{
    /// <summary>Wide tables lie on their side.</summary>
    public bool Landscape { get; init; }

    /// <summary>2026年3月10日; blank for handwriting where there is none yet.</summary>
    public static string Day(DateOnly? day) => day is { } on ? Dates.Long(on, Dates.Chinese) : "　　　年　月　日";

    /// <summary>As <see cref="Day(DateOnly?)"/>, of an instant, in the time of Shanghai.</summary>
    public static string Day(DateTimeOffset? at) => Day(at is { } then ? Dates.Of(then) : null);

    /// <summary>□ for handwriting, ☑ where it is the one.</summary>
    public static string Tick(bool chosen, string word) => (chosen ? "☑ " : "□ ") + word;
}

/// <summary>One form or letter.</summary>
public sealed record Sheet(string Title, IReadOnlyList<Block> Blocks)
{
    /// <summary>Who writes, in red above the line (红头); only letters and notices have it.</summary>
    public string? Letterhead { get; init; }

    /// <summary>At the left of the head: 文号 or 编号.</summary>
    public string Number { get; init; } = "";

    /// <summary>At the right of the head, e.g. 办理类别：B.</summary>
    public string Remark { get; init; } = "";
}

public abstract record Block;

/// <summary>Running text, one paragraph a line, its first line indented by two characters.</summary>
public sealed record Prose(params IReadOnlyList<string> Paragraphs) : Block
{
    /// <summary>Not indented: an addressee.</summary>
    public bool Flush { get; init; }
}

/// <summary>Small print below a rule: who to ask, enclosures, copies, how to fill in.</summary>
public sealed record Foot(params IReadOnlyList<string> Lines) : Block;

/// <summary>The signature at the right, the date last.</summary>
public sealed record Signing(params IReadOnlyList<string> Lines) : Block
{
    /// <summary>Room for the seal (盖章): an office signs, not a person.</summary>
    public bool Sealed { get; init; }
}

/// <summary>A ruled table.</summary>
/// <param name="Caption">Read aloud, not drawn.</param>
/// <param name="Widths">Of the columns, in percent.</param>
public sealed record Grid(string Caption, IReadOnlyList<int> Widths, IReadOnlyList<Row> Rows) : Block
{
    /// <summary>The first row names the columns and is repeated on every page.</summary>
    public bool Headed { get; init; }
}

public sealed record Row(params IReadOnlyList<Cell> Cells)
{
    /// <summary>Millimetres that are kept free at least, for handwriting; 0 = as high as the text.</summary>
    public int Height { get; init; }
}

/// <summary>Its text may have several lines.</summary>
public sealed record Cell(string Text)
{
    public bool Head { get; init; }

    /// <summary>Columns that it spans.</summary>
    public int Span { get; init; } = 1;

    public static implicit operator Cell(string text) => new(text);

    public static Cell Of(string head) => new(head) { Head = true };

    public static Cell Across(int columns, string text) => new(text) { Span = columns };
}
