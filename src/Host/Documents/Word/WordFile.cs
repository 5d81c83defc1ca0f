using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace EduUnion.Host.Documents.Word;

/// <summary>Draws a <see cref="Paper"/> as a Word file (.docx): A4, styles by name, page x of y in the footer.</summary>
public static class WordFile
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    // Twentieths of a point: the unit of everything in a Word file.
    private const int Millimetre = 57;

    /// <summary>Between the margins, upright and on its side.</summary>
    private const int Upright = (210 - 26 - 24) * Millimetre;
    private const int Lying = (297 - 16 - 16) * Millimetre;

    public static byte[] Of(Paper paper)
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            file.PackageProperties.Title = paper.Name;
            var main = file.AddMainDocumentPart();
            WordStyles.Add(main);
            WordStyles.AddSettings(main);
            var footer = WordStyles.AddFooter(main);
            var body = new Body();
            foreach (var (sheet, at) in paper.Sheets.Select((s, i) => (s, i)))
                body.Append(Draw(sheet, paper.Landscape ? Lying : Upright, first: at == 0));
            body.Append(Section(paper.Landscape, footer));
            main.Document = new Document(body);
        }
        return stream.ToArray();
    }

    private static IEnumerable<OpenXmlElement> Draw(Sheet sheet, int width, bool first)
    {
        var head = sheet.Letterhead is null ? "Title" : "Letterhead";
        var top = Line(head, sheet.Letterhead ?? sheet.Title);
        if (!first)
            top.ParagraphProperties!.PageBreakBefore = new PageBreakBefore();
        yield return top;
        if (sheet.Number.Length + sheet.Remark.Length > 0)
            yield return Ends(sheet.Number, sheet.Remark, width);
        if (sheet.Letterhead is not null)
            yield return Line("Title", sheet.Title);
        foreach (var drawn in sheet.Blocks.SelectMany(b => Draw(b, width)))
            yield return drawn;
    }

    private static IEnumerable<OpenXmlElement> Draw(Block block, int width) =>
        block switch
        {
            Prose prose => prose.Paragraphs.Select(p => Line(prose.Flush ? "Flush" : "Prose", p)),
            Foot foot => foot.Lines.Select(
                (line, i) =>
                {
                    var drawn = Line("Foot", line);
                    if (i == 0)
                        drawn.ParagraphProperties!.ParagraphBorders = new ParagraphBorders(
                            new TopBorder
                            {
                                Val = BorderValues.Single,
                                Size = 6,
                                Space = 4,
                            }
                        );
                    return drawn;
                }
            ),
            Signing signing => (signing.Sealed ? signing.Lines.Prepend("（盖　章）") : signing.Lines).Select(l =>
                Line("Signing", l)
            ),
            Grid grid => [Line("Gap", ""), WordTable.Of(grid, width), Line("Gap", "")],
            _ => throw new InvalidOperationException($"{block.GetType().Name} has no drawing."),
        };

    /// <summary>A paragraph; line breaks stay inside it.</summary>
    internal static Paragraph Line(string style, string text)
    {
        // What Chinese and Latin fonts both have (□, quotation marks) is Chinese here.
        var run = new Run(new RunProperties(new RunFonts { Hint = FontTypeHintValues.EastAsia }));
        foreach (var (line, at) in Printable(text).Split('\n').Select((l, i) => (l, i)))
        {
            if (at > 0)
                run.Append(new Break());
            run.Append(new Text(line) { Space = SpaceProcessingModeValues.Preserve });
        }
        return new Paragraph(new ParagraphProperties { ParagraphStyleId = new ParagraphStyleId { Val = style } }, run);
    }

    /// <summary>Number at the left, remark at the right: a tab stop at the right margin.</summary>
    private static Paragraph Ends(string left, string right, int width)
    {
        var line = Line("Head", left);
        line.ParagraphProperties!.Tabs = new Tabs(new TabStop { Val = TabStopValues.Right, Position = width });
        line.Append(new Run(new TabChar(), new Text(Printable(right))));
        return line;
    }

    private static SectionProperties Section(bool landscape, string footer) =>
        new(
            new FooterReference { Type = HeaderFooterValues.Default, Id = footer },
            landscape
                ? new PageSize
                {
                    Width = 16838,
                    Height = 11906,
                    Orient = PageOrientationValues.Landscape,
                }
                : new PageSize { Width = 11906, Height = 16838 },
            new PageMargin
            {
                Top = (landscape ? 16 : 22) * Millimetre,
                Bottom = (landscape ? 16 : 20) * Millimetre,
                Left = (uint)((landscape ? 16 : 26) * Millimetre),
                Right = (uint)((landscape ? 16 : 24) * Millimetre),
                Header = 10 * Millimetre,
                Footer = 10 * Millimetre,
                Gutter = 0,
            }
        );

    /// <summary>XML has no place for some characters that a person can paste into a form.</summary>
    private static string Printable(string text) =>
        string.Concat(
            text.EnumerateRunes().Where(r => !r.IsBmp || XmlConvert.IsXmlChar((char)r.Value)).Select(r => r.ToString())
        );
}
