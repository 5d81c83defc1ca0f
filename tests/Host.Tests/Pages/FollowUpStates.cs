using EduUnion.Domain;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Pages;

/// <summary>
/// A motion in every state after its filing, a form for every right beside the tasks and for every task of the follow-up, all
/// of them on 9 March 2026.
/// </summary>
internal sealed class FollowUpStates(Running running)
{
    private static readonly DateOnly Today = new(2026, 3, 9);
    private readonly Play _play = new(running);

    /// <summary>By the state that the page shows.</summary>
    public Dictionary<string, Guid> Cases { get; } = [];

    /// <summary>By the right: who has it, and its form.</summary>
    public Dictionary<string, (string Who, string Path)> Acts { get; } = [];

    /// <summary>By the task's name.</summary>
    public Dictionary<string, (string Who, string Path)> Tasks { get; } = [];

    /// <summary>The main motion's answer goes out, for it and for what follows it.</summary>
    public Task AnswerMainAsync() => _play.DecideAsync(Cases["Main"], "mishu", "handling.formcheck", "deliver");

    public async Task BuildAsync()
    {
        await PromisesAsync();
        await FeedbackAsync();
        await GroupAsync();
        await RightsAsync();
        await LeadsAsync();
        await DelegationAsync();
    }

    private async Task PromisesAsync()
    {
        var archived = await RatedAsync("更新教学楼饮水设备", "Satisfied");
        await DoAsync<CommitteeCommands, int>(c =>
            c.ArchiveAsync(DemoDistrict.SessionId("YXZX"), As("mishu"), default)
        );
        Cases["Archived"] = archived;
        var overdue = await AnsweredAsync("改善教师午休场所", new DateOnly(2026, 3, 4));
        await RateAsync(overdue, "Satisfied");
        var promise = (await _play.MotionAsync(overdue)).Commitments.Single().Id;
        await _play.MoveToAsync(new(2026, 3, 5));
        await DoAsync<CommitteeCommands, StepDone>(c =>
            c.SuperviseAsync(overdue, promise, new(2026, 3, 6), "请抓紧落实。", As("zhuren"), default)
        );
        await _play.MoveToAsync(Today);
        Cases["Tracking"] = overdue;
        await TaskAsync(overdue, "zongwuchu", "commitment.report");
        foreach (var (act, who) in new[] { ("progress", "zongwuchu"), ("remark", "daibiao1"), ("supervise", "zhuren") })
            Acts[act] = (who, $"/motions/{overdue}/do/{act}?item={promise}");
        var reported = await AnsweredAsync("设置雨天接送通道", new DateOnly(2026, 8, 31));
        await RateAsync(reported, "Basic");
        await _play.DecideAsync(reported, "zongwuchu", "commitment.report", "done", new { text = "通道已经建成。" });
        await TaskAsync(reported, "mishu", "commitment.verify");
    }

    private async Task FeedbackAsync()
    {
        Cases["Replied"] = await AnsweredAsync("规范多媒体教室报修流程");
        await TaskAsync(Cases["Replied"], "daibiao1", "motion.feedback");
        Act("correct", "daibiao1", await RatedAsync("运动场照明延时关闭", "Satisfied"));
        await TaskAsync(await DiscontentAsync("网络带宽扩容"), "zhuren", "motion.discontent");
        Cases["Rehandling"] = await DiscontentAsync("代课费按月结算");
        await _play.DecideAsync(Cases["Rehandling"], "zhuren", "motion.discontent", "rehandle");
        var explained = await DiscontentAsync("增设临时停车位");
        await ExplainAsync(explained);
        await TaskAsync(explained, "mishu", "motion.explain");
        Cases["DisputeMeeting"] = await DisputeAsync("新建教职工停车场");
        await TaskAsync(Cases["DisputeMeeting"], "xiaozhuxi", "motion.dispute");
        Cases["ClosedDissent"] = await DisputeAsync("办公室打印耗材统一采购");
        await _play.DecideAsync(Cases["ClosedDissent"], "xiaozhuxi", "motion.dispute", "minute", Minutes());
    }

