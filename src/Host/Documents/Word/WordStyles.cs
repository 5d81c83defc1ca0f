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
    private const string Red = "B3161E";

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
                        Spacing(0, 0, 560),
                        new Justification { Val = JustificationValues.Left }
                    )
                )
            ),
            Style("Normal", "Normal", FangSong, 32, 560, isDefault: true),
            Style("Letterhead", "红头", Song, 52, 800, 0, 160, JustificationValues.Center, bold: true, colour: Red),
            Style("Title", "Title", Song, 40, 640, 200, 160, JustificationValues.Center, bold: true),
            Style("Head", "编号", FangSong, 28, 480, 60, 60),
            Style("Prose", "正文缩进", FangSong, 32, 560, indent: true),
            Style("Flush", "称谓", FangSong, 32, 560),
            Style("Signing", "落款", FangSong, 32, 560, 60, 0, JustificationValues.Right),
            Style("Foot", "附注", FangSong, 24, 360),
            Style("Gap", "间隔", Song, 16, 160),
            Style("Cell", "表格", Song, 24, 340),
            Style("CellHead", "表头", Song, 24, 340, 0, 0, JustificationValues.Center, bold: true)
        );
        main.AddNewPart<FontTablePart>().Fonts = new Fonts(
            Alternatives(FangSong, "FangSong,FangSong_GB2312,STFangsong,Noto Serif CJK SC"),
            Alternatives(Song, "SimSun,Songti SC,Noto Serif CJK SC")
        );
    }

    /// <summary>Without it Word opens the file as one of an old version.</summary>
    public static void AddSettings(MainDocumentPart main) =>
        main.AddNewPart<DocumentSettingsPart>().Settings = new Settings(
            new Compatibility(
                new CompatibilitySetting
                {
                    Name = CompatSettingNameValues.CompatibilityMode,
                    Uri = "http://schemas.microsoft.com/office/word",
                    Val = "15",
                }
            )
        );

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
        string font,
        int halfPoints,
        int line,
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
        // A title stays with its text, and a signature in one piece.
        if (id is "Title" or "Letterhead" or "Signing")
            paragraph.Append(new KeepNext());
        if (colour is not null)
            paragraph.Append(
                new ParagraphBorders(
                    new BottomBorder
                    {
                        Val = BorderValues.ThickThinSmallGap,
                        Size = 24,
                        Space = 6,
                        Color = colour,
                    }
                )
            );
        paragraph.Append(Spacing(before, after, line));
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

    // Exact, as official letters have it (28 points): fonts of other machines are higher and would move the pages.
    private static SpacingBetweenLines Spacing(int before, int after, int line) =>
        new()
        {
            Before = $"{before}",
            After = $"{after}",
            Line = $"{line}",
            LineRule = LineSpacingRuleValues.Exact,
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
