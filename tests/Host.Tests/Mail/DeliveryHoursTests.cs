using EduUnion.Host.Mail;

namespace EduUnion.Host.Tests.Mail;

public sealed class DeliveryHoursTests
{
    [Theory]
    [InlineData("2026-10-08T09:00", "2026-10-08T09:00")] // Thursday, at work
    [InlineData("2026-10-08T07:10", "2026-10-08T08:30")] // before hours
    [InlineData("2026-10-08T18:00", "2026-10-09T08:30")] // after hours
    [InlineData("2026-10-09T20:00", "2026-10-10T08:30")] // Saturday the 10th is a make-up working day
    [InlineData("2026-10-11T10:00", "2026-10-12T08:30")] // Sunday
    public void Earliest_OrdinaryNotice_KeepsToWorkingHours(string at, string earliest) =>
        Assert.Equal(Shanghai(earliest), Earliest(NoticeKind.AnswerToSign, at));

    [Theory]
    [InlineData("2026-10-11T10:00")]
    [InlineData("2026-10-08T23:59")]
    public void Earliest_UrgentNotice_LeavesAtOnce(string at) =>
        Assert.Equal(Shanghai(at), Earliest(NoticeKind.AnswerLastCall, at));

    [Theory]
    [InlineData("2026-10-08T00:05", "2026-10-08T08:30")]
    [InlineData("2026-10-08T08:30", "2026-10-08T08:30")]
    [InlineData("2026-10-08T08:31", "2026-10-08T08:45")]
    public void Earliest_Reminder_WaitsForTheOthersOfTheMorning(string at, string earliest) =>
        Assert.Equal(Shanghai(earliest), Earliest(NoticeKind.AnswerDue, at));

    [Fact]
    public void Earliest_WorkerThatStoodStill_WakesNobodyAtNight()
    {
        var notice = MailSamples.Notice(NoticeKind.AnswerToSign, at: Shanghai("2026-10-08T10:00"));

        var earliest = MailSamples.Hours().Earliest(notice, Shanghai("2026-10-09T03:00"));

        Assert.Equal(Shanghai("2026-10-09T08:30"), earliest);
    }

    private static DateTimeOffset Earliest(NoticeKind kind, string at)
    {
        var instant = Shanghai(at).ToUniversalTime();
        return MailSamples.Hours().Earliest(MailSamples.Notice(kind, at: instant), instant);
    }

    private static DateTimeOffset Shanghai(string local) =>
        new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
