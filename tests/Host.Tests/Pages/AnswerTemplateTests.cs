using System.Net;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Motions;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Pages;

public sealed class AnswerTemplateTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ATemplate_BeginsAnAnswer_WithoutScript(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var bench = new Bench(running);
        var id = await bench.UpToAsync("handling.draft");
        var clerk = await Visitor.OfAsync(running, "zongwuchu");

        await clerk.GoAsync("/department/templates/edit");
        await clerk.PressAsync(
            "保存模板",
            ("name", "列入计划"),
            ("class", "B"),
            ("text", "您的提案《{title}》（{number}）由{department}办理。\r\n现答复如下：")
        );
        Assert.Contains("列入计划", clerk.Text("main .list"));
        var task = $"/tasks/{await bench.TaskAsync(id, "handling.draft")}";
        await clerk.GoAsync(task);
        var template = clerk.Page.QuerySelector("#template option:last-child")!.GetAttribute("value")!;
        await clerk.PressAsync("插入模板", ("template", template));

        var number = (await bench.MotionAsync(id)).Number;
        Assert.Equal($"您的提案《改善教师午休场所》（{number}）由总务处办理。\n现答复如下：", clerk.Value("text"));
        Assert.Equal("B", clerk.Page.QuerySelector("input[name=class][checked]")!.GetAttribute("value"));
        await clerk.PressAsync("插入模板", ("template", template), ("text", "已写的一段。"), ("class", "A"));
        Assert.StartsWith("已写的一段。\n\n您的提案《改善教师午休场所》", clerk.Value("text"));
        Assert.Equal("A", clerk.Page.QuerySelector("input[name=class][checked]")!.GetAttribute("value"));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Texts_AreRefusedWithTheirReason(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);

        Assert.Equal("form.invalid", await AddAsync(running, "zongwuchu", "ZWC", "", ""));
        Assert.Equal("text.control-characters", await AddAsync(running, "zongwuchu", "ZWC", "铃\a", "正文"));
        Assert.Equal("text.control-characters", await AddAsync(running, "zongwuchu", "ZWC", "铃", "正\u0000文"));
        Assert.Equal("form.too-long", await AddAsync(running, "zongwuchu", "ZWC", new('长', 41), "正文"));
        Assert.Equal("template.placeholder-unknown", await AddAsync(running, "zongwuchu", "ZWC", "问候", "{name}："));
        Assert.Equal("template.not-yours", await AddAsync(running, "zongwuchu", "JWC", "问候", "正文"));
        Assert.Equal("template.not-yours", await AddAsync(running, "zongwuchu", null, "问候", "正文"));
        Assert.Null(await AddAsync(running, "zongwuchu", "ZWC", "问候", "正文"));
        Assert.Equal("template.name-taken", await AddAsync(running, "fuzeren", "ZWC", "问候", "另一篇"));
        Assert.Null(await AddAsync(running, "mishu", null, "问候", "全校通用"));
        Assert.Equal("template.name-taken", await AddAsync(running, "mishu", null, "问候", "全校通用"));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task WhoChangesAnOldVersion_IsTold_AndKeepsTheText(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        await AddAsync(running, "zongwuchu", "ZWC", "问候", "正文");
        var slow = await OpenAsync(running, "zongwuchu");
        var quick = await OpenAsync(running, "fuzeren");
        await quick.PressAsync("保存模板", ("text", "负责人改过的正文"));

        await slow.PressAsync("保存模板", ("text", "经办人的正文"));

        Assert.Equal(HttpStatusCode.PreconditionFailed, slow.Status);
        Assert.Equal("经办人的正文", slow.Value("text"));
        Assert.Contains("负责人改过的正文", slow.Text(".prose"));
        await slow.PressAsync("保存模板");
        Assert.Contains("已保存", slow.Text(".notice"));
        Assert.Equal("经办人的正文", (await OfferedAsync(running)).Single().Text);
    }

    [Fact]
    public async Task ARetiredTemplate_IsOfferedNoMore_UntilItIsBroughtBack()
    {
        await using var running = new Running();
        await AddAsync(running, "zongwuchu", "ZWC", "问候", "正文");
        await AddAsync(running, "mishu", null, "通用", "正文");
        Assert.Equal(["问候", "通用"], (await OfferedAsync(running)).Select(t => t.Name));
        var clerk = await OpenAsync(running, "zongwuchu");

        await clerk.PressAsync("停用");

        Assert.Equal(["通用"], (await OfferedAsync(running)).Select(t => t.Name));
        Assert.Null(await AddAsync(running, "zongwuchu", "ZWC", "问候", "后来的"));
        await clerk.GoAsync((await OpenAsync(running, "zongwuchu", active: false)).Path);
        await clerk.PressAsync("恢复使用");
        Assert.Equal(HttpStatusCode.Conflict, clerk.Status);
        await clerk.PressAsync("恢复使用", ("name", "旧的问候"));
        Assert.Equal(3, (await OfferedAsync(running)).Count);
    }

    [Fact]
    public async Task Templates_AreKeptByTheirDepartmentAlone()
    {
        await using var running = new Running();
        await AddAsync(running, "zongwuchu", "ZWC", "问候", "正文");
        var own = (await OpenAsync(running, "zongwuchu")).Path;

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await (await Visitor.OfAsync(running, "jiaowuchu")).GoAsync(own)).Status
        );
        Assert.Equal(HttpStatusCode.NotFound, (await (await Visitor.OfAsync(running, "mishu")).GoAsync(own)).Status);
        var leader = await Visitor.OfAsync(running, "fenguan");
        Assert.Equal(HttpStatusCode.Forbidden, (await leader.GoAsync(own)).Status);
        await leader.GoAsync("/department/templates");
        Assert.Contains("问候", leader.Text("main .list"));
        Assert.Null(leader.Page.QuerySelector("main .case"));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await (await Visitor.OfAsync(running, "daibiao1")).GoAsync("/department/templates")).Status
        );
    }

    [Fact]
    public async Task TwoPressesOnSave_AddOneTemplate()
    {
        await using var running = new Running();
        var clerk = await Visitor.OfAsync(running, "zongwuchu");
        await clerk.GoAsync("/department/templates/edit");

        var answers = await clerk.PressTwiceAsync("保存模板", ("name", "问候"), ("text", "正文"));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Single(await OfferedAsync(running));
    }

    [Fact]
    public void Fill_TakesATitleAsItIs() =>
        Assert.Equal(
            "0302-001 关于{department}的提案 {x} 总务处",
            TemplateText.Fill("{number} {title} {x} {department}", "0302-001", "关于{department}的提案", "总务处")
        );

    private static async Task<Visitor> OpenAsync(Running running, string who, bool active = true)
    {
        var id = Guid.Empty;
        await running.InDatabaseAsync(async db =>
            id = await db.Set<AnswerTemplate>()
                .Where(t => t.DepartmentId != null && t.Active == active)
                .Select(t => t.Id)
                .SingleAsync()
        );
        return await (await Visitor.OfAsync(running, who)).GoAsync($"/department/templates/edit/{id}");
    }

    private static async Task<IReadOnlyList<AnswerTemplate>> OfferedAsync(Running running)
    {
        await using var scope = running.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<AnswerTemplates>()
            .OfferedAsync(Bench.Department("ZWC"), default);
    }

    /// <summary>The code of the refusal; null = it was added. No department = the school.</summary>
    private static async Task<string?> AddAsync(
        Running running,
        string who,
        string? department,
        string name,
        string text
    )
    {
        await using var scope = running.Services.CreateAsyncScope();
        var viewer = await scope
            .ServiceProvider.GetRequiredService<Access>()
            .ViewerAsync(DemoDistrict.MemberId(who), default);
        var keeper = department is null ? DemoDistrict.OrganisationId("YXZX") : Bench.Department(department);
        var added = await scope
            .ServiceProvider.GetRequiredService<AnswerTemplates>()
            .AddAsync(Guid.CreateVersion7(), keeper, TemplateText.Of(name, text, null), viewer, default);
        return added.Refusal?.Code;
    }
}
