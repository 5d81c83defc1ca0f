using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.Deputies;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Browser;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace EduUnion.Host.Tests.OfficeWords;

/// <summary>What an office does with its tasks and definitions, looked at by axe on a phone and on a screen.</summary>
public sealed class OfficeBrowserTests(Chromium chromium)
{
    private readonly Dictionary<string, IPage> _windows = [];
    private readonly List<string> _found = [];

    [Theory]
    [InlineData("zh-CN", 390)]
    [InlineData("en", 1280)]
    public async Task EveryPage_IsAccessible_AndFitsTheScreen(string language, int width)
    {
        await using var running = new Running();
        var address = running.Listen();
        var play = new Play(running);
        var motion = await play.DraftedAsync("daibiao1", "改善教师午休场所");
        var sign = await play.TaskAsync(motion, "fuzeren", "handling.sign");
        var signed = await play.DraftedAsync("daibiao2", "更换教学楼东侧老旧护栏");
        var waiting = await play.TaskAsync(signed, "fuzeren", "handling.sign");
        var batch = new List<Guid>();
        foreach (var title in new[] { "增设教工停车位", "更新办公电脑" })
            batch.Add(
                await play.TaskAsync(await play.AssignedAsync("daibiao1", title), "zongwuchu", "handling.accept")
            );
        running.Time.Advance(TimeSpan.FromMinutes(1));
        var back = await play.DraftedAsync("daibiao1", "食堂错峰就餐");
        var drafted = await DoneAsync(running, back, "handling.draft");
        await SpeakAsync(running, sign, waiting);
        await DefineAsync(running);
        var asked = await play.TaskAsync(signed, "fenguan", "office.sign");

        (string Login, string Path)[] pages =
        [
            ("fuzeren", $"/tasks/{sign}"),
            ("fuzeren", $"/tasks/{waiting}"),
            ("fuzeren", $"/tasks/{sign}/return"),
            ("fuzeren", $"/tasks/{sign}/ask"),
            ("fuzeren", $"/tasks/{sign}/copy"),
            ("fuzeren", "/me/deputies"),
            ("fuzeren", "/copies?show=sent"),
            ("fuzeren", "/questions"),
            ("fuzeren", "/questions?show=asked"),
            ("jiaowuchu", "/copies"),
            ("jiaowuchu", "/questions"),
            ("fenguan", $"/tasks/{asked}"),
            ("zongwuchu", "/?step=handling.accept"),
            ("zongwuchu", $"/tasks/batch?task={batch[0]}&task={batch[1]}"),
            ("zongwuchu", $"/tasks/{drafted}/take-back"),
            ("mishu", $"/tasks/{sign}/urge"),
            ("mishu", $"/motions/{motion}"),
            ("admin", $"/admin/cases?find={motion}"),
            ("admin", $"/admin/cases/{motion}/terminate"),
            ("admin", $"/admin/cases/{motion}/jump"),
            ("admin", "/admin/definitions/import"),
            ("admin", "/admin/definitions/broken/1"),
            ("admin", "/admin/definitions/broken/1/findings/1"),
            ("admin", "/admin/definitions/motion-handling/2"),
            ("admin", "/admin/definitions/motion-handling/diff?from=1&to=2"),
            ("admin", "/admin/definitions/motion-handling/2/moves"),
        ];
        foreach (var (login, path) in pages)
        {
            var page = await WindowAsync(address, login, language, width);
            var answer = await page.GotoAsync(path);
            if (answer!.Status != 200)
                _found.Add($"{path}: {answer.Status}");
            await LookAsync(page, path, language, width);
        }
        await PressAsync("fuzeren", $"/tasks/{sign}/return", ".btn--grave", "return refused");
        await PressAsync("jiaowuchu", "/copies", "main form button", "copy read");
        await PressAsync(
            "zongwuchu",
            $"/tasks/batch?task={batch[0]}&task={batch[1]}",
            "main form .btn--go",
            "batch refused"
        );
        var admin = await WindowAsync(address, "admin", language, width);
        await PressAsync("admin", "/admin/definitions/motion/1/try", ".btn--go", "try");
        await admin.FillAsync("#days", "x");
        await admin.Locator("button[value=wait]").ClickAsync();
        await LookAsync(admin, "try refused", language, width);

        Assert.Empty(_found);

        async Task PressAsync(string login, string path, string button, string name)
        {
            var page = await WindowAsync(address, login, language, width);
            await page.GotoAsync(path);
            await page.Locator(button).First.ClickAsync();
            await LookAsync(page, name, language, width);
        }
    }

