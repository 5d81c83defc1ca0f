using System.Text.Json;
using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Host.Tests.Api;

/// <summary>Who reads what of the work inside a motion (domain §5).</summary>
public sealed class InsightTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task VotesAndDrafts_AreNotForTheProposer(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var id = await district.AssignedAsync();
        await (await district.AsAsync("zongwuchu")).DecideAsync("handling.accept", "accept");
        await (await district.AsAsync("yiwushi")).DecideAsync(
            "handling.opinion",
            "submit",
            new { opinion = "协办内部意见" }
        );

        var proposers = await TimelineAsync("daibiao1");
        var secretarys = await TimelineAsync("mishu");

        Assert.Contains("MotionFiled", proposers);
        Assert.DoesNotContain("ReviewVoted", proposers);
        Assert.DoesNotContain("OutcomeRecommended", proposers);
        Assert.DoesNotContain("苏映雪", proposers);
        Assert.DoesNotContain("协办内部意见", proposers);
        Assert.Contains("ReviewVoted", secretarys);
        Assert.Contains("苏映雪", secretarys);
        Assert.Contains("协办内部意见", await TimelineAsync("zongwuchu"));
        Assert.DoesNotContain("ReviewVoted", await TimelineAsync("zongwuchu"));

        Assert.Equal(
            JsonValueKind.Null,
            (await district.MotionAsync(id, "daibiao1")).GetProperty("recommendation").ValueKind
        );
        Assert.Equal(JsonValueKind.Object, (await district.MotionAsync(id)).GetProperty("recommendation").ValueKind);
        Assert.Empty(Opinions(await district.MotionAsync(id, "daibiao1")));
        Assert.Single(Opinions(await district.MotionAsync(id, "zongwuchu")));
        Assert.Single(Opinions(await district.MotionAsync(id, "yiwushi")));

        async Task<string> TimelineAsync(string login) =>
            (await (await district.AsAsync(login)).GetAsync($"/api/motions/{id}/timeline")).ToString();
        static JsonElement.ArrayEnumerator Opinions(JsonElement motion) =>
            motion.GetProperty("parts").EnumerateArray().Single().GetProperty("opinions").EnumerateArray();
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Task_TellsHowItIsDecided(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.SubmittedAsync();
        var secretary = await district.AsAsync("mishu");

        var task = await secretary.GetAsync($"/api/tasks/{await secretary.TaskAsync("motion.check")}");

        Assert.True(task.GetProperty("mine").GetBoolean());
        Assert.Equal("open", task.GetProperty("status").GetString());
        Assert.Equal("改善教师午休场所", task.GetProperty("case").GetProperty("title").GetString());
        Assert.Equal("林晓岚", task.GetProperty("case").GetProperty("starter").GetString());
        Assert.Equal(
            task.GetProperty("dueDate").GetString(),
            task.GetProperty("clock").GetProperty("dueDate").GetString()
        );
        var outcome = task.GetProperty("outcomes").EnumerateArray().Single();
        Assert.Equal("propose", outcome.GetProperty("name").GetString());
        var field = outcome.GetProperty("fields").EnumerateArray().First();
        Assert.Equal("recommendation", field.GetProperty("name").GetString());
        Assert.Equal("choice", field.GetProperty("type").GetString());
        Assert.True(field.GetProperty("required").GetBoolean());
        Assert.Equal(
            ["file", "merge", "return", "opinion", "reject"],
            field.GetProperty("options").EnumerateArray().Select(o => o.GetString())
        );

        var page = await secretary.GetAsync("/api/tasks?scope=mine&limit=1");
        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
        await district.SubmittedAsync();
        page = await secretary.GetAsync("/api/tasks?scope=mine&limit=1");
        var rest = await secretary.GetAsync(
            $"/api/tasks?limit=1&after={Uri.EscapeDataString(page.GetProperty("next").GetString()!)}"
        );
        Assert.Single(rest.GetProperty("items").EnumerateArray());
        Assert.NotEqual(
            page.GetProperty("items")[0].GetProperty("id").GetGuid(),
            rest.GetProperty("items")[0].GetProperty("id").GetGuid()
        );
    }
}
