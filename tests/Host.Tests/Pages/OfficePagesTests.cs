using System.Net;
using EduUnion.Host.Definitions;
using EduUnion.Host.Jobs;
using EduUnion.Host.Mail;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Cases;
using EduUnion.Host.Tests.Mail;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Workflows.Definitions;
using Hangfire;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Pages;

/// <summary>The administrator's rooms: incidents, definitions, jobs, outbox.</summary>
public sealed class OfficePagesTests
{
    [Fact]
    public async Task Incidents_NamePlaceAndNumberAndRetryOnce()
    {
        var definitions = AlteredMotion.WhoseVerdictFails;
        await using var running = new Running(services: s => s.AddSingleton(new DefinitionLibrary(() => definitions)));
        var play = new Play(running);
        var id = await play.SubmittedAsync("daibiao1", "改善教师午休场所");
        await play.ReviewAsync(id, "file");
        var visitor = new Visitor(await running.BrowserOfAsync("admin"));

        await visitor.GoAsync("/admin");
        Assert.Contains("1 件待处理", visitor.Text("main"));
        await visitor.GoAsync("/admin/incidents");
        Assert.Contains("审查结论", visitor.Text("tbody"));
        Assert.DoesNotContain("午休", visitor.Text("main"));
        var picture = visitor.Page.QuerySelector("tbody a")!.GetAttribute("href")!;
        Assert.Equal("/admin/definitions/motion/1?at=verdict", picture);

        await visitor.PressAsync(Slim(visitor));
        Assert.Contains("已重试 1 次", visitor.Text("summary"));
        definitions = DefinitionSet.Shipped;
        var answers = await visitor.PressTwiceAsync(Slim(visitor));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        await visitor.GoAsync("/admin/incidents");
        Assert.Contains("没有流程故障", visitor.Text(".empty"));
        Assert.Equal(2, visitor.Page.QuerySelectorAll("section tbody tr").Length);
        Assert.Contains("纪云帆", visitor.Text("section tbody"));

        await visitor.GoAsync(picture);
        Assert.Single(visitor.Page.QuerySelectorAll("svg g.now"));
    }

