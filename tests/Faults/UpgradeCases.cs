using System.Text.Json;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;
using static EduUnion.Host.Tests.Api.AidMoves;

namespace EduUnion.Faults;

/// <summary>
/// Motions and applications for aid as one program leaves them, one at every stage, each known by its stage; another program
/// finishes them (<c>UpgradeCases.Finish.cs</c>).
/// </summary>
internal static partial class UpgradeCases
{
    /// <summary>A Monday, five weeks before the session; the collection is open until the 22nd.</summary>
    private static readonly DateOnly FirstDay = new(2026, 11, 2);

    /// <summary>When the cases are handed over: the notices of the first day are over.</summary>
    private static readonly DateOnly LastDay = new(2026, 11, 10);

    private static readonly string[] Voters = ["zhuren", "weiyuan1", "weiyuan2"];

    /// <summary>From a motion with its co-signers to the proposer's word on the answer.</summary>
    private static readonly string[] Way =
    [
        "submit",
        "motion.check",
        "motion.review",
        "motion.assign",
        "handling.accept",
        "handling.meeting",
        "handling.draft",
        "handling.sign",
        "handling.leader",
        "handling.formcheck",
        "motion.feedback",
        "end",
    ];

    /// <summary>Who applies for aid, by the stage in which his application is left.</summary>
    private static readonly Dictionary<string, (string Login, string Name, int Number)> Applicants = new()
    {
        ["aid.paid"] = ("yey-shenqing1", "伊若男", 1),
        ["aid.sent"] = ("yey-daibiao1", "乔木兰", 2),
        ["aid.reserved"] = ("yey-fuyi1", "易小满", 3),
        ["aid.approving"] = ("yey-fuyi2", "米初夏", 4),
        ["aid.noticed"] = ("yey-houqin", "水清浅", 5),
        ["aid.objected"] = ("yey-zuzhang1", "时雨晴", 6),
        ["aid.surveying"] = ("yey-mishu", "鲁书怡", 7),
        ["aid.submitted"] = ("yey-fuzeren", "古月明", 8),
    };

    /// <summary>The hour at which the district must be opened, before it is used for the first time.</summary>
    public static DateTimeOffset Morning { get; } = ChinaTime.At(FirstDay, new TimeOnly(9, 30));

    /// <summary>Plays until the cases lie open; nothing was mailed yet.</summary>
    public static async Task<Dictionary<string, Guid>> BeginAsync(District district)
    {
        var cases = new Dictionary<string, Guid> { ["fund"] = await district.PrepareAsync() };
        await SurveyAndPublishAsync(district, cases, "aid.paid", "aid.sent", "aid.reserved", "aid.approving");
        await TrackAsync(district, cases);
        cases["motion.discontent"] = await GatheredAsync(district, "增设教师心理咨询");
        await GoAsync(district, cases["motion.discontent"], "daibiao1", "submit", "motion.feedback");
        await district.RateAsync(cases["motion.discontent"], "daibiao1", "Dissatisfied", "没有说明何时再次研究。");

        await district.MoveToAsync(LastDay);
        await PayAsync(district, cases);
        await SurveyAndPublishAsync(district, cases, "aid.noticed", "aid.objected");
        await (await district.AsAsync("yey-pingwei1")).PostAsync(
            $"/api/aid/applications/{cases["aid.objected"]}/objections",
            new
            {
                ground = "Assets",
                text = "有第二套住房",
                anonymous = true,
            }
        );
        cases["aid.surveying"] = await AppliedAsync(district, "aid.surveying");
        await AppointAsync(district, cases["aid.surveying"], cases["fund"]);
        cases["aid.submitted"] = await AppliedAsync(district, "aid.submitted");
        await LeaveMotionsAsync(district, cases);
        return cases;
    }

    /// <summary>Answered with a promise, which is followed.</summary>
    private static async Task TrackAsync(District district, Dictionary<string, Guid> cases)
    {
        var id = cases["motion.tracking"] = await GatheredAsync(district, "储物间改造为教师午休室");
        await GoAsync(district, id, "daibiao1", "submit", "handling.draft");
        await district.DecideAsync(
            id,
            "zongwuchu",
            "handling.draft",
            "submit",
            FollowUpMoves.Promising(new DateOnly(2026, 11, 30))
        );
        await GoAsync(district, id, "daibiao1", "handling.sign", "end");
    }

    private static async Task LeaveMotionsAsync(District district, Dictionary<string, Guid> cases)
    {
        var proposer = await district.AsAsync("daibiao1");
        cases["motion.drafting"] = await district.DraftAsync("daibiao1", "规范教师加班补休");
        cases["motion.gathering"] = await district.DraftAsync("daibiao1", "更换办公座椅");
        await InviteAsync(district, cases["motion.gathering"], "daibiao1", "fuyi1", "fuyi2");
        await district.DecideAsync(cases["motion.gathering"], "fuyi1", "motion.cosign", "confirm");
        foreach (
            var (stage, title, until) in new[]
            {
                ("motion.checking", "新建教职工停车场", "motion.check"),
                ("motion.reviewing", "延长图书馆开放时间", "motion.review"),
                ("motion.filed", "增加教工体检项目", "motion.assign"),
                ("motion.main", "改善教工食堂供餐", "handling.accept"),
                ("motion.extension", "调整校医务室值班时间", "handling.meeting"),
                ("motion.signing", "更换教学楼东侧老旧护栏", "handling.sign"),
                ("motion.delivered", "完善实验室通风", "motion.feedback"),
                ("motion.withdrawing", "食堂错峰就餐与排队分流", "handling.accept"),
            }
        )
        {
            cases[stage] = await GatheredAsync(district, title);
            await GoAsync(district, cases[stage], "daibiao1", "submit", until);
        }
        await district.DecideAsync(cases["motion.reviewing"], Voters[0], "motion.review", "file");
        cases["motion.merged"] = await district.SubmittedAsync("daibiao2", "缩短教工食堂排队时间");
        await district.ReviewAsync(cases["motion.merged"], "merge", cases["motion.main"]);
        var part = (await district.MotionAsync(cases["motion.extension"])).GetProperty("parts")[0];
        await (await district.AsAsync("zongwuchu")).PostAsync(
            $"/api/motions/{cases["motion.extension"]}/parts/{part.GetProperty("id").GetGuid()}/extension",
            new { workdays = 10, reason = "设备采购需要时间。" }
        );
        await proposer.PostAsync(
            $"/api/motions/{cases["motion.withdrawing"]}/withdraw",
            new { reason = "学校已另行安排。" }
        );
    }

