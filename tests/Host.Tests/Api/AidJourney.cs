using System.Text.Json;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using static EduUnion.Host.Tests.Api.AidMoves;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Api;

/// <summary>What the journeys of aid over the API have in common.</summary>
internal static class AidJourney
{
    public static async Task<Guid> NoticedAsync(District district)
    {
        await district.MoveToAsync(new(2026, 11, 2));
        var fund = await district.PrepareAsync();
        var id = await district.SurveyedAsync(fund, Applicant, Content("伊若男"));
        await district.MoveToAsync(new(2026, 11, 17));
        await district.AssessAsync(_ => 900_00);
        await district.MoveToAsync(new(2026, 11, 18));
        await district.DoAsync(id, Chair, "aid.publish", "publish");
        return id;
    }

    public static async Task<JsonElement> ObjectAsync(District district, Guid id) =>
        await (await district.AsAsync("yey-daibiao1")).PostAsync(
            $"/api/aid/applications/{id}/objections",
            new
            {
                ground = "Assets",
                text = "有第二套住房",
                anonymous = true,
            }
        );

    /// <summary>The chair has published: the district handles it, and two who did not survey look for three days.</summary>
    public static async Task<Guid> InvestigatedAsync(District district, Guid id)
    {
        var officer = await district.AsAsync("qujingban");
        var objection = (await officer.GetAsync("/api/tasks?scope=mine&limit=200"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(t => Text(t, "name") == "objection.assign")
            .GetProperty("caseId")
            .GetGuid();
        await district.DoAsync(
            objection,
            "qujingban",
            "objection.assign",
            "assign",
            new { investigators = Members("yey-fuyi1", "yey-fuyi2") }
        );
        await district.MoveToAsync(new(2026, 11, 26));
        await district.StateAsync(id, "Notice");
        await district.DoAsync(
            objection,
            "yey-fuyi1",
            "objection.investigate",
            "record",
            new
            {
                visitedOn = "2026-11-26",
                people = "村委会",
                finding = "房屋系继承，不能居住。",
            }
        );
        await district.DoAsync(objection, "yey-fuyi2", "objection.sign", "sign");
        return objection;
    }

    public static async Task<Guid> ApprovedAsync(District district, Guid fund, long fen)
    {
        var id = await district.SurveyedAsync(fund, Applicant, Content("伊若男"));
        await district.AssessAsync(_ => fen);
        await district.DoAsync(id, Chair, "aid.publish", "publish");
        await district.MoveToAsync(new(2026, 11, 10));
        await district.DoAsync(id, Chair, "aid.approve.school", "agree");
        if (fen > 1_000_00)
            await district.DoAsync(id, "qujingban", "aid.approve.officer", "agree");
        await district.StateAsync(id, "Approved");
        return id;
    }

    public static async Task<string> FileAsync(Client chair) =>
        $"/api/aid/files/{(await chair.GetAsync("/api/aid/files")).GetProperty("items").EnumerateArray().Single().GetProperty("id").GetGuid()}";

    public static async Task<(long Available, long Held, long Paid)> BalancesAsync(District district, Guid fund)
    {
        var found = (await (await district.AsAsync("caiwu1")).GetAsync("/api/funds?year=2026"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(f => f.GetProperty("id").GetGuid() == fund);
        long Fen(string name) => found.GetProperty(name).GetInt64();
        return (Fen("availableFen"), Fen("reservedFen") + Fen("inTransitFen"), Fen("paidFen"));
    }

    /// <summary>One person, one file: his own, of his school's union, not of another school's.</summary>
    public static async Task ExpectFileAsync(District district)
    {
        var chair = await district.AsAsync(Chair);
        var item = (await chair.GetAsync("/api/aid/files")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(("DA-YXYE-2026-0001", "伊**"), (Text(item, "number"), Text(item, "name")));
        var id = item.GetProperty("id").GetGuid();
        var own = await (await district.AsAsync(Applicant)).GetAsync($"/api/aid/files/{id}");
        Assert.Equal(("Holder", "伊若男"), (Text(own, "reader"), Text(own, "name")));
        Assert.Equal(3_000_00, own.GetProperty("aids")[0].GetProperty("amountFen").GetInt64());
        await chair.PostAsync(
            $"/api/aid/files/{id}/visits",
            new
            {
                on = "2026-11-27",
                visitors = Members(Chair, "yey-diaocha2"),
                occasion = "生病住院",
                note = "已看望。",
            },
            "visit-1"
        );
        var twice = await chair.PostAsync(
            $"/api/aid/files/{id}/visits",
            new
            {
                on = "2026-11-27",
                visitors = Members(Chair, "yey-diaocha2"),
                occasion = "生病住院",
                note = "已看望。",
            },
            "visit-1"
        );
        Assert.Single(twice.GetProperty("visits").EnumerateArray());
        foreach (var login in new[] { "xiaozhuxi", "admin", "mishu", "caiwu1" })
            Assert.Equal(
                (404, "file.unknown"),
                await RefusalAsync(await (await district.AsAsync(login)).Http.GetAsync($"/api/aid/files/{id}"))
            );
    }

    /// <summary>No identity number, account, diagnosis or income in clear, in any table, mail or file.</summary>
    public static async Task ExpectSilenceAsync(District district, params string[] more)
    {
        await district.SendMailsAsync();
        await district.Running.InDatabaseAsync(db =>
            Privacy.Secrets.AssertNowhereAsync(
                db,
                district.DataDirectory,
                [.. AidMoves.Secrets.Where(s => s.Length > 7 || s.Contains('甲')), .. more.Where(s => s.Length > 4)]
            )
        );
    }

    public static async Task<Guid> ProveAsync(District district, Guid id, string login)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent("Account"), "proof");
        form.Add(new ByteArrayContent([.. "%PDF-1.7\n%%EOF\n"u8]), "file", "证明.pdf");
        var answer = await (await district.AsAsync(login)).Http.PostAsync($"/api/cases/{id}/attachments", form);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetGuid();
    }

    public static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