    private static async Task<Guid> DoneAsync(Running running, Guid motion, string task)
    {
        await using var scope = running.Services.CreateAsyncScope();
        var viewer = await scope
            .ServiceProvider.GetRequiredService<Access>()
            .ViewerAsync(DemoDistrict.MemberId("zongwuchu"), default);
        var done = await scope
            .ServiceProvider.GetRequiredService<TaskLists>()
            .ListAsync(viewer, TaskScope.Done, new TaskFilter(), 50, null, default);
        return done.Items.Single(t => t.CaseId == motion && t.Name == task).Id;
    }

    /// <summary>Copied, asked, signed by another, done by a deputy.</summary>
    private static async Task SpeakAsync(Running running, Guid sign, Guid waiting)
    {
        var head = new Asker(DemoDistrict.MemberId("fuzeren"));
        var (clerk, leader) = (DemoDistrict.MemberId("jiaowuchu"), DemoDistrict.MemberId("fenguan"));
        await DoAsync<CopyCommands, StepDone>(
            running,
            c => c.CopyAsync(sign, [clerk], "请知悉，下月配合搬迁。", head, default)
        );
        await DoAsync<QuestionCommands, StepDone>(
            running,
            q => q.AskAsync(sign, clerk, "搬迁期间课表怎么排？", head, default)
        );
        await DoAsync<OfficeCommands, StepDone>(
            running,
            o => o.AddSignersAsync(waiting, [leader], false, "请会签。", head, default)
        );
        await DoAsync<DeputyChanges, DeputyDone>(
            running,
            d =>
                d.NameAsync(
                    new NewDeputy(
                        DemoDistrict.MemberId("fuzeren2"),
                        new DateOnly(2026, 3, 2),
                        new DateOnly(2026, 3, 6),
                        [],
                        false
                    ),
                    head,
                    default
                )
        );
    }

    /// <summary>A second version to which cases can go, and a draft that cannot be published.</summary>
    private static async Task DefineAsync(Running running)
    {
        var admin = new Asker(DemoDistrict.MemberId("admin"));
        var next = Definitions.Documents.Version("motion-handling", 2, ("\"sign\"", "\"sign2\""));
        foreach (var document in new[] { next, Definitions.Documents.Broken("join.dead-branch") })
            await DoAsync<DefinitionCommands, DefinitionDone>(running, d => d.ImportAsync(document, admin, default));
        await DoAsync<DefinitionCommands, DefinitionDone>(
            running,
            d => d.PublishAsync("motion-handling", 2, "签发步骤改名", admin, default)
        );
    }

    private static async Task DoAsync<TService, T>(Running running, Func<TService, Task<Outcome<T>>> act)
        where TService : notnull
    {
        await using var scope = running.Services.CreateAsyncScope();
        var done = await act(scope.ServiceProvider.GetRequiredService<TService>());
        Assert.True(done.IsOk, done.IsOk ? null : $"{done.Refusal.Code} {done.Refusal.Field}");
    }

    private async Task<IPage> WindowAsync(string address, string login, string language, int width)
    {
        if (_windows.TryGetValue(login, out var known))
            return known;
        var page = await chromium.OpenAsAsync(address, login, width, language);
        page.PageError += (_, fault) => _found.Add($"{page.Url}: {fault}");
        // The browser itself remarks on every answer that is a refusal.
        page.Console += (_, said) =>
        {
            if (!said.Text.Contains("status of 4", StringComparison.Ordinal))
                _found.Add($"{page.Url}: {said.Text}");
        };
        return _windows[login] = page;
    }

    private async Task LookAsync(IPage page, string name, string language, int width)
    {
        await page.ShootAsync($"{_shots++:00}-{language}");
        _found.AddRange(await page.AxeAsync(name, width));
        if (await page.TooWideAsync() is { Length: > 0 } wide)
            _found.Add($"{name}: {wide}");
        _found.AddRange(RawKeys.In(await page.InnerTextAsync("body")).Select(key => $"{name}: {key}"));
    }

    private int _shots;
}
