using EduUnion.Domain.Motions;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EduUnion.Host.Tests.Browser;

/// <summary>A motion from the first word to the delivered answer, each step in a browser by the one whose step it is.</summary>
public sealed class MotionJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task FromTheFirstWord_ToTheDeliveredAnswer()
    {
        await using var running = new Running();
        var address = running.Listen();
        var bench = new Bench(running);
        async Task<IPage> OpenAsync(string who, string task, Guid id)
        {
            var page = await chromium.OpenAsAsync(address, who);
            await page.GotoAsync($"/tasks/{await bench.TaskAsync(id, task, who)}");
            return page;
        }
        async Task PressAsync(IPage page, string button, string told)
        {
            await page.Locator("#main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            await Expect(page.Locator(".notice").First).ToContainTextAsync(told);
            await page.Context.CloseAsync();
        }

        var proposer = await chromium.OpenAsAsync(address, "daibiao1");
        await proposer.GotoAsync("/motions/new");
        await proposer.FillAsync("#title", "改善教师午休场所");
        await Expect(proposer.Locator("[data-saved]")).ToContainTextAsync("草稿已保存");
        await proposer.ReloadAsync();
        await Expect(proposer.Locator("#title")).ToHaveValueAsync("改善教师午休场所");
        await proposer.SelectOptionAsync("#category", "welfare");
        await proposer.FillAsync("#grounds", Bench.Grounds);
        await proposer.FillAsync("#proposals-0", "设置教师午休室。");
        await proposer.GetByRole(AriaRole.Button, new() { Name = "再加一条" }).ClickAsync();
        await Expect(proposer.Locator("#proposals-1")).ToBeFocusedAsync();
        await proposer.FillAsync("#proposals-1", "制定使用公约。");
        await proposer.GetByRole(AriaRole.Button, new() { Name = "保存，下一步邀请附议人" }).ClickAsync();
        await proposer.GetByLabel("许若溪").CheckAsync();
        await proposer.GetByLabel("韩亦舟").CheckAsync();
        await proposer.GetByRole(AriaRole.Button, new() { Name = "发出邀请" }).ClickAsync();
        await Expect(proposer.Locator(".notice").First).ToContainTextAsync("已向 2 位代表发出邀请");
        var id = (await bench.MotionsAsync()).Single();

        foreach (var who in new[] { "fuyi1", "fuyi2" })
            await PressAsync(await OpenAsync(who, "motion.cosign", id), "附议", "您的签名已记在提案上");
        await proposer.GotoAsync($"/motions/{id}/submit");
        await PressAsync(proposer, "提交提案", "已提交");

        var secretary = await OpenAsync("mishu", "motion.check", id);
        await secretary.GetByLabel("建议立案").CheckAsync();
        await PressAsync(secretary, "提出审查意见", "转提案委各委员表决");
        foreach (var who in new[] { "zhuren", "weiyuan1", "weiyuan2" })
            await PressAsync(await OpenAsync(who, "motion.review", id), "立案", "已办理：立案");
        secretary = await OpenAsync("mishu", "motion.assign", id);
        await secretary.SelectOptionAsync("#parts-0-host", new SelectOptionValue { Label = "总务处" });
        await secretary.GetByLabel("校医务室").CheckAsync();
        await PressAsync(secretary, "交办", "答复期限从今天起算");

        await PressAsync(await OpenAsync("zongwuchu", "handling.accept", id), "签收", "贵部门承办");
        var other = await OpenAsync("yiwushi", "handling.opinion", id);
        await other.FillAsync("#opinion", "建议配备颈枕，每季度消毒一次。");
        await PressAsync(other, "提交协办意见", "主办部门拟写答复时会看到");
        var clerk = await OpenAsync("zongwuchu", "handling.meeting", id);
        await clerk.FillAsync("#people", "林晓岚、何立本");
        await clerk.FillAsync("#gist", "提案人同意先开放会议室。");
        await PressAsync(clerk, "记录面商", "接着拟写答复");
        clerk = await OpenAsync("zongwuchu", "handling.draft", id);
        await clerk.GetByLabel("B 列入计划，正在解决").CheckAsync();
        await clerk.FillAsync("#text", Bench.Answer);
        await clerk.FillAsync("#commitments-0-item", "午休室改造完成");
        await clerk.FillAsync("#commitments-0-owner", "总务处");
        await clerk.FillAsync("#commitments-0-dueOn", "2026-08-31");
        await PressAsync(clerk, "送签", "转部门负责人签发");
        await PressAsync(await OpenAsync("fuzeren", "handling.sign", id), "签发", "转分管校领导审阅");
        await PressAsync(await OpenAsync("fenguan", "handling.leader", id), "同意", "转秘书核对格式");
        await PressAsync(await OpenAsync("mishu", "handling.formcheck", id), "核对无误，送达", "答复函送达提案人");

        Assert.Equal(MotionState.Replied, (await bench.MotionAsync(id)).State);
    }

    [Fact]
    public async Task TheMainForms_WorkInEnglish()
    {
        await using var running = new Running();
        var address = running.Listen();
        var bench = new Bench(running);
        var proposer = await chromium.OpenAsAsync(address, "daibiao1", 390, "en");
        await proposer.GotoAsync("/motions/new");
        await proposer.GetByRole(AriaRole.Button, new() { Name = "Save, then invite co-signers" }).ClickAsync();
        await Expect(proposer.Locator(".errors")).ToContainTextAsync("Please write a title");
        await proposer.GetByRole(AriaRole.Textbox, new() { Name = "Title", Exact = true }).FillAsync("A room to rest");
        await proposer.GetByLabel("Category").SelectOptionAsync("welfare");
        await proposer.GetByLabel("Grounds").FillAsync(Bench.Grounds);
        await proposer.GetByLabel("Item 1").FillAsync("Set one up.");
        await proposer.GetByRole(AriaRole.Button, new() { Name = "Save, then invite co-signers" }).ClickAsync();
        await Expect(proposer.Locator("h1")).ToContainTextAsync("Invite co-signers");

        var id = await bench.UpToAsync("handling.sign");
        var head = await chromium.OpenAsAsync(address, "fuzeren", language: "en");
        await head.GotoAsync($"/tasks/{await bench.TaskAsync(id, "handling.sign")}");
        await head.Locator("#main").GetByRole(AriaRole.Button, new() { Name = "Sign", Exact = true }).ClickAsync();
        await Expect(head.Locator(".notice").First)
            .ToContainTextAsync("It goes to the school leader in charge for review.");
    }

    [Fact]
    public async Task Review_ByKeyboard()
    {
        await using var running = new Running();
        var address = running.Listen();
        var bench = new Bench(running);
        await bench.UpToAsync("motion.review", "改善教师午休场所");
        var second = await bench.UpToAsync("motion.review", "更换老旧护栏");
        var voter = await chromium.OpenAsAsync(address, "zhuren");
        await voter.GotoAsync("/review");

        await voter.Keyboard.PressAsync("j");
        await voter.Keyboard.PressAsync("j");
        await voter.Keyboard.PressAsync("1");

        await Expect(voter.Locator("h2").First).ToContainTextAsync("1 件中 1 件已办");
        await Expect(voter.Locator(".people")).ToContainTextAsync("更换老旧护栏");
        Assert.Equal(MotionState.UnderReview, (await bench.MotionAsync(second)).State);
    }
}
