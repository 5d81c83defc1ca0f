using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Persistence;
using static EduUnion.Host.Tests.Api.AidMoves;

namespace EduUnion.Faults;

/// <summary>
/// Transitions over the API that no journey of the Host's tests makes: side processes of a motion, aid that cannot wait, the
/// yearly look at a file. Each says at its end what it has come to.
/// </summary>
internal static class FurtherJourneys
{
    private const string Reason = "属于学校职权，请再次研究。";

    public static async Task Appeal_IsHeardOrNot(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 3, 3));
        foreach (var (title, outcome) in new[] { ("改善教师午休场所", "reopen"), ("缩短排队时间", "uphold") })
        {
            var id = await district.SubmittedAsync("daibiao1", title);
            await district.ReviewAsync(id, "reject");
            await (await district.AsAsync("daibiao1")).PostAsync($"/api/motions/{id}/appeal", new { reason = Reason });
            await district.DecideAsync(id, "zhuren", "appeal.decide", outcome, null, Reason);
            var names = await district.TaskNamesAsync(id);
            Assert.Equal(outcome == "reopen", names.Length > 0);
        }
    }

    public static async Task Extension_IsGranted_OrRefusedBySilence(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 3, 3));
        var (granted, silent) = (await AskedAsync("改善教师午休场所"), await AskedAsync("缩短排队时间"));
        await district.DecideAsync(granted, "zhuren", "extension.decide", "grant", new { workdays = 5 });
        await district.MoveToAsync(new(2026, 3, 12));
        foreach (var id in new[] { granted, silent })
            Assert.DoesNotContain("extension.decide", await district.TaskNamesAsync(id));

        async Task<Guid> AskedAsync(string title)
        {
            var id = await district.AssignedAsync("daibiao1", title);
            await district.DecideAsync(id, "zongwuchu", "handling.accept", "accept");
            var part = (await district.MotionAsync(id)).GetProperty("parts")[0].GetProperty("id").GetGuid();
            await (await district.AsAsync("zongwuchu")).PostAsync(
                $"/api/motions/{id}/parts/{part}/extension",
                new { workdays = 5, reason = "施工招标推迟。" }
            );
            return id;
        }
    }

    public static async Task Cosignature_IsTakenBack_AndAnInvitationRunsOut(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 3, 3));
        var id = await district.CosignedAsync("daibiao1", "改善教师午休场所");
        await (await district.AsAsync("fuyi1")).PostAsync($"/api/motions/{id}/cosignature/withdraw");
        var silent = await district.DraftAsync("daibiao2", "缩短排队时间");
        await (await district.AsAsync("daibiao2")).PostAsync(
            $"/api/motions/{silent}/invitations",
            new { memberIds = new[] { DemoDistrict.MemberId("fuyi1") } }
        );
        using var refused = await (await district.AsAsync("daibiao1")).SendAsync(
            HttpMethod.Post,
            $"/api/motions/{id}/submit",
            null
        );
        Assert.Equal(422, (int)refused.StatusCode);
        await district.MoveToAsync(new(2026, 3, 12));
        // Until then the invitation has run out, and now the collection has.
        await district.MoveToAsync(new(2026, 4, 20));
        foreach (var (motion, login) in new[] { (id, "daibiao1"), (silent, "daibiao2") })
            Assert.Equal("CosignFailed", (await district.MotionAsync(motion, login)).GetProperty("state").GetString());
    }

    public static async Task Emergency_IsPaidAtOnce_AndReviewedAfterwards(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 11, 2));
        var fund = await district.PrepareAsync();
        var id = await UrgentAsync(district, fund);
        await district.ReconcileAsync(await district.SendAsync(fund, id));
        await district.DoAsync(id, Applicant, "aid.confirm", "received");
        await (await district.AsAsync(Applicant)).PostAsync($"/api/aid/applications/{id}/papers", Content("伊若男"));
        await district.DoAsync(
            id,
            Chair,
            "aid.appoint",
            "appoint",
            new { surveyors = Members("yey-diaocha1", "yey-diaocha2") }
        );
        await district.RecordAsync(id, "yey-diaocha1");
        await district.DoAsync(id, "yey-diaocha2", "aid.survey.sign", "sign");
        await district.AssessAsync(_ => 1_500_00);
        await district.DoAsync(id, Chair, "aid.publish", "publish");
        await district.MoveToAsync(new(2026, 11, 11));
        await district.StateAsync(id, "Closed");
    }

    public static async Task Verification_KeepsAFile_AndFreezesItTheYearAfter(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 11, 2));
        await UrgentAsync(district, await district.PrepareAsync());
        foreach (var year in new[] { 2027, 2028 })
        {
            await district.MoveToAsync(new(year, 11, 2));
            var chair = await district.AsAsync(Chair);
            await chair.PostAsync("/api/aid/verifications", new { schoolId = School });
            if (year == 2028)
                continue;
            var asked = await VerificationAsync(district);
            await district.DoAsync(asked, Applicant, "verification.confirm", "unchanged");
            await district.DoAsync(asked, Chair, "verification.decide", "keep");
        }
        await district.MoveToAsync(new(2029, 1, 3));
        var file = (await (await district.AsAsync(Chair)).GetAsync("/api/aid/files")).GetProperty("items")[0];
        Assert.Equal("Frozen", file.GetProperty("state").GetString());
    }

    private static async Task<Guid> UrgentAsync(District district, Guid fund)
    {
        var asked = await (await district.AsAsync(Applicant)).PostAsync(
            "/api/aid/applications",
            new
            {
                route = "emergency",
                text = "突发重病，急需住院押金。",
                content = Content("伊若男"),
                consents = new[] { "Collection", "Transfer", "Publicity" }.Select(kind => new { kind, version = "1" }),
            }
        );
        var id = asked.GetProperty("id").GetGuid();
        await district.DoAsync(id, Chair, "aid.approve.emergency", "agree", new { fund, amount = "1500.00" });
        return id;
    }

    private static async Task<Guid> VerificationAsync(District district) =>
        (await (await district.AsAsync(Applicant)).GetAsync("/api/tasks?scope=mine&limit=200"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(t => t.GetProperty("name").GetString() == "verification.confirm")
            .GetProperty("caseId")
            .GetGuid();

    private static async Task<string?[]> TaskNamesAsync(this District district, Guid id) =>
        [
            .. (await district.MotionAsync(id))
                .GetProperty("tasks")
                .EnumerateArray()
                .Select(t => t.GetProperty("name").GetString()),
        ];
}
