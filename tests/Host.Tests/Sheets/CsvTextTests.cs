using System.Text;
using EduUnion.Host.Sheets;

namespace EduUnion.Host.Tests.Sheets;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("\uFEFF姓名,单位\r\n林晓岚,\"云溪,中学\"\r\n")]
    [InlineData("姓名\t单位\n林晓岚\t云溪,中学")]
    [InlineData("姓名, 单位 \n\n,\n林晓岚 , \"云溪,中学\"\n")]
    public void Read_AsSpreadsheetsSaveAndCopy(string text) =>
        Assert.Equal(["姓名|单位", "林晓岚|云溪,中学"], CsvText.Read(text).Select(l => string.Join('|', l.Cells)));

    [Fact]
    public void Read_QuotesAndLineEndsWithinACell_KeepTheLineNumbers() =>
        Assert.Equal(
            [(1, "a"), (2, "b \"c\"\nd"), (4, "e")],
            CsvText.Read("a\n\"b \"\"c\"\"\nd\"\ne").Select(l => (l.Line, l.Cells[0]))
        );

    [Fact]
    public void Write_IsReadBack_AndRunsNoFormula()
    {
        var text = Encoding.UTF8.GetString(
            CsvText.Write([
                ["a,\"b\"", null, "=1+1"],
            ])
        );

        Assert.Equal(["a,\"b\"", "", "'=1+1"], CsvText.Read(text).Single().Cells);
    }

    [Theory]
    [InlineData("", "import.empty")]
    [InlineData("姓名", "import.empty")]
    [InlineData("名字,单位\n甲,乙", "import.columns")]
    public void Sheet_ThatCannotBeRead(string text, string code) =>
        Assert.Equal(code, Sheet.Read(text, [("name", ["姓名"], true)]).Refusal?.Code);

    [Fact]
    public void Sheet_TooLong_IsRefusedWhole() =>
        Assert.Equal(
            "import.too-long",
            Sheet
                .Read(
                    "姓名" + string.Concat(Enumerable.Repeat("\n甲", Sheet.MostLines + 1)),
                    [("name", ["姓名"], true)]
                )
                .Refusal?.Code
        );

    [Theory]
    [InlineData("2026-3-2")]
    [InlineData("2026/03/02")]
    [InlineData("2026.3.2")]
    [InlineData("2026年3月2日")]
    public void Sheet_Dates_AsPeopleWriteThem(string typed) =>
        Assert.Equal(
            new DateOnly(2026, 3, 2),
            Sheet.Read($"日期\n{typed}", [("on", ["日期"], true)]).Value[0].Date("on").Value
        );
}
