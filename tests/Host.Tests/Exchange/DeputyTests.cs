using EduUnion.Host.Cases;
using EduUnion.Host.Mail;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Seeds;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Exchange;

/// <summary>委托代理 over HTTP: who may act for whom, how long, in what, and never around a rule.</summary>
public sealed class DeputyTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Deputy_DecidesForHisPrincipal_AndTheRecordSaysSo(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var id = await district.DraftedAsync();
        var (head, deputy) = (await district.AsAsync("fuzeren"), await district.AsAsync("fuzeren2"));
        Assert.Equal((404, "task.unknown"), await DecideAsync(deputy, await head.TaskAsync("handling.sign"), "sign"));

        var named = await NameAsync(head, "fuzeren2", 3);
        var waits = (await deputy.GetAsync("/api/tasks")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal("石守正", waits.GetProperty("actingFor").GetString());
        var task = waits.GetProperty("id").GetGuid();
        var page = await (await Visitor.OfAsync(district.Running, "fuzeren2")).GoAsync($"/tasks/{task}");
        Assert.Contains("您代石守正办理", page.Text("main"));
        // He reads what he decides on, and is not offered what only the one who has it does.
        var seen = await deputy.GetAsync($"/api/motions/{id}");
        Assert.Equal("A", seen.GetProperty("parts")[0].GetProperty("answer").GetProperty("class").GetString());
        Assert.Null(page.Page.QuerySelector($"a[href='/tasks/{task}/return']"));
        Assert.Null(page.Page.QuerySelector("#desk"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await page.GoAsync($"/tasks/{task}/return")).Status);
        // What is asked of the one is told to the other, too, without saying who is away.
        await (await district.AsAsync("mishu")).PostAsync($"/api/tasks/{task}/urge");
        await district.SendMailsAsync();
        await district.Running.InDatabaseAsync(async db =>
        {
            var notice = await db.Set<Notice>().SingleAsync(n => n.Kind == "O2.urged");
            var mails = await db.Set<OutgoingMail>().Where(m => m.NoticeId == notice.Id).ToListAsync();
            Assert.Equal(2, mails.Count);
            var his = Assert.Single(mails, m => m.MemberId == DemoDistrict.MemberId("fuzeren2"));
            Assert.Contains("您以代理人身份收到此信", his.Text);
            Assert.DoesNotContain("石守正", his.Text);
            Assert.DoesNotContain("代理人", Assert.Single(mails, m => m != his).Text);
        });
        await deputy.PostAsync($"/api/tasks/{task}/decide", new { outcome = "sign" });

        TaskRow row = null!;
        await district.Running.InDatabaseAsync(async db =>
            row = await db.Set<TaskRow>().SingleAsync(t => t.Id == task)
        );
        Assert.Equal(DemoDistrict.MemberId("fuzeren2"), row.DecidedBy);
        Assert.Equal(DemoDistrict.MemberId("fuzeren"), row.DecidedForId);
        var told = (await (await district.AsAsync("mishu")).GetAsync($"/api/motions/{id}/timeline")).GetProperty(
            "items"
        );
        var line = told.EnumerateArray().First(e => e.GetProperty("act").GetString() == "handling.sign");
        Assert.Equal("孟修远", line.GetProperty("actor").GetString());
        Assert.Equal("石守正", line.GetProperty("actingFor").GetString());
        var secretary = await (await Visitor.OfAsync(district.Running, "mishu")).GoAsync($"/motions/{id}");
        Assert.Contains("孟修远代石守正", secretary.Text("main"));
        foreach (var client in new[] { head, deputy })
            Assert.Single((await client.GetAsync("/api/tasks?scope=done")).GetProperty("items").EnumerateArray());
        // Whoever proposed it does not learn who acted for whom inside.
        Assert.DoesNotContain(
            "石守正",
            (await (await district.AsAsync("daibiao1")).GetAsync($"/api/motions/{id}/timeline")).ToString()
        );

        await head.PostAsync($"/api/deputies/{named}/revoke");
        Assert.Empty((await deputy.GetAsync("/api/tasks")).GetProperty("items").EnumerateArray());
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Naming_IsChecked_AndEndsWithItsDays(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.SubmittedAsync();
        var (secretary, deputy) = (await district.AsAsync("mishu"), await district.AsAsync("xiaozhuxi"));
        var task = await secretary.TaskAsync("motion.check");
        foreach (
            var (body, code) in new (object, string)[]
            {
                (Of("mishu", 0, 3), "deputy.self"),
                (Of("xiaozhuxi", 0, -1), "deputy.window"),
                (Of("xiaozhuxi", 0, 366), "deputy.window"),
                (Of("xiaozhuxi", 0, 3, "aid"), "deputy.not-confidential"),
                (Of("xiaozhuxi", 0, 3, "nothing"), "deputy.kind-unknown"),
                (new { deputyId = Guid.NewGuid(), until = "2026-03-05" }, "deputy.inactive"),
            }
        )
            Assert.Equal((422, code), await RefusalAsync(await SendAsync(secretary, "/api/deputies", body)));

        var first = await secretary.PostAsync("/api/deputies", Of("xiaozhuxi", 1, 2), "k-1");
        Assert.Equal(
            first.GetRawText(),
            (await secretary.PostAsync("/api/deputies", Of("xiaozhuxi", 1, 2), "k-1")).GetRawText()
        );
        Assert.Equal(
            (409, "deputy.overlap"),
            await RefusalAsync(await SendAsync(secretary, "/api/deputies", Of("fuzeren", 2, 4)))
        );
        Assert.Equal(
            (404, "deputy.unknown"),
            await RefusalAsync(await SendAsync(deputy, $"/api/deputies/{first.GetProperty("id")}/revoke", new { }))
        );
        // Not before the first day, not after the last.
        Assert.Equal((403, "task.not-yours"), await DecideAsync(deputy, task, "propose"));
        district.Wait(TimeSpan.FromDays(1));
        deputy = await district.AsAsync("xiaozhuxi");
        Assert.Equal(task, await deputy.TaskAsync("motion.check"));
        district.Wait(TimeSpan.FromDays(2));
        deputy = await district.AsAsync("xiaozhuxi");
        Assert.Equal((403, "task.not-yours"), await DecideAsync(deputy, task, "propose"));

        object Of(string who, int from, int until, params string[] kinds) =>
            new
            {
                deputyId = DemoDistrict.MemberId(who),
                from = $"{district.Today().AddDays(from):yyyy-MM-dd}",
                until = $"{district.Today().AddDays(until):yyyy-MM-dd}",
                kinds,
            };
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task NobodyGetsAroundARule_ThroughADeputy(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var id = await district.SubmittedAsync();
        // The proposer handles nothing of his own, in nobody's name; and nobody speaks twice in one vote.
        await NameAsync(await district.AsAsync("mishu"), "daibiao1", 5);
        await NameAsync(await district.AsAsync("weiyuan1"), "weiyuan2", 5);
        await NameAsync(await district.AsAsync("weiyuan3"), "fuyi1", 5);
        await NameAsync(await district.AsAsync("weiyuan4"), "fuyi1", 5);
        var proposer = await district.AsAsync("daibiao1");
        var check = await (await district.AsAsync("mishu")).TaskAsync("motion.check");
        Assert.Equal((403, "task.separation"), await DecideAsync(proposer, check, "propose", "file"));
        Assert.DoesNotContain("motion.check", (await proposer.GetAsync("/api/tasks")).ToString());
        await (await district.AsAsync("mishu")).DecideAsync("motion.check", "propose", new { recommendation = "file" });

        var second = await district.AsAsync("weiyuan2");
        Assert.Equal(
            (409, "task.member-has-task"),
            await DecideAsync(second, await (await district.AsAsync("weiyuan1")).TaskAsync("motion.review"), "file")
        );
        Assert.NotEqual(Guid.Empty, await second.TaskAsync("motion.review"));
        var voter = await district.AsAsync("fuyi1");
        var votes = (await voter.GetAsync("/api/tasks")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, votes.Count);
        await voter.PostAsync($"/api/tasks/{votes[0].GetProperty("id")}/decide", new { outcome = "file" });
        Assert.Equal(
            (409, "task.member-has-task"),
            await DecideAsync(voter, votes[1].GetProperty("id").GetGuid(), "file")
        );
        Assert.Empty((await voter.GetAsync("/api/tasks")).GetProperty("items").EnumerateArray());
        Assert.Equal("UnderReview", (await district.MotionAsync(id)).GetProperty("state").GetString());
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task OwnWork_IsNotCheckedInTheNameOfAnother(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.DraftedAsync();
        await NameAsync(await district.AsAsync("fuzeren"), "zongwuchu", 5);
        var clerk = await district.AsAsync("zongwuchu");

        Assert.Equal(
            (403, "deputy.own-work"),
            await DecideAsync(clerk, await (await district.AsAsync("fuzeren")).TaskAsync("handling.sign"), "sign")
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task WhatHeDidForAnother_HeDoesNotCheckAsHimself(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.DraftedAsync();
        await NameAsync(await district.AsAsync("fuzeren"), "fuzeren2", 5);
        var deputy = await district.AsAsync("fuzeren2");
        await deputy.DecideAsync("handling.sign", "sign");
        await OfficeWords.OfficeMoves.AppointAsync(district, "fuzeren2", Domain.People.Office.SchoolLeader, "YXZX/ZWC");

        Assert.Equal(
            (403, "deputy.own-work"),
            await DecideAsync(deputy, await (await district.AsAsync("fenguan")).TaskAsync("handling.leader"), "agree")
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Hardship_IsForWhomThePrincipalLets_AndForNobodyWhoStandsNear(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.PrepareAsync();
        var id = await district.ApplyAsync(AidMoves.Applicant, AidMoves.Content("伊若男"));
        await (await district.AsAsync(AidMoves.Applicant)).PostAsync($"/api/aid/applications/{id}/submit");
        var chair = await district.AsAsync(AidMoves.Chair);
        var task = await chair.TaskAsync("aid.formcheck");
        var plain = await NameAsync(chair, "yey-pingwei1", 5);
        var deputy = await district.AsAsync("yey-pingwei1");
        Assert.Equal((404, "task.unknown"), await DecideAsync(deputy, task, "supplement"));

        await chair.PostAsync($"/api/deputies/{plain}/revoke");
        await NameAsync(chair, "yey-pingwei1", 5, confidential: true);
        Assert.Equal(task, await deputy.TaskAsync("aid.formcheck"));
        var page = await (await Visitor.OfAsync(district.Running, "yey-pingwei1")).GoAsync($"/tasks/{task}");
        Assert.Equal(System.Net.HttpStatusCode.OK, page.Status);
        // The applicant himself, named by the chair, decides nothing of his own.
        var near = DemoDistrict.MemberId(AidMoves.Applicant);
        await district.Running.InDatabaseAsync(db =>
            db.Set<EduUnion.Host.Deputies.Deputy>().ExecuteUpdateAsync(d => d.SetProperty(x => x.DeputyId, near))
        );
        var applicant = await district.AsAsync(AidMoves.Applicant);
        Assert.DoesNotContain("aid.formcheck", (await applicant.GetAsync("/api/tasks")).ToString());
        Assert.Equal((404, "task.unknown"), await DecideAsync(applicant, task, "supplement"));
    }

    [Fact]
    public async Task Page_NamesAndRevokes_WithoutScript()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var visitor = await (await Visitor.OfAsync(district.Running, "fuzeren")).GoAsync("/me/deputies");

        await visitor.PressAsync("指定");
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, visitor.Status);
        await visitor.PressAsync(
            "指定",
            ("deputyId", DemoDistrict.MemberId("fuzeren2").ToString()),
            ("until", $"{district.Today().AddDays(4):yyyy-MM-dd}"),
            ("kinds", "motion")
        );
        Assert.Contains("代理中", visitor.Text("main"));
        Assert.Contains(
            "石守正",
            (await (await Visitor.OfAsync(district.Running, "fuzeren2")).GoAsync("/me/deputies")).Text("main")
        );
        await visitor.PressAsync("撤销 孟修远");
        Assert.Contains("撤销", visitor.Text("table"));
        Assert.Empty(RawKeys.In(visitor.Text("main")));
    }

    private static async Task<Guid> NameAsync(Client principal, string deputy, int days, bool confidential = false) => (
            await principal.PostAsync(
                "/api/deputies",
                new
                {
                    deputyId = DemoDistrict.MemberId(deputy),
                    until = $"{Demo.Today.AddDays(days):yyyy-MM-dd}",
                    confidential,
                }
            )
        ).GetProperty("id").GetGuid();

    private static async Task<(int, string)> DecideAsync(
        Client client,
        Guid task,
        string outcome,
        string? recommendation = null
    ) =>
        await RefusalAsync(
            await client.SendAsync(
                HttpMethod.Post,
                $"/api/tasks/{task}/decide",
                new
                {
                    outcome,
                    comment = "请补充材料。",
                    form = recommendation is null ? null : new { recommendation },
                }
            )
        );

    private static Task<HttpResponseMessage> SendAsync(Client client, string path, object body) =>
        client.SendAsync(HttpMethod.Post, path, body);
}
