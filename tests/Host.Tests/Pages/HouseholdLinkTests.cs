using System.Net;
using EduUnion.Domain.People;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;

namespace EduUnion.Host.Tests.Pages;

/// <summary>A member of the household who is a colleague is named by his exact name, and told apart from one of the same.</summary>
public sealed class HouseholdLinkTests
{
    private const string Keep = "do=list";

    [Fact]
    public async Task AColleague_IsFoundByName_AndOneOfTwoIsChosen()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.DraftAsync();
        var name = "";
        await running.InDatabaseAsync(async db =>
            name = (await db.FindAsync<Member>(DemoDistrict.MemberId("pingwei1")))!.Name
        );
        var visitor = await Visitor.OfAsync(running, "shenqing1");
        var page = $"/aid/{id}/apply/household/1";

        await visitor.GoAsync(page);
        await visitor.PressAsync(Keep, ("member.name", "没有此人"), ("member.colleague", "yes"));
        Assert.Equal((HttpStatusCode)422, visitor.Status);
        Assert.Contains("没有这个姓名的会员", visitor.Text(".errors"));

        await visitor.PressAsync(Keep, ("member.name", name), ("member.colleague", "yes"));
        Assert.Equal(HttpStatusCode.OK, visitor.Status);
        Assert.Equal(
            DemoDistrict.MemberId("pingwei1"),
            (await states.ApplicationAsync(id)).Content.Members[0].MemberId
        );
        Assert.Contains("教育工会会员", (await visitor.GoAsync($"/aid/{id}/apply/check")).Text("main"));

        var other = Guid.CreateVersion7();
        await running.InDatabaseAsync(async db =>
        {
            db.Add(
                new Member
                {
                    Id = other,
                    OrganisationId = DemoDistrict.OrganisationId("YXYE"),
                    Name = name,
                }
            );
            await db.SaveChangesAsync();
        });
        await visitor.GoAsync(page);
        Assert.Equal(2, visitor.Page.QuerySelectorAll("input[name='member.memberId']").Length);
        await visitor.PressAsync(Keep, ("member.memberId", $"{other}"));
        Assert.Equal(other, (await states.ApplicationAsync(id)).Content.Members[0].MemberId);

        await visitor.GoAsync(page);
        await visitor.PressAsync(Keep, ("member.colleague", "no"));
        Assert.Null((await states.ApplicationAsync(id)).Content.Members[0].MemberId);
    }
}
