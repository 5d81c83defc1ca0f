using System.Text.Json;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using static EduUnion.Host.Tests.Api.AidJourney;
using static EduUnion.Host.Tests.Api.AidMoves;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Api;

/// <summary>Scenario 12 of the domain, entirely over the API: a death, another school, a couple.</summary>
public sealed class AidLifeJourneyTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Scenario12a_DeathWhileSurveyed_EndsTheApplicationAndTheFile_AndIsCondoled(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 11, 2));
        var fund = await district.PrepareAsync();
        var before = await ApprovedAsync(district, fund, 900_00);
        await district.ReconcileAsync(await district.SendAsync(fund, before));
        await district.DoAsync(before, Applicant, "aid.confirm", "received");
        var id = await district.ApplyAsync(Applicant, Content("伊若男", eventText: "住院复查", eventOn: "2026-10-12"));
        await (await district.AsAsync(Applicant)).PostAsync($"/api/aid/applications/{id}/submit");
        await district.DoAsync(id, Chair, "aid.formcheck", "accept", new { fund });
        await district.DoAsync(
            id,
            Chair,
            "aid.appoint",
            "appoint",
            new { surveyors = Members("yey-diaocha1", "yey-diaocha2") }
        );
        await district.StateAsync(id, "Surveying");

        var chair = await district.AsAsync(Chair);
        await chair.PostAsync($"/api/aid/applications/{id}/cancel", new { why = "Died", reason = "家属告知。" });

        await district.StateAsync(id, "Cancelled");
        var at = await FileAsync(chair);
        var closed = await chair.GetAsync(at);
        Assert.Equal(
            ("Exited", "Died", true),
            (Text(closed, "state"), Text(closed, "exitedFor"), closed.GetProperty("condolenceOwed").GetBoolean())
        );
        await chair.PostAsync(
            $"{at}/visits",
            new
            {
                on = "2026-11-10",
                visitors = Members(Chair, "yey-zuzhang1"),
                occasion = "亲属慰问",
                note = "已看望。",
            }
        );
        var asked = await chair.PostAsync(
            $"{at}/kin",
            new
            {
                on = "2026-11-10",
                kin = "某某（配偶）",
                given = "核验身份后查阅档案。",
            }
        );
        Assert.False(asked.GetProperty("condolenceOwed").GetBoolean());
        Assert.Equal("核验身份后查阅档案。", Text(asked.GetProperty("kinRequests")[0], "given"));
        await ExpectSilenceAsync(district, "某某（配偶）");
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Scenario12b_AnotherSchool_IsPaidByTheOldFund_AndTheFileMoves(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 11, 2));
        var fund = await district.PrepareAsync();
        var id = await ApprovedAsync(district, fund, 2_000_00);
        var chair = await district.AsAsync(Chair);
        var at = await FileAsync(chair);

        // Whoever gives the case away does not see it any more.
        await chair.SendAsync(
            HttpMethod.Post,
            $"/api/aid/applications/{id}/move",
            new { schoolId = DemoDistrict.OrganisationId("YXZX") }
        );

        await district.StateAsync(id, "Approved", "xiaozhuxi");
        Assert.Equal(
            (404, "case.unknown"),
            await RefusalAsync(await chair.Http.GetAsync($"/api/aid/applications/{id}"))
        );
        Assert.Equal((404, "file.unknown"), await RefusalAsync(await chair.Http.GetAsync(at)));
        var moved = await (await district.AsAsync("xiaozhuxi")).GetAsync(at);
        Assert.Equal(
            ("DA-YXYE-2026-0001", "云溪中学"),
            (Text(moved, "number"), Text(moved.GetProperty("school"), "name"))
        );
        Assert.Equal((28_000_00, 2_000_00, 0), await BalancesAsync(district, fund));
        await district.ReconcileAsync(await district.SendAsync(fund, "xiaozhuxi", id));
        await district.StateAsync(id, "Paid", "xiaozhuxi");
        Assert.Equal((28_000_00, 0, 2_000_00), await BalancesAsync(district, fund));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Scenario12c_TheSecondOfACouple_IsToldNothing(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 11, 2));
        await district.PrepareAsync();
        var first = await district.ApplyAsync(Applicant, Content("伊若男"));
        await (await district.AsAsync(Applicant)).PostAsync($"/api/aid/applications/{first}/submit");
        var second = await district.ApplyAsync("yey-daibiao1", Content("乔木兰", 2, 1, "6222020000003232"));

        var refused = await (await district.AsAsync("yey-daibiao1")).SendAsync(
            HttpMethod.Post,
            $"/api/aid/applications/{second}/submit",
            null
        );

        var problem = await ProblemAsync(refused);
        Assert.Equal((422, "aid.duplicate"), ((int)refused.StatusCode, Text(problem, "code")));
        foreach (var word in new[] { "伊若男", "BF-", first.ToString() })
            Assert.DoesNotContain(word, problem.GetRawText());
        await district.StateAsync(second, "Draft", "yey-daibiao1");
        await ExpectSilenceAsync(district, "6222020000003232");
    }
}
