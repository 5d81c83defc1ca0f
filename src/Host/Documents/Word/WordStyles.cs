using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace EduUnion.Host.Documents.Word;

/// <summary>
/// The look of the documents: 仿宋 for what is said, 宋体 for titles and tables. Fonts are named, not embedded; a machine
/// that has none of that name finds the next of its alternatives.
/// </summary>
internal static class WordStyles
{
    private const string FangSong = "仿宋";
    private const string Song = "宋体";

    public static void Add(MainDocumentPart main)
    {
        main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(
            new DocDefaults(
                new RunPropertiesDefault(
                    new RunPropertiesBaseStyle(
                        Fonts(FangSong),
                        new FontSize { Val = "32" },
                        new Languages { Val = "en-US", EastAsia = "zh-CN" }
                    )
                ),
                new ParagraphPropertiesDefault(
                    new ParagraphPropertiesBaseStyle(
                        Spacing(0, 0),
                        new Justification { Val = JustificationValues.Left }
                    )
                )
            ),
            Style("Normal", "Normal", 32, FangSong, isDefault: true),
            Style("Letterhead", "红头", 52, Song, 0, 240, JustificationValues.Center, bold: true, colour: "B3161E"),
            Style("Title", "Title", 40, Song, 240, 240, JustificationValues.Center, bold: true),
            Style("Head", "编号", 28, FangSong, 60, 60),
            Style("Prose", "正文缩进", 32, FangSong, indent: true),
            Style("Flush", "称谓", 32, FangSong),
            Style("Signing", "落款", 32, FangSong, 60, 60, JustificationValues.Right),
            Style("Foot", "附注", 24, FangSong),
            Style("Cell", "表格", 24, Song),
            Style("CellHead", "表头", 24, Song, justified: JustificationValues.Center, bold: true)
        );
        main.AddNewPart<FontTablePart>().Fonts = new Fonts(
            Alternatives(FangSong, "FangSong,FangSong_GB2312,STFangsong,Noto Serif CJK SC"),
            Alternatives(Song, "SimSun,Songti SC,Noto Serif CJK SC")
        );
    }

    /// <summary>第 x 页 共 y 页; returns the id by which the section finds it.</summary>
    public static string AddFooter(MainDocumentPart main)
    {
        var part = main.AddNewPart<FooterPart>();
        part.Footer = new Footer(
            new Paragraph(
                new ParagraphProperties(
                    new ParagraphStyleId { Val = "Foot" },
                    new Justification { Val = JustificationValues.Center }
                ),
                Said("第 "),
                new SimpleField(Said("1")) { Instruction = "PAGE" },
                Said(" 页　共 "),
                new SimpleField(Said("1")) { Instruction = "NUMPAGES" },
                Said(" 页")
            )
        );
        return main.GetIdOfPart(part);
    }

    private static Run Said(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    private static Style Style(
        string id,
        string name,
        int halfPoints,
        string font,
        int before = 0,
        int after = 0,
        JustificationValues? justified = null,
        bool bold = false,
        bool indent = false,
        string? colour = null,
        bool isDefault = false
    )
    {
        var paragraph = new StyleParagraphProperties();
        if (id == "Title")
            paragraph.Append(new KeepNext());
        // Tables are read line by line and stay close.
        paragraph.Append(Spacing(before, after, font == Song && halfPoints == 24 ? 300 : 360));
        if (indent)
            paragraph.Append(new Indentation { FirstLineChars = 200, FirstLine = $"{halfPoints * 20}" });
        if (justified is { } side)
            paragraph.Append(new Justification { Val = side });
        if (id == "Title")
            paragraph.Append(new OutlineLevel { Val = 0 });
        var run = new StyleRunProperties(Fonts(font));
        if (bold)
            run.Append(new Bold());
        if (colour is not null)
            run.Append(new Color { Val = colour });
        run.Append(new FontSize { Val = $"{halfPoints}" });
        return new Style(new StyleName { Val = name }, paragraph, run)
        {
            Type = StyleValues.Paragraph,
            StyleId = id,
            Default = isDefault,
            CustomStyle = name != id,
        };
    }

    private static SpacingBetweenLines Spacing(int before, int after, int line = 360) =>
        new()
        {
            Before = $"{before}",
            After = $"{after}",
            Line = $"{line}",
            LineRule = LineSpacingRuleValues.Auto,
        };

    private static RunFonts Fonts(string name) =>
        new()
        {
            Ascii = "Times New Roman",
            HighAnsi = "Times New Roman",
            EastAsia = name,
            ComplexScript = "Times New Roman",
        };

    private static Font Alternatives(string name, string others) =>
        new(
            new AltName { Val = others },
            new FontCharSet { Val = "86" },
            new FontFamily { Val = FontFamilyValues.Roman }
        )
        {
            Name = name,
        };
}
