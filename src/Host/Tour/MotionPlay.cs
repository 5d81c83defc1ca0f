using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;

namespace EduUnion.Host.Tour;

/// <summary>The moves that the motion scenarios share.</summary>
public sealed class MotionPlay(Stage stage, Town town)
{
    private const string Grounds =
        "我校教职工中午十二点十分至一点四十分为休息时间，目前各办公室平均九人合用，没有固定午休位置，"
        + "多数教师伏案休息，影响下午上课状态，不少人有颈椎不适，问卷显示超过八成教师希望改善。";

    public async Task<Guid> CreateAsync(string title)
    {
        var content = MotionContent.Of(title, "welfare", Grounds, ["利用闲置房间设置教师午休室。", "制定使用公约。"]);
        var done = Ok(
            "create",
            await stage.WithAsync<MotionCommands, Outcome<StepDone>>(m =>
                m.CreateAsync(town.SessionId, content, As("提案人"), default)
            )
        );
        stage.Say("提案人", $"起草提案《{title}》");
        return done.CaseId;
    }

    public async Task InviteAsync(Guid id, params string[] who)
    {
        await stage.RestartAsync();
        Ok(
            "invite",
            await stage.WithAsync<MotionCommands, Outcome<StepDone>>(m =>
                m.InviteAsync(id, [.. who.Select(w => town[w].Id)], As("提案人"), default)
            )
        );
        var due = (await stage.ClocksAsync(id, "cosign"))[^1].DueOn;
        stage.Say("提案人", $"邀请附议：{string.Join('、', who)}", due);
    }

    public Task SubmitAsync(Guid id) => DecideAsync(id, "提案人", "motion.gather", "submit");

    /// <summary>The secretary proposes and the committee votes; the vote ends as soon as it is decided.</summary>
    public async Task ReviewAsync(Guid id, string outcome)
    {
        await DecideAsync(
            id,
            "秘书",
            "motion.check",
            "propose",
            new { recommendation = outcome, recommendationReason = outcome == "file" ? null : "依据章程第六条。" }
        );
        foreach (var member in new[] { "主任", "委员甲", "委员乙" })
            await DecideAsync(id, member, "motion.review", outcome);
    }

    public Task AssignAsync(Guid id, string host, params string[] cohandlers) =>
        DecideAsync(
            id,
            "秘书",
            "motion.assign",
            "assign",
            new
            {
                parts = new[]
                {
                    new { host = town.Department(host), cohandlers = cohandlers.Select(town.Department).ToArray() },
                },
            }
        );

    public Task MeetAsync(Guid id, string who) =>
        DecideAsync(
            id,
            who,
            "handling.meeting",
            "record",
            new
            {
                metOn = $"{stage.Today:yyyy-MM-dd}",
                mode = "meeting",
                place = "实训楼一层",
                people = "提案人、总务处经办",
                gist = "提案人同意先开放会议室，午休室年内完成。",
            }
        );

    public async Task DecideAsync(
        Guid id,
        string who,
        string task,
        string outcome,
        object? form = null,
        string? comment = null
    )
    {
        await stage.DecideAsync(id, town[who], task, outcome, form, comment);
        stage.Say(who, $"{task} {outcome}{(comment is null ? "" : $"：{comment}")}");
    }

    /// <summary>Expects the refusal with this code.</summary>
    public async Task RefusedAsync(
        Guid id,
        string who,
        string task,
        string outcome,
        string code,
        object? form = null,
        string? comment = null
    )
    {
        var done = await stage.TryDecideAsync(id, town[who], task, outcome, form, comment);
        Stage.Expect($"{who} {task} {outcome}", code, done.Refusal?.Code ?? "accepted");
        stage.Say(who, $"{task} {outcome} — refused: {code}");
    }

    public async Task<Outcome<StepDone>> AskExtensionAsync(Guid id, string who, int workdays)
    {
        await stage.RestartAsync();
        var part = (await stage.MotionAsync(id)).Parts[0].Id;
        return await stage.WithAsync<MotionCommands, Outcome<StepDone>>(m =>
            m.AskExtensionAsync(id, part, workdays, "施工招标推迟。", As(who), default)
        );
    }

    public Asker As(string who) => new(town[who].Id);

    public static StepDone Ok(string what, Outcome<StepDone> done) =>
        done.IsOk ? done.Value : throw new ScenarioBroken($"{what}: {Stage.Why(done.Refusal)}");
}
