using EduUnion.Host.Mail;

namespace EduUnion.Host.Tests.Mail;

public sealed class MailWordsTests
{
    private const string Telling =
        @"困难|帮扶|慰问|救助|低保|疾病|家庭|收入|金额|(?i)\b(hardship|aid|relief|poor|illness|disease|income|amount)\b";

    public static TheoryData<string, string> Texts()
    {
        var data = new TheoryData<string, string>();
        foreach (var kind in NoticeKind.All)
        {
            data.Add(kind.Code, "zh-CN");
            data.Add(kind.Code, "en");
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Texts_AskForNothingTheKindDoesNotCarry(string code, string language)
    {
        var kind = NoticeKind.Of(code);
        var words = MailWords.In(language);
        string[] known = kind.Deadline is null ? kind.Args : [.. kind.Args, "due", "left"];
        string[] parts = kind.Deadline is null ? ["subject", "sentence"] : ["subject", "sentence", "due"];

        var asked = parts.SelectMany(part => Placeholders(words.Raw($"{kind.Words}.{part}"))).Distinct().ToList();

        Assert.Empty(asked.Except(known));
        Assert.Empty(kind.Args.Except(asked));
    }

    [Fact]
    public void English_IsNotChinese() =>
        Assert.All(
            NoticeKind.All,
            kind => Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", MailWords.English.Raw($"{kind.Words}.sentence"))
        );

    [Theory]
    [MemberData(nameof(Texts))]
    public void AidTexts_DoNotSayThatSomebodyIsInNeed(string code, string language)
    {
        var kind = NoticeKind.Of(code);
        var words = MailWords.In(language);
        if (!code.StartsWith('A') && kind.Words is not ("moved.case" or "moved.tip"))
            return;

        var said = words.Raw($"{kind.Words}.subject") + words.Raw($"{kind.Words}.sentence");
        if (kind.Deadline is not null)
            said += words.Raw($"{kind.Words}.due");

        Assert.DoesNotMatch(Telling, said);
    }

    [Theory]
    [InlineData("困难帮扶申请已受理")]
    [InlineData("Your hardship application")]
    [InlineData("Aid granted")]
    public void WhatTells_IsFound(string said) => Assert.Matches(Telling, said);

    [Fact]
    public void Say_MissingValue_Throws() =>
        Assert.Throws<InvalidOperationException>(() => MailWords.Chinese.Say("N4.received.subject", ("title", "午休")));

    [Fact]
    public void Say_ValueWithBraces_StaysAsTyped()
    {
        var said = MailWords.Chinese.Say("N4.received.sentence", ("title", "{receipt}"), ("receipt", "S-1"));

        Assert.Equal("提案《{receipt}》已收到，收件号 S-1。", said);
    }

    [Theory]
    [InlineData(3, "剩 3 个工作日", "3 working days left")]
    [InlineData(1, "剩 1 个工作日", "1 working day left")]
    [InlineData(0, "今天到期", "due today")]
    [InlineData(-1, "已逾期 1 个工作日", "1 working day overdue")]
    [InlineData(-4, "已逾期 4 个工作日", "4 working days overdue")]
    public void Left_SaysHowLong(int days, string chinese, string english)
    {
        Assert.Equal(chinese, MailWords.Chinese.Left(days));
        Assert.Equal(english, MailWords.English.Left(days));
    }

    private static IEnumerable<string> Placeholders(string text) =>
        MailWords.Placeholder().Matches(text).Select(match => match.Groups[1].Value);
}
