using EduUnion.Domain.Congresses;
using EduUnion.Domain.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Browser;
using EduUnion.Host.Tests.Congresses;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Pages;

/// <summary>Every page of the administration of people and congresses, looked at by axe and on a small phone.</summary>
public sealed class OfficeBrowserTests(Chromium chromium)
{
    [Theory]
    [InlineData("zh-CN", "admin")]
    [InlineData("en", "admin")]
    [InlineData("zh-CN", "xiaozhuxi")]
    [InlineData("en", "xiaozhuxi")]
    [InlineData("zh-CN", "qujingban")]
    [InlineData("en", "qujingban")]
    public async Task EveryPage_IsAccessibleAndFitsASmallPhone(string language, string login)
    {
        await using var running = new Running();
        var address = running.Listen();
        var pages = await PagesAsync(running, login);
        var page = await chromium.OpenAsAsync(address, login, 360, language);
        List<string> complaints = [];
        page.Console += (_, m) => complaints.Add(m.Text);
        page.PageError += (_, e) => complaints.Add(e);

        foreach (var path in pages)
        {
            var answer = await page.GotoAsync(path);
            Assert.True(answer!.Ok, $"{path} {answer.Status}");
            Assert.Empty(await page.AxeAsync(path));
            Assert.Equal("", await page.TooWideAsync());
        }
        Assert.Empty(complaints);
    }

    private static async Task<IReadOnlyList<string>> PagesAsync(Running running, string login)
    {
        var (school, session) = (DemoDistrict.OrganisationId("YXZX"), DemoDistrict.SessionId("YXZX"));
        if (login == "qujingban")
            return ["/admin", "/admin/log", "/congress/reports", $"/congress/reports/{session}/before"];
        if (login == "admin")
        {
            var holding = await FirstAsync(
                running,
                db => db.Set<OfficeHolding>().Where(h => h.MemberId == DemoDistrict.MemberId("mishu")).Select(h => h.Id)
            );
            return
            [
                "/admin",
                "/admin/people",
                "/admin/people/new",
                "/admin/people/import",
                $"/admin/people/{DemoDistrict.MemberId("mishu")}",
                $"/admin/offices?organisation={school}",
                $"/admin/offices/grant?organisation={school}",
                $"/admin/offices/{holding}/end",
                "/admin/log",
                "/congress",
            ];
        }
        var term = await RepresentativeTests.TermAsync(running);
        var delegation = await FirstAsync(
            running,
            db => db.Set<Delegation>().Where(d => d.TermId == term).Select(d => d.Id)
        );
        var representative = await FirstAsync(
            running,
            db => db.Set<Representative>().Where(r => r.TermId == term).Select(r => r.Id)
        );
        return
        [
            "/congress",
            $"/congress/term/{term}",
            $"/congress/term?school={school}",
            $"/congress/session/{session}",
            $"/congress/session?term={term}",
            $"/congress/delegations/{term}",
            $"/congress/delegation/{delegation}",
            $"/congress/representatives/{term}",
            $"/congress/representative/{representative}",
            $"/congress/representatives/{term}/import",
            $"/congress/reports/{session}/before",
            $"/congress/reports/{session}/after",
        ];
    }

    private static async Task<Guid> FirstAsync(Running running, Func<EduUnionDb, IQueryable<Guid>> of)
    {
        var id = Guid.Empty;
        await running.InDatabaseAsync(async db => id = await of(db).FirstAsync());
        return id;
    }
}