    private async Task GroupAsync()
    {
        var main = await _play.DraftedAsync("daibiao1", "改善教工食堂供餐");
        await _play.DecideAsync(main, "fuzeren", "handling.sign", "sign");
        await _play.DecideAsync(main, "fenguan", "handling.leader", "agree");
        var merged = await _play.SubmittedAsync("daibiao1", "缩短教工食堂排队时间");
        var proposal = new
        {
            recommendation = "merge",
            recommendationReason = "同一事项。",
            main,
        };
        await _play.DecideAsync(merged, "mishu", "motion.check", "propose", proposal);
        foreach (var voter in new[] { "zhuren", "weiyuan1", "weiyuan2" })
            await _play.DecideAsync(merged, voter, "motion.review", "merge");
        (Cases["Main"], Cases["Merged"]) = (main, merged);
        Act("unmerge", "mishu", merged);
    }

    private async Task RightsAsync()
    {
        var rejected = await RejectedAsync("提高全区教师绩效工资标准");
        Act("appeal", "daibiao1", rejected);
        var appealed = await RejectedAsync("统一全区作息时间");
        await DoAsync<FollowUpCommands, StepDone>(c =>
            c.AppealAsync(appealed, "属于学校职权。", As("daibiao1"), default)
        );
        await TaskAsync(appealed, "zhuren", "appeal.decide");
        Act("withdraw-motion", "daibiao1", await _play.AssignedAsync("daibiao1", "延长图书馆开放时间"));
        await TaskAsync(await WithdrawingAsync("体检项目按年龄分档"), "fuyi1", "withdrawal.takeover");
        var consent = await DeclinedAsync("调整校医务室值班时间");
        await TaskAsync(consent, "zhuren", "withdrawal.consent");
        Cases["Withdrawn"] = await DeclinedAsync("增加教工体检项目");
        await _play.DecideAsync(Cases["Withdrawn"], "zhuren", "withdrawal.consent", "agree");
    }

    /// <summary>One whose lead left and who has a co-signer, and one who has neither co-signer nor another head.</summary>
    private async Task LeadsAsync()
    {
        var offered = await _play.SubmittedAsync("daibiao2", "统一听课评课记录格式");
        var content = MotionContent.Of("设立教职工书屋", "welfare", Bench.Grounds, ["腾出一间阅览室。"]);
        var collective = await DoAsync<MotionCommands, StepDone>(m =>
            m.CreateAsync(DemoDistrict.SessionId("YXZX"), content, As("fuyi3"), default, collective: true)
        );
        await _play.DecideAsync(collective.CaseId, "fuyi3", "motion.gather", "submit");
        Guid[] left = [DemoDistrict.MemberId("daibiao2"), DemoDistrict.MemberId("fuyi3")];
        await running.InDatabaseAsync(db =>
            db.Set<Representative>()
                .Where(r => left.Contains(r.MemberId))
                .ExecuteUpdateAsync(r => r.SetProperty(x => x.Until, Today.AddDays(-1)))
        );
        await WithAsync<MandateSweep, int>(sweep => sweep.RunAsync(default));
        await TaskAsync(offered, "fuyi1", "lead.offer");
        await TaskAsync(collective.CaseId, "mishu", "lead.name");
    }

    private async Task DelegationAsync()
    {
        var school = DemoDistrict.OrganisationId("YXZX");
        await DoAsync<RuleBook, Domain.Parameters.Parameter>(r =>
            r.RecordAsync(
                "motion.delegation_review",
                school,
                "true",
                Today,
                DemoDistrict.MemberId("xiaozhuxi"),
                default
            )
        );
        var id = await _play.SubmittedAsync("jiaoshi3", "实验室危险品台账电子化");
        await TaskAsync(id, "weiyuan2", "motion.delegation");
    }

