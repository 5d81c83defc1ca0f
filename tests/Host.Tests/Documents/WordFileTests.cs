using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using EduUnion.Host.Documents;
using EduUnion.Host.Documents.Word;

namespace EduUnion.Host.Tests.Documents;

public sealed class WordFileTests
{
    [Fact]
    public void EveryBlock_IsDrawnSoThatWordAcceptsIt()
    {
        var file = WordFile.Of(Everything());

        var text = WordText.Of(file);
        Assert.Contains(
            "云溪中学总务处\n校提复〔2026〕12号\t办理类别：B\n对第012号提案的答复",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("甲\n乙", text, StringComparison.Ordinal);
        Assert.Contains("（盖　章）\n云溪中学\n2026年3月10日", text, StringComparison.Ordinal);
        Assert.Equal("第 1 页　共 1 页 PAGE NUMPAGES", WordText.Footer(file));
    }

    [Fact]
    public void EachSheet_BeginsOnANewPage_ButTheFirst()
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(WordFile.Of(Everything())), false);

        var breaks = document.MainDocumentPart!.Document!.Descendants<PageBreakBefore>().ToList();

        Assert.Equal("第二张", breaks.Single().Ancestors<Paragraph>().Single().InnerText);
    }

    [Fact]
    public void WhatXmlCannotHold_IsLeftOut()
    {
        var paper = new Paper("x", [new Sheet("题\u0001目", [new Prose("一\u0000二\uFFFE三😀四")])]);

        Assert.Equal("题目\n一二三😀四", WordText.Of(WordFile.Of(paper)));
    }

    [Fact]
    public void Fonts_AreNamedWithAlternatives_AndThePageIsA4()
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(WordFile.Of(Everything())), false);
        var main = document.MainDocumentPart!;

        var fonts = main.FontTablePart!.Fonts!.Elements<Font>()
            .ToDictionary(f => f.Name!.Value!, f => f.AltName!.Val!.Value!);
        Assert.Contains("FangSong", fonts["仿宋"], StringComparison.Ordinal);
        Assert.Contains("SimSun", fonts["宋体"], StringComparison.Ordinal);
        var size = main.Document!.Descendants<PageSize>().Single();
        Assert.Equal((11906u, 16838u), (size.Width!.Value, size.Height!.Value));
    }

    private static Paper Everything() =>
        new(
            "样张",
            [
                new Sheet(
                    "对第012号提案的答复",
                    [
                        new Prose("林晓岚代表：") { Flush = true },
                        new Prose("现答复如下：", "一、已办。"),
                        new Grid(
                            "表",
                            [30, 70],
                            [
                                new Row(Cell.Of("列"), Cell.Of("列")),
                                new Row("一", "甲\n乙"),
                                new Row(Cell.Across(2, "跨列")) { Height = 20 },
                            ]
                        )
                        {
                            Headed = true,
                        },
                        new Signing("云溪中学", Paper.Day(new DateOnly(2026, 3, 10))) { Sealed = true },
                        new Foot("签发人：石守正", "抄送：校工会"),
                    ]
                )
                {
                    Letterhead = "云溪中学总务处",
                    Number = "校提复〔2026〕12号",
                    Remark = "办理类别：B",
                },
                new Sheet("第二张", [new Signing("无章")]),
            ]
        );
}
