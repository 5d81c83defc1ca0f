using System.Net;
using EduUnion.Host.Cases;
using EduUnion.Host.Documents.Motions;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Web;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Documents;

/// <summary>The forms of a motion as Word files: what they say, when they exist and for whom.</summary>
public sealed class MotionDocumentTests
{
    private const string Opinion = "建议配备颈枕，每季度消毒一次。";

    [Fact]
    public async Task Reply_TellsNumberClassPromisesSignerAndPhone()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");
        await play.DeliverAsync(id);

        var text = WordText.Of(await FileAsync(running, "daibiao1", id, "reply"));

        Assert.Contains("校提复〔2026〕1号\t办理类别：B", text, StringComparison.Ordinal);
        Assert.Contains("对第三届第二次教代会第001号提案的答复", text, StringComparison.Ordinal);
        Assert.Contains(
            "林晓岚代表：\n您提出的《更换教学楼东侧老旧护栏》（第001号提案）收悉，现答复如下：",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("二、行政楼会议室午间开放。", text, StringComparison.Ordinal);
        var promised = (await play.MotionAsync(id)).Parts[0].Answer!.Commitments[0];
        Assert.Contains(
            $"1\n{promised.Item}\n{promised.Owner}\n{promised.DueOn.Year}年{promised.DueOn.Month}月{promised.DueOn.Day}日",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("（盖　章）\n云溪中学总务处\n2026年3月2日", text, StringComparison.Ordinal);
        Assert.Contains("签发人：石守正　　联系人：何立本　　电话：分机", text, StringComparison.Ordinal);
        Assert.Contains("协办：校医务室　　附：征询意见表　　抄送：", text, StringComparison.Ordinal);
        // The feedback form that goes with it, blank.
        Assert.Contains("□ 满意　□ 基本满意（理解）　□ 不满意", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_IsOneLetterForEveryReader_AndKeepsCohandlersOpinionsOut()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");
        await play.DeliverAsync(id);

        var proposers = WordText.Of(await FileAsync(running, "daibiao1", id, "reply"));

        Assert.DoesNotContain("颈枕", proposers, StringComparison.Ordinal);
        foreach (var other in new[] { "mishu", "zongwuchu", "daibiao2", "fuyi1" })
            Assert.Equal(proposers, WordText.Of(await FileAsync(running, other, id, "reply")));
        foreach (var inside in new[] { "mishu", "zongwuchu", "yiwushi" })
            Assert.Contains(Opinion, WordText.Of(await FileAsync(running, inside, id, "opinions")));
        foreach (var outside in new[] { "daibiao1", "daibiao2", "fuyi1" })
            await NotThereAsync(running, outside, id, "opinions");
    }

    [Fact]
    public async Task MotionAndReviewForm_TellSignaturesVotesAndStandards()
    {
        await using var running = new Running();
        var play = new Play(running);
        var filed = await play.AssignedAsync("daibiao1", "调整校医务室值班时间");
        var rejected = await play.SubmittedAsync("daibiao2", "食堂错峰就餐与排队分流");
        await play.ReviewAsync(rejected, "reject");

        var motion = WordText.Of(await FileAsync(running, "daibiao2", filed, "motion"));
        Assert.Contains("云溪中学教职工代表大会提案表\n编号：0302-001\t收件号：T-YXZX-32-001", motion);
        Assert.Contains("提案人\n林晓岚\n代表团\n文科代表团", motion);
        Assert.Contains("许若溪\n文科代表团\n本人确认\n2026年3月2日", motion);
        Assert.Contains("2．制定使用公约，孕期和病后返岗教师优先。", motion);
        Assert.Contains("提交日期\n2026年3月2日", motion);

        var review = WordText.Of(await FileAsync(running, "zhuren", filed, "review"));
        Assert.Contains("✔ 符合法律法规和政策", review);
        Assert.Contains("☑ 立案　□ 并案", review);
        Assert.Contains("苏映雪\n立案\n\n2026年3月2日", review);

        var refused = WordText.Of(await FileAsync(running, "mishu", rejected, "review"));
        Assert.Contains("✘ 属于学校职权范围，可作提案\n□ 符合法律法规和政策", refused);
        Assert.Contains("☑ 不予立案", refused);
        Assert.Contains("学校权限以外：学校权限以外，已转区工会了解。", refused);

        foreach (var other in new[] { "daibiao1", "daibiao2", "fuyi1", "zongwuchu", "qujingban" })
            await NotThereAsync(running, other, filed, "review");
    }

    [Fact]
    public async Task Handover_TellsAbsoluteDates()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.AssignedAsync("daibiao1", "调整校医务室值班时间");

        var blank = WordText.Of(await FileAsync(running, "zongwuchu", id, "handover"));
        await play.DecideAsync(id, "zongwuchu", "handling.accept", "accept");
        await play.AskExtensionAsync(id, "zongwuchu", 10);
        await play.DecideAsync(id, "zhuren", "extension.decide", "grant", new { workdays = 10 });
        var extended = WordText.Of(await FileAsync(running, "zongwuchu", id, "handover"));

        // Assigned on 2 March 2026: 2, 5 and 30 working days.
        Assert.Contains("分管领导\n傅长青\n交办日期\n2026年3月2日", blank);
        Assert.Contains("答复期限\n2026年4月14日\n签收期限\n2026年3月4日", blank);
        Assert.Contains("退回期限\n2026年3月9日", blank);
        Assert.Contains("回执\n签收人\n\n签收日期\n　　　年　月　日", blank);
        Assert.Contains("答复期限\n2026年4月28日\n（原定 2026年4月14日）", extended);
        Assert.Contains("回执\n签收人\n何立本\n签收日期\n2026年3月2日", extended);
        var request = WordText.Of(await FileAsync(running, "zongwuchu", id, "extension"));
        Assert.Contains("原答复期限\n2026年4月14日\n拟延长\n10 个工作日", request);
        Assert.Contains("☑ 同意延长 10 个工作日，新期限 2026年4月28日\n□ 不同意", request);
    }

    [Fact]
    public async Task BeforeItsTime_ItIsNotThere()
    {
        await using var running = new Running();
        var play = new Play(running);
        var submitted = await play.SubmittedAsync("daibiao2", "食堂错峰就餐与排队分流");
        var signing = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");

        foreach (var form in new[] { "handover", "reply", "feedback", "meeting", "review", "supervision", "nothing" })
            await NotThereAsync(running, "mishu", submitted, form);
        foreach (var who in new[] { "mishu", "zongwuchu", "fuzeren", "daibiao1" })
        foreach (var form in new[] { "reply", "feedback", "transfer", "extension" })
            await NotThereAsync(running, who, signing, form);
        await NotThereAsync(running, "mishu", signing, "handover", part: Guid.NewGuid());
    }

    [Fact]
    public async Task WhoMayNotSeeTheCase_FindsNoFormOfIt()
    {
        await using var running = new Running();
        var play = new Play(running);
        var draft = await play.DraftAsync("daibiao1", "开设教职工子女课后托管班");
        var filed = await play.AssignedAsync("daibiao1", "调整校医务室值班时间");

        Assert.NotEmpty(await FileAsync(running, "daibiao1", draft, "motion"));
        await NotThereAsync(running, "mishu", draft, "motion");
        await NotThereAsync(running, "daibiao2", draft, "motion");
        foreach (var stranger in new[] { "admin", "shenqing1" })
        foreach (var form in new[] { "motion", "handover" })
            await NotThereAsync(running, stranger, filed, form);

        var nobody = running.Browser();
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await nobody.GetAsync($"/api/motions/{filed}/documents/motion.docx")).StatusCode
        );
        foreach (var address in new[] { "motion", "motion.docx" })
            Assert.Equal(
                HttpStatusCode.Redirect,
                (await nobody.GetAsync($"/motions/{filed}/documents/{address}")).StatusCode
            );
    }

    [Fact]
    public async Task OfSeveralHosts_EachHasHisOwnLetter_AndTheUnansweredNone()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏", "ZWC", "JWC");
        await play.DeliverAsync(id);
        var parts = (await play.MotionAsync(id)).Parts;

        var letter = WordText.Of(await FileAsync(running, "daibiao1", id, "reply"));
        Assert.Contains($"〔2026〕1-{parts.ToList().FindIndex(p => p.HostId == Play.Department("ZWC")) + 1}号", letter);
        Assert.Contains("云溪中学总务处", letter);
        Assert.DoesNotContain("云溪中学教务处", letter);
        await NotThereAsync(running, "daibiao1", id, "reply", parts.Single(p => p.HostId == Play.Department("JWC")).Id);
        // Not all have answered: nobody is asked yet.
        await NotThereAsync(running, "daibiao1", id, "feedback");
    }

    [Fact]
    public async Task Feedback_IsFilledOnceGiven_ForWhomItConcerns()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");
        await play.DeliverAsync(id);
        Assert.DoesNotContain("☑", WordText.Of(await FileAsync(running, "daibiao1", id, "feedback")));

        await play.DecideAsync(
            id,
            "daibiao1",
            "motion.feedback",
            "rate",
            new { manner = "Basic", result = "Dissatisfied" },
            "没有说清费用。"
        );

        foreach (var reader in new[] { "daibiao1", "mishu", "zongwuchu" })
        {
            var text = WordText.Of(await FileAsync(running, reader, id, "feedback"));
            Assert.Contains("办理态度\n□ 满意　☑ 基本满意（理解）　□ 不满意", text);
            Assert.Contains("办理结果\n□ 满意　□ 基本满意（理解）　☑ 不满意", text);
            Assert.Contains("没有说清费用。\n签名\n林晓岚\n日期\n2026年3月2日", text);
        }
        foreach (var other in new[] { "daibiao2", "fuyi1", "yiwushi", "qujingban" })
            await NotThereAsync(running, other, id, "feedback");
        // The letter went out with a blank one, and stays so.
        Assert.DoesNotContain("☑", WordText.Of(await FileAsync(running, "daibiao1", id, "reply")));
    }

    [Fact]
    public async Task Rehandled_HasALetterOfItsOwnNumber_AndASecondForm()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");
        await play.DeliverAsync(id);
        var scores = new { manner = "Satisfied", result = "Dissatisfied" };
        await play.DecideAsync(id, "daibiao1", "motion.feedback", "rate", scores, "没有说清费用。");
        await play.DecideAsync(id, "zhuren", "motion.discontent", "rehandle");
        await play.DecideAsync(id, "zongwuchu", "handling.accept", "accept");
        await play.DecideAsync(id, "yiwushi", "handling.opinion", "submit", new { opinion = Opinion });
        var met = new
        {
            metOn = "2026-03-02",
            mode = "phone",
            people = "提案人",
            gist = "说明费用。",
        };
        await play.DecideAsync(id, "zongwuchu", "handling.meeting", "record", met);
        var draft = new { @class = "A", text = "护栏已更换，费用由学校维修经费列支。" + Bench.Answer };
        await play.DecideAsync(id, "zongwuchu", "handling.draft", "submit", draft);
        // While it is handled again the first letter stands.
        Assert.Contains("〔2026〕1号\t办理类别：B", WordText.Of(await FileAsync(running, "daibiao1", id, "reply")));
        await play.DeliverAsync(id);

        var letter = WordText.Of(await FileAsync(running, "daibiao1", id, "reply"));
        var forms = WordText.Of(await FileAsync(running, "daibiao1", id, "feedback"));

        Assert.Contains("校提复〔2026〕1号之二\t办理类别：A", letter);
        Assert.Contains("护栏已更换，费用由学校维修经费列支。", letter, StringComparison.Ordinal);
        Assert.Contains("☑ 不满意", forms);
        Assert.Contains("没有说清费用。", forms);
        Assert.Equal(2, forms.Split("征询意见表\n").Length - 1);
    }

    [Fact]
    public async Task Supervision_TellsHowLateAndUntilWhen()
    {
        await using var running = new Running();
        var play = new Play(running);
        var id = await play.DraftedAsync("daibiao1", "更换教学楼东侧老旧护栏");
        await play.DeliverAsync(id);
        await play.DecideAsync(
            id,
            "daibiao1",
            "motion.feedback",
            "rate",
            new { manner = "Satisfied", result = "Satisfied" }
        );
        var promised = (await play.MotionAsync(id)).Commitments.Single();
        await play.MoveToAsync(promised.DueOn.AddDays(9));
        await using (var scope = running.Services.CreateAsyncScope())
            Assert.True(
                (
                    await scope
                        .ServiceProvider.GetRequiredService<CommitteeCommands>()
                        .SuperviseAsync(
                            id,
                            promised.Id,
                            promised.DueOn.AddDays(30),
                            "请按新期限完成。",
                            new Asker(DemoDistrict.MemberId("zhuren")),
                            default
                        )
                ).IsOk
            );

        var text = WordText.Of(await FileAsync(running, "zongwuchu", id, "supervision"));

        Assert.Contains("逾期天数\n9 天\n新期限\n", text);
        Assert.Contains("督办要求\n请按新期限完成。", text);
        Assert.Contains("签发人：方以恒\n云溪中学提案工作委员会\n", text);
        await NotThereAsync(running, "daibiao2", id, "supervision");
    }

    [Fact]
    public async Task File_HasItsChineseName()
    {
        await using var running = new Running();
        var id = await new Play(running).AssignedAsync("daibiao1", "调整校医务室值班时间");

        var answer = await (await running.BrowserOfAsync("mishu")).GetAsync($"/motions/{id}/documents/handover.docx");

        var named = answer.Content.Headers.ContentDisposition!;
        Assert.Equal("attachment", named.DispositionType);
        Assert.Equal("0302-001 承办通知单.docx", named.FileNameStar);
        Assert.All(named.FileName!, c => Assert.InRange(c, ' ', '~'));
        Assert.Contains(
            "filename*=UTF-8''0302-001%20%E6%89%BF",
            answer.Content.Headers.GetValues("Content-Disposition").Single(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void EveryForm_HasWordsInBothLanguages()
    {
        foreach (var language in Texts.Languages)
            Assert.Empty(
                MotionDocument
                    .All.Select(d => "documents.form." + d.Form)
                    .Except(Texts.ReadAll(language)["documents"].Keys)
            );
    }

    private static async Task<byte[]> FileAsync(Running running, string who, Guid id, string form)
    {
        var answer = await (await running.ClientOfAsync(who)).GetAsync($"/api/motions/{id}/documents/{form}.docx");
        Assert.Equal((who, form, HttpStatusCode.OK), (who, form, answer.StatusCode));
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Neither as a page nor as a file nor for a program.</summary>
    private static async Task NotThereAsync(Running running, string who, Guid id, string form, Guid? part = null)
    {
        var query = part is null ? "" : $"?part={part}";
        var browser = await running.BrowserOfAsync(who);
        foreach (var ending in new[] { "", ".docx" })
        {
            var page = await browser.GetAsync($"/motions/{id}/documents/{form}{ending}{query}");
            Assert.Equal((who, form, ending, HttpStatusCode.NotFound), (who, form, ending, page.StatusCode));
        }
        var answer = await (await running.ClientOfAsync(who)).GetAsync(
            $"/api/motions/{id}/documents/{form}.docx{query}"
        );
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("document.unknown", await Running.CodeAsync(answer));
    }
}