    private async Task<Guid> AnsweredAsync(string title, DateOnly? promise = null)
    {
        var id = await _play.AssignedAsync("daibiao1", title, "ZWC");
        await _play.DecideAsync(id, "zongwuchu", "handling.accept", "accept");
        await _play.DecideAsync(id, "yiwushi", "handling.opinion", "submit", new { opinion = "建议每季度检查一次。" });
        var meeting = new
        {
            metOn = $"{Domain.Calendar.ChinaTime.DateOf(running.Time.GetUtcNow()):yyyy-MM-dd}",
            mode = "meeting",
            place = "实训楼一层",
            people = "提案人、总务处经办",
            gist = "提案人同意分两步实施。",
        };
        await _play.DecideAsync(id, "zongwuchu", "handling.meeting", "record", meeting);
        var commitments = promise is { } due
            ? new[]
            {
                new
                {
                    item = "改造完成并投入使用",
                    owner = "总务处",
                    dueOn = $"{due:yyyy-MM-dd}",
                },
            }
            : null;
        await _play.DecideAsync(
            id,
            "zongwuchu",
            "handling.draft",
            "submit",
            new
            {
                @class = promise is null ? "A" : "B",
                text = Bench.Answer,
                commitments,
            }
        );
        await _play.DeliverAsync(id);
        return id;
    }

    private async Task<Guid> RatedAsync(string title, string result)
    {
        var id = await AnsweredAsync(title);
        await RateAsync(id, result);
        return id;
    }

    private Task RateAsync(Guid id, string result) =>
        _play.DecideAsync(
            id,
            "daibiao1",
            "motion.feedback",
            "rate",
            new { manner = "Satisfied", result },
            result == "Dissatisfied" ? "只作了说明，没有落实。" : null
        );

    private Task<Guid> DiscontentAsync(string title) => RatedAsync(title, "Dissatisfied");

    private Task ExplainAsync(Guid id) =>
        _play.DecideAsync(id, "zhuren", "motion.discontent", "explain", comment: "答复适当，需当面说明。");

    private async Task<Guid> DisputeAsync(string title)
    {
        var id = await DiscontentAsync(title);
        await ExplainAsync(id);
        await _play.DecideAsync(id, "mishu", "motion.explain", "record", Minutes());
        await RateAsync(id, "Dissatisfied");
        return id;
    }

    private async Task<Guid> RejectedAsync(string title)
    {
        var id = await _play.SubmittedAsync("daibiao1", title);
        await _play.ReviewAsync(id, "reject");
        return id;
    }

    private async Task<Guid> WithdrawingAsync(string title)
    {
        var id = await _play.AssignedAsync("daibiao1", title);
        await DoAsync<FollowUpCommands, StepDone>(c =>
            c.WithdrawAsync(id, "学校已另行安排。", As("daibiao1"), default)
        );
        return id;
    }

    private async Task<Guid> DeclinedAsync(string title)
    {
        var id = await WithdrawingAsync(title);
        foreach (var login in new[] { "fuyi1", "fuyi2" })
            await _play.DecideAsync(id, login, "withdrawal.takeover", "decline");
        return id;
    }

    private static object Minutes() =>
        new
        {
            metOn = $"{Today:yyyy-MM-dd}",
            place = "工会会议室",
            people = "提案人、总务处负责人、分管校长",
            minutes = "逐条说明了答复；提案人保留意见。",
        };

    private void Act(string act, string who, Guid id) => Acts[act] = (who, $"/motions/{id}/do/{act}");

    private async Task TaskAsync(Guid id, string who, string name) =>
        Tasks[name] = (who, $"/tasks/{await _play.TaskAsync(id, who, name)}");

    private static Asker As(string login) => new(DemoDistrict.MemberId(login));

    private async Task<T> DoAsync<TService, T>(Func<TService, Task<Outcome<T>>> act)
        where TService : notnull
    {
        var done = await WithAsync(act);
        Assert.True(done.IsOk, done.Refusal?.Code);
        return done.Value;
    }

    private async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = running.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
