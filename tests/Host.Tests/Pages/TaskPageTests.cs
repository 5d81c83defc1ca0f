using System.Net;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;

namespace EduUnion.Host.Tests.Pages;

public sealed class TaskPageTests
{
    [Fact]
    public async Task ASubmittedMotion_GoesToTheDeliveredAnswer_WithoutScript()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("motion.check");
        async Task<Visitor> OpenAsync(string who, string task) =>
            await (await Visitor.OfAsync(running, who)).GoAsync($"/tasks/{await bench.TaskAsync(id, task, who)}");

        var secretary = await OpenAsync("mishu", "motion.check");
        await secretary.PressAsync(
            "提出审查意见",
            ("recommendation", "file"),
            ("host", $"{Bench.Department("ZWC")}"),
            ("cohandlers", $"{Bench.Department("YWS")}")
        );
        Assert.Contains("转提案委各委员表决", secretary.Text(".notice"));

        foreach (var (member, voted) in new[] { ("zhuren", 0), ("weiyuan1", 1), ("weiyuan2", 2) })
        {
            var voter = await OpenAsync(member, "motion.review");
            Assert.Contains($"5 人中已有 {voted} 人表决", voter.Text("main"));
            Assert.Contains("建议立案", voter.Text("main"));
            await voter.PressAsync("立案");
            Assert.Contains(voted < 2 ? "还等其他人" : "编号立案", voter.Text(".notice"));
        }

        secretary = await OpenAsync("mishu", "motion.assign");
        Assert.Equal($"{Bench.Department("ZWC")}", secretary.Value("parts-0-host"));
        await secretary.PressAsync("交办");

        var clerk = await OpenAsync("zongwuchu", "handling.accept");
        await clerk.PressAsync("签收");
        await (await OpenAsync("yiwushi", "handling.opinion")).PressAsync(
            "提交协办意见",
            ("opinion", "建议配备颈枕。")
        );
        clerk = await OpenAsync("zongwuchu", "handling.meeting");
        Assert.Equal("2026-03-02", clerk.Value("metOn"));
        await clerk.PressAsync("记录面商", ("place", "实训楼"), ("people", "林晓岚"), ("gist", "同意先开放会议室。"));

        clerk = await OpenAsync("zongwuchu", "handling.draft");
        Assert.Contains("建议配备颈枕。", clerk.Text("main"));
        await clerk.PressAsync(
            "预览答复函",
            ("class", "B"),
            ("text", Bench.Answer),
            ("commitments-0-item", "午休室改造完成"),
            ("commitments-0-owner", "总务处"),
            ("commitments-0-dueOn", "2026-08-31")
        );
        Assert.Contains("落实事项一：午休室改造完成，负责人总务处，2026年8月31日前完成。", clerk.Text(".letter"));
        await clerk.PressAsync("送签");

