using System.Net;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using MiniExcelLibs;

namespace EduUnion.Host.Tests.Documents;

/// <summary>The register (台账): the columns of the form, the motions of the list.</summary>
public sealed class RegisterTests
{
    private static readonly string[] Columns =
    [
        "序号",
        "案号",
        "案名",
        "提案人",
        "附议人",
        "类别",
        "结论",
        "主办",
        "协办",
        "交办日",
        "应答日",
        "实答日",
        "是否按时",
        "面商",
        "类别ABCD",
        "满意度(首次/最终)",
        "落实进度",
        "状态",
    ];

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Spreadsheet_HasTheFormsColumnsAndRealDates(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var play = new Play(running);
        var answered = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");
        await play.DeliverAsync(answered);
        await play.AssignedAsync("daibiao1", "调整校医务室值班时间", "ZWC", "JWC");
        await play.SubmittedAsync("daibiao2", "食堂错峰就餐与排队分流", "logistics");

        var rows = await RowsAsync(running, "mishu", "");

        Assert.Equal(Columns, rows[0].Keys);
        var first = rows[0];
        Assert.Equal(
            [
                "1",
                "0302-001",
                "更换教学楼东侧老旧护栏",
                "林晓岚",
                "许若溪、韩亦舟",
                "生活福利与健康",
                "立案",
                "总务处",
                "校医务室",
            ],
            Columns.Take(9).Select(c => $"{first[c]}")
        );
        Assert.Equal(new DateTime(2026, 3, 2), first["交办日"]);
        Assert.Equal(new DateTime(2026, 4, 14), first["应答日"]);
        Assert.Equal(new DateTime(2026, 3, 2), first["实答日"]);
        Assert.Equal(["是", "1 次", "B", "", "", "已答复"], Columns.TakeLast(6).Select(c => $"{first[c]}"));
        // Several hosts: a line each, in the order of the case.
        Assert.Equal("2026.03.02\n2026.03.02", rows[1]["交办日"]);
        Assert.Equal("总务处\n教务处", rows[1]["主办"]);
        Assert.Equal(("T-YXZX-32-003", "已提交"), ($"{rows[2]["案号"]}", $"{rows[2]["状态"]}"));
        Assert.Equal(3, rows.Count);
    }

    [Fact]
    public async Task Filter_IsThatOfTheList()
    {
        await using var running = new Running();
        var play = new Play(running);
        await play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        await play.SubmittedAsync("daibiao2", "食堂错峰就餐与排队分流", "logistics");
        await play.DraftAsync("daibiao1", "开设教职工子女课后托管班");

        Assert.Equal(
            ["食堂错峰就餐与排队分流"],
            await TitlesAsync(running, "mishu", "?category=logistics&state=Submitted&own=&session=&host=")
        );
        Assert.Equal(["调整校医务室值班时间"], await TitlesAsync(running, "mishu", "?q=医务室"));
        Assert.Equal(["调整校医务室值班时间"], await TitlesAsync(running, "mishu", $"?host={Play.Department("ZWC")}"));
        // A draft is its proposer's alone; what is not filed is not yet for other representatives.
        Assert.Equal(["调整校医务室值班时间", "开设教职工子女课后托管班"], await TitlesAsync(running, "daibiao1", ""));
        Assert.Empty(await TitlesAsync(running, "admin", ""));
        Assert.Equal(HttpStatusCode.Redirect, (await running.Browser().GetAsync("/motions/register")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await running.Browser().GetAsync("/motions/register.xlsx")).StatusCode);

        var list = await Visitor.OfAsync(running, "mishu");
        await list.GoAsync("/motions?category=logistics");
        Assert.Equal(
            "/motions/register?category=logistics",
            list.Page.QuerySelector(".head .acts a")!.GetAttribute("href")
        );
        await list.GoAsync("/motions/register?category=logistics");
        Assert.Contains("云溪中学提案办理情况台账", list.Text("h1"), StringComparison.Ordinal);
        Assert.Contains("食堂错峰就餐与排队分流", list.Text("td"), StringComparison.Ordinal);
        Assert.DoesNotContain("调整校医务室值班时间", list.Text("td"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cells_TellOnlyWhatTheCasePageWould()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");

        var before = (await RowsAsync(running, "mishu", "")).Single();
        Assert.Equal(("", "", "1 次"), ($"{before["类别ABCD"]}", $"{before["是否按时"]}", $"{before["面商"]}"));
        await play.DeliverAsync(id);
        await play.DecideAsync(
            id,
            "daibiao1",
            "motion.feedback",
            "rate",
            new { manner = "Basic", result = "Satisfied" }
        );

        var inside = (await RowsAsync(running, "zongwuchu", "")).Single();
        var other = (await RowsAsync(running, "daibiao2", "")).Single();

        Assert.Equal(("满意/满意", "0/1", "1 次"), Follow(inside));
        Assert.Equal(("", "0/1", ""), Follow(other));
        Assert.Equal("B", other["类别ABCD"]);

        static (string, string, string) Follow(IDictionary<string, object?> row) =>
            ($"{row["满意度(首次/最终)"]}", $"{row["落实进度"]}", $"{row["面商"]}");
    }

    [Fact]
    public async Task Late_IsLate_AnsweredOrNot()
    {
        await using var running = new Running();
        var play = new Play(running);
        await play.AssignedAsync("daibiao1", "调整校医务室值班时间");

        await play.MoveToAsync(new DateOnly(2026, 4, 14));
        Assert.Equal("", $"{(await RowsAsync(running, "mishu", "")).Single()["是否按时"]}");
        await play.MoveToAsync(new DateOnly(2026, 4, 15));
        Assert.Equal("否", $"{(await RowsAsync(running, "mishu", "")).Single()["是否按时"]}");
    }

    private static async Task<IEnumerable<string?>> TitlesAsync(Running running, string who, string query) =>
        (await RowsAsync(running, who, query)).Select(r => r["案名"]?.ToString());

    private static async Task<List<IDictionary<string, object?>>> RowsAsync(Running running, string who, string query)
    {
        var answer = await (await running.BrowserOfAsync(who)).GetAsync("/motions/register.xlsx" + query);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("提案办理情况台账 2026-", answer.Content.Headers.ContentDisposition!.FileNameStar);
        using var file = new MemoryStream(await answer.Content.ReadAsByteArrayAsync());
        return [.. file.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>()];
    }
}
