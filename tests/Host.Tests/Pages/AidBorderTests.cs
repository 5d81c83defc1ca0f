using System.Net;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Pages.Aid;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Pages;

/// <summary>Where the sight of an application ends: another district, finance, a file's leader, who looked.</summary>
public sealed class AidBorderTests
{
    private static readonly Guid Elsewhere = Guid.CreateVersion7();

    [Theory]
    [InlineData(Office.Auditor)]
    [InlineData(Office.DistrictOfficer)]
    [InlineData(Office.Finance)]
    public async Task OfficeOfAnotherDistrict_IsNoneHere(Office office)
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.CorrectedAsync();
        await AppointElsewhereAsync(running, "daibiao1", office);
        var visitor = await Visitor.OfAsync(running, "daibiao1");
        await visitor.GoAsync($"/aid/{id}");
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
        await visitor.GoAsync($"/aid/papers/approval/{id}");
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);

        // He surveyed nothing and holds nothing here; that he sees it as a committee member changes nothing of it.
        var member = await Visitor.OfAsync(running, "pingwei1");
        await AppointElsewhereAsync(running, "pingwei1", office);
        var other = await states.SurveyedAsync("shenqing2");
        await member.GoAsync($"/aid/{other}");
        Assert.Equal(HttpStatusCode.OK, member.Status);
        Assert.DoesNotContain("手术后长期服药", member.Text("main"));
        Assert.Equal((Sight.Masked, false), await SightAsync(states, other, "pingwei1"));
    }

    [Fact]
    public async Task Finance_ReadsTheMoneyAlone()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.PaidAsync();
        await states.DecideAsync(id, "shenqing1", "aid.confirm", "missing", comment: "没有到账");
        var task = await states.TaskAsync(id, "aid.trace");
        var approver = await NameAsync(states, "xiaozhuxi");
        var surveyor = await NameAsync(states, "diaocha1");
        var finance = await Visitor.OfAsync(running, "caiwu1");
        foreach (var page in new[] { $"/aid/{id}", $"/tasks/{task}", "/aid" })
        {
            await finance.GoAsync(page);
            Assert.Equal(HttpStatusCode.OK, finance.Status);
            var text = finance.Text("main");
            Assert.Contains("900.00", text);
            foreach (var kept in new[] { "因病", "相对困难", approver, surveyor })
                Assert.DoesNotContain(kept, text);
        }
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync($"/aid/{id}");
        foreach (var told in new[] { "因病", "相对困难", approver, surveyor })
            Assert.Contains(told, chair.Text("main"));

        using var client = await running.ClientOfAsync("caiwu1");
        var answer = await client.GetStringAsync($"/api/aid/applications/{id}");
        foreach (var kept in new[] { "\"Rel\"", "Illness", approver })
            Assert.DoesNotContain(kept, answer);
        var list = await client.GetStringAsync("/api/aid/applications");
        Assert.Contains($"{id}", list);
        foreach (var kept in new[] { "\"Rel\"", "Illness" })
            Assert.DoesNotContain(kept, list);
    }

    [Fact]
    public async Task WhoLooked_IsToldTheApplicantAndTheAuditorOnly()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.SurveyedAsync();
        var seen = await states.WithAsync<UnmaskCommands, Outcome<Unmasked>>(c =>
            c.UnmaskAsync(id, "identity", ViewPurpose.Check, "核对身份证原件", AidStates.As("xiaozhuxi"), default)
        );
        Assert.True(seen.IsOk, seen.Refusal?.Code);
        foreach (
            var (who, told) in new[]
            {
                ("shenqing1", true),
                ("jingshen", true),
                ("xiaozhuxi", false),
                ("qujingban", false),
                ("diaocha1", false),
                ("pingwei1", false),
            }
        )
        {
            var visitor = await Visitor.OfAsync(running, who);
            await visitor.GoAsync($"/aid/{id}");
            Assert.True(visitor.Text("main").Contains("核对身份证原件", StringComparison.Ordinal) == told, who);
        }
    }

    [Fact]
    public async Task Leader_IsToldThePersonAndHisOwnContacts()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        await states.ApprovedAsync();
        var file = await states.WithAsync<EduUnionDb, Guid>(db => db.Set<AidFileRow>().Select(f => f.Id).SingleAsync());
        await FileAsync(
            states,
            "xiaozhuxi",
            (c, v) => c.NameLeaderAsync(file, DemoDistrict.MemberId("zuzhang1"), v, default)
        );
        await FileAsync(
            states,
            "zuzhang1",
            (c, v) => c.ContactAsync(file, v.Today, ContactMode.Phone, "前任所记", "前任所办", v, default)
        );
        await FileAsync(
            states,
            "xiaozhuxi",
            (c, v) => c.NameLeaderAsync(file, DemoDistrict.MemberId("fenguan"), v, default)
        );
        await FileAsync(
            states,
            "xiaozhuxi",
            (c, v) =>
                c.VisitAsync(
                    file,
                    new FileVisit(
                        v.Today,
                        [DemoDistrict.MemberId("diaocha1"), DemoDistrict.MemberId("diaocha2")],
                        "住院探望",
                        "病情说明",
                        null
                    ),
                    v,
                    default
                )
        );

        string[] aided = ["相对困难", "前任所记", "住院探望", "病情说明"];
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync($"/aid/files/{file}");
        foreach (var told in aided)
            Assert.Contains(told, chair.Text(".split"));
        var leader = await Visitor.OfAsync(running, "fenguan");
        foreach (var page in new[] { $"/aid/files/{file}", $"/aid/papers/file/{file}", "/aid/files?show=mine" })
        {
            await leader.GoAsync(page);
            Assert.Equal(HttpStatusCode.OK, leader.Status);
            Assert.Contains("DA-YXZX-2026-0001", leader.Text("main"));
            foreach (var kept in aided)
                Assert.DoesNotContain(kept, leader.Text("main .list tbody, main .split, main .sheet, main article"));
        }
        await leader.GoAsync("/aid/files?category=Rel");
        Assert.DoesNotContain("DA-YXZX-2026-0001", leader.Text("main"));
        using var client = await running.ClientOfAsync("fenguan");
        Assert.DoesNotContain("\"Rel\"", await client.GetStringAsync("/api/aid/files"));
    }

    [Fact]
    public async Task Leader_PressedTwice_LogsOneContact()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        await states.ApprovedAsync();
        var file = await states.WithAsync<EduUnionDb, Guid>(db => db.Set<AidFileRow>().Select(f => f.Id).SingleAsync());
        await FileAsync(
            states,
            "xiaozhuxi",
            (c, v) => c.NameLeaderAsync(file, DemoDistrict.MemberId("fenguan"), v, default)
        );
        var leader = await Visitor.OfAsync(running, "fenguan");
        await leader.GoAsync($"/aid/files/{file}");
        await leader.PressTwiceAsync(
            "记录联系",
            ("on", $"{Seeds.Demo.Today:yyyy-MM-dd}"),
            ("mode", "Phone"),
            ("need", "复查费用"),
            ("action", "协助申请")
        );
        var view = await FileAsync(states, "xiaozhuxi", file);
        Assert.Single(view.File.Contacts);
    }

    [Fact]
    public async Task Approved_IsCancelledByTheDistrictAlone()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.ApprovedAsync();
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync($"/aid/{id}/do/cancel");
        Assert.Equal(HttpStatusCode.NotFound, chair.Status);
        var officer = await Visitor.OfAsync(running, "qujingban");
        await officer.GoAsync($"/aid/{id}");
        Assert.NotNull(officer.Page.QuerySelector($"a[href='/aid/{id}/do/cancel']"));
        await officer.GoAsync($"/aid/{id}/do/cancel");
        await officer.PressAsync("取消申请", ("why", "FalsePapers"), ("reason", "材料不实"));
        Assert.Equal(AidState.Cancelled, (await states.ApplicationAsync(id)).State);
    }

    [Fact]
    public async Task Emergency_BeyondACeiling_SaysWhyInWords()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.UrgentAsync();
        var fund = await states.FundAsync();
        var limited = await states.WithAsync<FundCommands, Outcome<Guid>>(async c =>
            await c.LimitAsync(
                fund,
                new FundLimits(PerPerson: Money.Yuan(1_000)),
                await states.WithAsync<EduUnionDb, int>(db =>
                    db.Set<Fund>().Where(f => f.Id == fund).Select(f => f.Version).SingleAsync()
                ),
                AidStates.As("qujingban"),
                default
            )
        );
        Assert.True(limited.IsOk, limited.Refusal?.Code);
        await states.DecideAsync(id, "xiaozhuxi", "aid.approve.emergency", "agree", new { fund, amount = "1500" });
        Assert.Equal(AidState.Refused, (await states.ApplicationAsync(id)).State);
        foreach (var who in new[] { "shenqing2", "xiaozhuxi" })
        {
            var visitor = await Visitor.OfAsync(running, who);
            await visitor.GoAsync($"/aid/{id}");
            Assert.Contains("超过本资金每人每年上限 1,000.00 元", visitor.Text("main"));
            Assert.DoesNotContain("ceiling-person", visitor.Page.DocumentElement.OuterHtml);
        }
    }

    [Fact]
    public async Task Returned_TheRecordSaysWhy()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.ApprovalAsync(Money.Yuan(900));
        var fund = await states.FundAsync();
        await states.WithAsync<FundCommands, Outcome<Guid>>(async c =>
            await c.LimitAsync(
                fund,
                new FundLimits(PerPayment: Money.Yuan(800)),
                await states.WithAsync<EduUnionDb, int>(db =>
                    db.Set<Fund>().Where(f => f.Id == fund).Select(f => f.Version).SingleAsync()
                ),
                AidStates.As("qujingban"),
                default
            )
        );
        await states.DecideAsync(id, "xiaozhuxi", "aid.approve.school", "agree");
        Assert.Equal(AidState.Surveyed, (await states.ApplicationAsync(id)).State);
        foreach (var who in new[] { "shenqing1", "xiaozhuxi", "pingwei1" })
        {
            var visitor = await Visitor.OfAsync(running, who);
            await visitor.GoAsync($"/aid/{id}");
            Assert.Contains("超过本资金单笔上限 800.00 元", visitor.Text(".timeline"));
        }
    }

    [Fact]
    public async Task Brief_OfTheNextYear_CountsThatYearAlone()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.ApprovedAsync();
        running.Time.SetUtcNow(new DateTimeOffset(2027, 1, 5, 1, 0, 0, TimeSpan.Zero));
        var officer = await Visitor.OfAsync(running, "qujingban");
        await officer.GoAsync($"/aid/{id}/brief");
        Assert.Equal(HttpStatusCode.OK, officer.Status);
        Assert.DoesNotContain("-900.00", officer.Text("main"));
    }

    private static async Task AppointElsewhereAsync(Running running, string login, Office office) =>
        await running.InDatabaseAsync(async db =>
        {
            if (!await db.Set<Organisation>().AnyAsync(o => o.Id == Elsewhere))
                db.Add(
                    new Organisation
                    {
                        Id = Elsewhere,
                        Kind = OrganisationKind.District,
                        Code = "LINQU",
                        Name = "邻区教育工会",
                    }
                );
            db.Add(
                new OfficeHolding
                {
                    Id = Guid.CreateVersion7(),
                    MemberId = DemoDistrict.MemberId(login),
                    Office = office,
                    OrganisationId = Elsewhere,
                    From = new DateOnly(2020, 1, 1),
                }
            );
            await db.SaveChangesAsync();
        });

    private static Task<(Sight, bool)> SightAsync(AidStates states, Guid id, string login) =>
        states.WithAsync<AidViews, (Sight, bool)>(async views =>
        {
            var viewer = await states.WithAsync<Access, Viewer>(a =>
                a.ViewerAsync(DemoDistrict.MemberId(login), default)
            );
            var view = (await views.FindAsync(id, viewer, default))!;
            return (view.Sight, view.MaySeeLooks);
        });

    private static Task<string> NameAsync(AidStates states, string login) =>
        states.WithAsync<EduUnionDb, string>(db =>
            db.Set<Member>().Where(m => m.Id == DemoDistrict.MemberId(login)).Select(m => m.Name).SingleAsync()
        );

    private static async Task FileAsync<T>(
        AidStates states,
        string login,
        Func<FileCommands, Viewer, Task<Outcome<T>>> act
    )
    {
        var viewer = await states.WithAsync<Access, Viewer>(a => a.ViewerAsync(DemoDistrict.MemberId(login), default));
        var done = await states.WithAsync<FileCommands, Outcome<T>>(c => act(c, viewer));
        Assert.True(done.IsOk, done.Refusal?.Code);
    }

    private static async Task<FileView> FileAsync(AidStates states, string login, Guid file)
    {
        var viewer = await states.WithAsync<Access, Viewer>(a => a.ViewerAsync(DemoDistrict.MemberId(login), default));
        return (await states.WithAsync<FileViews, FileView?>(v => v.FindAsync(file, viewer, default)))!;
    }
}
