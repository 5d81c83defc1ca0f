using EduUnion.Host.Tests.Resources;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Tests.Web;

public sealed class ComponentsTests
{
    private static readonly DateOnly Today = new(2026, 9, 29);
    private static readonly Texts Words = new();

    [Theory]
    [InlineData(3, "剩 3 个工作日", "3 working days left")]
    [InlineData(1, "剩 1 个工作日", "1 working day left")]
    [InlineData(0, "今天到期", "Due today")]
    [InlineData(-2, "逾期 2 个工作日", "2 working days late")]
    public void Due_SaysWhatIsLeft(int left, string chinese, string english)
    {
        var due = new Due(Today, left, Today);

        Assert.Equal(chinese, TextsTests.InCulture(Texts.Chinese, () => due.Words(Words)));
        Assert.Equal(english, TextsTests.InCulture(Texts.English, () => due.Words(Words)));
    }

    [Fact]
    public void Due_PausedClock_IsNeverLate() =>
        Assert.Equal(Status.Wait, (new Due(Today, -2, Today) with { Paused = true }).Status);

    [Fact]
    public void Clock_WeeksBeginOnMondayAndCoverAllDays()
    {
        var clock = new ClockPanel(
            new Due(new(2026, 10, 2), 3, Today),
            3,
            0,
            [.. Enumerable.Range(0, 4).Select(i => new DayLine(Today.AddDays(i), DayKind.Counted, i))]
        );

        var week = Assert.Single(clock.Weeks());

        Assert.Equal(DayOfWeek.Monday, week[0].Date.DayOfWeek);
        Assert.Equal(DayKind.Outside, week[0].Kind);
        Assert.Equal([0, 1, 2, 3], week[1..5].Select(d => d.Ordinal));
    }

    [Fact]
    public void Clock_NeighboursWithOneReasonAreOneSpan()
    {
        DayLine Off(int day, string reason) => new(new(2026, 10, day), DayKind.Rest, null, reason);
        var clock = new ClockPanel(
            new Due(new(2026, 10, 12), 5, Today),
            20,
            15,
            [
                Off(1, "国庆节"),
                Off(2, "国庆节"),
                new(new(2026, 10, 8), DayKind.Counted, 1),
                Off(11, "周日"),
                Off(12, "国庆节"),
            ]
        );

        Assert.Equal(
            [
                new DaySpan(new(2026, 10, 1), new(2026, 10, 2), "国庆节"),
                new DaySpan(new(2026, 10, 11), new(2026, 10, 11), "周日"),
                new DaySpan(new(2026, 10, 12), new(2026, 10, 12), "国庆节"),
            ],
            clock.Uncounted()
        );
    }

    [Fact]
    public void Field_CountsCharactersAsPeopleDo() => Assert.Equal(3, new Field("a", "A") { Value = " 𠮷a字 " }.Length);

    [Fact]
    public void Field_OfACatalogueField_HasLabelBoundsAndOptions()
    {
        var words = new StepWords(Words);
        var draft = StepCatalogue.Shipped.Find("handling.draft")!;

        var text = Field.Of(words, draft.Name, draft.Field("text")!);
        var kind = Field.Of(words, draft.Name, draft.Field("class")!);

        Assert.Equal(
            ("答复正文", FieldKind.LongText, 20, 20000),
            (text.Label, text.Kind, text.MinLength, text.MaxLength)
        );
        Assert.Equal(["A", "B", "C", "D"], kind.Options.Select(o => o.Value));
        Assert.True(kind.IsGroup && kind.Required);
    }

    [Fact]
    public void StepWords_PreferTheStepsOwnWord()
    {
        var words = new StepWords(Words);

        Assert.Equal("送签", words.Outcome("handling.draft", "submit"));
        Assert.Equal("提交", words.Outcome("motion.gather", "submit"));
    }
}