        var head = await OpenAsync("fuzeren", "handling.sign");
        Assert.Contains("林晓岚代表：", head.Text(".letter"));
        await head.PressAsync("退回修改");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, head.Status);
        await head.PressAsync("退回修改", ("comment", "请写明床位数量。"));

        clerk = await OpenAsync("zongwuchu", "handling.draft");
        Assert.Contains("请写明床位数量。", clerk.Text(".notice"));
        Assert.Equal("午休室改造完成", clerk.Value("commitments-0-item"));
        await clerk.PressAsync("送签");
        head = await OpenAsync("fuzeren", "handling.sign");
        await head.PressAsync("签发");
        Assert.Contains("转分管校领导审阅", head.Text(".notice"));
        await (await OpenAsync("fenguan", "handling.leader")).PressAsync("同意");
        await (await OpenAsync("mishu", "handling.formcheck")).PressAsync("核对无误，送达");

        Assert.Equal(HandlingState.Delivered, (await bench.MotionAsync(id)).Parts[0].State);
    }

    [Fact]
    public async Task SeveralHosts_GetAPartEach_WithoutScript()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("motion.assign");
        var secretary = await Visitor.OfAsync(running, "mishu");
        await secretary.GoAsync($"/tasks/{await bench.TaskAsync(id, "motion.assign")}");

        await secretary.PressAsync("再加一个主办部门");
        await secretary.PressAsync("再加一个主办部门");
        await secretary.PressAsync("rows=parts-drop-1");
        await secretary.PressAsync("交办", ("parts-1-host", $"{Bench.Department("ZWC")}"));
        Assert.Contains("同一个部门不能承办两个部分", secretary.Text("#parts-e"));
        await secretary.PressAsync("交办", ("parts-1-host", $"{Bench.Department("JWC")}"));

        Assert.Equal(
            [Bench.Department("ZWC"), Bench.Department("JWC")],
            (await bench.MotionAsync(id)).Parts.Select(p => p.HostId)
        );
    }

    [Fact]
    public async Task AGraveOutcome_IsTakenOnlyAfterItsConsequenceWasNamed()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("motion.review");
        var voter = await Visitor.OfAsync(running, "zhuren");
        await voter.GoAsync($"/tasks/{await bench.TaskAsync(id, "motion.review", "zhuren")}");

        await voter.PressAsync("不予立案", ("reasonCode", "personal"), ("comment", "只涉及一人。"));
        Assert.Contains("不编号、不计入立案率", voter.Text(".dlg--flat"));
        await voter.GoAsync(voter.Path);
        Assert.Equal("只涉及一人。", voter.Value("comment"));
        await voter.PressAsync("不予立案");
        await voter.PressAsync("不予立案");

        Assert.Contains("您的决定已记下", voter.Text(".notice"));
    }

    [Fact]
    public async Task WhoComesSecond_IsToldWhoWasFirst_AndKeepsTheText()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("motion.assign");
        var task = $"/tasks/{await bench.TaskAsync(id, "motion.assign")}";
        var slow = await (await Visitor.OfAsync(running, "mishu")).GoAsync(task);
        var quick = await (await Visitor.OfAsync(running, "mishu")).GoAsync(task);
        await quick.PressAsync("交办");

        await slow.PressAsync("交办");

        Assert.Equal(HttpStatusCode.Conflict, slow.Status);
        Assert.Contains("这件事顾言之已在 3月2日 09:30 办理", slow.Text(".notice"));
        Assert.Contains("顾言之已在 3月2日 09:30 办理：交办", (await slow.GoAsync(task)).Text(".notice"));
    }

    [Fact]
    public async Task TwoPressesOnTheButton_DecideOnce()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("handling.accept");
        var clerk = await Visitor.OfAsync(running, "zongwuchu");
        await clerk.GoAsync($"/tasks/{await bench.TaskAsync(id, "handling.accept")}");

        var answers = await clerk.PressTwiceAsync("签收");

        Assert.All(answers, a => Assert.Equal("/", a.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task ATextThatChangedMeanwhile_IsNamed_BeforeItIsSigned()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("motion.cosign");
        var invited = await Visitor.OfAsync(running, "fuyi1");
        await invited.GoAsync($"/tasks/{await bench.TaskAsync(id, "motion.cosign", "fuyi1")}");
        var content = (await bench.MotionAsync(id)).Content with { Title = "改善教师午休条件" };
        await bench.WithAsync<MotionCommands, object>(async m =>
            await m.ReviseAsync(id, content, null, new Asker(DemoDistrict.MemberId("daibiao1")), default)
        );

        await invited.PressAsync("附议", ("comment", "赞成"));

        Assert.Equal(HttpStatusCode.PreconditionFailed, invited.Status);
        Assert.Contains("改动的部分：案名。", invited.Text(".notice"));
        Assert.Equal("赞成", invited.Value("comment"));
        await invited.PressAsync("附议");
        Assert.Equal(1, (await bench.MotionAsync(id)).Confirmed);
    }

    [Fact]
    public async Task AnExtension_ShowsBothDays_AndWhatWasAsked()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("handling.draft");
        var part = (await bench.MotionAsync(id)).Parts[0].Id;
        var asker = new Asker(DemoDistrict.MemberId("zongwuchu"));
        var asked = await bench.WithAsync<MotionCommands, EduUnion.Domain.Outcome<StepDone>>(m =>
            m.AskExtensionAsync(id, part, 10, "施工招标推迟。", asker, default)
        );
        Assert.True(asked.IsOk);
        var chair = await Visitor.OfAsync(running, "zhuren");

        await chair.GoAsync($"/tasks/{await bench.TaskAsync(id, "extension.decide")}");

        Assert.Equal("10", chair.Value("workdays"));
        Assert.Contains("现在到期4月14日 周二", chair.Text("main"));
        Assert.Contains("同意后到期4月28日 周二", chair.Text("main"));
        await chair.PressAsync("同意延期", ("workdays", "11"));
        Assert.Contains("最多延长 10 个工作日", chair.Text(".errors"));
    }

    [Fact]
    public async Task AReturnedPart_IsReassigned_WithTheReasonBeside()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("handling.accept");
        var clerk = await Visitor.OfAsync(running, "zongwuchu");
        await clerk.GoAsync($"/tasks/{await bench.TaskAsync(id, "handling.accept")}");
        await clerk.PressAsync("退回改派", ("comment", "属于教务处。"));
        var secretary = await Visitor.OfAsync(running, "mishu");

        await secretary.GoAsync($"/tasks/{await bench.TaskAsync(id, "handling.reassign")}");
        Assert.Contains("属于教务处。", secretary.Text("main"));
        await secretary.PressAsync("改派", ("host", $"{Bench.Department("JWC")}"));

        Assert.Equal(Bench.Department("JWC"), (await bench.MotionAsync(id)).Parts[0].HostId);
    }

    [Theory]
    [InlineData("fuyi2", HttpStatusCode.NotFound)]
    [InlineData("weiyuan1", HttpStatusCode.Forbidden)]
    [InlineData("mishu", HttpStatusCode.OK)]
    public async Task ATask_OpensForThoseItIsAddressedTo(string who, HttpStatusCode status)
    {
        await using var running = new Running();
        var bench = new Bench(running);
        // Before it is filed a motion is known to its signatories and to the motion office.
        var id = await bench.UpToAsync("motion.check");
        var task = await bench.TaskAsync(id, "motion.check");
        var viewer = await Visitor.OfAsync(running, who == "fuyi2" ? "fuyi3" : who);

        Assert.Equal(status, (await viewer.GoAsync($"/tasks/{task}")).Status);
    }

    [Fact]
    public async Task WhatIsTypedIntoATask_ComesBack()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("handling.draft");
        var task = $"/tasks/{await bench.TaskAsync(id, "handling.draft")}";
        var clerk = await (await Visitor.OfAsync(running, "zongwuchu")).GoAsync(task);

        await clerk.RestAsync(("text", "写到一半的答复"), ("commitments-2-item", "第三项"));
        await clerk.GoAsync(task);

        Assert.Equal("写到一半的答复", clerk.Value("text"));
        Assert.Equal("第三项", clerk.Value("commitments-2-item"));
        await clerk.PressAsync("rows=commitments-drop-1");
        Assert.Equal("第三项", clerk.Value("commitments-1-item"));
        Assert.Null(clerk.Value("commitments-2-item"));
    }

    [Fact]
    public async Task AnAnswer_IsPutAsideByItsButton_AndSaysWhen()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("handling.draft");
        var task = $"/tasks/{await bench.TaskAsync(id, "handling.draft")}";
        var clerk = await (await Visitor.OfAsync(running, "zongwuchu")).GoAsync(task);

        await clerk.PressAsync("do=save", ("text", "写到一半的答复"), ("class", "C"));

        Assert.Equal("写到一半的答复", clerk.Value("text"));
        Assert.Contains("草稿已保存 3月2日 09:30", clerk.Text(".notice"));
        await clerk.GoAsync(task);
        Assert.Equal("写到一半的答复", clerk.Value("text"));
        Assert.Contains("您写的内容已恢复", clerk.Text(".notice"));
        await clerk.PressAsync("do=drop-draft");
        Assert.Equal("", clerk.Value("text"));
    }

    [Fact]
    public async Task AFieldThatIsNeededSometimes_SaysWhen()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("handling.draft");
        var clerk = await Visitor.OfAsync(running, "zongwuchu");

        await clerk.GoAsync($"/tasks/{await bench.TaskAsync(id, "handling.draft")}");

        Assert.Equal("（C 类必填）", clerk.Text("label[for=reconsiderOn] .opt"));
        Assert.Equal("（B 类必填）", clerk.Text("#commitments .opt"));
        var secretary = await Visitor.OfAsync(running, "mishu");
        var check = await bench.UpToAsync("motion.check");
        await secretary.GoAsync($"/tasks/{await bench.TaskAsync(check, "motion.check")}");
        Assert.Contains("不予立案时必填", secretary.Text("label[for=recommendationReason] .opt"));
        var head = await Visitor.OfAsync(running, "fuzeren");
        var sign = await bench.UpToAsync("handling.sign");
        await head.GoAsync($"/tasks/{await bench.TaskAsync(sign, "handling.sign")}");
        Assert.Equal("（“退回修改”时必填）", head.Text("label[for=comment] .opt"));
    }

    [Fact]
    public async Task WhoSigns_SeesHisOwnDeadlineBesideTheAnswers()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("handling.sign");
        var head = await Visitor.OfAsync(running, "fuzeren");

        await head.GoAsync($"/tasks/{await bench.TaskAsync(id, "handling.sign")}");
        Assert.Equal(["2026-03-04", "2026-04-14"], Days(head, ".head__meta time"));
        await head.GoAsync($"/motions/{id}");
        Assert.Equal(["2026-04-14", "2026-03-04"], Days(head, ".split__side .tight time"));

        static IEnumerable<string?> Days(Visitor visitor, string selector) =>
            visitor.Page.QuerySelectorAll(selector).Select(t => t.GetAttribute("datetime"));
    }
}
