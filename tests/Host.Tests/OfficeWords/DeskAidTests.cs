using System.Net;
using EduUnion.Host.Cases;
using EduUnion.Host.Privacy;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Api.AidJourney;
using static EduUnion.Host.Tests.Api.AidMoves;

namespace EduUnion.Host.Tests.OfficeWords;

/// <summary>委派 of a task of aid: among those only who have to do with aid, and what they write stands in clear nowhere.</summary>
public sealed class DeskAidTests
{
    private const string Advice = "建议先核实住院费用再受理。";

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AdviceOnAid_IsAskedOfAidOfficesOnly_AndKeptSealed(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 11, 2));
        await district.PrepareAsync();
        var id = await district.ApplyAsync(Applicant, Content("伊若男"));
        await (await district.AsAsync(Applicant)).PostAsync($"/api/aid/applications/{id}/submit");
        var task = (await district.FindAsync(id, Chair, "aid.formcheck"))!.Value;

        Assert.Equal((422, "task.not-of-office"), await AskAsync("yey-diaocha1"));
        Assert.Equal((422, "task.separation"), await AskAsync(Applicant));
        Assert.Equal(
            (422, "task.not-allowed"),
            await district.RefusedAsync(
                Chair,
                task,
                "transfer",
                new { member = OfficeMoves.Member("yey-pingwei1"), reason = "休假" }
            )
        );
        // The page offers those only who may do it.
        var page = await (await Visitor.OfAsync(district.Running, Chair)).GoAsync($"/tasks/{task}");
        var offered = page.Page.QuerySelectorAll("#desk-member option").Select(o => o.GetAttribute("value")).ToList();
        Assert.Contains($"{OfficeMoves.Member("yey-pingwei1")}", offered);
        Assert.All(
            new[] { "yey-diaocha1", Applicant, Chair },
            login => Assert.DoesNotContain($"{OfficeMoves.Member(login)}", offered)
        );
        var applicant = await (await Visitor.OfAsync(district.Running, Applicant)).GoAsync($"/aid/{id}");
        var urge = applicant.Page.QuerySelector($"a[href='/tasks/{task}/urge']");
        Assert.StartsWith("催办：", urge!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await applicant.GoAsync($"/tasks/{task}/urge")).Status);
        Assert.NotNull(applicant.Page.QuerySelector("main form button"));
        // Once it was, neither the case nor the page offers what would be refused.
        await (await district.AsAsync(Applicant)).PostAsync($"/api/tasks/{task}/urge");
        Assert.Null((await applicant.GoAsync($"/aid/{id}")).Page.QuerySelector($"a[href='/tasks/{task}/urge']"));
        Assert.Null((await applicant.GoAsync($"/tasks/{task}/urge")).Page.QuerySelector("main form button"));
        await district.ActAsync(Chair, task, "delegate", new { member = OfficeMoves.Member("yey-pingwei1") });
        var advice = (await district.FindAsync(id, "yey-pingwei1", "office.advise"))!.Value;
        await district.ActAsync("yey-pingwei1", advice, "decide", new { outcome = "advised", comment = Advice });

        var signer = Assert.Single(await district.SignersAsync(Chair, task));
        Assert.Equal(Advice, signer.GetProperty("comment").GetString());
        await district.Running.InDatabaseAsync(async db =>
        {
            var kept = await db.Set<TaskRow>().SingleAsync(t => t.Id == advice);
            Assert.Null(kept.Comment);
            Assert.StartsWith(Vault.Mark, kept.Pending, StringComparison.Ordinal);
        });

        Task<(int, string)> AskAsync(string login) =>
            district.RefusedAsync(Chair, task, "delegate", new { member = OfficeMoves.Member(login) });
    }
}
