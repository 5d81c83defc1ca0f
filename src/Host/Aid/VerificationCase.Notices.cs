using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Workflows.Clocks;

namespace EduUnion.Host.Aid;

// What is told to whom (domain §7, A11).
public sealed partial class VerificationCase
{
    public IEnumerable<Notice> Tell(object happened, RunningClock clock, CaseMoment moment) => [];

    public IEnumerable<Notice> TellOpened(
        OpenedStep step,
        IReadOnlyList<TaskRow> tasks,
        RunningClock clock,
        CaseMoment moment
    ) => [];

    public IEnumerable<Notice> TellAlarm(ClockRow clock, Alarm alarm, IReadOnlyList<TaskRow> open, CaseMoment moment) =>
        [];

    public IEnumerable<Notice> TellMoved(
        ClockRow clock,
        DateOnly before,
        IReadOnlyList<TaskRow> open,
        CaseMoment moment
    ) => [];
}
