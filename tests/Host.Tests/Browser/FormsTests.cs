using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EduUnion.Host.Tests.Browser;

/// <summary>Every form, in both languages, on a phone and on a screen.</summary>
public sealed class FormsTests(Chromium chromium)
{
    /// <summary>Task, who has it.</summary>
    private static readonly (string Task, string Who)[] Tasks =
    [
        ("motion.cosign", "fuyi1"),
        ("motion.check", "mishu"),
        ("motion.review", "zhuren"),
        ("motion.assign", "mishu"),
        ("handling.accept", "zongwuchu"),
        ("handling.opinion", "yiwushi"),
        ("handling.meeting", "zongwuchu"),
        ("handling.draft", "zongwuchu"),
        ("handling.sign", "fuzeren"),
        ("handling.leader", "fenguan"),
        ("handling.formcheck", "mishu"),
    ];

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task EveryForm_IsAccessible_AndFitsThePage(string language)
    {
        await using var running = new Running();
        var address = running.Listen();
        Dictionary<string, IPage> windows = [];
        List<string> found = [];
        foreach (var (name, who, path) in await PagesAsync(new Bench(running)))
        {
            if (!windows.TryGetValue(who, out var page))
            {
                windows[who] = page = await chromium.OpenAsAsync(address, who, language: language);
                page.Console += (_, m) => found.Add($"{page.Url}: {m.Text}");
            }
            var answer = await page.GotoAsync(path);
            if (answer!.Status != 200)
                found.Add($"{name}: {answer.Status}");
            await LookAsync(page, $"{name}-{language}", found);
        }
        Assert.Empty(found);
    }

    [Fact]
    public async Task RefusedConfirmedAndPreviewed_AreAccessible()
    {
        await using var running = new Running();
        var address = running.Listen();
        var bench = new Bench(running);
        List<string> found = [];
        var voter = await chromium.OpenAsAsync(address, "zhuren");
        var review = await bench.UpToAsync("motion.review");
        await voter.GotoAsync($"/tasks/{await bench.TaskAsync(review, "motion.review", "zhuren")}");
        await voter.SelectOptionAsync("#reasonCode", "personal");
        await voter.FillAsync("#comment", "只涉及一人。");
        await voter.Locator("button[value=reject]").ClickAsync();
        await LookAsync(voter, "confirm", found);
        await voter.Locator("button[value=reject]").ClickAsync();
        await LookAsync(voter, "done", found);

        var clerk = await chromium.OpenAsAsync(address, "zongwuchu");
        var draft = await bench.UpToAsync("handling.draft");
        await clerk.GotoAsync($"/tasks/{await bench.TaskAsync(draft, "handling.draft")}");
        await clerk.FillAsync("#text", Bench.Answer);
        await clerk.Locator("button[value=commitments-add]").ClickAsync();
        await clerk.FillAsync("#commitments-1-item", "会议室午间开放");
        await clerk.Locator("button[value=preview]").ClickAsync();
        await Expect(clerk.Locator(".letter")).ToContainTextAsync("配躺椅二十四张");
        // What came back from the server is not offered as if it had been lost.
        await Expect(clerk.Locator("[data-draft-offer]")).ToBeHiddenAsync();
        await LookAsync(clerk, "preview", found);

        Assert.Empty(found);
    }

    private static async Task LookAsync(IPage page, string name, List<string> found)
    {
        await page.ShootAsync(name);
        found.AddRange(await page.AxeAsync(name, 1280, 360));
        if (await page.TooWideAsync() is { Length: > 0 } wide)
            found.Add($"{name}: {wide}");
    }

    private static async Task<List<(string Name, string Who, string Path)>> PagesAsync(Bench bench)
    {
        var gathering = await bench.UpToAsync("motion.cosign", "开设教职工子女课后托管班");
        List<(string, string, string)> pages =
        [
            ("new", "daibiao1", "/motions/new"),
            ("edit", "daibiao1", $"/motions/{gathering}/edit"),
            ("invite", "daibiao1", $"/motions/{gathering}/invite"),
            ("submit", "daibiao1", $"/motions/{gathering}/submit"),
            ("abandon", "daibiao1", $"/motions/{gathering}/submit?do=abandon"),
        ];
        foreach (var (task, who) in Tasks)
        {
            var id = await bench.UpToAsync(task);
            pages.Add((task, who, $"/tasks/{await bench.TaskAsync(id, task, who)}"));
            if (task == "handling.draft")
            {
                var part = (await bench.MotionAsync(id)).Parts[0].Id;
                var asker = new Asker(DemoDistrict.MemberId("zongwuchu"));
                await bench.WithAsync<MotionCommands, Outcome<StepDone>>(m =>
                    m.AskExtensionAsync(id, part, 10, "施工招标推迟。", asker, default)
                );
                pages.Add(("extension", "zhuren", $"/tasks/{await bench.TaskAsync(id, "extension.decide")}"));
            }
        }
        var returned = await bench.UpToAsync("handling.accept");
        await bench.DecideAsync(returned, "zongwuchu", "handling.accept", "notOurs", comment: "属于教务处。");
        pages.Add(("reassign", "mishu", $"/tasks/{await bench.TaskAsync(returned, "handling.reassign")}"));
        pages.Add(("review", "zhuren", "/review"));
        await DepartmentTemplateAsync(bench);
        pages.Add(("department", "zongwuchu", "/department"));
        pages.Add(("department-answered", "zongwuchu", "/department?show=answered"));
        pages.Add(("templates", "zongwuchu", "/department/templates"));
        pages.Add(("template", "zongwuchu", "/department/templates/edit"));
        var answering = await bench.UpToAsync("handling.draft", "更换教学楼东侧老旧护栏");
        pages.Add(("answer", "zongwuchu", $"/tasks/{await bench.TaskAsync(answering, "handling.draft")}"));
        pages.Add(("sign-case", "fuzeren", $"/motions/{await bench.UpToAsync("handling.sign", "食堂错峰就餐")}"));
        pages.Add(("home", "daibiao1", "/"));
        pages.Add(("home-cosigner", "fuyi1", "/"));
        return pages;
    }

    private static Task<bool> DepartmentTemplateAsync(Bench bench) =>
        bench.WithAsync<EduUnion.Host.Persistence.EduUnionDb, bool>(async db =>
        {
            db.Add(
                new EduUnion.Host.Motions.AnswerTemplate
                {
                    Id = Guid.CreateVersion7(),
                    SchoolId = DemoDistrict.OrganisationId("YXZX"),
                    DepartmentId = Bench.Department("ZWC"),
                    Class = EduUnion.Domain.Motions.AnswerClass.B,
                    Name = "列入计划",
                    Text = "您的提案《{title}》由{department}办理，现答复如下：",
                    ChangedBy = DemoDistrict.MemberId("zongwuchu"),
                    ChangedAt = DateTimeOffset.UnixEpoch,
                }
            );
            return await db.SaveChangesAsync() > 0;
        });
}
