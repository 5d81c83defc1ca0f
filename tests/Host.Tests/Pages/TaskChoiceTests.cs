using System.Net;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Cases;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Pages;

/// <summary>Forms that ask for another motion or for a representative.</summary>
public sealed class TaskChoiceTests
{
    [Fact]
    public async Task AMainMotion_IsChosenFromThoseFiledAndUnanswered()
    {
        await using var running = new Running();
        var play = new Play(running);
        var main = await play.AssignedAsync("daibiao1", "食堂错峰就餐与排队分流");
        var unfiled = await play.SubmittedAsync("daibiao1", "更换老旧护栏");
        var id = await play.SubmittedAsync("daibiao2", "食堂高峰期增开窗口");
        var secretary = await Visitor.OfAsync(running, "mishu");
        await secretary.GoAsync($"/tasks/{await play.TaskAsync(id, "mishu", "motion.check")}");
        Assert.Contains("食堂错峰就餐与排队分流", secretary.Text("#main option"));
        Assert.DoesNotContain("更换老旧护栏", secretary.Text("#main option"));

        await secretary.PressAsync("提出审查意见", ("recommendation", "merge"), ("main", $"{unfiled}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, secretary.Status);
        Assert.Contains("请从列出的选项中选择", secretary.Text("#main-e"));
        await secretary.PressAsync("提出审查意见", ("main", $"{main}"));

        Assert.Equal(main, (await play.MotionAsync(id)).Recommendation?.MainId);
    }

    [Fact]
    public async Task ANewLead_IsChosenFromTheRepresentativesInOffice()
    {
        await using var running = new Running();
        var play = new Play(running);
        // The head of a delegation leads; when he leaves and nobody takes over, the secretary names somebody.
        var id = await play.SubmittedAsync("fuyi3", "更换老旧护栏");
        var left = DemoDistrict.MemberId("fuyi3");
        await running.InDatabaseAsync(db =>
            db.Set<Representative>()
                .Where(r => r.MemberId == left)
                .ExecuteUpdateAsync(r => r.SetProperty(x => x.Until, new DateOnly(2026, 3, 1)))
        );
        await using (var scope = running.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<MandateSweep>().RunAsync(default);
        await play.DecideAsync(id, "fuyi1", "lead.offer", "decline");
        var secretary = await Visitor.OfAsync(running, "mishu");
        await secretary.GoAsync($"/tasks/{await play.TaskAsync(id, "mishu", "lead.name")}");
        Assert.Contains("周予安", secretary.Text("#member option"));
        Assert.DoesNotContain("梁静姝", secretary.Text("#member option"));

        await secretary.PressAsync("指定", ("member", $"{left}"));
        Assert.Contains("请从列出的选项中选择", secretary.Text("#member-e"));
        await secretary.PressAsync("指定", ("member", $"{DemoDistrict.MemberId("daibiao2")}"));

        Assert.Equal(DemoDistrict.MemberId("daibiao2"), (await play.MotionAsync(id)).ProposerId);
    }
}
