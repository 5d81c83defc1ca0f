using System.Text.Json;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Api;

/// <summary>Scenarios 3, 6, 7 and 8 of the domain over HTTP, with their dates and figures.</summary>
public sealed class FollowUpJourneyTests
{
    private const string Reason = "学校已另行安排。";

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Merged_OneAnswer_TwoForms_AndOneIsHandledAgain(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await FiledBeforeAsync(district, 3);
        await district.MoveToAsync(new(2026, 3, 18));
        var main = await district.SubmittedAsync("daibiao1", "改善教工食堂供餐");
        var follower = await district.SubmittedAsync("daibiao2", "缩短教工食堂排队时间");
        await district.MoveToAsync(new(2026, 4, 1));
        await district.ReviewAsync(main, "file");
        await FiledBeforeAsync(district, 10);
        await district.ReviewAsync(follower, "merge", main);

        var merged = await district.MotionAsync(follower, "daibiao2");
        Assert.Equal("Merged", Text(merged, "state"));
        Assert.Equal("0302-011", Text(merged, "number"));
        Assert.Equal("0302-004", Text(merged, "mainNumber"));
        Assert.Equal(main, merged.GetProperty("mainId").GetGuid());
        Assert.Equal((2, 1), (await district.TallyAsync("filed"), await district.TallyAsync("cases")));
        Assert.Equal("1/2", await district.RateOfAsync("merging"));

        await district.AssignAsync(main);
        await district.MoveToAsync(new(2026, 4, 20));
        await district.AnswerAsync(main);
        Assert.Equal("Replied", await district.StateAsync(follower));
        Assert.Equal(
            (422, "merge.main-answered"),
            await RefusedAsync(district, "mishu", $"/api/motions/{follower}/unmerge")
        );

        await district.MoveToAsync(new(2026, 4, 22));
        await district.RateAsync(main, "daibiao1", "Satisfied");
        await district.RateAsync(follower, "daibiao2", "Dissatisfied", "只调整了窗口，排队时间没有变化。");
        Assert.Equal("Closed", await district.StateAsync(main));
        Assert.Equal("1/2", await district.RateOfAsync("satisfaction"));
        Assert.Equal("2/2", await district.RateOfAsync("feedback"));
        Assert.Equal("1/1", await district.RateOfAsync("reply"));
        Assert.Equal("2026-04-29", Due(await district.MotionAsync(follower), "rehandle.review"));

        await district.MoveToAsync(new(2026, 4, 24));
        await district.DecideAsync(follower, "zhuren", "motion.discontent", "rehandle");
        var again = await district.MotionAsync(follower, "daibiao2");
        Assert.Equal("Rehandling", Text(again, "state"));
        Assert.Equal(
            [1, 2],
            again.GetProperty("parts").EnumerateArray().Select(p => p.GetProperty("round").GetInt32())
        );
        Assert.Equal("2026-05-26", Due(again, "answer"));
        Assert.Equal("Closed", await district.StateAsync(main));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task DissatisfiedTwice_EndsAtTheTable_WithTheDissentKept(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 3, 10));
        var id = await district.AssignedAsync("daibiao1", "新建教职工停车场");
        await district.MoveToAsync(new(2026, 3, 18));
        await district.AnswerAsync(id, NotNow());
        await district.MoveToAsync(new(2026, 3, 20));
        await district.RateAsync(id, "daibiao1", "Dissatisfied", "没有说明何时再次研究。");
        await district.MoveToAsync(new(2026, 3, 23));
        await district.DecideAsync(id, "zhuren", "motion.discontent", "rehandle");
        Assert.Equal("2026-04-21", Due(await district.MotionAsync(id), "answer"));
        await district.MoveToAsync(new(2026, 4, 13));
        await district.AnswerAsync(id, NotNow());
        await district.MoveToAsync(new(2026, 4, 15));
        await district.RateAsync(id, "daibiao1", "Dissatisfied", "资金来源仍未落实。");

        var table = await district.MotionAsync(id, "xiaozhuxi");
        Assert.Equal("DisputeMeeting", Text(table, "state"));
        Assert.Equal(["motion.dispute"], Tasks(table));
        await district.MoveToAsync(new(2026, 4, 22));
        var minutes = new
        {
            metOn = "2026-04-22",
            place = "工会会议室",
            people = "工会主席、提案人、总务处负责人、分管校长",
            minutes = "总务处说明经费未列入本年预算；提案人保留意见。",
        };
        var dispute = await district.TaskAsync(id, "xiaozhuxi", "motion.dispute");
        Assert.Equal(
            (403, "task.not-yours"),
            await RefusedAsync(
                district,
                "zhuren",
                $"/api/tasks/{dispute}/decide",
                new { outcome = "minute", form = minutes }
            )
        );
        await district.DecideAsync(id, "xiaozhuxi", "motion.dispute", "minute", minutes);

