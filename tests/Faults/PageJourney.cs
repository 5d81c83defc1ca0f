using EduUnion.Domain.Motions;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace EduUnion.Faults;

/// <summary>
/// A motion from the draft to the delivered answer through the pages' forms, without script: each form is a transition with
/// a key of its own in a hidden field.
/// </summary>
internal static class PageJourney
{
    private static readonly string Department = $"{Bench.Department("ZWC")}";

    public static async Task Motion_IsFiledHandledAndAnswered_OnPages(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 3, 3));
        var bench = new Bench(district.Running);
        var proposer = await VisitorAsync(district, "daibiao1");
        await proposer.GoAsync("/motions/new");
        await proposer.PressAsync(
            "保存，下一步邀请附议人",
            ("title", "改善教师午休场所"),
            ("category", "welfare"),
            ("grounds", Bench.Grounds),
            ("proposals", "设置教师午休室。")
        );
        var id = (await bench.MotionsAsync()).Single();
        await proposer.PressAsync(
            "发出邀请",
            ("memberIds", $"{DemoDistrict.MemberId("fuyi1")}"),
            ("memberIds", $"{DemoDistrict.MemberId("fuyi2")}")
        );
        foreach (var cosigner in new[] { "fuyi1", "fuyi2" })
            await PressAsync(cosigner, "motion.cosign", "附议");
        await proposer.GoAsync($"/motions/{id}/submit");
        await proposer.PressAsync("提交提案");
        await PressAsync("mishu", "motion.check", "提出审查意见", ("recommendation", "file"), ("host", Department));
        foreach (var voter in new[] { "zhuren", "weiyuan1", "weiyuan2" })
            await PressAsync(voter, "motion.review", "立案");
        await PressAsync("mishu", "motion.assign", "交办");
        await PressAsync("zongwuchu", "handling.accept", "签收");
        await PressAsync(
            "zongwuchu",
            "handling.meeting",
            "记录面商",
            ("place", "实训楼"),
            ("people", "林晓岚"),
            ("gist", "同意先开放会议室。")
        );
        var clerk = await OpenAsync("zongwuchu", "handling.draft");
        await clerk.PressAsync("预览答复函", ("class", "A"), ("text", Bench.Answer));
        await clerk.PressAsync("送签");
        await PressAsync("fuzeren", "handling.sign", "签发");
        await PressAsync("fenguan", "handling.leader", "同意");
        await PressAsync("mishu", "handling.formcheck", "核对无误，送达");
        Assert.Equal(HandlingState.Delivered, (await bench.MotionAsync(id)).Parts[0].State);

        async Task PressAsync(string login, string task, string button, params (string, string)[] typed) =>
            await (await OpenAsync(login, task)).PressAsync(button, typed);

        async Task<Visitor> OpenAsync(string login, string task) =>
            await (await VisitorAsync(district, login)).GoAsync($"/tasks/{await bench.TaskAsync(id, task, login)}");
    }

    private static async Task<Visitor> VisitorAsync(District district, string login)
    {
        var running = district.Running;
        var at = new Uri("https://union.example");
        var http = running.Gate is { } gate
            ? running.CreateDefaultClient(at, gate(), new CookieContainerHandler())
            : running.Browser();
        await Running.SubmitSignInAsync(http, login, DemoDistrict.Password);
        return new Visitor(http);
    }
}
