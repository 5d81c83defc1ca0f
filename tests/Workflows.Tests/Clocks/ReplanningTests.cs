using EduUnion.Domain.Calendar;
using EduUnion.Workflows.Clocks;
using static EduUnion.Workflows.Tests.Clocks.Calendars;

namespace EduUnion.Workflows.Tests.Clocks;

public class ReplanningTests
{
    private static readonly StatutorySchedule With2027 = Shipped.With(
        StatutorySchedule
            .Parse(
                """
                {"country":"CN","years":{"2027":{
                  "daysOff":[{"name":"元旦","from":"2027-01-01","to":"2027-01-03"},{"name":"春节","from":"2027-02-05","to":"2027-02-11"}],
                  "workingWeekendDays":["2027-01-30"]}}}
                """
            )
            .Value
    );

    [Fact]
    public void Moves_ListsOnlyTheClocksWhoseDateChanges()
    {
        Dictionary<string, ClockInputs> open = new()
        {
            ["this year"] = Answer,
            ["confirmed"] = new(Date("2026-12-24")) { Workdays = 6 },
            ["later"] = new(Date("2027-02-03")) { Workdays = 3 },
            ["earlier"] = new(Date("2027-01-28")) { Workdays = 2 },
            ["held"] = new ClockInputs(Date("2027-02-03")) { Workdays = 3 }.PauseFrom(Date("2027-02-04")),
        };

        var moves = Replanning.Moves(open, Plain, Plain.Under(With2027, 4));

        Assert.Equal(
            ["later 2027-02-10 2027-02-15", "earlier 2027-02-01 2027-01-30"],
            moves.Select(move => $"{move.Clock} {move.From.On:yyyy-MM-dd} {move.To.On:yyyy-MM-dd}")
        );
        Assert.All(moves, move => Assert.Equal(4, move.To.CalendarVersion));
        Assert.True(moves[0].From.Provisional);
        Assert.False(moves[0].To.Provisional);
    }
}
