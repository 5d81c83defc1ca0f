using System.Net;
using System.Net.Http.Headers;
using EduUnion.Domain.People;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Seeds;
using static EduUnion.Host.Tests.Api.Client;

namespace EduUnion.Host.Tests.Api;

/// <summary>Every kind of "no" with its status and code.</summary>
public sealed class RefusalTests
{
    private static readonly Guid Nothing = Guid.Parse("0198c0de-0000-7000-8000-00000000dead");

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task WhoMayNot_GetsItsStatus(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var id = await district.CosignedAsync();
        var proposer = await district.AsAsync("daibiao1");
        var task = await proposer.TaskAsync("motion.gather");

        // Not signed in.
        var stranger = new Client(district.Running.Browser());
        foreach (var path in new[] { "/api/tasks", $"/api/motions/{id}", "/api/calendar/due", "/api/no-such-thing" })
            Assert.Equal((401, "auth.required"), await RefusalAsync(await stranger.Http.GetAsync(path)));
        Assert.Equal(
            (401, "auth.required"),
            await RefusalAsync(
                await stranger.SendAsync(HttpMethod.Post, $"/api/tasks/{task}/decide", new { outcome = "submit" })
            )
        );

        // Whoever may not know of the draft is told that there is none: the secretary, another school, the administrator.
        foreach (var login in new[] { "mishu", "daibiao2", "zongwuchu", "quzhuxi", "admin", "jingshen" })
        {
            var other = await district.AsAsync(login);
            Assert.Equal((404, "case.unknown"), await RefusalAsync(await other.Http.GetAsync($"/api/motions/{id}")));
            Assert.Equal((404, "task.unknown"), await RefusalAsync(await other.Http.GetAsync($"/api/tasks/{task}")));
            Assert.Equal(
                (404, "case.unknown"),
                await RefusalAsync(await other.Http.GetAsync($"/api/motions/{id}/timeline"))
            );
            Assert.Equal(
                (404, "task.unknown"),
                await RefusalAsync(
                    await other.SendAsync(HttpMethod.Post, $"/api/tasks/{task}/decide", new { outcome = "submit" })
                )
            );
            foreach (
                var act in new[]
                {
                    "submit",
                    "withdraw",
                    "cosignature/withdraw",
                    $"parts/{Nothing}/extension",
                    "invitations",
                }
            )
                Assert.Equal(
                    (404, "case.unknown"),
                    await RefusalAsync(
                        await other.SendAsync(
                            HttpMethod.Post,
                            $"/api/motions/{id}/{act}",
                            new
                            {
                                memberIds = new[] { Nothing },
                                workdays = 1,
                                reason = "x",
                            }
                        )
                    )
                );
            Assert.Equal(
                (404, "case.unknown"),
                await RefusalAsync(await other.SendAsync(HttpMethod.Put, $"/api/motions/{id}", District.Draft()))
            );
        }

        // Who sees it, but may not.
        var cosigner = await district.AsAsync("fuyi1");
        Assert.Equal(
            (403, "task.not-yours"),
            await RefusalAsync(
                await cosigner.SendAsync(HttpMethod.Post, $"/api/tasks/{task}/decide", new { outcome = "submit" })
            )
        );
        Assert.Equal(
            (403, "motion.not-yours"),
            await RefusalAsync(await cosigner.SendAsync(HttpMethod.Post, $"/api/motions/{id}/submit", null))
        );
        Assert.Equal(
            (403, "motion.not-representative"),
            await RefusalAsync(
                await (await district.AsAsync("mishu")).SendAsync(HttpMethod.Post, "/api/motions", District.Draft())
            )
        );
        Assert.Equal(
            (403, "motion.not-representative"),
            await RefusalAsync(
                await proposer.SendAsync(
                    HttpMethod.Post,
                    "/api/motions",
                    District.Draft(session: DemoDistrict.SessionId("YXXX"))
                )
            )
        );

        // Nothing there.
        Assert.Equal((404, "task.unknown"), await RefusalAsync(await proposer.Http.GetAsync($"/api/tasks/{Nothing}")));
        Assert.Equal(
            (404, "case.unknown"),
            await RefusalAsync(await proposer.Http.GetAsync($"/api/motions/{Nothing}"))
        );
        Assert.Equal(
            (404, "case.unknown"),
            await RefusalAsync(await proposer.Http.GetAsync($"/api/instances/{Nothing}"))
        );
        Assert.Equal(
            (404, "request.route-unknown"),
            await RefusalAsync(await proposer.Http.GetAsync("/api/motions/xyz"))
        );
        Assert.Equal(
            (404, "request.route-unknown"),
            await RefusalAsync(await proposer.Http.GetAsync("/api/no-such-thing"))
        );
        Assert.Equal(
            (405, "request.method-unknown"),
            await RefusalAsync(await proposer.SendAsync(HttpMethod.Delete, $"/api/motions/{id}", null))
        );

        // A rule, by field and in the caller's language.
        proposer.Http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("en-GB"));
        var refused = await ProblemAsync(
            await proposer.SendAsync(
                HttpMethod.Post,
                "/api/motions",
                new { sessionId = District.Session, category = "?" }
            )
        );
        Assert.Equal("form.invalid", refused.GetProperty("code").GetString());
        Assert.Equal("Several things need correcting", refused.GetProperty("title").GetString());
        Assert.Equal(
            ["category", "title"],
            refused.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order()
        );
        Assert.Equal(
            "Please write a title",
            refused.GetProperty("errors").GetProperty("title").EnumerateArray().Single().GetString()
        );
        Assert.False(refused.TryGetProperty("arguments", out _));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task StaleVersions_AreRefused(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var proposer = await district.AsAsync("daibiao1");
        var id = await district.DraftAsync();
        var version = (await district.MotionAsync(id, "daibiao1")).GetProperty("version").GetInt64();
        var changed = new
        {
            title = "改善午休",
            category = "welfare",
            grounds = District.Grounds,
            proposals = new[] { "开放会议室。" },
            version,
        };
        Assert.True((await proposer.SendAsync(HttpMethod.Put, $"/api/motions/{id}", changed)).IsSuccessStatusCode);
        Assert.Equal(
            (412, "case.stale"),
            await RefusalAsync(await proposer.SendAsync(HttpMethod.Put, $"/api/motions/{id}", changed))
        );
        var match = new HttpRequestMessage(HttpMethod.Put, $"/api/motions/{id}")
        {
            Content = System.Net.Http.Json.JsonContent.Create(District.Draft()),
        };
        match.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        Assert.Equal((412, "case.stale"), await RefusalAsync(await proposer.Http.SendAsync(match)));
        Assert.Equal("改善午休", (await district.MotionAsync(id, "daibiao1")).GetProperty("title").GetString());

        // An invitee saw the text before the proposer changed it.
        await proposer.PostAsync(
            $"/api/motions/{id}/invitations",
            new { memberIds = new[] { DemoDistrict.MemberId("fuyi1") } }
        );
        var cosigner = await district.AsAsync("fuyi1");
        var task = await cosigner.GetAsync($"/api/tasks/{await cosigner.TaskAsync("motion.cosign")}");
        await proposer.SendAsync(HttpMethod.Put, $"/api/motions/{id}", District.Draft());
        Assert.Equal(
            (412, "task.stale"),
            await RefusalAsync(
                await cosigner.SendAsync(
                    HttpMethod.Post,
                    $"/api/tasks/{task.GetProperty("id")}/decide",
                    new { outcome = "confirm", version = task.GetProperty("version").GetInt32() }
                )
            )
        );
        await cosigner.DecideAsync("motion.cosign", "confirm");
        Assert.Equal(
            (422, "motion.already-cosigned"),
            await RefusalAsync(await proposer.SendAsync(HttpMethod.Put, $"/api/motions/{id}", District.Draft()))
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task TwoAtOnce_OneDecides_TheOtherHearsWhoAndWhen(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        await district.Running.InDatabaseAsync(async db =>
        {
            db.Add(
                new OfficeHolding
                {
                    Id = Guid.CreateVersion7(),
                    MemberId = DemoDistrict.MemberId("xiaozhuxi"),
                    Office = Office.MotionSecretary,
                    OrganisationId = DemoDistrict.OrganisationId("YXZX"),
                    From = Demo.Today,
                }
            );
            await db.SaveChangesAsync();
        });
        await district.SubmittedAsync();
        var one = await district.AsAsync("mishu");
        var other = await district.AsAsync("xiaozhuxi");
        var task = await one.TaskAsync("motion.check");
        Assert.Equal(task, await other.TaskAsync("motion.check"));

        var answers = await Task.WhenAll(
            new[] { one, other }.Select(c =>
                c.SendAsync(
                    HttpMethod.Post,
                    $"/api/tasks/{task}/decide",
                    new { outcome = "propose", form = new { recommendation = "file" } }
                )
            )
        );

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
        var (winner, lost) = answers[0].IsSuccessStatusCode ? ("顾言之", answers[1]) : ("宋佩文", answers[0]);
        var problem = await ProblemAsync(lost);
        Assert.Equal("task.already-decided", problem.GetProperty("code").GetString());
        Assert.Equal(
            $"这件事{winner}已在 3月2日 09:30 办理，您的决定没有生效",
            problem.GetProperty("title").GetString()
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Withdrawal_BeforeFiling_EndsTheMotionAtOnce(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);
        var proposer = await district.AsAsync("daibiao1");
        var abandoned = await district.DraftAsync();
        Assert.Equal(
            "Withdrawn",
            (await proposer.PostAsync($"/api/motions/{abandoned}/withdraw")).GetProperty("state").GetString()
        );
        Assert.Equal(
            (409, "task.already-decided"),
            await RefusalAsync(await proposer.SendAsync(HttpMethod.Post, $"/api/motions/{abandoned}/withdraw", null))
        );

        var submitted = await district.SubmittedAsync();
        await (await district.AsAsync("fuyi1")).PostAsync($"/api/motions/{submitted}/cosignature/withdraw");
        Assert.Equal(
            "Withdrawn",
            (await district.MotionAsync(submitted))
                .GetProperty("cosigners")
                .EnumerateArray()
                .Single(c => c.GetProperty("memberId").GetGuid() == DemoDistrict.MemberId("fuyi1"))
                .GetProperty("state")
                .GetString()
        );
        Assert.Equal(
            "Withdrawn",
            (await proposer.PostAsync($"/api/motions/{submitted}/withdraw")).GetProperty("state").GetString()
        );
        Assert.Equal(
            (422, "motion.wrong-state"),
            await RefusalAsync(await proposer.SendAsync(HttpMethod.Post, $"/api/motions/{submitted}/withdraw", null))
        );
    }
}