    [Fact]
    public async Task Definitions_CountWhatRunsAndGiveTheDocumentByteForByte()
    {
        await using var running = new Running();
        var play = new Play(running);
        await play.AssignedAsync("daibiao1", "调整校医务室值班时间", "ZWC", "JWC");
        await play.DraftAsync("daibiao2", "食堂错峰就餐");
        var browser = await running.BrowserOfAsync("admin");
        var visitor = new Visitor(browser);

        await visitor.GoAsync("/admin/definitions");
        Assert.Contains("教代会提案 第 1 版motion 1 最新 2 2 无问题", visitor.Text("tbody"));
        Assert.Contains("motion-handling 1 最新 1 2 无问题", visitor.Text("tbody"));
        await visitor.GoAsync("/admin/definitions/motion/1");
        Assert.StartsWith("征集附议", visitor.Text("section:nth-of-type(2) tbody"));
        Assert.Contains("表决：全体委员的 1/2 以上同意", visitor.Text("main"));
        Assert.Contains("立案审查：到期催办", visitor.Text("main"));
        var link = visitor.Page.QuerySelector("a[download]")!.GetAttribute("href");

        var file = Path.Combine(Repository.Root, "src", "Workflows", "Definitions", "motion.json");
        Assert.Equal(await File.ReadAllBytesAsync(file), await browser.GetByteArrayAsync(link));
        await visitor.GoAsync("/admin/definitions/motion/99");
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Jobs_ShowTheirLastRunAndAreRungByHandOnlyWhenConfirmed(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var timetable = running.Services.GetRequiredService<IRecurringJobManager>();
        timetable.AddOrUpdate<Alarm<OldDrafts>>("old-drafts", a => a.RingAsync(CancellationToken.None), Cron.Daily());
        timetable.AddOrUpdate<Alarm<Failing>>("failing", a => a.RingAsync(CancellationToken.None), Cron.Hourly());
        await RingAsync<OldDrafts>(running);
        await Assert.ThrowsAsync<InvalidOperationException>(() => RingAsync<Failing>(running));
        var visitor = new Visitor(await running.BrowserOfAsync("admin"));

        await visitor.GoAsync("/admin/jobs");
        var rows = visitor.Page.QuerySelectorAll("tbody tr");
        Assert.Contains("InvalidOperationException: The server is away.", rows[0].TextContent);
        Assert.Contains("没有要做的", rows[1].TextContent);
        Assert.Contains("清理旧草稿", rows[1].TextContent);
        Assert.Empty(visitor.Page.QuerySelectorAll("main form"));

        var storage = running.Services.GetRequiredService<JobStorage>().GetMonitoringApi();
        await visitor.GoAsync("/admin/jobs?run=old-drafts");
        Assert.Equal(0, storage.EnqueuedCount("default"));
        await visitor.PressAsync("立即执行");
        Assert.Equal(1, storage.EnqueuedCount("default"));
        Assert.Contains("已安排：清理旧草稿", visitor.Text(".notice"));
        await visitor.GoAsync("/admin/jobs?run=nonsense");
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
    }

    [Fact]
    public async Task Outbox_ShowsNoWholeAddressAndPagesBothWays()
    {
        await using var running = new Running();
        await running.InDatabaseAsync(db =>
        {
            var notice = MailSamples.Notice(NoticeKind.AnswerToSign);
            db.Add(notice);
            for (var i = 0; i < 120; i++)
            {
                var mail = OutgoingMail.Of(
                    notice,
                    new MailRecipient(Guid.CreateVersion7(), $"somebody{i}@yunxi.example", "zh-CN"),
                    MailSamples.Composer().Compose(notice, "zh-CN", MailSamples.Today),
                    "yunxi.example",
                    MailSamples.Morning.AddMinutes(i)
                );
                mail.Record(new Delivery(DeliveryKind.Never, $"550 <somebody{i}@yunxi.example>"), MailSamples.Morning);
                db.Add(mail);
            }
            return db.SaveChangesAsync();
        });
        var visitor = new Visitor(await running.BrowserOfAsync("admin"));

        await visitor.GoAsync("/admin/outbox?state=dead");
        var first = visitor.Text("tbody time");
        Assert.DoesNotContain("somebody", visitor.Page.DocumentElement.OuterHtml);
        Assert.Empty(visitor.Page.QuerySelectorAll("a[rel=prev]"));
        await visitor.GoAsync(Way(visitor, "next"));
        await visitor.GoAsync(Way(visitor, "next"));
        Assert.Equal(20, visitor.Page.QuerySelectorAll("tbody tr").Length);
        Assert.Empty(visitor.Page.QuerySelectorAll("a[rel=next]"));
        await visitor.GoAsync(Way(visitor, "prev"));
        await visitor.GoAsync(Way(visitor, "prev"));
        Assert.Equal(first, visitor.Text("tbody time"));

        await visitor.PressTwiceAsync(Slim(visitor));
        await running.InDatabaseAsync(async db =>
            Assert.Equal(1, await db.Set<OutgoingMail>().CountAsync(m => m.State == MailState.Waiting))
        );
    }

    [Theory]
    [InlineData("/admin/calendar/local?kind=vacation")]
    [InlineData("/admin/parameters/no.such?organisation=x")]
    public async Task AnErrorPage_KeepsTheAddressInTheOtherLanguage(string address)
    {
        await using var running = new Running();
        var page = await Running.PageAsync(await (await running.BrowserOfAsync("daibiao1")).GetAsync(address));

        Assert.Equal(address + "&lang=en", page.QuerySelector(".me a")!.GetAttribute("href"));
    }

    private static string Slim(Visitor visitor) => visitor.Page.QuerySelector("button.btn--slim")!.TextContent.Trim();

    private static string Way(Visitor visitor, string rel) =>
        "/admin/outbox" + visitor.Page.QuerySelector($"a[rel={rel}]")!.GetAttribute("href");

    private static async Task RingAsync<TJob>(Running running)
        where TJob : IJob
    {
        await using var scope = running.Services.CreateAsyncScope();
        await ActivatorUtilities
            .CreateInstance<Alarm<TJob>>(
                scope.ServiceProvider,
                ActivatorUtilities.GetServiceOrCreateInstance<TJob>(scope.ServiceProvider)
            )
            .RingAsync(default);
    }

    internal sealed class Failing : IJob
    {
        public Task<int> RunAsync(CancellationToken cancellation) =>
            throw new InvalidOperationException("The server\nis away.");
    }
}
