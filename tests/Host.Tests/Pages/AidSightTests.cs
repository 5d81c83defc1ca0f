using System.Net;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;

namespace EduUnion.Host.Tests.Pages;

/// <summary>Who is shown how much of an application, and which buttons.</summary>
public sealed class AidSightTests
{
    [Fact]
    public async Task Officials_SeeItMasked_OthersNotAtAll()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.SurveyedAsync();
        foreach (var who in new[] { "xiaozhuxi", "qujingban", "quzhuxi", "jingshen", "diaocha1", "shenqing1" })
        {
            var visitor = await Visitor.OfAsync(running, who);
            await visitor.GoAsync($"/aid/{id}");
            Assert.True(visitor.Status == HttpStatusCode.OK, $"{who}: {visitor.Status}");
            var text = visitor.Page.DocumentElement.OuterHtml;
            var content = (await states.ApplicationAsync(id)).Content;
            var numbers = content.Members.Select(m => m.IdentityNumber).Prepend(content.Person.IdentityNumber);
            foreach (var secret in numbers.Append(AidStates.Account).Where(n => n is { Length: > 0 }))
                Assert.DoesNotContain(secret!, text);
            if (who != "shenqing1")
                Assert.DoesNotContain(AidStates.Diagnosis, text);
        }
        foreach (var who in new[] { "daibiao1", "admin", "mishu", "zuzhang1", "yey-xiaozhuxi", "shenqing2" })
        {
            var visitor = await Visitor.OfAsync(running, who);
            await visitor.GoAsync($"/aid/{id}");
            Assert.True(visitor.Status == HttpStatusCode.NotFound, $"{who}: {visitor.Status}");
        }
    }

    /// <summary>Asked of the district, which may not see it before the applicant consents: what is asked, and nothing of him.</summary>
    [Fact]
    public async Task District_WithoutTheConsent_SeesWhatIsAskedAndNothingOfThePerson()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.AcceptedAsync();
        await states.WithAsync<AidCommands, Outcome<StepDone>>(c =>
            c.WithdrawConsentAsync(id, ConsentKind.Transfer, false, AidStates.As("shenqing1"), default)
        );
        await states.DecideAsync(id, "xiaozhuxi", "aid.appoint", "district", comment: "本校无合适人选。");
        var task = await states.TaskAsync(id, "aid.appoint.district");
        var officer = await Visitor.OfAsync(running, "qujingban");
        foreach (var page in new[] { $"/aid/{id}", $"/tasks/{task}" })
        {
            await officer.GoAsync(page);
            Assert.Equal(HttpStatusCode.OK, officer.Status);
            var text = officer.Page.DocumentElement.TextContent;
            Assert.Contains("申请人尚未同意向区教育工会提供", text);
            foreach (var secret in new[] { "丁**", "丁晚晴", "高*", "因病", "手术后长期服药", "4,000", "4000" })
                Assert.DoesNotContain(secret, text);
        }
        // Who holds no task of it finds nothing at all.
        var chair = await Visitor.OfAsync(running, "quzhuxi");
        await chair.GoAsync($"/aid/{id}");
        Assert.Equal(HttpStatusCode.NotFound, chair.Status);
        await officer.GoAsync($"/aid/{id}/brief");
        Assert.Equal(HttpStatusCode.NotFound, officer.Status);
    }

    [Fact]
    public async Task Committee_ReadsNeitherNameNorNarrative()
    {
        await using var running = new Running();
        var id = await new AidStates(running).SurveyedAsync();
        var visitor = await Visitor.OfAsync(running, "pingwei1");
        await visitor.GoAsync($"/aid/{id}");
        var text = visitor.Page.DocumentElement.OuterHtml;
        Assert.Contains("丁**", text);
        foreach (var secret in new[] { "丁晚晴", "高远", "手术后长期服药", "13800005678", "学府路" })
            Assert.DoesNotContain(secret, text);
    }

    [Fact]
    public async Task Related_MustStandAside_AndSeesNothing()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.SubmittedAsync();
        var task = await states.TaskAsync(id, "aid.formcheck");
        var declared = await states.WithAsync<Host.Relations.RelationChanges, Outcome<Guid>>(async c =>
            await c.DeclareAsync(
                Guid.CreateVersion7(),
                DemoDistrict.MemberId("xiaozhuxi"),
                DemoDistrict.MemberId("shenqing1"),
                Relation.InLaw,
                await states.WithAsync<Access, Viewer>(a => a.ViewerAsync(DemoDistrict.MemberId("xiaozhuxi"), default)),
                default
            )
        );
        Assert.True(declared.IsOk, declared.Refusal?.Code);
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync($"/aid/{id}");
        Assert.Equal(HttpStatusCode.NotFound, chair.Status);
        await chair.GoAsync($"/tasks/{task}");
        Assert.True(chair.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{chair.Status}");
    }

    [Fact]
    public async Task List_IsFilteredBySealedFacets_AndExportedWithoutNames()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.SubmittedAsync();
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync("/aid?cause=Illness&year=2026&q=BF-YXZX");
        Assert.Contains(
            $"/aid/{id}",
            chair.Page.QuerySelectorAll("main td a, main th a").Select(a => a.GetAttribute("href"))
        );
        await chair.GoAsync("/aid?cause=Education");
        Assert.Empty(chair.Page.QuerySelectorAll("main tbody tr"));

        using var browser = await running.BrowserOfAsync("xiaozhuxi");
        var sheet = await browser.GetByteArrayAsync("/aid?handler=export&cause=Illness");
        var text = Host.Sheets.Workbook.Text(sheet);
        Assert.Contains("BF-YXZX-2026-0001", text);
        Assert.DoesNotContain("丁", text);
        using var other = await running.BrowserOfAsync("shenqing1");
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("/aid?handler=export")).StatusCode);
    }

    [Fact]
    public async Task Reporter_IsToldReceived_AndNothingMore()
    {
        await using var running = new Running();
        var leader = await Visitor.OfAsync(running, "zuzhang1");
        await leader.GoAsync("/aid/hint");
        await leader.PressAsync("报告", ("member", $"{DemoDistrict.MemberId("shenqing2")}"), ("text", "家人住院。"));
        Assert.Equal("/aid", leader.Path);
        Assert.Contains("已收到", leader.Text(".notice"));
        Assert.DoesNotContain("康宁远", leader.Text("main"));
        var applicant = await Visitor.OfAsync(running, "shenqing2");
        await applicant.GoAsync("/aid");
        Assert.Empty(applicant.Page.QuerySelectorAll("article.own"));
    }

    [Fact]
    public async Task Applicant_WithdrawsAndTakesAConsentBack()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.AcceptedAsync();
        var visitor = await Visitor.OfAsync(running, "shenqing1");
        await visitor.GoAsync($"/aid/{id}/do/withdraw-consent?item=Publicity");
        await visitor.PressAsync("撤回同意");
        Assert.False((await states.ApplicationAsync(id)).Has(ConsentKind.Publicity));
        await visitor.GoAsync($"/aid/{id}/do/withdraw");
        await visitor.PressAsync("撤回申请", ("reason", "情况好转"));
        Assert.Equal(AidState.Withdrawn, (await states.ApplicationAsync(id)).State);
        await visitor.GoAsync($"/aid/{id}/do/withdraw");
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
    }

    [Fact]
    public async Task Bounced_IsCorrectedWithProofOnly()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.BouncedAsync();
        var visitor = await Visitor.OfAsync(running, "shenqing1");
        await visitor.GoAsync($"/aid/{id}/account");
        await visitor.PressAsync("提交新账户", ("account", "6217001180012345678"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, visitor.Status);
        Assert.NotNull(visitor.Page.QuerySelector("#proof-e"));
        var proof = await states.WithAsync<Host.Attachments.AttachmentCommands, Outcome<Guid>>(c =>
            c.AddAsync(
                id,
                AidDocuments.Account,
                "卡.pdf",
                Privacy.Samples.Pdf("卡"),
                AidStates.As("shenqing1"),
                default
            )
        );
        await visitor.GoAsync($"/aid/{id}/account");
        await visitor.PressAsync("提交新账户", ("account", "6217001180012345678"), ("proof", $"{proof.Value}"));
        Assert.Equal($"/aid/{id}", visitor.Path);
        Assert.NotNull((await states.ApplicationAsync(id)).OpenCorrection);
    }

    [Fact]
    public async Task Emergency_AboveTheLimit_IsRefusedAtItsField()
    {
        await using var running = new Running();
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync("/aid/emergency");
        var typed = new[]
        {
            ("member", $"{DemoDistrict.MemberId("shenqing2")}"),
            ("text", "突发意外。"),
            ("person.name", "康宁远"),
            ("person.identityNumber", AidStates.Identity),
            ("mainCause", "Accident"),
            ("eventText", "交通事故"),
            ("eventOn", "2026-03-01"),
            ("requested", "2000.01"),
            ("account.bankName", "工商银行"),
            ("account.accountName", "康宁远"),
            ("account.account", AidStates.Account),
        };
        await chair.PressAsync("提交核准", typed);
        Assert.NotNull(chair.Page.QuerySelector("#requested-e"));
        await chair.PressAsync("提交核准", [.. typed.Select(t => t.Item1 == "requested" ? ("requested", "2000") : t)]);
        Assert.Equal(HttpStatusCode.OK, chair.Status);
        Assert.StartsWith("/aid/", chair.Path);
    }

    [Fact]
    public async Task Brief_HasReckoningFundAndLevel()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.ApprovalAsync(Money.Yuan(3_000));
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync($"/aid/{id}/brief");
        var text = chair.Text("main");
        foreach (var told in new[] { "966.67", "3,000.00", "27,000.00", "情况属实", "学校工会主席" })
            Assert.Contains(told, text);
        Assert.DoesNotContain("丁晚晴", text);
        foreach (var who in new[] { "shenqing1", "pingwei1", "diaocha1" })
        {
            var visitor = await Visitor.OfAsync(running, who);
            await visitor.GoAsync($"/aid/{id}/brief");
            Assert.True(visitor.Status == (who == "diaocha1" ? HttpStatusCode.OK : HttpStatusCode.NotFound), who);
        }
    }
}
