using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;

namespace EduUnion.Domain.Tests.Congresses;

public sealed class SessionReportTests
{
    private static readonly DateOnly LastDay = new(2026, 3, 25);
    private static readonly DateTimeOffset Now = ChinaTime.At(new(2026, 3, 27), new(9, 0));
    private static readonly MotionCount Motions = new(7, 5, 1, 1);

    private static readonly ReportFields Full = new()
    {
        Staff = 120,
        Representatives = 40,
        Teachers = 30,
        Women = 22,
        Attended = 38,
        Agenda = "审议学校工作报告；通过绩效工资方案。",
        Resolutions = [new("绩效工资方案", 30, 5, 3, 40, true)],
        AppraisalHeld = true,
    };

    [Fact]
    public void Prepare_HalfAReport_IsKeptAndCountsVersions()
    {
        var report = Report();

        Assert.Null(report.Prepare(new() { Staff = 120 }, 0, default, Now));
        Assert.Null(report.Prepare(new() { Staff = 121 }, 1, default, Now));

        Assert.Equal((121, 2), (report.Fields.Staff, report.Version));
        Assert.Equal("report.stale", report.Prepare(Full, 1, default, Now)?.Code);
    }

    [Fact]
    public void Submit_Whole_FreezesTheMotionsAndCloses()
    {
        var report = Report();

        Assert.Null(Submit(report, Full));

        Assert.Equal(Motions, report.Fields.Motions);
        Assert.Equal("report.submitted", report.Prepare(Full, report.Version, default, Now)?.Code);
        Assert.Equal("report.submitted", Submit(report, Full)?.Code);
    }

    [Fact]
    public void Submit_Empty_NamesEveryFieldThatIsMissing()
    {
        string[] common = ["staff", "representatives", "teachers", "women"];

        Assert.Equal([.. common, "attended", "agenda", "appraisalHeld"], Fields(Report()));
        Assert.Equal([.. common, "agenda"], Fields(Report(ReportKind.Before)));

        static IEnumerable<string?> Fields(SessionReport report) =>
            Submit(report, ReportFields.Empty)!.Fields.Select(f => f.Field);
    }

    [Fact]
    public void Submit_AfterReportBeforeTheLastDay_IsTooEarly() =>
        Assert.Equal(
            "report.too-early",
            Report().Submit(Full, Motions, LastDay, LastDay.AddDays(-1), 0, default, Now)?.Code
        );

    [Fact]
    public void Submit_NumbersThatCannotBe()
    {
        Assert.Equal("report.more-than-all", Submit(Report(), Full with { Teachers = 41 })?.Code);
        Assert.Equal("report.more-than-all", Submit(Report(), Full with { Staff = 39 })?.Code);
        Assert.Equal("report.number", Submit(Report(), Full with { Women = -1 })?.Code);
        Assert.Equal(
            "report.votes",
            Submit(Report(), Full with { Resolutions = [new("方案", 30, 5, 4, 40, true)] })?.Code
        );
    }

    private static Refusal? Submit(SessionReport report, ReportFields fields) =>
        report.Submit(fields, Motions, LastDay, ChinaTime.DateOf(Now), report.Version, default, Now);

    private static SessionReport Report(ReportKind kind = ReportKind.After) =>
        new()
        {
            Id = default,
            SessionId = default,
            Kind = kind,
        };
}
