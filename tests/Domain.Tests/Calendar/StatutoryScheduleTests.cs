using EduUnion.Domain.Calendar;
using static EduUnion.Domain.Tests.Calendar.Calendars;

namespace EduUnion.Domain.Tests.Calendar;

public class StatutoryScheduleTests
{
    private const string Good = """{"name":"元旦","from":"2027-01-01","to":"2027-01-03"}""";

    [Fact]
    public void Parse_ShippedFileHasTheYearsUpTo2026() => Assert.Equal(Enumerable.Range(2015, 12), Shipped.Years.Keys);

    [Theory]
    [InlineData("", "calendar.unreadable")]
    [InlineData("null", "calendar.unreadable")]
    [InlineData("""{"country":"CN"}""", "calendar.unreadable")]
    [InlineData("""{"country":"CN","years":null}""", "calendar.unreadable")]
    [InlineData("""{"country":"CN","years":{"next":{"daysOff":[],"workingWeekendDays":[]}}}""", "calendar.unreadable")]
    [InlineData("""{"country":"CN","years":{"2027":null}}""", "calendar.unreadable")]
    [InlineData(
        """{"country":"CN","years":{"2027":{"daysOff":null,"workingWeekendDays":[]}}}""",
        "calendar.unreadable"
    )]
    [InlineData(
        """{"country":"CN","years":{"2027":{"daysOff":[],"workingWeekendDays":null}}}""",
        "calendar.unreadable"
    )]
    [InlineData("""{"country":"TW","years":{}}""", "calendar.country")]
    [InlineData("""{"country":"CN","years":{}}""", "calendar.empty")]
    [InlineData("""{"country":"CN","years":{"2027":{"daysOff":[],"workingWeekendDays":[]}}}""", "calendar.empty")]
    public void Parse_RefusesADocumentOfAnotherShape(string json, string code) =>
        Assert.Equal(code, StatutorySchedule.Parse(json).Refusal?.Code);

    [Theory]
    [InlineData("""{"name":"元旦","from":"2027-01-01","to":"soon"}""", "", "calendar.unreadable")]
    [InlineData("""{"name":null,"from":"2027-01-01","to":"2027-01-01"}""", "", "calendar.unreadable")]
    [InlineData("null", "", "calendar.unreadable")]
    [InlineData("""{"name":"元旦","from":"2027-01-03","to":"2027-01-01"}""", "", "calendar.reversed")]
    [InlineData("""{"name":"元旦","from":"2026-12-31","to":"2027-01-01"}""", "", "calendar.wrong-year")]
    [InlineData(Good + """,{"name":"春节","from":"2027-01-03","to":"2027-01-03"}""", "", "calendar.overlap")]
    [InlineData(Good, "\"2027-01-03\"", "calendar.overlap")]
    [InlineData(Good, "\"2027-01-09\",\"2027-01-09\"", "calendar.overlap")]
    [InlineData(Good, "\"2027-01-04\"", "calendar.not-weekend")]
    [InlineData(Good, "\"2028-01-08\"", "calendar.wrong-year")]
    public void Parse_RefusesAFaultyYear(string daysOff, string working, string code) =>
        Assert.Equal(code, StatutorySchedule.Parse(Year2027(daysOff, working)).Refusal?.Code);

    [Fact]
    public void Parse_RefusesAMisspeltList() =>
        Assert.Equal(
            "calendar.unreadable",
            StatutorySchedule
                .Parse(Year2027(Good, "\"2027-01-09\"").Replace("workingWeekendDays", "workingWeekends"))
                .Refusal?.Code
        );

    [Fact]
    public void Parse_NamesEveryFault() =>
        Assert.Equal(
            ["calendar.not-weekend", "calendar.wrong-year"],
            StatutorySchedule.Parse(Year2027(Good, "\"2027-01-04\",\"2028-01-08\"")).Refusal?.Fields.Select(f => f.Code)
        );

    [Fact]
    public void ToJson_ReadsBackAsTheSameDays()
    {
        var again = StatutorySchedule.Parse(Shipped.ToJson()).Value;
        Assert.Equal(Shipped.ToJson(), again.ToJson());
        var changes = ScheduleChanges.Between(Shipped, again);
        Assert.Empty(changes.BecomeOff.AddRange(changes.BecomeWorking));
        Assert.Contains("国庆节、中秋", Shipped.ToJson());
    }

    [Fact]
    public void Between_ListsTheDaysThatAnImportTurns()
    {
        var imported = StatutorySchedule
            .Parse(
                Year2027(
                    """{"name":"元旦","from":"2027-01-01","to":"2027-01-01"},{"name":"春节","from":"2027-02-05","to":"2027-02-11"}""",
                    "\"2027-01-30\",\"2027-02-20\""
                )
            )
            .Value;

        var changes = ScheduleChanges.Between(Shipped, Shipped.With(imported));

        Assert.Equal([2027], changes.Confirmed);
        Assert.Equal(
            [Date("2027-02-09"), Date("2027-02-10"), Date("2027-02-11")],
            changes.BecomeOff.Select(day => day.Date)
        );
        // Make-up days, and the statutory days that this document does not name.
        Assert.Equal(
            [
                Date("2027-01-30"),
                Date("2027-02-20"),
                Date("2027-04-05"),
                Date("2027-06-09"),
                Date("2027-09-15"),
                Date("2027-10-01"),
            ],
            changes.BecomeWorking.Select(day => day.Date)
        );
    }

    private static string Year2027(string daysOff, string working) =>
        $$"""{"country":"CN","years":{"2027":{"daysOff":[{{daysOff}}],"workingWeekendDays":[{{working}}]} } }""";
}
