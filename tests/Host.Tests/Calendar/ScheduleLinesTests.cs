using EduUnion.Domain.Calendar;
using EduUnion.Host.Calendar;
using EduUnion.Host.Seeds;

namespace EduUnion.Host.Tests.Calendar;

public sealed class ScheduleLinesTests
{
    private const string Notice = """
        2026年部分节假日安排

        一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
        二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
        三、清明节：4月4日（周六）至6日（周一）放假，共3天。
        四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
        五、端午节：6月19日（周五）至21日（周日）放假，共3天。
        六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
        七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
        """;

    [Fact]
    public void ANotice_GivesTheDaysThatAreShipped()
    {
        var read = ScheduleLines.Read(Notice).Value.Years[2026];
        var shipped = StatutorySchedule.Parse(SeedFiles.Text("calendar/cn-statutory-days.json")).Value.Years[2026];

        Assert.Equal(shipped.DaysOff.Select(d => (d.From, d.To)), read.DaysOff.Select(d => (d.From, d.To)));
        Assert.Equal(shipped.WorkingWeekendDays.Order(), read.WorkingWeekendDays.Order());
        Assert.Equal(
            ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"],
            read.DaysOff.Select(d => d.Name)
        );
    }

    [Theory]
    [InlineData("元旦：1月1日放假。", "calendar.no-year")]
    [InlineData("2027年\n元旦：1月1日起休假。", "calendar.line")]
    [InlineData("2027年\n元旦：2月30日放假。", "calendar.unreadable")]
    [InlineData("2027年\n元旦：1月4日放假。1月4日上班。", "calendar.not-weekend")]
    [InlineData("2027年\n1月2日（周六）上班。", "calendar.empty")]
    [InlineData("2027年", "calendar.empty")]
    [InlineData("", "calendar.unreadable")]
    public void WhatIsNotUnderstood_IsRefused(string text, string code) =>
        Assert.Equal(code, ScheduleLines.Read(text).Refusal?.Code);

    [Fact]
    public void ASingleDayAndTwoMonths_AreRead()
    {
        var read = ScheduleLines.Read("2027\n元旦 1月1日放假\n国庆节 9月30日至10月7日放假").Value.Years[2027];

        Assert.Equal((new DateOnly(2027, 1, 1), new DateOnly(2027, 1, 1)), (read.DaysOff[0].From, read.DaysOff[0].To));
        Assert.Equal(
            (new DateOnly(2027, 9, 30), new DateOnly(2027, 10, 7)),
            (read.DaysOff[1].From, read.DaysOff[1].To)
        );
    }
}
