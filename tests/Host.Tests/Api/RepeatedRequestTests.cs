using System.Net;
using EduUnion.Host.Cases;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Api;

/// <summary>A client that heard no answer asks again with the same key.</summary>
public sealed class RepeatedRequestTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SameKeyAndBody_GetTheFirstAnswer(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var proposer = await district.AsAsync("daibiao1");

        var answers = new List<(HttpStatusCode Status, string Body, string? Location)>();
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DraftAsync("draft-1"))))
            answers.Add(
                (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.ToString())
            );
        var first = Assert.Single(answers.Distinct());
        Assert.Equal(HttpStatusCode.Created, first.Status);
        await OneMotionAsync();

        // Even when it would be refused by now.
        district.Wait(TimeSpan.FromDays(30));
        proposer = await district.AsAsync("daibiao1");
        var late = await DraftAsync("draft-1");
        Assert.Equal(
            first,
            (late.StatusCode, await late.Content.ReadAsStringAsync(), late.Headers.Location?.ToString())
        );
        Assert.Equal((422, "motion.collection-closed"), await RefusalAsync(await DraftAsync("draft-2")));
        await OneMotionAsync();

        Task<HttpResponseMessage> DraftAsync(string key) =>
            proposer.SendAsync(HttpMethod.Post, "/api/motions", District.Draft(), key);
        Task OneMotionAsync() =>
            district.Running.InDatabaseAsync(async db => Assert.Equal(1, await db.Set<CaseRow>().CountAsync()));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AnotherBodyOrRoute_IsRefused_AndAnotherMemberIsNotMeant(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var proposer = await district.AsAsync("daibiao1");
        var id = await district.DraftAsync();
        var invited = new { memberIds = new[] { DemoDistrict.MemberId("fuyi1") } };
        await proposer.PostAsync($"/api/motions/{id}/invitations", invited, "k");
        await proposer.PostAsync($"/api/motions/{id}/invitations", invited, "k");

        Assert.Equal(
            (422, "request.key-reused"),
            await RefusalAsync(
                await proposer.SendAsync(
                    HttpMethod.Post,
                    $"/api/motions/{id}/invitations",
                    new { memberIds = new[] { DemoDistrict.MemberId("fuyi2") } },
                    "k"
                )
            )
        );
        Assert.Equal(
            (422, "request.key-reused"),
            await RefusalAsync(await proposer.SendAsync(HttpMethod.Post, $"/api/motions/{id}/withdraw", invited, "k"))
        );
        Assert.Single((await district.MotionAsync(id, "daibiao1")).GetProperty("cosigners").EnumerateArray());

        var cosigner = await district.AsAsync("fuyi1");
        var task = await cosigner.TaskAsync("motion.cosign");
        var decided = new { outcome = "confirm" };
        var done = await cosigner.PostAsync($"/api/tasks/{task}/decide", decided, "k");
        var again = await cosigner.PostAsync($"/api/tasks/{task}/decide", decided, "k");
        Assert.Equal(done.GetRawText(), again.GetRawText());
        Assert.Equal(
            (409, "task.already-decided"),
            await RefusalAsync(await cosigner.SendAsync(HttpMethod.Post, $"/api/tasks/{task}/decide", decided))
        );
    }

    [Fact]
    public async Task AKeyThatCannotBeOne_IsRefused()
    {
        await using var district = await District.OpenAsync(Provider.Sqlite);
        var proposer = await district.AsAsync("daibiao1");

        foreach (var key in new[] { new string('k', 201), "钥匙", "tab\tkey" })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/motions")
            {
                Content = System.Net.Http.Json.JsonContent.Create(District.Draft()),
            };
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            Assert.Equal((422, "request.key-unreadable"), await RefusalAsync(await proposer.Http.SendAsync(request)));
        }
        await proposer.PostAsync("/api/motions", District.Draft(), new string('k', 200));
    }
}
