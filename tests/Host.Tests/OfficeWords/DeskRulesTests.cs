using EduUnion.Domain.People;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Host.Tests.OfficeWords;

/// <summary>The words of an office lead nobody round a rule.</summary>
public sealed class DeskRulesTests(OfficeHouse house) : IClassFixture<OfficeHouse>
{
    private const string Check = "motion.check";
    private const string Assign = "motion.assign";
    private static readonly object Recommendation = new { outcome = "propose", form = new { recommendation = "file" } };

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task HandedOn_ItGoesBackToItsOffice_AndWhoeverHadItDecidesNothing(Provider provider)
    {
        var (district, id, task) = await CheckedAsync(provider);
        var theirs = await HandAsync(district, id, task, "zhuren");
        Assert.Equal((403, "task.not-yours"), await district.RefusedAsync("mishu", theirs, "release"));

        await district.ActAsync("admin", theirs, "release");

        Assert.Contains("O1.back", await district.ActsAsync(id));
        Assert.Equal((403, "task.not-yours"), await district.RefusedAsync("zhuren", theirs, "decide", Recommendation));
        Assert.Equal(theirs, await district.FindAsync(id, "mishu", Check));
        await district.ActAsync("mishu", theirs, "decide", Recommendation);
        Assert.Equal("UnderReview", await district.StateAsync(id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task NobodySignsHisOwnWord_ByWayOfTheOffice(Provider provider)
    {
        var (district, id, task) = await CheckedAsync(provider);
        await district.AppointAsync("weiyuan3", Office.MotionSecretary, "YXZX");
        await district.ActAsync(
            "mishu",
            task,
            "add-signers",
            new { members = new[] { OfficeMoves.Member("weiyuan3") } }
        );
        var sign = (await district.FindAsync(id, "weiyuan3", "office.sign"))!.Value;
        await district.ActAsync("weiyuan3", sign, "decide", new { outcome = "agree" });
        await district.ActAsync("mishu", task, "release");

        Assert.Equal(
            (409, "task.member-has-task"),
            await district.RefusedAsync("weiyuan3", task, "decide", Recommendation)
        );
        await district.ActAsync("mishu", task, "decide", Recommendation);
        Assert.Equal("UnderReview", await district.StateAsync(id));
        await district.EndAsync("weiyuan3", Office.MotionSecretary);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task HandedOn_WhoeverHasTakenTheMotionOverSince_DoesNotHandleIt(Provider provider)
    {
        var district = await house.OfAsync(provider);
        await district.PublishAsync("motion", (Assign, new { allow = new[] { "transfer" } }));
        var id = await district.ToReviewAsync("改善教师午休场所");
        foreach (var login in OfficeMoves.Committee[..3])
            await district.DecideAsync(id, login, "motion.review", "file");
        var task = (await district.FindAsync(id, "mishu", Assign))!.Value;
        await district.ActAsync(
            "mishu",
            task,
            "transfer",
            new { member = OfficeMoves.Member("fuyi1"), reason = "休假" }
        );
        var theirs = (await district.FindAsync(id, "fuyi1", Assign))!.Value;

        await (await district.AsAsync("daibiao1")).PostAsync(
            $"/api/motions/{id}/withdraw",
            new { reason = "情况有变化，申请撤回。" }
        );
        await district.DecideAsync(id, "fuyi1", "withdrawal.takeover", "takeover");

        Assert.Equal(
            (403, "task.separation"),
            await district.RefusedAsync(
                "fuyi1",
                theirs,
                "decide",
                new
                {
                    outcome = "assign",
                    form = new { parts = new[] { new { host = DemoDistrict.OrganisationId("YXZX/ZWC") } } },
                }
            )
        );
        Assert.Null(await district.FindAsync(id, "fuyi1", Assign));
        Assert.DoesNotContain(Assign, await district.MineAsync(id, "fuyi1"));
        Assert.False((await district.TaskOfAsync("fuyi1", theirs)).GetProperty("mine").GetBoolean());
        Assert.Equal(
            403,
            (int)(await (await Visitor.OfAsync(district.Running, "fuyi1")).GoAsync($"/tasks/{theirs}")).Status
        );
        Assert.Equal("Filed", await district.StateAsync(id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AnInvitee_TellsNobodyOfADraft(Provider provider)
    {
        var district = await house.OfAsync(provider);
        var id = await district.DraftAsync(title: "调整晚自习值班安排");
        await (await district.AsAsync("daibiao1")).PostAsync(
            $"/api/motions/{id}/invitations",
            new { memberIds = new[] { OfficeMoves.Member("fuyi1") } }
        );
        var task = (await district.FindAsync(id, "fuyi1", "motion.cosign"))!.Value;
        var stranger = OfficeMoves.Member("jiaowuchu");

        Assert.Equal(
            (403, "copy.not-yours"),
            await district.RefusedAsync("fuyi1", task, "copy", new { members = new[] { stranger } })
        );
        Assert.Equal(
            (403, "question.not-yours"),
            await district.RefusedAsync("fuyi1", task, "questions", new { member = stranger, text = "您看呢？" })
        );
        // Nor is he offered it.
        var invitee = await (await Visitor.OfAsync(district.Running, "fuyi1")).GoAsync($"/tasks/{task}");
        foreach (var page in new[] { $"/tasks/{task}/ask", $"/tasks/{task}/copy" })
            Assert.Null(invitee.Page.QuerySelector($"a[href='{page}']"));
        foreach (var page in new[] { $"/tasks/{task}/ask", $"/tasks/{task}/copy" })
            Assert.Equal(403, (int)(await invitee.GoAsync(page)).Status);
        Assert.Equal(
            404,
            (int)(await (await district.AsAsync("jiaowuchu")).Http.GetAsync($"/api/motions/{id}")).StatusCode
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AnAdministrator_LeavesHisOwnCaseAlone(Provider provider)
    {
        var (district, id, task) = await CheckedAsync(provider);
        await district.ActAsync("mishu", task, "decide", Recommendation);
        await district.AppointAsync("daibiao1", Office.Administrator, "YXZX");

        Assert.Equal((403, "task.separation"), await TryAsync("jump", new { step = Check, reason = "想改一改。" }));
        Assert.Equal((403, "task.separation"), await TryAsync("terminate", new { reason = "不想办了。" }));
        Assert.Equal("UnderReview", await district.StateAsync(id));
        await district.EndAsync("daibiao1", Office.Administrator);

        async Task<(int, string)> TryAsync(string act, object body) =>
            await Client.RefusalAsync(
                await (await district.AsAsync("daibiao1")).SendAsync(HttpMethod.Post, $"/api/cases/{id}/{act}", body)
            );
    }

    private static async Task<Guid> HandAsync(District district, Guid id, Guid task, string to)
    {
        await district.ActAsync("mishu", task, "transfer", new { member = DemoDistrict.MemberId(to), reason = "休假" });
        return (await district.FindAsync(id, to, Check))!.Value;
    }

    private async Task<(District, Guid Id, Guid Task)> CheckedAsync(Provider provider)
    {
        var district = await house.OfAsync(provider);
        await district.PublishAsync("motion", (Check, new { allow = new[] { "transfer", "delegate", "addSigners" } }));
        var id = await district.ToCheckAsync("改善教师午休场所");
        return (district, id, (await district.FindAsync(id, "mishu", Check))!.Value);
    }
}
