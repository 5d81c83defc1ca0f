using System.Diagnostics;
using System.Net;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Pages.Review;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Pages;

public sealed class ReviewTests
{
    private static readonly (string, string)[] MeetingVote = [("for", "5"), ("against", "0"), ("abstained", "0")];

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TheSecretary_FilesMergesAndAssigns_FromTheTable(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var play = new Play(running);
        var main = await play.SubmittedAsync("daibiao1", "食堂错峰就餐与排队分流");
        var follower = await play.SubmittedAsync("daibiao2", "食堂高峰就餐排队分流");
        var other = await play.SubmittedAsync("daibiao1", "更换教学楼东侧老旧护栏", "logistics");
        var secretary = await (await Visitor.OfAsync(running, "mishu")).GoAsync("/review");
        Assert.Contains("待我办理 3 件", secretary.Text(".head__meta"));
        Assert.Contains("待初核 3", secretary.Text(".tabs"));
        Assert.Contains("食堂高峰就餐排队分流 相似", secretary.Text("table"));

        await secretary.PressAsync("act=merge", Ticks(secretary, main, follower));
        await secretary.PressAsync("合为一案（1 件）");
        Assert.Contains("1 件中 1 件已办", secretary.Text("#results"));
        Assert.Contains("并入 T-YXZX", secretary.Text("table"));

        await secretary.PressAsync("act=propose", Ticks(secretary, main, follower, other));
        Assert.Contains("另有 1 件现在不能这样办理", secretary.Text(".notice"));
        await secretary.PressAsync(
            "提出审查意见（2 件）",
            ("host", $"{Play.Department("ZWC")}"),
            ("cohandlers", $"{Play.Department("YWS")}"),
            ($"host-{other:N}", $"{Play.Department("JWC")}")
        );
        Assert.Contains("2 件中 2 件已办", secretary.Text("#results"));

        await secretary.PressAsync("act=count", Ticks(secretary, main, follower, other));
        await secretary.PressAsync("登记会议表决（3 件）", MeetingVote);
        Assert.Contains("3 件中 3 件已办", secretary.Text("#results"));
        Assert.Equal(MotionState.Merged, (await play.MotionAsync(follower)).State);

        await secretary.PressAsync("act=assign", Ticks(secretary, main, other));
        await secretary.PressAsync("交办（2 件）");
        Assert.Contains("2 件中 2 件已办", secretary.Text("#results"));
        Assert.Equal(Play.Department("JWC"), (await play.MotionAsync(other)).Parts[0].HostId);
        Assert.Equal([Play.Department("YWS")], (await play.MotionAsync(main)).Parts[0].CohandlerIds);

        await secretary.PressAsync("act=unmerge", Ticks(secretary, follower));
        await secretary.PressAsync("取消并案（1 件）");
        Assert.Null((await play.MotionAsync(follower)).MainId);

        // It came out of the group without a host of its own: the recommendation names none.
        await secretary.PressAsync("act=assign", Ticks(secretary, follower));
        await secretary.PressAsync("交办（1 件）");
        Assert.Contains("没有写明主办部门", secretary.Text(".people"));

        await secretary.PressAsync("act=sponsor", Ticks(secretary, main, follower));
        await secretary.PressAsync("指定责任委员（2 件）", ("memberId", $"{DemoDistrict.MemberId("weiyuan1")}"));
        Assert.Contains("苏映雪 2 件", secretary.Text("#load"));
        Assert.Contains("未指定 1 件", secretary.Text("#load"));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AMember_VotesAsRecommended_AndOneRefusalStopsNoneOfTheOthers(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var play = new Play(running);
        var filed = await ProposedAsync(play, "改善教师午休场所", "file");
        var twice = await ProposedAsync(play, "更换老旧护栏", "file");
        var opinion = await ProposedAsync(play, "食堂增加清淡窗口", "opinion");
        var voter = await (await Visitor.OfAsync(running, "zhuren")).GoAsync("/review?stage=Review");

        await voter.PressAsync("act=vote", Ticks(voter, filed, twice, opinion));
        Assert.Contains("投票：3 件", voter.Text("h1"));
        // Meanwhile the same member votes on one of them elsewhere.
        await play.DecideAsync(twice, "zhuren", "motion.review", "opinion", comment: "宜转意见。");
        await voter.PressAsync("投票（3 件）");

        Assert.Contains("3 件中 2 件已办", voter.Text("#results"));
        Assert.Contains("更换老旧护栏这件事方以恒已在", voter.Text(".people"));
        Assert.Contains("我投：立案", voter.Text("table"));
        Assert.Contains("我投：转意见建议", voter.Text("table"));
        Assert.Contains("已表决 1/5 人", voter.Text("table"));
        await voter.GoAsync("/review?mine=true");
        Assert.Empty(voter.Page.QuerySelectorAll("tr[data-row]"));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TheSameConfirmation_Twice_IsDoneOnce_AndAnsweredTwice(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var play = new Play(running);
        var one = await ProposedAsync(play, "改善教师午休场所", "file");
        var two = await ProposedAsync(play, "更换老旧护栏", "file");
        var secretary = await (await Visitor.OfAsync(running, "mishu")).GoAsync("/review");
        await secretary.PressAsync("act=count", Ticks(secretary, one, two));

        foreach (var answer in await secretary.PressTwiceAsync("登记会议表决（2 件）", MeetingVote))
            Assert.Contains(
                "2 件中 2 件已办",
                (await Running.PageAsync(answer)).GetElementById("results")?.TextContent
            );
        Assert.Equal(MotionState.Filed, (await play.MotionAsync(one)).State);
    }

    [Fact]
    public async Task ARowThatMovedOn_WhileOneLooked_IsRefusedAlone()
    {
        await using var running = new Running();
        var play = new Play(running);
        var moved = await ProposedAsync(play, "改善教师午休场所", "file");
        var stays = await ProposedAsync(play, "更换老旧护栏", "file");
        var chair = await (await Visitor.OfAsync(running, "zhuren")).GoAsync("/review");
        await chair.PressAsync("act=count", Ticks(chair, moved, stays));
        foreach (var voter in new[] { "zhuren", "weiyuan1", "weiyuan2" })
            await play.DecideAsync(moved, voter, "motion.review", "file");

        await chair.PressAsync("登记会议表决（2 件）", MeetingVote);

        Assert.Contains("2 件中 1 件已办", chair.Text("#results"));
        Assert.Contains("在您查看期间已有进展", chair.Text(".people"));
        Assert.NotNull((await play.MotionAsync(stays)).CountedVote);
    }

    [Fact]
    public async Task Rejecting_IsAskedTwice_AndNeedsItsReason()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await ProposedAsync(play, "改善教师午休场所", "file");
        var voter = await (await Visitor.OfAsync(running, "zhuren")).GoAsync("/review");
        await voter.PressAsync("act=vote", Ticks(voter, id));

        await voter.PressAsync("投票（1 件）", ("outcome", "reject"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, voter.Status);
        await voter.PressAsync("投票（1 件）", ("reasonCode", "personal"), ("comment", "只涉及一人。"));
        Assert.Contains("不予立案：1 件", voter.Text("h1"));
        Assert.Contains("只涉及一人。", voter.Text(".people"));
        await voter.PressAsync("投票");

        Assert.Contains("我投：不予立案", voter.Text("table"));
    }

    [Fact]
    public async Task APress_OnARow_FollowsTheRecommendationForThatMotionOnly()
    {
        await using var running = new Running();
        var play = new Play(running);
        await ProposedAsync(play, "改善教师午休场所", "file");
        await ProposedAsync(play, "更换老旧护栏", "file");
        var voter = await (await Visitor.OfAsync(running, "zhuren")).GoAsync("/review");
        var button = voter.Page.QuerySelector("button[name=row]")!;
        Assert.StartsWith("同意立案", button.TextContent, StringComparison.Ordinal);

        await voter.PressAsync($"row={button.GetAttribute("value")}");

        Assert.Contains("1 件中 1 件已办", voter.Text("#results"));
        Assert.Contains("待我办理 1 件", voter.Text(".head__meta"));
    }

    [Fact]
    public async Task TheTable_ShowsToEachWhatHeMayDo()
    {
        await using var running = new Running();
        var play = new Play(running);
        await ProposedAsync(play, "改善教师午休场所", "file", "weiyuan1");

        Assert.Equal(["count", "sponsor"], await ActsAsync("mishu"));
        Assert.Equal(["vote", "count", "sponsor"], await ActsAsync("zhuren"));
        Assert.Equal(["vote"], await ActsAsync("weiyuan2"));
        // The proposer handles his own motion in no office, and the union's chair only reads.
        Assert.Empty(await ActsAsync("weiyuan1"));
        Assert.Empty(await ActsAsync("xiaozhuxi"));
        var chair = await (await Visitor.OfAsync(running, "xiaozhuxi")).GoAsync("/review");
        Assert.DoesNotContain("已表决", chair.Text("table"));

        async Task<IEnumerable<string?>> ActsAsync(string login) =>
            (await (await Visitor.OfAsync(running, login)).GoAsync("/review"))
                .Page.QuerySelectorAll("#bulk button[name=act]")
                .Select(b => b.GetAttribute("value"))
                .ToList();
    }

    [Fact]
    public async Task Facets_NarrowTheTable_AndSurviveAnAct()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await ProposedAsync(play, "改善教师午休场所", "file");
        await ProposedAsync(play, "食堂增加清淡窗口", "opinion");
        await play.SubmittedAsync("daibiao2", "更换老旧护栏", "logistics");
        var secretary = await Visitor.OfAsync(running, "mishu");

        foreach (
            var (address, title) in new[]
            {
                ("?category=logistics", "更换老旧护栏"),
                ("?recommendation=opinion", "食堂增加清淡窗口"),
                ("?recommendation=none", "更换老旧护栏"),
                ("?stage=Check", "更换老旧护栏"),
                ("?q=午休", "改善教师午休场所"),
                ("?q=周予安", "更换老旧护栏"),
                ("?mine=true", "更换老旧护栏"),
            }
        )
            Assert.Equal(title, (await secretary.GoAsync("/review" + address)).Text("th .case"));

        await secretary.GoAsync("/review?stage=Review");
        Assert.Contains("待审查 2", secretary.Text(".tabs [aria-current]"));
        await secretary.PressAsync("act=count", Ticks(secretary, id));
        await secretary.PressAsync("登记会议表决（1 件）", MeetingVote);
        Assert.Contains("待审查 1", secretary.Text(".tabs [aria-current]"));
    }

    [Fact]
    public async Task NothingTicked_OrNothingFit_IsSaid()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await ProposedAsync(play, "改善教师午休场所", "file");
        await play.SubmittedAsync("daibiao2", "更换老旧护栏");
        var secretary = await (await Visitor.OfAsync(running, "mishu")).GoAsync("/review");

        await secretary.PressAsync("act=propose");
        Assert.Contains("请先选中提案", secretary.Text(".errors"));
        await secretary.PressAsync("act=propose", Ticks(secretary, id));
        Assert.Contains("选中的提案现在都不能这样办理", secretary.Text(".errors"));
    }

