using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Web;

namespace EduUnion.Host.Tour;

/// <summary>The moves that the motion scenarios share; each is one line of the script.</summary>
public sealed class MotionPlay(Stage stage, Town town)
{
    public const string Grounds =
        "我校教职工中午十二点十分至一点四十分为休息时间，目前各办公室平均九人合用，没有固定午休位置，"
        + "多数教师伏案休息，影响下午上课状态，不少人有颈椎不适，问卷显示超过八成教师希望改善。";

    public const string ReturnReason = "事项不属于本部门职责。";
    public const string Gist = "提案人同意分两步实施，先行部分年内完成。";
    public const string ExtensionReason = "施工招标推迟。";

    /// <summary>What is said in the case and must be in no mail.</summary>
    public static string[] Secrets => [Grounds, ReturnReason, Gist, ExtensionReason, "@school.example"];

    private static readonly Texts Texts = new();
    private static readonly StepWords Words = new(Texts);

    public async Task<Guid> CreateAsync(string title, string category = "welfare", string who = "提案人")
    {
        var done = Ok("create", await TryCreateAsync(title, category, who));
        stage.Say(who, $"起草提案《{title}》", await stage.DueAfterAsync(done));
        return done.CaseId;
    }

    public async Task<Outcome<StepDone>> TryCreateAsync(
        string title,
        string category = "welfare",
        string who = "提案人"
    )
    {
        var content = MotionContent.Of(title, category, Grounds, ["列入本年度计划并公布时间表。", "制定使用公约。"]);
        await stage.RestartAsync();
        return await stage.WithAsync<MotionCommands, Outcome<StepDone>>(m =>
            m.CreateAsync(town.SessionId, content, As(who), default)
        );
    }

    public Task InviteAsync(Guid id, params string[] who) => InviteAsync("提案人", id, who);

    public async Task InviteAsync(string proposer, Guid id, params string[] who)
    {
        await stage.RestartAsync();
        var done = Ok(
            "invite",
            await stage.WithAsync<MotionCommands, Outcome<StepDone>>(m =>
                m.InviteAsync(id, [.. who.Select(w => town[w].Id)], As(proposer), default)
            )
        );
        stage.Say(proposer, $"邀请附议：{string.Join('、', who)}", await stage.DueAfterAsync(done));
    }

    public Task SubmitAsync(Guid id, string who = "提案人") => DecideAsync(id, who, "motion.gather", "submit");

    /// <summary>A motion with two co-signers, submitted.</summary>
    public async Task<Guid> FileAsync(string title, string category = "welfare", string who = "提案人")
    {
        var id = await CreateAsync(title, category, who);
        await InviteAsync(who, id, "附议人甲", "附议人乙");
        await CosignAsync(id);
        await SubmitAsync(id, who);
        return id;
    }

    /// <summary>From receipt to the delivered answer, all on one day.</summary>
    public async Task AnswerAsync(Guid id, string department, string @class = "A", object? form = null)
    {
        await DecideAsync(id, $"{department}经办", "handling.accept", "accept");
        await MeetAsync(id, department);
        if (form is null)
            await DraftAsync(id, department, @class);
        else
            await DecideAsync(id, $"{department}经办", "handling.draft", "submit", form);
        await DecideAsync(id, $"{department}负责人", "handling.sign", "sign");
        await DecideAsync(id, "分管校长", "handling.leader", "agree");
        await DecideAsync(id, "秘书", "handling.formcheck", "deliver");
    }

    public Task RateAsync(Guid id, string who, Satisfaction result, string? reason = null) =>
        DecideAsync(id, who, "motion.feedback", "rate", new { manner = "Satisfied", result = $"{result}" }, reason);

    /// <summary>Something done beside the tasks, in the words of the script.</summary>
    public async Task DoAsync<TCommands>(string who, string what, Func<TCommands, Task<Outcome<StepDone>>> act)
        where TCommands : notnull
    {
        var done = Ok(what, await TryAsync(act));
        stage.Say(who, what, await stage.DueAfterAsync(done));
    }

    public async Task<Outcome<StepDone>> TryAsync<TCommands>(Func<TCommands, Task<Outcome<StepDone>>> act)
        where TCommands : notnull
    {
        await stage.RestartAsync();
        return await stage.WithAsync(act);
    }

    /// <summary>Both representatives co-sign.</summary>
    public async Task CosignAsync(Guid id)
    {
        await DecideAsync(id, "附议人甲", "motion.cosign", "confirm");
        await DecideAsync(id, "附议人乙", "motion.cosign", "confirm");
    }

    /// <summary>The secretary proposes and the committee votes; the vote ends as soon as it is decided.</summary>
    public async Task ReviewAsync(Guid id, string outcome, Guid? main = null)
    {
        await DecideAsync(
            id,
            "秘书",
            "motion.check",
            "propose",
            new
            {
                recommendation = outcome,
                recommendationReason = outcome == "file" ? null : "依据章程第六条。",
                main,
            }
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

    public Task MeetAsync(Guid id, string department) =>
        DecideAsync(
            id,
            $"{department}经办",
            "handling.meeting",
            "record",
            new
            {
                metOn = $"{stage.Today:yyyy-MM-dd}",
                mode = "meeting",
                place = "实训楼一层",
                people = $"提案人、{department}经办",
                gist = Gist,
            }
        );

    public Task DraftAsync(Guid id, string department, string @class = "A") =>
        DecideAsync(
            id,
            $"{department}经办",
            "handling.draft",
            "submit",
            new { @class, text = "经研究，所提建议全部采纳，已列入本年度计划，完成时间见附表。" }
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
        var done = await stage.DecideAsync(id, town[who], task, outcome, form, comment);
        var what = $"{Named(task, outcome)}{(comment is null ? "" : $"：{comment}")}";
        stage.Say(who, what, await stage.DueAfterAsync(done));
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
    ) =>
        Refused(
            who,
            Named(task, outcome),
            code,
            await stage.TryDecideAsync(id, town[who], task, outcome, form, comment)
        );

    /// <summary>Expects that something tried was refused with this code.</summary>
    public void Refused(string who, string what, string code, Outcome<StepDone> done)
    {
        Stage.Expect($"{who} {what}", code, done.Refusal?.Code ?? "accepted");
        var why = Texts.Has($"refusal.{code}") ? Texts.Of(done.Refusal!) : code;
        stage.Say(who, $"{what}——不受理：{why}");
    }

    public async Task<Outcome<StepDone>> TryAskExtensionAsync(Guid id, string who, int workdays)
    {
        await stage.RestartAsync();
        var part = (await stage.MotionAsync(id)).Parts[0].Id;
        return await stage.WithAsync<MotionCommands, Outcome<StepDone>>(m =>
            m.AskExtensionAsync(id, part, workdays, ExtensionReason, As(who), default)
        );
    }

    public async Task AskExtensionAsync(Guid id, string who, int workdays)
    {
        var done = Ok("ask for an extension", await TryAskExtensionAsync(id, who, workdays));
        stage.Say(who, $"申请延期{workdays}个工作日", await stage.DueAfterAsync(done));
    }

    public Asker As(string who) => new(town[who].Id);

    public static StepDone Ok(string what, Outcome<StepDone> done) =>
        done.IsOk ? done.Value : throw new ScenarioBroken($"{what}: {Stage.Why(done.Refusal)}");

    // Where the button says the same as the step, once is enough.
    private static string Named(string task, string outcome) =>
        Words.Step(task) == Words.Outcome(task, outcome)
            ? Words.Step(task)
            : $"{Words.Step(task)}：{Words.Outcome(task, outcome)}";
}
