using EduUnion.Domain.Calendar;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using static EduUnion.Host.Tests.Api.AidMoves;

namespace EduUnion.Faults;

// What another program does with the cases: every one goes to its end, some of them because a day has come.
internal static partial class UpgradeCases
{
    private static readonly DateOnly NextDay = new(2026, 11, 11);

    /// <summary>The notices and the invitation that nobody answered have run out.</summary>
    private static readonly DateOnly Later = new(2026, 11, 20);

    /// <summary>Brings every case to its end; whatever does not end as it should fails.</summary>
    /// <param name="meanwhile">When the first instances were started by this program, and most cases are open.</param>
    public static async Task FinishAsync(
        District district,
        IReadOnlyDictionary<string, Guid> cases,
        Func<Task>? meanwhile = null
    )
    {
        await district.MoveToAsync(NextDay);
        await GoAsync(district, cases["motion.filed"], "daibiao1", "motion.assign", "handling.accept");
        if (meanwhile is not null)
            await meanwhile();
        await FinishMotionsAsync(district, cases);
        await HearObjectionAsync(district);
        await GoOnWithAidAsync(district, cases);

        await district.MoveToAsync(Later);
        await GatherAnewAsync(district, cases["motion.gathering"]);
        await district.DecideAsync(
            cases["motion.tracking"],
            "zongwuchu",
            "commitment.report",
            "done",
            new { text = "已全部完成。" }
        );
        await district.DecideAsync(cases["motion.tracking"], "mishu", "commitment.verify", "verify");
        await PayAllAsync(district, cases);
        foreach (var (stage, id) in cases.Where(c => c.Key.StartsWith("motion.", StringComparison.Ordinal)))
            Assert.Equal((stage, "Closed"), (stage, await district.StateAsync(id)));
        foreach (var (stage, id) in cases.Where(c => Applicants.ContainsKey(c.Key)))
            Assert.Equal(
                (stage, "Closed"),
                (stage, (await district.AidAsync(id, Chair)).GetProperty("state").GetString())
            );
    }

    private static async Task FinishMotionsAsync(District district, IReadOnlyDictionary<string, Guid> cases)
    {
        var drafting = cases["motion.drafting"];
        await InviteAsync(district, drafting, "daibiao1", "fuyi1", "fuyi2");
        foreach (var login in new[] { "fuyi1", "fuyi2" })
            await district.DecideAsync(drafting, login, "motion.cosign", "confirm");
        foreach (var login in Voters[1..])
            await district.DecideAsync(cases["motion.reviewing"], login, "motion.review", "file");
        await district.DecideAsync(
            cases["motion.extension"],
            "zhuren",
            "extension.decide",
            "grant",
            new { workdays = 10 }
        );
        await district.DecideAsync(cases["motion.discontent"], "zhuren", "motion.discontent", "rehandle");
        await district.DecideAsync(cases["motion.withdrawing"], "fuyi2", "withdrawal.takeover", "takeover");
        foreach (
            var (stage, lead, from) in new[]
            {
                ("motion.drafting", "daibiao1", "submit"),
                ("motion.checking", "daibiao1", "motion.check"),
                ("motion.reviewing", "daibiao1", "motion.assign"),
                ("motion.filed", "daibiao1", "handling.accept"),
                ("motion.main", "daibiao1", "handling.accept"),
                ("motion.extension", "daibiao1", "handling.meeting"),
                ("motion.signing", "daibiao1", "handling.sign"),
                ("motion.delivered", "daibiao1", "motion.feedback"),
                ("motion.discontent", "daibiao1", "handling.accept"),
                // He has taken the lead over.
                ("motion.withdrawing", "fuyi2", "handling.accept"),
            }
        )
            await GoAsync(district, cases[stage], lead, from, "end");
        await district.RateAsync(cases["motion.merged"], "daibiao2", "Satisfied");
    }

    /// <summary>The second invitation has run out; somebody else signs.</summary>
    private static async Task GatherAnewAsync(District district, Guid id)
    {
        var invited = (await district.MotionAsync(id, "daibiao1")).GetProperty("cosigners").EnumerateArray();
        Assert.Equal(
            ["Confirmed", "Lapsed"],
            invited.Select(c => c.GetProperty("state").GetString()).Order(StringComparer.Ordinal)
        );
        await InviteAsync(district, id, "daibiao1", "fuyi3");
        await district.DecideAsync(id, "fuyi3", "motion.cosign", "confirm");
        await GoAsync(district, id, "daibiao1", "submit", "end");
    }

    /// <summary>Two who did not survey look, and the district's officer finds nothing in it.</summary>
    private static async Task HearObjectionAsync(District district)
    {
        var objection = (await (await district.AsAsync("qujingban")).GetAsync("/api/tasks?scope=mine&limit=200"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(t => t.GetProperty("name").GetString() == "objection.assign")
            .GetProperty("caseId")
            .GetGuid();
        await district.DoAsync(
            objection,
            "qujingban",
            "objection.assign",
            "assign",
            new { investigators = Members("yey-pingwei2", "yey-pingwei3") }
        );
        await district.DoAsync(
            objection,
            "yey-pingwei2",
            "objection.investigate",
            "record",
            new
            {
                visitedOn = $"{NextDay:yyyy-MM-dd}",
                people = "村委会",
                finding = "房屋系继承，不能居住。",
            }
        );
        await district.DoAsync(objection, "yey-pingwei3", "objection.sign", "sign");
        await district.DoAsync(objection, "qujingban", "objection.decide", "unfounded", null, "房屋不能居住。");
    }

    private static async Task GoOnWithAidAsync(District district, IReadOnlyDictionary<string, Guid> cases)
    {
        await AppointAsync(district, cases["aid.submitted"], cases["fund"]);
        foreach (var stage in new[] { "aid.submitted", "aid.surveying" })
            await SurveyAsync(district, cases[stage]);
        await AssessAndPublishAsync(district, new(cases), "aid.submitted", "aid.surveying");
        await district.DoAsync(cases["aid.approving"], "qujingban", "aid.approve.officer", "agree");
        await district.ReconcileAsync(cases["batch"]);
        foreach (var stage in new[] { "aid.paid", "aid.sent" })
            await CloseAsync(district, cases[stage], stage);
    }

    private static async Task PayAllAsync(District district, IReadOnlyDictionary<string, Guid> cases)
    {
        string[] noticed = ["aid.noticed", "aid.objected", "aid.submitted", "aid.surveying"];
        foreach (var stage in noticed)
            await district.DoAsync(cases[stage], Chair, "aid.approve.school", "agree");
        string[] paid = ["aid.reserved", "aid.approving", .. noticed];
        await district.ReconcileAsync(await district.SendAsync(cases["fund"], [.. paid.Select(s => cases[s])]));
        foreach (var stage in paid)
            await CloseAsync(district, cases[stage], stage);
        // Seven times 900 and once 1,500 of 30,000 yuan.
        Assert.Equal((22_200_00, 0, 7_800_00), await AidJourney.BalancesAsync(district, cases["fund"]));
    }

    private static async Task CloseAsync(District district, Guid id, string stage)
    {
        await district.DoAsync(id, Applicants[stage].Login, "aid.confirm", "received");
        await district.DoAsync(
            id,
            Chair,
            "aid.followup",
            "visited",
            new
            {
                visitedOn = $"{ChinaTime.DateOf(district.Running.Time.GetUtcNow()):yyyy-MM-dd}",
                mode = "home",
                gist = "款项已用于治疗。",
            }
        );
    }
}