    [Fact]
    public async Task AMainMotion_ThatTheListDoesNotOffer_IsRefusedAtItsField()
    {
        await using var running = new Running();
        var play = new Play(running);
        var one = await play.SubmittedAsync("daibiao1", "改善教师午休场所");
        var two = await play.SubmittedAsync("daibiao2", "更换老旧护栏");
        var secretary = await (await Visitor.OfAsync(running, "mishu")).GoAsync("/review");
        await secretary.PressAsync("act=merge", Ticks(secretary, one, two));

        await secretary.PressAsync("合为一案（1 件）", ("main", $"{Guid.NewGuid()}"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, secretary.Status);
        Assert.Contains("请从列出的选项中选择", secretary.Text("#main"));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AWeekOfMotions_IsReadInAsManyStatementsAsOne(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        await new Play(running).SubmittedAsync("daibiao1", "改善教师午休场所");
        var few = await StatementsAsync();
        await running.InDatabaseAsync(db => CopyAsync(db, 125));

        Assert.Equal(few, await StatementsAsync());
        var secretary = await (await Visitor.OfAsync(running, "mishu")).GoAsync("/review");
        Assert.Equal(126, secretary.Page.QuerySelectorAll("tr[data-row]").Length);
        Assert.InRange(secretary.Page.DocumentElement.OuterHtml.Length, 1, 250_000);

        async Task<int> StatementsAsync()
        {
            await using var scope = running.Services.CreateAsyncScope();
            var viewer = await scope
                .ServiceProvider.GetRequiredService<Access>()
                .ViewerAsync(DemoDistrict.MemberId("mishu"), default);
            var tables = scope.ServiceProvider.GetRequiredService<CommitteeTables>();
            using var counter = new Counter(scope.ServiceProvider.GetRequiredService<EduUnionDb>());
            Assert.NotEmpty((await tables.FindAsync(viewer, null, default))!.Rows);
            return counter.Count;
        }
    }

    [Fact]
    public async Task WhoHoldsNoOfficeOfTheMotions_DoesNotComeIn()
    {
        await using var running = new Running();

        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await (await Visitor.OfAsync(running, "daibiao1")).GoAsync("/review")).Status
        );
    }

