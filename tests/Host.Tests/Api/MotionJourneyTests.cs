using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Host.Tests.Api;

/// <summary>Scenario 1 of the domain over HTTP, from the draft to the delivered answer.</summary>
public sealed class MotionJourneyTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Motion_IsFiledHandledAndAnswered(Provider provider)
    {
        await using var district = await District.OpenAsync(provider);

        var id = await district.AssignedAsync();
        var assigned = await district.MotionAsync(id);
        Assert.Equal("Assigned", assigned.GetProperty("state").GetString());
        Assert.Equal("0302-001", assigned.GetProperty("number").GetString());
        Assert.Equal("T-YXZX-32-001", assigned.GetProperty("receipt").GetString());
        // Thirty working days after 2 March 2026; Qingming is off on 6 April.
        var answer = assigned
            .GetProperty("clocks")
            .EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == "answer");
        Assert.Equal("2026-04-14", answer.GetProperty("dueDate").GetString());

        district.Wait(TimeSpan.FromDays(1));
        var clerk = await district.AsAsync("zongwuchu");
        await clerk.DecideAsync("handling.accept", "accept");
        await (await district.AsAsync("yiwushi")).DecideAsync(
            "handling.opinion",
            "submit",
            new { opinion = "建议配备颈枕，每季度消毒一次。" }
        );
        await clerk.DecideAsync(
            "handling.meeting",
            "record",
            new
            {
                metOn = "2026-03-03",
                mode = "meeting",
                place = "实训楼一层",
                people = "提案人、总务处经办",
                gist = "提案人同意先开放会议室。",
            }
        );
        await clerk.DecideAsync(
            "handling.draft",
            "submit",
            new
            {
                @class = "B",
                text = "实训楼一层储物间改造为教师午休室，2026年8月31日前完成，配躺椅二十四张。",
                commitments = new[]
                {
                    new
                    {
                        item = "午休室改造完成",
                        owner = "总务处",
                        dueOn = "2026-08-31",
                    },
                },
            }
        );
        Assert.Equal(
            "Null",
            Part(await district.MotionAsync(id, "daibiao1")).GetProperty("answer").ValueKind.ToString()
        );
        Assert.Equal("B", Part(await district.MotionAsync(id)).GetProperty("answer").GetProperty("class").GetString());

        district.Wait(TimeSpan.FromDays(1));
        await (await district.AsAsync("fuzeren")).DecideAsync("handling.sign", "sign");
        await (await district.AsAsync("fenguan")).DecideAsync("handling.leader", "agree");
        await (await district.AsAsync("mishu")).DecideAsync("handling.formcheck", "deliver");

        var delivered = await district.MotionAsync(id, "daibiao1");
        Assert.Equal("Replied", delivered.GetProperty("state").GetString());
        Assert.Equal("Delivered", Part(delivered).GetProperty("state").GetString());
        Assert.Equal("B", Part(delivered).GetProperty("answer").GetProperty("class").GetString());
        Assert.Equal(
            "motion.feedback",
            Assert.Single(delivered.GetProperty("tasks").EnumerateArray()).GetProperty("name").GetString()
        );

        await (await district.AsAsync("daibiao1")).DecideAsync(
            "motion.feedback",
            "rate",
            new { manner = "Satisfied", result = "Basic" }
        );
        var tracked = await district.MotionAsync(id, "daibiao1");
        Assert.Equal("Tracking", tracked.GetProperty("state").GetString());
        Assert.Equal(
            "Open",
            Assert.Single(tracked.GetProperty("commitments").EnumerateArray()).GetProperty("state").GetString()
        );
        await (await district.AsAsync("zongwuchu")).DecideAsync(
            "commitment.report",
            "done",
            new { text = "已全部完成。" }
        );
        await (await district.AsAsync("mishu")).DecideAsync("commitment.verify", "verify");
        var closed = await district.MotionAsync(id, "daibiao1");
        Assert.Equal("Closed", closed.GetProperty("state").GetString());
        Assert.Equal("Basic", closed.GetProperty("forms")[0].GetProperty("result").GetString());

        var done = await (await district.AsAsync("mishu")).GetAsync("/api/tasks?scope=done");
        Assert.Equal(
            ["commitment.verify", "handling.formcheck", "motion.assign", "motion.check"],
            done.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("name").GetString()).Order()
        );
    }

    private static System.Text.Json.JsonElement Part(System.Text.Json.JsonElement motion) =>
        motion.GetProperty("parts").EnumerateArray().Single();
}
