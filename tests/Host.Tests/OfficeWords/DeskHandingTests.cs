using System.Text.Json;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Host.Tests.OfficeWords;

/// <summary>转办、委派、加签、减签、拿回: the secretary's check of a motion, passed round.</summary>
public sealed class DeskHandingTests(OfficeHouse house) : IClassFixture<OfficeHouse>
{
    private const string Check = "motion.check";
    private static readonly object Recommendation = new { outcome = "propose", form = new { recommendation = "file" } };

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Transferred_ItIsTheOthersForGood_WithItsDeadline(Provider provider)
    {
        var (district, id, task) = await CheckedAsync(provider);
        var due = (await district.TaskOfAsync("mishu", task)).GetProperty("dueDate").GetString();

        Assert.Equal((422, "form.reason-missing"), await TransferAsync(district, task, "zhuren", null));
        Assert.Equal((422, "task.separation"), await TransferAsync(district, task, "daibiao1", "休假"));
        Assert.Equal((422, "task.member-has-task"), await TransferAsync(district, task, "mishu", "休假"));
        Assert.Equal((422, "form.choice-unknown"), await TransferAsync(district, task, "yey-pingwei1", "休假"));
        await district.ActAsync(
            "mishu",
            task,
            "transfer",
            new { member = OfficeMoves.Member("zhuren"), reason = "休假" }
        );

        Assert.Equal((409, "task.handed"), await district.RefusedAsync("mishu", task, "decide", Recommendation));
        Assert.Null(await district.FindAsync(id, "mishu", Check));
        Assert.Null(await district.FindAsync(id, "mishu", Check, "done"));
        var theirs = (await district.FindAsync(id, "zhuren", Check))!.Value;
        Assert.Equal(due, (await district.TaskOfAsync("zhuren", theirs)).GetProperty("dueDate").GetString());
        Assert.Equal((403, "task.not-yours"), await district.RefusedAsync("mishu", theirs, "decide", Recommendation));
        await district.ActAsync("zhuren", theirs, "decide", Recommendation);

        Assert.Equal("UnderReview", await district.StateAsync(id));
        Assert.Contains("TaskHandedOver", await district.EventsAsync(id));
        Assert.Contains("O1.handed", await district.ActsAsync(id));
        // The proposer learns what becomes of his motion, not who sat on it.
        Assert.DoesNotContain("TaskHandedOver", await district.EventsAsync(id, "daibiao1"));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Transferred_WhatADeputyTakesBack_IsHisForWhomHeActed(Provider provider)
    {
        var (district, id, task) = await CheckedAsync(provider);
        var body = new { member = OfficeMoves.Member("zhuren"), reason = "休假" };
        await district.ActAsync("mishu", task, "transfer", body);
        var theirs = (await district.FindAsync(id, "zhuren", Check))!.Value;
        var principal = await district.AsAsync("zhuren");
        var until = Exchange.OfficeMoves.Day(district, 3);
        var named = await principal.PostAsync(
            "/api/deputies",
            new { deputyId = OfficeMoves.Member("weiyuan4"), until }
        );
        var deputy = await district.Running.BrowserOfAsync("weiyuan4");
        district.Tick();
        await district.ActAsync("weiyuan4", theirs, "decide", Recommendation);
        Assert.True(await IsOfferedAsync());

        await district.ActAsync("weiyuan4", theirs, "take-back");

        theirs = (await district.FindAsync(id, "zhuren", Check))!.Value;
        district.Tick();
        await district.ActAsync("weiyuan4", theirs, "decide", Recommendation);
        Assert.True(await IsOfferedAsync());
        await principal.PostAsync($"/api/deputies/{named.GetProperty("id")}/revoke");
        // Who is a deputy no more is not offered what he would be refused.
        Assert.False(await IsOfferedAsync());
        Assert.Equal((403, "task.not-yours"), await district.RefusedAsync("weiyuan4", theirs, "take-back"));

        async Task<bool> IsOfferedAsync() =>
            (await deputy.GetStringAsync($"/motions/{id}")).Contains(
                $"/tasks/{theirs}/take-back",
                StringComparison.Ordinal
            );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Delegated_TheAdviserSpeaks_AndItIsBack(Provider provider)
    {
        var (district, id, task) = await CheckedAsync(provider);
        await district.ActAsync("mishu", task, "delegate", new { member = OfficeMoves.Member("weiyuan1") });

        Assert.Null(await district.FindAsync(id, "mishu", Check));
        Assert.Equal((409, "task.waits"), await district.RefusedAsync("mishu", task, "decide", Recommendation));
        var advice = (await district.FindAsync(id, "weiyuan1", "office.advise"))!.Value;
        Assert.Equal(
            (422, "form.reason-missing"),
            await district.RefusedAsync("weiyuan1", advice, "decide", new { outcome = "advised" })
        );
        await district.ActAsync("weiyuan1", advice, "decide", new { outcome = "advised", comment = "建议立案。" });

        Assert.Equal(task, await district.FindAsync(id, "mishu", Check));
        var signer = Assert.Single(await district.SignersAsync("mishu", task));
        Assert.Equal("建议立案。", signer.GetProperty("comment").GetString());
        await district.ActAsync("mishu", task, "decide", Recommendation);
        Assert.Equal("UnderReview", await district.StateAsync(id));
        Assert.NotNull(await district.FindAsync(id, "weiyuan1", "office.advise", "done"));
        Assert.Null(await district.FindAsync(id, "weiyuan1", Check, "done"));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SignersBefore_AgreeFirst_AndOneLessIsEnough(Provider provider)
    {
        var (district, id, task) = await CheckedAsync(provider);
        foreach (var (near, code) in new[] { ("daibiao1", "task.separation"), ("yey-pingwei1", "form.choice-unknown") })
            Assert.Equal(
                (422, code),
                await district.RefusedAsync(
                    "mishu",
                    task,
                    "add-signers",
                    new { members = new[] { OfficeMoves.Member("weiyuan1"), OfficeMoves.Member(near) } }
                )
            );
        await district.ActAsync(
            "mishu",
            task,
            "add-signers",
            new { members = new[] { OfficeMoves.Member("weiyuan1"), OfficeMoves.Member("weiyuan2") } }
        );
        Assert.Equal((409, "task.waits"), await district.RefusedAsync("mishu", task, "decide", Recommendation));
        var one = (await district.FindAsync(id, "weiyuan1", "office.sign"))!.Value;
        var other = (await district.FindAsync(id, "weiyuan2", "office.sign"))!.Value;

        await district.ActAsync("mishu", task, "remove-signer", new { signer = other });
        Assert.Equal(
            (409, "task.closed"),
            await district.RefusedAsync("weiyuan2", other, "decide", new { outcome = "agree" })
        );
        await district.ActAsync("weiyuan1", one, "decide", new { outcome = "disagree", comment = "理由不足。" });
        Assert.Equal(
            (422, "task.signer-disagrees"),
            await district.RefusedAsync("mishu", task, "decide", Recommendation)
        );
        await district.ActAsync("weiyuan1", one, "take-back");
        await district.ActAsync("weiyuan1", one, "decide", new { outcome = "agree" });
        await district.ActAsync("mishu", task, "decide", Recommendation);

        Assert.Equal("UnderReview", await district.StateAsync(id));
        var events = await district.EventsAsync(id);
        Assert.All(
            new[] { "SignersAdded", "SignerRemoved", "SignerAnswered", "AnswerTakenBack" },
            e => Assert.Contains(e, events)
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SignersAfter_GiveItEffect_AndUntilThenItCanBeTakenBack(Provider provider)
    {
        var (district, id, task) = await CheckedAsync(provider);
        await district.ActAsync(
            "mishu",
            task,
            "add-signers",
            new { members = new[] { OfficeMoves.Member("zhuren") }, after = true }
        );
        Assert.Null(await district.FindAsync(id, "zhuren", "office.sign"));

        // What the motion would refuse is said at once, not to the last signer.
        Assert.Equal(
            (422, "motion.reason-missing"),
            await district.RefusedAsync(
                "mishu",
                task,
                "decide",
                new { outcome = "propose", form = new { recommendation = "opinion" } }
            )
        );
        var said = await district.ActAsync("mishu", task, "decide", Recommendation);
        Assert.False(said.GetProperty("stepDecided").GetBoolean());
        Assert.Equal("Submitted", await district.StateAsync(id));
        Assert.Equal((409, "task.answered"), await district.RefusedAsync("mishu", task, "decide", Recommendation));
        await district.ActAsync("mishu", task, "take-back");
        await district.ActAsync("mishu", task, "decide", Recommendation);
        var signer = (await district.FindAsync(id, "zhuren", "office.sign"))!.Value;
        await district.ActAsync("zhuren", signer, "decide", new { outcome = "disagree", comment = "先核实。" });
        await district.ActAsync("mishu", task, "decide", Recommendation);
        var last = await district.ActAsync("zhuren", signer, "decide", new { outcome = "agree" });

        Assert.True(last.GetProperty("stepDecided").GetBoolean());
        Assert.Equal("UnderReview", await district.StateAsync(id));
        Assert.NotNull(await district.FindAsync(id, "mishu", Check, "done"));
        Assert.Equal((409, "task.went-on"), await district.RefusedAsync("mishu", task, "take-back"));
        Assert.Contains("AnswerTookEffect", await district.EventsAsync(id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Claimed_TheOtherHoldersLeaveIt_UntilItIsReleasedOrTheClaimerLeavesTheOffice(Provider provider)
    {
        var (district, id, task) = await CheckedAsync(provider);
        await district.AppointAsync("weiyuan3", Domain.People.Office.MotionSecretary, "YXZX");
        Assert.Equal(task, await district.FindAsync(id, "weiyuan3", Check, "available"));

        await district.ActAsync("mishu", task, "claim");
        Assert.Equal(task, await district.FindAsync(id, "mishu", Check));
        Assert.Null(await district.FindAsync(id, "weiyuan3", Check, "available"));
        Assert.Null(await district.FindAsync(id, "weiyuan3", Check));
        Assert.Equal((409, "task.claimed"), await district.RefusedAsync("weiyuan3", task, "decide", Recommendation));
        Assert.Equal((409, "task.claimed"), await district.RefusedAsync("weiyuan3", task, "release"));
        Assert.Equal((409, "task.claimed"), await district.RefusedAsync("mishu", task, "claim"));

        await district.ActAsync("admin", task, "release");
        await district.ActAsync("weiyuan3", task, "claim");
        Assert.Null(await district.FindAsync(id, "mishu", Check, "available"));
        await district.EndAsync("weiyuan3", Domain.People.Office.MotionSecretary);

        await district.ActAsync("mishu", task, "decide", Recommendation);
        Assert.Equal("UnderReview", await district.StateAsync(id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task CopiedByTheDefinition_ItIsReadWithAReceipt(Provider provider)
    {
        var district = await house.OfAsync(provider);
        await district.PublishAsync("motion", (Check, new { copy = new[] { new { role = "cosigners" } } }));
        var id = await district.ToCheckAsync("改善教师午休场所");
        var reader = await district.AsAsync("fuyi1");
        Assert.DoesNotContain(await CopiesAsync(), c => c.GetProperty("caseId").GetGuid() == id);

        await district.DecideAsync(id, "mishu", Check, "propose", new { recommendation = "file" });

        var copy = Assert.Single(await CopiesAsync(), c => c.GetProperty("caseId").GetGuid() == id);
        Assert.Equal(Check, copy.GetProperty("step").GetString());
        Assert.Equal(JsonValueKind.Null, copy.GetProperty("from").ValueKind);
        Assert.Equal(JsonValueKind.Null, copy.GetProperty("readAt").ValueKind);
        Assert.Contains("O3.copied", await district.ActsAsync(id));
        await reader.PostAsync($"/api/copies/{copy.GetProperty("id")}/read", new { remark = "已阅，无意见。" });

        copy = Assert.Single(await CopiesAsync(), c => c.GetProperty("caseId").GetGuid() == id);
        Assert.Equal("已阅，无意见。", copy.GetProperty("remark").GetString());
        Assert.NotEqual(JsonValueKind.Null, copy.GetProperty("readAt").ValueKind);
        Assert.Contains("CopyRead", await district.EventsAsync(id));

        async Task<JsonElement[]> CopiesAsync() =>
            [.. (await reader.GetAsync("/api/copies")).GetProperty("items").EnumerateArray()];
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task WhoIsAskedAboutAnAnswer_ReadsItsDraft_AndWhoWasAskedAboutAnotherStepDoesNot(Provider provider)
    {
        var district = await house.OfAsync(provider);
        await district.PublishAsync("motion-handling", ("handling.leader", new { allow = new[] { "delegate" } }));
        await district.PublishAsync("motion");
        var id = await district.ToReviewAsync("改善教师午休场所");
        foreach (var login in OfficeMoves.Committee[..3])
            await district.DecideAsync(id, login, "motion.review", "file");
        await AdviseAsync("mishu", "motion.assign", "renshichu");
        await district.AssignAsync(id);
        await Exchange.OfficeMoves.DraftAnswerAsync(district, id);
        await district.DecideAsync(id, "fuzeren", "handling.sign", "sign");
        Assert.Equal(
            404,
            (int)(await (await district.AsAsync("jiaowuchu")).Http.GetAsync($"/api/motions/{id}")).StatusCode
        );

        using var file = new MultipartFormDataContent();
        file.Add(new StringContent(Motions.MotionDocuments.Handling), "proof");
        file.Add(new ByteArrayContent([.. "%PDF-1.7\n%%EOF\n"u8]), "file", "测算表.pdf");
        var added = await (await district.AsAsync("fenguan")).Http.PostAsync($"/api/cases/{id}/attachments", file);
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync());
        await AdviseAsync("fenguan", "handling.leader", "jiaowuchu");

        var (asked, other) = (await PartAsync("jiaowuchu"), await PartAsync("renshichu"));
        Assert.Equal("A", asked.GetProperty("answer").GetProperty("class").GetString());
        Assert.Single(asked.GetProperty("meetings").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, other.GetProperty("answer").ValueKind);
        Assert.Empty(other.GetProperty("meetings").EnumerateArray());
        // Whose record tells of a document, he also reads it.
        foreach (var (login, reads) in new[] { ("jiaowuchu", true), ("renshichu", false) })
        {
            Assert.Equal(reads, (await district.EventsAsync(id, login)).Contains("AttachmentAdded"));
            var files = await (await district.AsAsync(login)).GetAsync($"/api/cases/{id}/attachments");
            Assert.Equal(reads, files.ToString().Contains("测算表", StringComparison.Ordinal));
        }

        async Task AdviseAsync(string owner, string step, string adviser)
        {
            var task = (await district.FindAsync(id, owner, step))!.Value;
            await district.ActAsync(owner, task, "delegate", new { member = OfficeMoves.Member(adviser) });
            await district.DecideAsync(id, adviser, "office.advise", "advised", comment: "可以。");
        }

        async Task<JsonElement> PartAsync(string login) =>
            Assert.Single((await district.MotionAsync(id, login)).GetProperty("parts").EnumerateArray());
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task WhatTheStepDoesNotAllow_IsRefused_AndSoIsWhoeverHasNotTheTask(Provider provider)
    {
        var (district, id, task) = await CheckedAsync(provider);
        Assert.Equal(
            (403, "task.not-yours"),
            await district.RefusedAsync("weiyuan1", task, "delegate", new { member = OfficeMoves.Member("weiyuan2") })
        );
        Assert.Equal((404, "task.unknown"), await district.RefusedAsync("jiaowuchu", task, "claim"));
        await district.ActAsync("mishu", task, "decide", Recommendation);
        var vote = (await district.FindAsync(id, "weiyuan1", "motion.review"))!.Value;

        Assert.Equal(
            (422, "task.not-allowed"),
            await district.RefusedAsync("weiyuan1", vote, "delegate", new { member = OfficeMoves.Member("mishu") })
        );
        Assert.Equal((422, "task.claim-personal"), await district.RefusedAsync("weiyuan1", vote, "claim"));
    }

    private static Task<(int, string)> TransferAsync(District district, Guid task, string to, string? reason) =>
        district.RefusedAsync("mishu", task, "transfer", new { member = DemoDistrict.MemberId(to), reason });

    private async Task<(District, Guid Id, Guid Task)> CheckedAsync(Provider provider)
    {
        var district = await house.OfAsync(provider);
        await district.PublishAsync("motion", (Check, new { allow = new[] { "transfer", "delegate", "addSigners" } }));
        var id = await district.ToCheckAsync("改善教师午休场所");
        return (district, id, (await district.FindAsync(id, "mishu", Check))!.Value);
    }
}