    /// <summary>What the notices of the first day allow: one is paid, one is with the bank, one is reserved, one climbs a level.</summary>
    private static async Task PayAsync(District district, Dictionary<string, Guid> cases)
    {
        foreach (var stage in new[] { "aid.paid", "aid.sent", "aid.reserved", "aid.approving" })
            await district.DoAsync(cases[stage], Chair, "aid.approve.school", "agree");
        await district.StateAsync(cases["aid.approving"], "ApprovalDistrict");
        await district.ReconcileAsync(await district.SendAsync(cases["fund"], cases["aid.paid"]));
        cases["batch"] = await district.SendAsync(cases["fund"], cases["aid.sent"]);
    }

    private static async Task SurveyAndPublishAsync(
        District district,
        Dictionary<string, Guid> cases,
        params string[] stages
    )
    {
        foreach (var stage in stages)
        {
            cases[stage] = await AppliedAsync(district, stage);
            await AppointAsync(district, cases[stage], cases["fund"]);
            await SurveyAsync(district, cases[stage]);
        }
        await AssessAndPublishAsync(district, cases, stages);
    }

    private static async Task AssessAndPublishAsync(
        District district,
        Dictionary<string, Guid> cases,
        params string[] stages
    )
    {
        // Over a thousand yuan the district's officer says yes, too.
        await district.AssessAsync(id => id == cases.GetValueOrDefault("aid.approving") ? 1_500_00 : 900_00);
        foreach (var stage in stages)
            await district.DoAsync(cases[stage], Chair, "aid.publish", "publish");
    }

    private static async Task<Guid> AppliedAsync(District district, string stage)
    {
        var (login, name, number) = Applicants[stage];
        var content = Content(name, 10 + 2 * number, 11 + 2 * number, $"62220200000012{number:00}");
        var id = await district.ApplyAsync(login, content);
        await (await district.AsAsync(login)).PostAsync($"/api/aid/applications/{id}/submit");
        return id;
    }

    private static async Task AppointAsync(District district, Guid id, Guid fund)
    {
        await district.DoAsync(id, Chair, "aid.formcheck", "accept", new { fund });
        await district.DoAsync(
            id,
            Chair,
            "aid.appoint",
            "appoint",
            new { surveyors = Members("yey-diaocha1", "yey-diaocha2") }
        );
    }

    private static async Task SurveyAsync(District district, Guid id)
    {
        await district.RecordAsync(id, "yey-diaocha1");
        await district.DoAsync(id, "yey-diaocha2", "aid.survey.sign", "sign");
    }

    private static Task<Guid> GatheredAsync(District district, string title) =>
        district.CosignedAsync("daibiao1", title);

    private static async Task InviteAsync(District district, Guid id, string proposer, params string[] logins) =>
        await (await district.AsAsync(proposer)).PostAsync(
            $"/api/motions/{id}/invitations",
            new { memberIds = logins.Select(DemoDistrict.MemberId) }
        );

    /// <summary>Every step of the way from the first to before the last.</summary>
    private static async Task GoAsync(District district, Guid id, string lead, string from, string until)
    {
        foreach (var step in Way.SkipWhile(s => s != from).TakeWhile(s => s != until))
            await StepAsync(district, id, lead, step);
    }

    private static async Task<JsonElement> StepAsync(District district, Guid id, string lead, string step)
    {
        switch (step)
        {
            case "submit":
                return await (await district.AsAsync(lead)).PostAsync($"/api/motions/{id}/submit");
            case "motion.check":
                return await district.ProposeAsync(id, "file");
            case "motion.review":
                foreach (var login in Voters[..^1])
                    await district.DecideAsync(id, login, step, "file");
                return await district.DecideAsync(id, Voters[^1], step, "file");
            case "motion.assign":
                await district.AssignAsync(id);
                return default;
            case "handling.accept":
                return await district.DecideAsync(id, "zongwuchu", step, "accept");
            case "handling.meeting":
                return await district.DecideAsync(id, "zongwuchu", step, "record", Meeting(district));
            case "handling.draft":
                var text = "经研究，所提建议全部采纳，已列入本年度计划，完成时间见附表。";
                return await district.DecideAsync(id, "zongwuchu", step, "submit", new { @class = "A", text });
            case "handling.sign":
                return await district.DecideAsync(id, "fuzeren", step, "sign");
            case "handling.leader":
                return await district.DecideAsync(id, "fenguan", step, "agree");
            case "handling.formcheck":
                return await district.DecideAsync(id, "mishu", step, "deliver");
            default:
                return await district.RateAsync(id, lead, "Satisfied");
        }
    }

    private static object Meeting(District district) =>
        new
        {
            metOn = $"{ChinaTime.DateOf(district.Running.Time.GetUtcNow()):yyyy-MM-dd}",
            mode = "meeting",
            place = "实训楼一层",
            people = "提案人、总务处经办",
            gist = "提案人同意分两步实施。",
        };
}
