using System.Net;
using EduUnion.Domain.Aid;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;
using CaseRow = EduUnion.Host.Cases.CaseRow;
using Draft = EduUnion.Host.Drafts.Draft;

namespace EduUnion.Host.Tests.Pages;

/// <summary>The application as it is written without script: matter by matter, each saved to the case.</summary>
public sealed class AidWizardTests
{
    private const string Spouse = "310104197803051510";

    [Fact]
    public async Task Applicant_WritesEveryMatterAndSubmits()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var visitor = await Visitor.OfAsync(running, "shenqing1");
        var id = await BeginAsync(visitor);
        await WriteAsync(visitor, id);

        await visitor.GoAsync($"/aid/{id}/apply/check");
        Assert.Contains("966.67", visitor.Text("#h-net ~ .sum"));
        Assert.DoesNotContain(AidStates.Identity, visitor.Text("main"));
        Assert.DoesNotContain(AidStates.Account, visitor.Text("main"));
        await visitor.PressAsync("do=submit");

        Assert.Equal($"/aid/{id}", visitor.Path);
        var aid = await states.ApplicationAsync(id);
        Assert.Equal((AidState.Submitted, "BF-YXZX-2026-0001"), (aid.State, aid.Number));
        Assert.Equal(3, aid.Consents.Length);
        Assert.Equal(
            (AidStates.Identity, Spouse),
            (aid.Content.Person.IdentityNumber, aid.Content.Members[0].IdentityNumber)
        );
        Assert.Equal(AidStates.Account, aid.Content.Account.Number);
        Assert.Equal(4_000_00, aid.Content.Requested!.Value.Fen);
    }

    [Fact]
    public async Task MalformedNumber_IsRefusedAtItsFieldAndEverythingTypedIsKept()
    {
        await using var running = new Running();
        var visitor = await Visitor.OfAsync(running, "shenqing1");
        var id = await BeginAsync(visitor);
        await visitor.GoAsync($"/aid/{id}/apply/person");
        await visitor.PressAsync(
            "do=next",
            ("person.name", "丁晚晴"),
            ("person.identityNumber", "110101199003070000"),
            ("person.post", "语文教师")
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, visitor.Status);
        Assert.Equal("110101199003070000", visitor.Value("person-identityNumber"));
        Assert.Equal("语文教师", visitor.Value("person-post"));
        Assert.NotNull(visitor.Page.QuerySelector(".errors a[href='#person-identityNumber']"));

        // Opened anew the draft is offered, but the number is not shown again.
        await visitor.GoAsync($"/aid/{id}/apply/person");
        Assert.Equal("语文教师", visitor.Value("person-post"));
        Assert.Equal("", visitor.Value("person-identityNumber") ?? "");
    }

    [Fact]
    public async Task SavedNumber_IsShownMaskedAndKeptWhenItsFieldStaysEmpty()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var visitor = await Visitor.OfAsync(running, "shenqing1");
        var id = await states.DraftAsync(content: AidStates.Content("丁晚晴"));
        await visitor.GoAsync($"/aid/{id}/apply/person");
        Assert.Equal("", visitor.Value("person-identityNumber"));
        Assert.Contains("1****************X", visitor.Text("#person-identityNumber-h"));
        await visitor.PressAsync("do=save", ("person.post", "教研组长"));

        var person = (await states.ApplicationAsync(id)).Content.Person;
        Assert.Equal((AidStates.Identity, "教研组长"), (person.IdentityNumber, person.Post));
    }

    [Fact]
    public async Task TypedText_RestsSealedInTheDraftTable()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var visitor = await Visitor.OfAsync(running, "shenqing1");
        var id = await BeginAsync(visitor);
        await visitor.GoAsync($"/aid/{id}/apply/cause");
        Assert.Equal(HttpStatusCode.NoContent, await visitor.RestAsync(("narrative", "家里实在困难")));

        var kept = await states.WithAsync<EduUnionDb, string>(db =>
            db.Set<Draft>().Select(d => d.Content).SingleAsync()
        );
        Assert.DoesNotContain("困难", kept);
        await visitor.GoAsync($"/aid/{id}/apply/cause");
        Assert.Equal("家里实在困难", visitor.Value("narrative"));
        Assert.NotNull(visitor.Page.QuerySelector("form[data-draft-private]"));
    }

    [Fact]
    public async Task Household_MembersAreAddedChangedAndRemovedOneByOne()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var visitor = await Visitor.OfAsync(running, "shenqing1");
        var id = await BeginAsync(visitor);
        await MemberAsync(visitor, id, "高远", "Spouse", Spouse);
        await MemberAsync(visitor, id, "高小满", "Child", "");
        await visitor.GoAsync($"/aid/{id}/apply/household/2");
        await visitor.PressAsync("do=list", ("member.name", "高小米"));
        await visitor.PressAsync("drop=1");

        var members = (await states.ApplicationAsync(id)).Content.Members;
        Assert.Equal(["高小米"], members.Select(m => m.Name));
    }

    [Fact]
    public async Task Unfinished_IsNamedWithTheWayToItsMatter()
    {
        await using var running = new Running();
        var visitor = await Visitor.OfAsync(running, "shenqing1");
        var id = await BeginAsync(visitor);
        await visitor.GoAsync($"/aid/{id}/apply/check");
        Assert.Null(visitor.Page.QuerySelector("button[value=submit]"));
        var way = visitor.Page.QuerySelectorAll("main .notice a").Select(a => a.GetAttribute("href")).ToList();
        Assert.Contains($"/aid/{id}/apply/person?mend=true", way);
        Assert.Contains($"/aid/{id}/apply/consents", way);
        await visitor.GoAsync($"/aid/{id}/apply/person?mend=true");
        Assert.Equal("丁晚晴", visitor.Value("person-name"));
        Assert.NotNull(visitor.Page.QuerySelector("#person-identityNumber-e"));
    }

    [Fact]
    public async Task Consents_AreThreeBoxesAndNoneIsTicked()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var visitor = await Visitor.OfAsync(running, "shenqing1");
        var id = await BeginAsync(visitor);
        await visitor.GoAsync($"/aid/{id}/apply/consents");
        Assert.Equal(3, visitor.Page.QuerySelectorAll("main input[type=checkbox]").Length);
        Assert.Empty(visitor.Page.QuerySelectorAll("main input[checked]"));
        await visitor.PressAsync("保存并继续", ("consentCollection", "1"));

        var aid = await states.ApplicationAsync(id);
        Assert.Equal([ConsentKind.Collection], aid.Consents.Select(c => c.Kind));
    }

    [Fact]
    public async Task Supplement_ShowsTheReasonAndIsResubmitted()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.SupplementAsync();
        var visitor = await Visitor.OfAsync(running, "shenqing1");
        await visitor.GoAsync($"/aid/{id}/apply/cause");
        Assert.Contains("请补交医疗结算单", visitor.Text(".notice"));
        await visitor.PressAsync("do=next", ("narrative", "已补充结算单。"));
        await visitor.GoAsync($"/aid/{id}/apply/check");
        await visitor.PressAsync("do=submit");

        var aid = await states.ApplicationAsync(id);
        Assert.Equal((AidState.Submitted, "已补充结算单。"), (aid.State, aid.Content.Narrative));
    }

    [Fact]
    public async Task OnBehalf_ConsentsRestOnTheSignedPaper()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync("/aid/behalf");
        await chair.PressAsync(
            "开始填写",
            ("member", $"{Host.Seeds.DemoDistrict.MemberId("shenqing2")}"),
            ("agreed", "true")
        );
        var id = IdOf(chair.Path);
        await chair.GoAsync($"/aid/{id}/apply/consents");
        await chair.PressAsync("保存并继续", ("consentCollection", "1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, chair.Status);
        Assert.NotNull(chair.Page.QuerySelector("#paper-e"));

        var paper = await states.WithAsync<Host.Attachments.AttachmentCommands, Domain.Outcome<Guid>>(c =>
            c.AddAsync(
                id,
                nameof(ProofKind.ConsentForm),
                "同意书.pdf",
                Privacy.Samples.Pdf("同意"),
                AidStates.As("xiaozhuxi"),
                default
            )
        );
        await chair.GoAsync($"/aid/{id}/apply/consents");
        await chair.PressAsync("保存并继续", ("consentCollection", "1"), ("paper", $"{paper.Value}"));
        var consent = Assert.Single((await states.ApplicationAsync(id)).Consents);
        Assert.Equal(paper.Value, consent.PaperId);
    }

    [Fact]
    public async Task SomebodyElse_FindsNoApplication()
    {
        await using var running = new Running();
        var id = await new AidStates(running).DraftAsync();
        foreach (var who in new[] { "daibiao1", "xiaozhuxi", "admin", "qujingban", "pingwei1" })
        {
            var visitor = await Visitor.OfAsync(running, who);
            foreach (var path in new[] { "", "/apply", "/apply/person", "/apply/check", "/apply/proofs" })
            {
                await visitor.GoAsync($"/aid/{id}{path}");
                Assert.True(visitor.Status == HttpStatusCode.NotFound, $"{who} {path}: {visitor.Status}");
            }
        }
    }

    private static Guid IdOf(string path) => Guid.Parse(path.Split('/')[2]);

    private static async Task<Guid> BeginAsync(Visitor visitor)
    {
        await visitor.GoAsync("/aid");
        await visitor.PressAsync("申请帮扶");
        return IdOf(visitor.Path);
    }

    private static async Task MemberAsync(Visitor visitor, Guid id, string name, string relation, string identity)
    {
        await visitor.GoAsync($"/aid/{id}/apply/household/new");
        await visitor.PressAsync(
            "do=list",
            ("member.name", name),
            ("member.relation", relation),
            ("member.identityNumber", identity),
            ("member.health", "Good"),
            ("member.status", relation == "Child" ? "Studying" : "Unemployed"),
            ("member.yearlyIncome", "0")
        );
    }

    private static async Task WriteAsync(Visitor visitor, Guid id)
    {
        await visitor.GoAsync($"/aid/{id}/apply/person");
        await visitor.PressAsync(
            "do=next",
            ("person.name", "丁晚晴"),
            ("person.identityNumber", "11010519491231002x"),
            ("person.status", "Established"),
            ("person.post", "语文教师"),
            ("person.phone", "13800005678"),
            ("person.health", "Serious"),
            ("person.marital", "Married"),
            ("person.insurance", "Employee")
        );
        Assert.EndsWith("/household", visitor.Path);
        await MemberAsync(visitor, id, "高远", "Spouse", Spouse);
        await MemberAsync(visitor, id, "高小满", "Child", "");
        await visitor.PressAsync("do=next");
        await visitor.PressAsync("do=next", ("incomes.Wage", "96,000"));
        await visitor.PressAsync("do=next", ("spending.Medical", "61200.00"));
        await visitor.PressAsync(
            "do=next",
            ("mainCause", "OwnIllness"),
            ("eventText", "手术住院"),
            ("eventOn", "2026-02-02"),
            ("narrative", "手术后长期服药。"),
            ("diagnosis", AidStates.Diagnosis)
        );
        await visitor.PressAsync(
            "do=next",
            ("exclusions.twoDwellings", "no"),
            ("exclusions.business", "no"),
            ("exclusions.costlySchool", "no")
        );
        Assert.EndsWith("/proofs", visitor.Path);
        await visitor.GoAsync($"/aid/{id}/apply/account");
        await visitor.PressAsync(
            "do=next",
            ("requested", "4000"),
            ("account.bankName", "工商银行云溪支行"),
            ("account.account", "6222 0202 0011 2346 021")
        );
        await visitor.PressAsync(
            "保存并继续",
            ("consentCollection", "1"),
            ("consentTransfer", "1"),
            ("consentPublicity", "1")
        );
        Assert.EndsWith("/check", visitor.Path);
    }
}
