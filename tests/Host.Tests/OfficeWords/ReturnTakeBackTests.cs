using EduUnion.Host.Cases;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.OfficeWords;

/// <summary>拿回 by the last who decided, and 撤回 by who brought it in.</summary>
public sealed class ReturnTakeBackTests(ReturnBench bench) : IClassFixture<ReturnBench>
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TakeBack_WhileTheNextHasNotActed(Provider provider)
    {
        var district = await bench.OnAsync(provider);
        var id = await bench.UpToAsync(district, "handling.draft");
        var draft = await district.TaskAsync(id, "zongwuchu", "handling.draft");
        district.Tick();
        await district.DecideAsync(id, "zongwuchu", "handling.draft", "submit", ReturnBench.Draft("A"));
        var sign = await district.TaskAsync(id, "fuzeren", "handling.sign");
        Assert.Equal((403, "task.not-yours"), await RefusedAsync(draft, "fuzeren"));
        var clerk = await district.Running.BrowserOfAsync("zongwuchu");
        foreach (var page in new[] { $"/tasks/{draft}", $"/motions/{id}" })
            Assert.Contains($"/tasks/{draft}/take-back", await clerk.GetStringAsync(page), StringComparison.Ordinal);

        await (await district.AsAsync("zongwuchu")).PostAsync($"/api/tasks/{draft}/take-back");

        // His again, and the head's copy does not say that anybody decided.
        Assert.Equal("handling.draft", await district.MineAsync(id, "zongwuchu"));
        Assert.Equal("", await district.MineAsync(id, "fuzeren"));
        await district.Running.InDatabaseAsync(async db =>
        {
            var rows = await db.Set<TaskRow>().Where(t => t.CaseId == id).ToListAsync();
            Assert.Equal(TaskState.Dropped, rows.Single(t => t.Id == sign).State);
            Assert.Equal(
                rows.Single(t => t.Id == draft).DecidedBy,
                rows.Single(t => t is { Name: "handling.draft", State: TaskState.Open }).ClaimedById
            );
        });
        Assert.Contains("TakenBack", await district.TimelineAsync(id, "zongwuchu"), StringComparison.Ordinal);

        district.Tick();
        await district.DecideAsync(id, "zongwuchu", "handling.draft", "submit", ReturnBench.Draft("A"));
        Assert.Equal((409, "task.went-on"), await RefusedAsync(draft, "zongwuchu"));
        district.Tick();
        await district.DecideAsync(id, "fuzeren", "handling.sign", "sign");
        district.Tick();
        await district.DecideAsync(id, "fenguan", "handling.leader", "agree");
        var leader = await DecidedAsync(id, "handling.leader");
        Assert.Equal((409, "task.went-on"), await RefusedAsync(await DecidedAsync(id, "handling.sign"), "fuzeren"));
        await (await district.AsAsync("fenguan")).PostAsync($"/api/tasks/{leader}/take-back");
        Assert.Equal("handling.leader", await district.MineAsync(id, "fenguan"));

        async Task<(int, string)> RefusedAsync(Guid task, string login) =>
            await Client.RefusalAsync(
                await (await district.AsAsync(login)).SendAsync(HttpMethod.Post, $"/api/tasks/{task}/take-back", null)
            );

        async Task<Guid> DecidedAsync(Guid of, string name)
        {
            var task = Guid.Empty;
            await district.Running.InDatabaseAsync(async db =>
                task = (
                    await db.Set<TaskRow>()
                        .SingleAsync(t => t.CaseId == of && t.Name == name && t.State == TaskState.Decided)
                ).Id
            );
            return task;
        }
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TakeBack_OfTheRecommendation_UntilSomebodyVotes(Provider provider)
    {
        var district = await bench.OnAsync(provider);
        var id = await bench.UpToAsync(district, "motion.check");
        var check = await district.TaskAsync(id, "mishu", "motion.check");
        var secretary = await district.AsAsync("mishu");
        district.Tick();
        await district.ProposeAsync(id, "file");

        await secretary.PostAsync($"/api/tasks/{check}/take-back");
        Assert.Equal("Submitted", await district.StateAsync(id));

        var again = await district.TaskAsync(id, "mishu", "motion.check");
        district.Tick();
        await district.ProposeAsync(id, "file");
        await district.DecideAsync(id, "zhuren", "motion.review", "file");
        Assert.Equal(
            (409, "task.went-on"),
            await Client.RefusalAsync(await secretary.SendAsync(HttpMethod.Post, $"/api/tasks/{again}/take-back", null))
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Withdraw_ByTheStarter_EndsItBeforeFiling(Provider provider)
    {
        var district = await bench.OnAsync(provider);
        var id = await bench.UpToAsync(district, "motion.review");
        var page = await (await district.Running.BrowserOfAsync("daibiao1")).GetStringAsync($"/motions/{id}");
        Assert.Contains($"/motions/{id}/do/withdraw-motion", page, StringComparison.Ordinal);

        await (await district.AsAsync("daibiao1")).PostAsync(
            $"/api/motions/{id}/withdraw",
            new { reason = "学校已经解决。" }
        );

        Assert.Equal("Withdrawn", await district.StateAsync(id));
        Assert.Equal("", await district.MineAsync(id, "zhuren"));
        await district.Running.InDatabaseAsync(async db =>
            Assert.DoesNotContain(
                await db.Set<TaskRow>().Where(t => t.CaseId == id && t.Name == "motion.review").ToListAsync(),
                t => t.State != TaskState.Dropped
            )
        );
    }
}
