using EduUnion.Domain.People;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.OfficeWords;

/// <summary>跳转、终止、唤醒 by the administrator, who reads nothing of the case.</summary>
public sealed class ReturnAdminTests(ReturnBench bench) : IClassFixture<ReturnBench>
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Jump_NeverPastASignature_AndTheStarterIsTold(Provider provider)
    {
        var district = await bench.OnAsync(provider);
        var id = await bench.UpToAsync(district, "handling.leader");
        var number = (await district.MotionAsync(id)).GetProperty("number").GetString();
        var admin = await district.AsAsync("admin");

        var sheet = Assert.Single((await admin.GetAsync($"/api/cases?find={number}")).EnumerateArray());
        Assert.DoesNotContain("午休", sheet.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ["motion.assign", "handling.accept", "handling.draft", "handling.sign"],
            sheet.GetProperty("jumps").EnumerateArray().Select(j => j.GetProperty("step").GetString())
        );
        Assert.Equal(
            (422, "case.jump-impossible"),
            await RefusedAsync(id, "jump", new { step = "handling.formcheck", reason = "赶时间。" })
        );
        Assert.Equal((422, "form.reason-missing"), await RefusedAsync(id, "jump", new { step = "handling.draft" }));
        Assert.Equal(
            403,
            (int)
                (
                    await (await district.AsAsync("mishu")).SendAsync(
                        HttpMethod.Post,
                        $"/api/cases/{id}/jump",
                        new { step = "handling.draft", reason = "有误。" }
                    )
                ).StatusCode
        );

        await admin.PostAsync($"/api/cases/{id}/jump", new { step = "handling.draft", reason = "误送，重新拟稿。" });

        Assert.Equal("handling.draft", await district.MineAsync(id, "zongwuchu"));
        Assert.Contains("O5.jumped", await NoticesAsync(district, id));
        // The whole handling again: other hosts, and no deadline of the old one goes on.
        await admin.PostAsync($"/api/cases/{id}/jump", new { step = "motion.assign", reason = "部门撤并。" });
        Assert.Equal("Filed", await district.StateAsync(id));
        Assert.Equal("motion.assign", await district.MineAsync(id, "mishu"));
        await district.Running.InDatabaseAsync(async db =>
            Assert.Equal(
                ["assign"],
                await db.Set<ClockRow>()
                    .Where(c => c.CaseId == id && c.StoppedAt == null)
                    .Select(c => c.Name)
                    .ToListAsync()
            )
        );
        await district.AssignAsync(id);
        Assert.Equal("handling.accept", await district.MineAsync(id, "zongwuchu"));
        Assert.Contains("误送，重新拟稿。", await district.TimelineAsync(id, "daibiao1"), StringComparison.Ordinal);

        async Task<(int, string)> RefusedAsync(Guid of, string act, object body) =>
            await Client.RefusalAsync(await admin.SendAsync(HttpMethod.Post, $"/api/cases/{of}/{act}", body));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TerminateAndWake_GoOnWhereItStood(Provider provider)
    {
        var district = await bench.OnAsync(provider);
        var id = await bench.UpToAsync(district, "motion.review");
        var admin = await district.AsAsync("admin");
        Assert.Equal(
            (422, "case.not-terminated"),
            await RefusedAsync("wake", new { step = "motion.review", reason = "恢复。" })
        );

        await admin.PostAsync($"/api/cases/{id}/terminate", new { reason = "与另一件重复。" });

        Assert.Equal("Terminated", await district.StateAsync(id));
        Assert.Equal("", await district.MineAsync(id, "zhuren"));
        Assert.Equal((422, "case.terminate-too-late"), await RefusedAsync("terminate", new { reason = "再终止。" }));
        Assert.Equal(
            (409, "case.not-running"),
            await RefusedAsync("jump", new { step = "motion.check", reason = "跳转。" })
        );
        var page = await Running.PageAsync(
            await (await district.Running.BrowserOfAsync("daibiao1")).GetAsync($"/motions/{id}")
        );
        Assert.Contains("已终止", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("与另一件重复。", page.QuerySelector(".timeline")!.TextContent, StringComparison.Ordinal);

        // On the page of the administrator, without script.
        var browser = await district.Running.BrowserOfAsync("admin");
        var sheet = Assert.Single((await admin.GetAsync($"/api/cases?find={id}")).EnumerateArray());
        Assert.Contains("motion.review", sheet.GetProperty("wakes").EnumerateArray().Select(w => w.GetString()!));
        var woken = await Running.SubmitAsync(
            browser,
            $"/admin/cases/{id}/wake",
            ("step", "motion.review"),
            ("reason", "经核实并不重复。")
        );
        Assert.Equal(302, (int)woken.StatusCode);

        Assert.Equal("UnderReview", await district.StateAsync(id));
        foreach (var voter in new[] { "zhuren", "weiyuan1", "weiyuan2" })
            await district.DecideAsync(id, voter, "motion.review", "file");
        Assert.Equal("Filed", await district.StateAsync(id));
        var told = await NoticesAsync(district, id);
        Assert.Contains("O5.terminated", told);
        Assert.Contains("O5.woken", told);

        async Task<(int, string)> RefusedAsync(string act, object body) =>
            await Client.RefusalAsync(await admin.SendAsync(HttpMethod.Post, $"/api/cases/{id}/{act}", body));
    }

    /// <summary>退回, 拿回 and 终止 of an application: nobody sees more of it, and reserved money goes back.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Aid_IsSentBackTakenBackAndEnded(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.AllowReturnsAsync();
        var fund = await district.PrepareAsync();
        var id = await district.ApplyAsync(AidMoves.Applicant, AidMoves.Content("申请人一"));
        var chair = await district.AsAsync(AidMoves.Chair);
        await (await district.AsAsync(AidMoves.Applicant)).PostAsync($"/api/aid/applications/{id}/submit");
        await district.DoAsync(id, AidMoves.Chair, "aid.formcheck", "accept", new { fund });

        await chair.PostAsync(
            $"/api/tasks/{await chair.TaskAsync("aid.appoint")}/return",
            new { to = "previous", reason = "户口本复印件不清。" }
        );
        await district.StateAsync(id, "Submitted");
        await district.DoAsync(id, AidMoves.Chair, "aid.formcheck", "accept", new { fund });
        var appoint = await chair.TaskAsync("aid.appoint");
        object surveyors = new { surveyors = AidMoves.Members("yey-diaocha1", "yey-diaocha2") };
        district.Tick();
        await district.DoAsync(id, AidMoves.Chair, "aid.appoint", "appoint", surveyors);
        Assert.Contains(
            $"/tasks/{appoint}/take-back",
            await (await district.Running.BrowserOfAsync(AidMoves.Chair)).GetStringAsync($"/aid/{id}"),
            StringComparison.Ordinal
        );
        await chair.PostAsync($"/api/tasks/{appoint}/take-back");
        await district.StateAsync(id, "Accepted");
        Assert.DoesNotContain(
            "户口本",
            (
                await (await district.AsAsync(AidMoves.Applicant)).GetAsync($"/api/aid/applications/{id}/timeline")
            ).ToString(),
            StringComparison.Ordinal
        );

        var number = (await district.AidAsync(id, AidMoves.Chair)).GetProperty("number").GetString();
        var admin = await district.AsAsync("admin");
        var sheet = Assert.Single((await admin.GetAsync($"/api/cases?find={number}")).EnumerateArray());
        Assert.DoesNotContain("申请人一", sheet.ToString(), StringComparison.Ordinal);
        await admin.PostAsync($"/api/cases/{id}/terminate", new { reason = "重复申请。" });
        await district.StateAsync(id, "Cancelled");
        await admin.PostAsync($"/api/cases/{id}/wake", new { step = "aid.appoint", reason = "核实不重复。" });
        await district.StateAsync(id, "Accepted");
        await district.DoAsync(id, AidMoves.Chair, "aid.appoint", "appoint", surveyors);
        // The applicant withdraws; that is his own word and no administrator wakes it.
        await (await district.AsAsync(AidMoves.Applicant)).PostAsync(
            $"/api/aid/applications/{id}/withdraw",
            new { reason = "已得到其他救助。" }
        );
        await district.StateAsync(id, "Withdrawn");
        Assert.Equal(
            (422, "case.not-terminated"),
            await Client.RefusalAsync(
                await admin.SendAsync(
                    HttpMethod.Post,
                    $"/api/cases/{id}/wake",
                    new { step = "aid.appoint", reason = "恢复。" }
                )
            )
        );
        Assert.Contains("O5.terminated", await NoticesAsync(district, id));
    }

    /// <summary>终止 of what is approved: reserved money is there again, money that the bank has cannot be called back.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Aid_WithMoney_GivesBackWhatIsReserved_AndStaysOnceItIsSent(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 11, 2));
        var fund = await district.PrepareAsync();
        var kept = await district.SurveyedAsync(
            fund,
            "yey-daibiao1",
            AidMoves.Content("乔木兰", 11, 12, "6222020000005678")
        );
        var sent = await district.SurveyedAsync(fund, AidMoves.Applicant, AidMoves.Content("伊若男"));
        await district.AssessAsync(id => id == kept ? 700_00 : 900_00);
        foreach (var id in new[] { kept, sent })
            await district.DoAsync(id, AidMoves.Chair, "aid.publish", "publish");
        await district.MoveToAsync(new(2026, 11, 10));
        foreach (var id in new[] { kept, sent })
            await district.DoAsync(id, AidMoves.Chair, "aid.approve.school", "agree");
        await district.SendAsync(fund, sent);
        // What is on its way is reserved still, and counted with it.
        Assert.Equal((28_400_00, 1_600_00 + 900_00, 0), await AidJourney.BalancesAsync(district, fund));
        var admin = await district.AsAsync("admin");

        await admin.PostAsync($"/api/cases/{kept}/terminate", new { reason = "重复申请。" });

        await district.StateAsync(kept, "Cancelled");
        Assert.Equal((29_100_00, 900_00 + 900_00, 0), await AidJourney.BalancesAsync(district, fund));
        Assert.Equal((422, "case.terminate-too-late"), await TryAsync(sent, "admin"));
        await district.StateAsync(sent, "Sent");
        Assert.Equal((29_100_00, 900_00 + 900_00, 0), await AidJourney.BalancesAsync(district, fund));
        // Nobody ends his own case by an administrator's hand.
        await district.AppointAsync(AidMoves.Applicant, Office.Administrator, "YXYE");
        Assert.Equal((403, "task.separation"), await TryAsync(sent, AidMoves.Applicant));

        async Task<(int, string)> TryAsync(Guid of, string login) =>
            await Client.RefusalAsync(
                await (await district.AsAsync(login)).SendAsync(
                    HttpMethod.Post,
                    $"/api/cases/{of}/terminate",
                    new { reason = "重复申请。" }
                )
            );
    }

    private static async Task<List<string>> NoticesAsync(District district, Guid id)
    {
        List<string> told = [];
        await district.Running.InDatabaseAsync(async db =>
            told = await db.Set<Notice>().Where(n => n.CaseId == id).Select(n => n.Kind).ToListAsync()
        );
        return told;
    }
}
