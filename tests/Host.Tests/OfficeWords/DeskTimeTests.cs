using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.OfficeWords;

/// <summary>Nobody is asked twice in a row, and what nobody did in time goes to somebody else.</summary>
public sealed class DeskTimeTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Overdue_IsHandedOnOrBroughtBeforeTheNextLevel_AndTheSameApproverDecidesOnce(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.PublishAsync(
            "motion-handling",
            (
                "handling.accept",
                new
                {
                    clock = new
                    {
                        name = "receipt",
                        span = "step",
                        onExpiry = new { reassign = new { office = "MotionSecretary", of = "session" } },
                    },
                }
            ),
            ("handling.leader", new { once = true }),
            (
                "handling.formcheck",
                new
                {
                    clock = new
                    {
                        name = "sign",
                        span = "step",
                        onExpiry = "escalate",
                    },
                }
            )
        );
        await district.PublishAsync("motion");
        var id = await district.AssignedAsync();
        var task = (await district.FindAsync(id, "zongwuchu", "handling.accept"))!.Value;

        foreach (var day in new[] { 3, 5, 12 })
            await district.MoveToAsync(new DateOnly(2026, 3, day));

        // 超时: handed on and said so, nothing accepted by it.
        var acts = await district.ActsAsync(id);
        Assert.Contains("N7.receipt", acts);
        Assert.Contains("clock.receipt", acts);
        Assert.Contains("HandedOnOverdue", await district.EventsAsync(id, "daibiao1"));
        await ExpireAgainAsync(district, id, "receipt");
        Assert.Equal(
            (409, "task.handed"),
            await district.RefusedAsync("zongwuchu", task, "decide", new { outcome = "accept" })
        );
        Assert.Null(await district.FindAsync(id, "zongwuchu", "handling.accept", "done"));
        await district.DecideAsync(id, "mishu", "handling.accept", "accept");

        // The head of the department also leads it: he signs, and is not asked the same again.
        await district.AppointAsync("fuzeren", Office.SchoolLeader, "YXZX/ZWC");
        await district.DecideAsync(id, "yiwushi", "handling.opinion", "submit", new { opinion = "建议配备颈枕。" });
        await district.DecideAsync(
            id,
            "zongwuchu",
            "handling.meeting",
            "record",
            new
            {
                metOn = "2026-03-12",
                mode = "phone",
                people = "提案人",
                gist = "同意先开放会议室。",
            }
        );
        await district.DecideAsync(
            id,
            "zongwuchu",
            "handling.draft",
            "submit",
            new { @class = "A", text = "实训楼一层储物间改造为教师午休室，2026年8月31日前完成。" }
        );
        await district.DecideAsync(id, "fuzeren", "handling.sign", "sign");

        Assert.Null(await district.FindAsync(id, "fenguan", "handling.leader"));
        Assert.NotNull(await district.FindAsync(id, "mishu", "handling.formcheck"));
        Assert.NotNull(await district.FindAsync(id, "fuzeren", "handling.leader", "done"));
        Assert.Contains("DecidedOnce", await district.EventsAsync(id));

        // 升级: two working days later the next level is told. It stays with whoever has it, and is told once.
        foreach (var day in new[] { 17, 18, 19 })
            await district.MoveToAsync(new DateOnly(2026, 3, day));
        await ExpireAgainAsync(district, id, "sign");
        Assert.Equal("EscalatedOverdue", Assert.Single(await district.EventsAsync(id), e => e.StartsWith("Escalated")));
        var record = await Running.PageAsync(
            await (await district.Running.BrowserOfAsync("daibiao1")).GetAsync($"/motions/{id}")
        );
        Assert.Contains("超时未办，秘书核对已报上级", record.QuerySelector(".timeline")!.TextContent);
        await district.SendMailsAsync();
        await district.Running.InDatabaseAsync(async db =>
        {
            var notice = await db.Set<Notice>().SingleAsync(n => n.Kind == "O8.overdue");
            Assert.Equal(
                [.. new[] { "zhuren", "xiaozhuxi" }.Select(DemoDistrict.MemberId).Order()],
                (
                    await db.Set<OutgoingMail>()
                        .Where(m => m.NoticeId == notice.Id)
                        .Select(m => m.MemberId)
                        .ToListAsync()
                ).Order()
            );
        });
        await district.DecideAsync(id, "mishu", "handling.formcheck", "deliver");
        Assert.Equal("Replied", await district.StateAsync(id));
    }

    /// <summary>Another node that had leased the same expiry comes second: the clock runs on, and there is nothing to do.</summary>
    private static async Task ExpireAgainAsync(District district, Guid id, string clock)
    {
        await using var scope = district.Running.Services.CreateAsyncScope();
        var late = await scope
            .ServiceProvider.GetRequiredService<EduUnionDb>()
            .Set<ClockRow>()
            .SingleAsync(c => c.CaseId == id && c.Name == clock && c.StoppedAt == null);
        var steps = scope.ServiceProvider.GetRequiredService<CaseSteps>();
        var again = await steps.ExpireAsync(id, late.Id, CancellationToken.None);
        Assert.Equal("clock.not-due", again.Refusal!.Code);
    }
}