        var closed = await district.MotionAsync(id);
        Assert.Equal("ClosedDissent", Text(closed, "state"));
        Assert.True(closed.GetProperty("isDissent").GetBoolean());
        Assert.Equal(
            ["没有说明何时再次研究。", "资金来源仍未落实。"],
            closed.GetProperty("forms").EnumerateArray().Select(f => Text(f, "reason"))
        );
        Assert.Empty(Tasks(closed));
        Assert.Equal(1, await district.TallyAsync("dissent"));
        Assert.Equal("1/1", await district.RateOfAsync("rehandling"));

        // A co-signer does not read what the proposer wrote to the committee.
        Assert.All(
            (await district.MotionAsync(id, "fuyi1")).GetProperty("forms").EnumerateArray(),
            f => Assert.Null(Text(f, "reason"))
        );
        var archive = $"/api/sessions/{District.Session}/archive";
        Assert.Equal((403, "committee.not-yours"), await RefusedAsync(district, "zhuren", archive));
        var archived = await (await district.AsAsync("mishu")).PostAsync(archive);
        Assert.Equal(1, archived.GetProperty("count").GetInt32());
        Assert.Equal("Archived", await district.StateAsync(id));
        Assert.Equal("1/1", await district.RateOfAsync("closing"));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task LeadLeaves_ACosignerOrTheDelegationsHeadFollows(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 3, 3));
        var accepted = await district.AssignedAsync("daibiao1", "规范教师加班补休");
        var lapsed = await district.AssignedAsync("daibiao1", "增设教师心理咨询");
        var gathering = await district.CosignedAsync("daibiao2", "更换办公座椅");

        await district.MoveToAsync(new(2026, 3, 5));
        await district.EndMandateAsync("fuyi2", new(2026, 3, 5));
        await district.MoveToAsync(new(2026, 3, 6));
        Assert.Equal(1, Confirmed(await district.MotionAsync(gathering, "daibiao2")));
        Assert.Equal(2, Confirmed(await district.MotionAsync(accepted)));
        Assert.Equal(
            (422, "motion.cosigners-missing"),
            await RefusedAsync(district, "daibiao2", $"/api/motions/{gathering}/submit")
        );

        await district.MoveToAsync(new(2026, 3, 17));
        await district.EndMandateAsync("daibiao1", new(2026, 3, 17));
        await district.MoveToAsync(new(2026, 3, 18));
        var offered = await district.MotionAsync(accepted, "fuyi1");
        Assert.Equal("2026-03-25", Due(offered, "lead_offer"));
        Assert.Equal("Assigned", Text(offered, "state"));
        Assert.Equal(
            (403, "motion.lead-left"),
            await RefusedAsync(district, "daibiao1", $"/api/motions/{accepted}/withdraw", new { reason = Reason })
        );

        await district.MoveToAsync(new(2026, 3, 20));
        var offer = await district.TaskAsync(accepted, "fuyi1", "lead.offer");
        Assert.Equal(
            (403, "task.not-yours"),
            await RefusedAsync(district, "daibiao1", $"/api/tasks/{offer}/decide", new { outcome = "accept" })
        );
        await district.DecideAsync(accepted, "fuyi1", "lead.offer", "accept");
        Assert.Equal(DemoDistrict.MemberId("fuyi1"), Lead(await district.MotionAsync(accepted)));
        Assert.Equal(DemoDistrict.MemberId("daibiao1"), Lead(await district.MotionAsync(lapsed)));
        await district.MoveToAsync(new(2026, 3, 27));
        Assert.Equal(DemoDistrict.MemberId("fuyi3"), Lead(await district.MotionAsync(lapsed, "fuyi3")));

        await district.MoveToAsync(new(2026, 4, 8));
        await district.AnswerAsync(accepted);
        var form = await district.TaskAsync(accepted, "fuyi1", "motion.feedback");
        var rating = new { outcome = "rate", form = new { manner = "Satisfied", result = "Satisfied" } };
        Assert.Equal(
            (403, "task.not-yours"),
            await RefusedAsync(district, "daibiao1", $"/api/tasks/{form}/decide", rating)
        );
        await district.RateAsync(accepted, "fuyi1", "Satisfied");
        // Whoever led it reads the answer, and nothing more.
        var read = await district.MotionAsync(accepted, "daibiao1");
        Assert.Equal("Closed", Text(read, "state"));
        Assert.Equal("A", read.GetProperty("parts")[0].GetProperty("answer").GetProperty("class").GetString());
        Assert.Equal(
            (403, "motion.not-yours"),
            await RefusedAsync(
                district,
                "daibiao1",
                $"/api/motions/{accepted}/feedback/correct",
                new { manner = "Basic", result = "Basic" }
            )
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Withdrawn_TakenOverGoesOn_OrIsEndedOutsideTheCases(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 3, 9));
        var taken = await district.AssignedAsync("daibiao1", "延长图书馆开放时间");
        var ended = await district.AssignedAsync("daibiao1", "增加教工体检项目");
        await district.MoveToAsync(new(2026, 3, 12));
        var proposer = await district.AsAsync("daibiao1");
        Assert.Equal(
            (422, "form.reason-missing"),
            await RefusedAsync(district, "daibiao1", $"/api/motions/{taken}/withdraw")
        );
        foreach (var id in new[] { taken, ended })
            await proposer.PostAsync($"/api/motions/{id}/withdraw", new { reason = Reason });
        Assert.Equal("2026-03-17", Due(await district.MotionAsync(taken, "fuyi2"), "takeover"));
        Assert.Equal(
            (422, "withdrawal.open"),
            await RefusedAsync(district, "daibiao1", $"/api/motions/{taken}/withdraw", new { reason = Reason })
        );

        await district.MoveToAsync(new(2026, 3, 16));
        await district.DecideAsync(taken, "fuyi2", "withdrawal.takeover", "takeover");
        var going = await district.MotionAsync(taken, "fuyi2");
        Assert.Equal(DemoDistrict.MemberId("fuyi2"), Lead(going));
        Assert.Equal("Assigned", Text(going, "state"));
        Assert.Equal(["handling.accept"], Tasks(going));
        foreach (var login in new[] { "fuyi1", "fuyi2" })
            await district.DecideAsync(ended, login, "withdrawal.takeover", "decline");
        await district.MoveToAsync(new(2026, 3, 18));
        var consent = await district.TaskAsync(ended, "zhuren", "withdrawal.consent");
        Assert.Equal(
            (403, "task.not-yours"),
            await RefusedAsync(district, "mishu", $"/api/tasks/{consent}/decide", new { outcome = "agree" })
        );
        Assert.Equal(2, await district.TallyAsync("cases"));
        await district.DecideAsync(ended, "zhuren", "withdrawal.consent", "agree");

        var withdrawn = await district.MotionAsync(ended);
        Assert.Equal("Withdrawn", Text(withdrawn, "state"));
        Assert.Equal("0302-002", Text(withdrawn, "number"));
        Assert.Empty(Tasks(withdrawn));
        Assert.All(
            withdrawn.GetProperty("clocks").EnumerateArray(),
            c => Assert.NotEqual(JsonValueKind.Null, c.GetProperty("stoppedAt").ValueKind)
        );
        Assert.Equal(
            (1, 1, 2),
            (
                await district.TallyAsync("cases"),
                await district.TallyAsync("withdrawnAfterFiling"),
                await district.TallyAsync("submitted")
            )
        );
        Assert.Equal("0/1", await district.RateOfAsync("reply"));
    }

    private static object NotNow() =>
        new
        {
            @class = "C",
            text = "因校园用地和经费限制，目前不具备新建条件，现有车位已重新划线。",
            reconsiderOn = "2027-03-01",
        };

    private static Task FiledBeforeAsync(District district, int count) =>
        district.Running.InDatabaseAsync(db =>
            db.Set<CongressSession>()
                .Where(s => s.Id == District.Session)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.LastFiled, count))
        );

    private static async Task<(int, string)> RefusedAsync(
        District district,
        string login,
        string path,
        object? body = null
    ) => await RefusalAsync(await (await district.AsAsync(login)).SendAsync(HttpMethod.Post, path, body));

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static Guid Lead(JsonElement motion) => motion.GetProperty("proposer").GetProperty("id").GetGuid();

    private static int Confirmed(JsonElement motion) =>
        motion.GetProperty("cosigners").EnumerateArray().Count(c => Text(c, "state") == "Confirmed");

    private static IEnumerable<string?> Tasks(JsonElement motion) =>
        motion.GetProperty("tasks").EnumerateArray().Select(t => Text(t, "name"));

    /// <summary>When the running clock of this name ends.</summary>
    private static string? Due(JsonElement motion, string clock) =>
        Text(
            motion
                .GetProperty("clocks")
                .EnumerateArray()
                .Single(c => Text(c, "name") == clock && c.GetProperty("stoppedAt").ValueKind == JsonValueKind.Null),
            "dueDate"
        );
}
