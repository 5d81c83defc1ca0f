using EduUnion.Domain.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Persistence;
using EduUnion.Host.Statistics;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Statistics;

public sealed class StepTimesTests
{
    [Fact]
    public async Task Step_CountsItsOwnWorkingDaysOnly()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("handling.accept");
        var quick = await bench.UpToAsync("handling.accept", "增设母婴室");
        await bench.DecideAsync(quick, "zongwuchu", "handling.accept", "accept");
        var opened = running.Time.GetUtcNow();
        // From Monday for two weeks: ten working days. Two of them an adviser had it, one the deadline stood still.
        running.Time.Advance(TimeSpan.FromDays(14));
        await running.InDatabaseAsync(async db =>
        {
            var task = await db.Set<TaskRow>().SingleAsync(t => t.CaseId == id && t.Name == "handling.accept");
            db.Add(
                new TaskRow
                {
                    Id = Guid.NewGuid(),
                    CaseId = id,
                    StepId = task.StepId,
                    Name = "office.advise",
                    Part = task.Part,
                    MemberId = Guid.NewGuid(),
                    Outcomes = "advised",
                    OpenedAt = opened.AddDays(1),
                    State = TaskState.Decided,
                    ClosedAt = opened.AddDays(3),
                }
            );
            var clock = await db.Set<ClockRow>().SingleAsync(c => c.StepId == task.StepId && c.Span == ClockSpan.Step);
            var day = ChinaTime.DateOf(opened).AddDays(7);
            clock.Inputs = ClockFace.Write(clock.InputsOf().PauseFrom(day).ResumeAfter(day));
            await db.SaveChangesAsync();
        });
        await bench.DecideAsync(id, "zongwuchu", "handling.accept", "accept");

        await using var scope = running.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EduUnionDb>();
        var times = await scope
            .ServiceProvider.GetRequiredService<StepTimes>()
            .OfAsync(db.Set<CaseRow>(), TestContext.Current.CancellationToken);

        Assert.Equal(new StepTime("office.advise", 1, 2, 2), times["office.advise"]);
        Assert.Equal(new StepTime("handling.accept", 2, 3.5m, 7), times["handling.accept"]);
        Assert.DoesNotContain("handling.draft", times.Keys);
    }
}
