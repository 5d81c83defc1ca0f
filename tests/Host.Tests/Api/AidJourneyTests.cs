using System.Text.Json;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using static EduUnion.Host.Tests.Api.AidJourney;
using static EduUnion.Host.Tests.Api.AidMoves;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Api;

/// <summary>Scenarios 9, 10 and 11 of the domain, entirely over the API; and what they leave behind.</summary>
public sealed class AidJourneyTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Scenario9_RecusalToTheEnd(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 11, 2));
        var fund = await district.PrepareAsync();
        var applicant = await district.AsAsync(Applicant);
        var id = await district.ApplyAsync(Applicant, Content("伊若男"));
        var draft = await district.AidAsync(id, Applicant);
        var net = draft.GetProperty("reckoning");
        Assert.Equal((96_667, "Rel"), (net.GetProperty("monthlyFen").GetInt64(), Text(net, "suggested")));
        Assert.DoesNotContain(AidMoves.Account, draft.GetRawText());
        Assert.DoesNotContain(AidPlay.IdentityOf(1), draft.GetRawText());
        Assert.Equal(
            "BF-YXYE-2026-0001",
            Text(await applicant.PostAsync($"/api/aid/applications/{id}/submit", null, "once"), "number")
        );
        // Said again by a client that heard no answer.
        Assert.Equal(
            "Submitted",
            Text(await applicant.PostAsync($"/api/aid/applications/{id}/submit", null, "once"), "state")
        );

        await district.MoveToAsync(new(2026, 11, 3));
        await district.DoAsync(id, Chair, "aid.formcheck", "accept", new { fund });
        await district.DoAsync(
            id,
            Chair,
            "aid.appoint",
            "appoint",
            new { surveyors = Members("yey-diaocha1", "yey-diaocha2") }
        );
        await district.DoAsync(
            id,
            "yey-diaocha1",
            "aid.survey",
            "recuse",
            new { relation = "InLaw" },
            "申请人是我的弟媳。"
        );
        var aside = await district.AsAsync("yey-diaocha1");
        Assert.Equal(
            (404, "case.unknown"),
            await RefusalAsync(await aside.Http.GetAsync($"/api/aid/applications/{id}"))
        );
        await district.DoAsync(id, Chair, "aid.appoint", "district", null, "请区里另派。");
        await district.DoAsync(
            id,
            "qujingban",
            "aid.appoint.district",
            "appoint",
            new { surveyors = Members("yey-diaocha2", "qufuzhuxi") }
        );
        await district.MoveToAsync(new(2026, 11, 10));
        await district.RecordAsync(id, "yey-diaocha2");
        await district.DoAsync(id, "qufuzhuxi", "aid.survey.sign", "sign");
        var surveyed = (await district.AidAsync(id, Chair)).GetProperty("surveys");
        Assert.Equal(2, surveyed[0].GetProperty("signatures").GetArrayLength());

        await district.MoveToAsync(new(2026, 11, 17));
        var meeting = await district.AssessAsync(_ => 3_000_00);
        var result = meeting.GetProperty("lines")[0].GetProperty("result");
        Assert.Equal((6, 0), (result.GetProperty("yes").GetInt32(), result.GetProperty("no").GetInt32()));
        await district.MoveToAsync(new(2026, 11, 18));
        await district.DoAsync(id, Chair, "aid.publish", "publish");
        var anybody = district.Running.Browser();
        using var notices = JsonDocument.Parse(await anybody.GetStringAsync("/api/notices"));
        var shown = notices.RootElement.GetProperty("items")[0];
        Assert.Equal(
            ("伊**", "1000-5000", "2026-11-25"),
            (Text(shown, "name"), Text(shown, "amount"), Text(shown, "through"))
        );

        await district.MoveToAsync(new(2026, 11, 25));
        await district.StateAsync(id, "Notice");
        await district.MoveToAsync(new(2026, 11, 26));
        await district.StateAsync(id, "ApprovalSchool");
        Assert.Empty(
            JsonDocument
                .Parse(await anybody.GetStringAsync("/api/notices"))
                .RootElement.GetProperty("items")
                .EnumerateArray()
        );
        await district.DoAsync(id, Chair, "aid.approve.school", "agree");
        await district.DoAsync(id, "qujingban", "aid.approve.officer", "agree");
        await district.StateAsync(id, "Approved");
        Assert.All(
            (await district.AidAsync(id, Chair)).GetProperty("approvals").EnumerateArray(),
            a =>
                Assert.Equal(
                    new DateOnly(2026, 11, 26),
                    Domain.Calendar.ChinaTime.DateOf(a.GetProperty("at").GetDateTimeOffset())
                )
        );

        await district.MoveToAsync(new(2026, 11, 27));
        var batch = await district.SendAsync(fund, id);
        await district.StateAsync(id, "Sent");
        await district.ReconcileAsync(batch);
        await district.StateAsync(id, "Paid");
        await district.DoAsync(id, Applicant, "aid.confirm", "received");
        await district.StateAsync(id, "Confirmed");
        await district.DoAsync(
            id,
            Chair,
            "aid.followup",
            "visited",
            new
            {
                visitedOn = "2026-11-27",
                mode = "home",
                gist = "款项已用于治疗。",
            }
        );
        await district.StateAsync(id, "Closed");
        await ExpectFileAsync(district);
        await ExpectSilenceAsync(district);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Scenario10_AnonymousObjection_IsUnfoundedAndTellsNobody(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var id = await NoticedAsync(district);
        await district.MoveToAsync(new(2026, 11, 23));
        var filed = await ObjectAsync(district, id);
        Assert.Equal(JsonValueKind.Null, filed.GetProperty("id").ValueKind);
        Assert.Equal(14, Text(filed, "receipt")!.Length);
        Assert.NotEqual(JsonValueKind.Null, (await district.AidAsync(id, Chair)).GetProperty("heldAt").ValueKind);
        var objection = await InvestigatedAsync(district, id);
        // Who leads the union and did not publish it waits for the district, and urges it once a day.
        const string other = "yey-pingwei5";
        await OfficeWords.OfficeMoves.AppointAsync(district, other, Domain.People.Office.SchoolUnionChair, "YXYE");
        var decide = await (await district.AsAsync("qujingban")).TaskAsync("objection.decide");
        var chair = await district.Running.BrowserOfAsync(other);
        Assert.True(await IsUrgingOfferedAsync());
        await (await district.AsAsync(other)).PostAsync($"/api/tasks/{decide}/urge");
        Assert.False(await IsUrgingOfferedAsync());
        await district.DoAsync(objection, "qujingban", "objection.decide", "unfounded", null, "房屋不能居住。");

        var seen = await (await district.AsAsync("qujingban")).GetAsync($"/api/aid/objections/{objection}");
        Assert.Equal(
            ("Unfounded", true, JsonValueKind.Null),
            (Text(seen, "outcome"), seen.GetProperty("anonymous").GetBoolean(), seen.GetProperty("objector").ValueKind)
        );
        var record = seen.GetProperty("records")[0];
        Assert.Equal(
            ("房屋系继承，不能居住。", 2, "房屋不能居住。"),
            (Text(record, "finding"), record.GetProperty("signatures").GetArrayLength(), Text(seen, "reason"))
        );
        Assert.Equal(
            (404, "case.unknown"),
            await RefusalAsync(
                await (await district.AsAsync(Applicant)).Http.GetAsync($"/api/aid/objections/{objection}")
            )
        );
        Assert.Equal("2026-12-01", Text((await district.AidAsync(id, Chair)).GetProperty("notices")[0], "through"));
        await district.MoveToAsync(new(2026, 12, 2));
        await district.DoAsync(id, Chair, "aid.approve.school", "agree");
        await district.StateAsync(id, "Approved");
        await ExpectSilenceAsync(district);

        async Task<bool> IsUrgingOfferedAsync() =>
            (await chair.GetStringAsync($"/objections/{objection}")).Contains(
                $"/tasks/{decide}/urge",
                StringComparison.Ordinal
            );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Scenario10_Upheld_CutsTheAmountAndIsPublishedForThreeDays(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var id = await NoticedAsync(district);
        await district.MoveToAsync(new(2026, 11, 23));
        await ObjectAsync(district, id);
        var objection = await InvestigatedAsync(district, id);
        await district.DoAsync(
            objection,
            "qujingban",
            "objection.decide",
            "adjust",
            new { amount = 600_00, category = "Rel" },
            "核减。"
        );
        await district.DoAsync(id, Chair, "aid.publish", "publish");
        Assert.Equal("2026-12-01", Text((await district.AidAsync(id, Chair)).GetProperty("notices")[1], "through"));
        await district.MoveToAsync(new(2026, 12, 1));
        await district.StateAsync(id, "Notice");
        await district.MoveToAsync(new(2026, 12, 2));
        await district.DoAsync(id, Chair, "aid.approve.school", "agree");
        await district.StateAsync(id, "Approved");
        Assert.Equal(
            600_00,
            (await district.AidAsync(id, Chair)).GetProperty("payment").GetProperty("amountFen").GetInt64()
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Scenario11_ShortFundAndBounce(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.MoveToAsync(new(2026, 11, 2));
        var fund = await district.PrepareAsync();
        var first = await district.SurveyedAsync(fund, Applicant, Content("伊若男"));
        var second = await district.SurveyedAsync(fund, "yey-daibiao1", Content("乔木兰", 11, 12, "6222020000005678"));
        await district.AssessAsync(id => id == first ? 29_000_00 : 5_000_00);
        foreach (var id in new[] { first, second })
            await district.DoAsync(id, Chair, "aid.publish", "publish");
        await district.MoveToAsync(new(2026, 11, 10));
        foreach (var id in new[] { first, second })
        {
            await district.DoAsync(id, Chair, "aid.approve.school", "agree");
            await district.DoAsync(id, "qujingban", "aid.approve.officer", "agree");
            // 29,000 need the district's chair, 5,000.00 do not.
            if (id == first)
                await district.DoAsync(id, "quzhuxi", "aid.approve.chair", "agree");
        }
        await district.StateAsync(first, "Approved");
        await district.StateAsync(second, "Waiting");
        Assert.Equal(
            1,
            (await district.AidAsync(second, Chair)).GetProperty("payment").GetProperty("place").GetInt32()
        );
        Assert.Equal((1_000_00, 29_000_00, 0), await BalancesAsync(district, fund));
        var other = await district.OpenFundAsync("JK", 20_000);
        await district.OrderAsync(
            other,
            "qujingban",
            "transfer",
            new
            {
                toFundId = fund,
                amountFen = 5_000_00,
                text = "调剂预算",
            }
        );
        await district.StateAsync(second, "Approved");
        Assert.Equal((1_000_00, 34_000_00, 0), await BalancesAsync(district, fund));

        var batch = await district.SendAsync(fund, first, second);
        await district.ReconcileAsync(batch, line => line == 1);
        await district.StateAsync(first, "Paid");
        await district.StateAsync(second, "Bounced");
        Assert.Equal((1_000_00, 5_000_00, 29_000_00), await BalancesAsync(district, fund));
        Assert.Equal(
            "户名不符",
            Text((await district.AidAsync(second, "yey-daibiao1")).GetProperty("payment"), "bounceReason")
        );
        await district.DoAsync(
            second,
            "yey-daibiao1",
            "aid.account",
            "correct",
            new
            {
                accountName = "乔木兰",
                bankName = "某银行",
                account = "6222020000009999",
                proof = await ProveAsync(district, second, "yey-daibiao1"),
            }
        );
        await district.DoAsync(second, "qujingban", "aid.account.check", "confirm");
        await district.ReconcileAsync(await district.SendAsync(fund, second));
        await district.StateAsync(second, "Paid");
        var entries = (await (await district.AsAsync("caiwu1")).GetAsync($"/api/funds/{fund}/entries"))
            .GetProperty("items")
            .EnumerateArray()
            .Reverse()
            .Select(e => Text(e, "kind"))
            .ToList();
        Assert.Equal(
            ["Send", "Send", "Pay", "Reversal", "Send", "Pay"],
            entries.Where(k => k is "Send" or "Pay" or "Reversal")
        );
        Assert.Equal((1_000_00, 0, 34_000_00), await BalancesAsync(district, fund));
        Assert.Equal(3, (await district.AidAsync(first, Chair)).GetProperty("approvals").GetArrayLength());
        Assert.Equal(2, (await district.AidAsync(second, Chair)).GetProperty("approvals").GetArrayLength());
        await ExpectSilenceAsync(district, "6222020000005678", "6222020000009999", "户名不符");
    }
}