    private static (string, string)[] Ticks(Visitor visitor, params Guid[] ids) =>
        [
            .. visitor
                .Page.QuerySelectorAll("input[name=pick]")
                .Select(i => i.GetAttribute("value")!)
                .Where(v => ids.Any(id => v.StartsWith($"{id:N}", StringComparison.Ordinal)))
                .Select(v => ("pick", v)),
        ];

    private static async Task<Guid> ProposedAsync(Play play, string title, string outcome, string proposer = "daibiao1")
    {
        var id = await play.SubmittedAsync(proposer, title);
        var form = new { recommendation = outcome, recommendationReason = outcome == "file" ? null : "宜作为建议。" };
        await play.DecideAsync(id, "mishu", "motion.check", "propose", form);
        return id;
    }

    /// <summary>The same motion so many times more, each under a receipt number of its own.</summary>
    private static async Task CopyAsync(EduUnionDb db, int times)
    {
        var one = await db.Set<CaseRow>().AsNoTracking().Include(c => c.Tasks).SingleAsync();
        var task = one.Tasks.Single(t => t.State == TaskState.Open);
        for (var i = 0; i < times; i++)
        {
            var (id, receipt) = (Guid.CreateVersion7(), $"T-YXZX-COPY-{i:000}");
            db.Add(
                new CaseRow
                {
                    Id = id,
                    Kind = one.Kind,
                    SchoolId = one.SchoolId,
                    SessionId = one.SessionId,
                    StarterId = one.StarterId,
                    Title = one.Title,
                    Category = one.Category,
                    State = one.State,
                    Receipt = receipt,
                    RulesAt = one.RulesAt,
                    OpenedAt = one.OpenedAt,
                    ChangedAt = one.ChangedAt,
                    Family = one.Family,
                    Aggregate = one.Aggregate.Replace($"{one.Id}", $"{id}").Replace(one.Receipt!, receipt),
                }
            );
            db.Add(
                new TaskRow
                {
                    Id = Guid.CreateVersion7(),
                    CaseId = id,
                    StepId = Guid.CreateVersion7(),
                    Name = task.Name,
                    Office = task.Office,
                    OrganisationId = task.OrganisationId,
                    Outcomes = task.Outcomes,
                    OpenedAt = task.OpenedAt,
                }
            );
        }
        await db.SaveChangesAsync();
    }

    /// <summary>Counts the statements of one context.</summary>
    private sealed class Counter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly DbContext _db;
        private readonly List<IDisposable> _heard = [];

        public Counter(DbContext db)
        {
            _db = db;
            _heard.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public int Count { get; private set; }

        public void OnNext(DiagnosticListener listener)
        {
            if (listener.Name == DbLoggerCategory.Name)
                _heard.Add(listener.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> told)
        {
            if (told.Value is CommandExecutedEventData executed && ReferenceEquals(executed.Context, _db))
                Count++;
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        public void Dispose() => _heard.ForEach(h => h.Dispose());
    }
}
