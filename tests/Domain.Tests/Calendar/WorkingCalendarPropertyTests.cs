using CsCheck;
using EduUnion.Domain.Calendar;

namespace EduUnion.Domain.Tests.Calendar;

public class WorkingCalendarPropertyTests
{
    private static readonly Gen<DateOnly> Dates = Gen.Int[0, 6000].Select(day => new DateOnly(2014, 1, 1).AddDays(day));

    private static readonly Gen<VacationRule> Rules = Gen.Bool.Select(suspend =>
        suspend ? VacationRule.Suspend : VacationRule.None
    );

    private static readonly Gen<WorkingCalendar> Any = Gen.Select(
        Gen.Select(Dates, Gen.Int[0, 5], (from, days) => new DaysOff("停课", from, from.AddDays(days))).Array[0, 4],
        Gen.Select(Dates, Gen.Int[0, 50], (from, days) => new DaysOff("寒假", from, from.AddDays(days))).Array[0, 4],
        (closures, vacations) => new WorkingCalendar(1, Calendars.Shipped, [.. closures], [.. vacations])
    );

    [Fact]
    public void AddWorkdays_LandsOnTheNthWorkingDay() =>
        Gen.Select(Any, Dates, Gen.Int[1, 60], Rules)
            .Sample(
                (calendar, start, workdays, rule) =>
                {
                    var end = calendar.AddWorkdays(start, workdays, rule);
                    return calendar.IsWorkday(end, rule) && calendar.WorkdaysBetween(start, end, rule) == workdays;
                }
            );

    [Fact]
    public void AddWorkdays_IsMonotoneInStartAndLength() =>
        Gen.Select(Any, Dates, Gen.Int[0, 60], Rules)
            .Sample(
                (calendar, start, workdays, rule) =>
                    calendar.AddWorkdays(start, workdays, rule) < calendar.AddWorkdays(start, workdays + 1, rule)
                    && calendar.AddWorkdays(start, workdays, rule)
                        <= calendar.AddWorkdays(start.AddDays(1), workdays, rule)
            );

    [Fact]
    public void AddWorkdays_InTwoPartsIsOnePeriod() =>
        Gen.Select(Any, Dates, Gen.Int[0, 30], Gen.Int[0, 30], Rules)
            .Sample(
                (calendar, start, first, second, rule) =>
                    calendar.AddWorkdays(calendar.AddWorkdays(start, first, rule), second, rule)
                    == calendar.AddWorkdays(start, first + second, rule)
            );

    [Fact]
    public void BackWorkdays_UndoesAddWorkdaysFromAWorkingDay() =>
        Gen.Select(Any, Dates, Gen.Int[0, 60], Rules)
            .Sample(
                (calendar, date, workdays, rule) =>
                {
                    var start = calendar.RollForward(date, rule);
                    return calendar.BackWorkdays(calendar.AddWorkdays(start, workdays, rule), workdays, rule) == start;
                }
            );

    [Fact]
    public void RollForward_IsTheFirstWorkingDayNotBefore() =>
        Gen.Select(Any, Dates, Rules)
            .Sample(
                (calendar, date, rule) =>
                    calendar.RollForward(date, rule) == calendar.AddWorkdays(date.AddDays(-1), 1, rule)
            );

    [Fact]
    public void ExtendIfEndsInside_NeverEndsInsideAndNeverBefore() =>
        Gen.Select(Any, Dates, Gen.Int[1, 60])
            .Sample(
                (calendar, start, workdays) =>
                {
                    var plain = calendar.AddWorkdays(start, workdays);
                    var end = calendar.AddWorkdays(start, workdays, VacationRule.ExtendIfEndsInside);
                    return calendar.VacationOn(end) is null
                        && calendar.IsWorkday(end)
                        && (calendar.VacationOn(plain) is null ? end == plain : end > plain);
                }
            );
}
