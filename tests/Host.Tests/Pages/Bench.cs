using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Pages;

/// <summary>Brings motions of the demonstration school to the step whose page is wanted, through the use cases.</summary>
internal sealed class Bench(Running running)
{
    public const string Grounds =
        "我校教职工中午十二点十分至一点四十分为休息时间，目前各办公室平均九人合用，没有固定午休位置，"
        + "多数教师伏案休息，影响下午上课状态，问卷显示超过八成教师希望改善。";

    public const string Answer =
        "实训楼一层储物间改造为教师午休室，配躺椅二十四张。\n行政楼三层会议室自下周起午间开放，由总务处统一排表。";

    /// <summary>Every step up to the delivered answer, in order: who, which task, outcome and form.</summary>
    private static readonly (string Who, string Task, string Outcome, object? Form)[] Way =
    [
        ("fuyi1", "motion.cosign", "confirm", null),
        ("fuyi2", "motion.cosign", "confirm", null),
        ("daibiao1", "motion.gather", "submit", null),
        (
            "mishu",
            "motion.check",
            "propose",
            new
            {
                recommendation = "file",
                host = Department("ZWC"),
                cohandlers = new[] { Department("YWS") },
            }
        ),
        ("zhuren", "motion.review", "file", null),
        ("weiyuan1", "motion.review", "file", null),
        ("weiyuan2", "motion.review", "file", null),
        (
            "mishu",
            "motion.assign",
            "assign",
            new { parts = new[] { new { host = Department("ZWC"), cohandlers = new[] { Department("YWS") } } } }
        ),
        ("zongwuchu", "handling.accept", "accept", null),
        ("yiwushi", "handling.opinion", "submit", new { opinion = "建议配备颈枕，每季度消毒一次。" }),
        (
            "zongwuchu",
            "handling.meeting",
            "record",
            new
            {
                metOn = "2026-03-02",
                mode = "meeting",
                place = "实训楼一层",
                people = "林晓岚、何立本",
                gist = "提案人同意先开放会议室。",
            }
        ),
        (
            "zongwuchu",
            "handling.draft",
            "submit",
            new
            {
                @class = "B",
                text = Answer,
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
        ),
        ("fuzeren", "handling.sign", "sign", null),
        ("fenguan", "handling.leader", "agree", null),
        ("mishu", "handling.formcheck", "deliver", null),
    ];

    public static Guid Department(string code) => DemoDistrict.OrganisationId($"YXZX/{code}");

    public async Task<Guid> DraftAsync(string title, string proposer = "daibiao1")
    {
        var content = MotionContent.Of(title, "welfare", Grounds, ["设置教师午休室。", "制定使用公约。"]);
        var done = await WithAsync<MotionCommands, Outcome<StepDone>>(m =>
            m.CreateAsync(DemoDistrict.SessionId("YXZX"), content, As(proposer), default)
        );
        return done.Value.CaseId;
    }

    /// <summary>A motion whose task of that name is open and waits for its first decision.</summary>
    public async Task<Guid> UpToAsync(string task, string title = "改善教师午休场所")
    {
        var id = await DraftAsync(title);
        var invited = await WithAsync<MotionCommands, Outcome<StepDone>>(m =>
            m.InviteAsync(id, [DemoDistrict.MemberId("fuyi1"), DemoDistrict.MemberId("fuyi2")], As("daibiao1"), default)
        );
        Assert.True(invited.IsOk, invited.Refusal?.Code);
        foreach (var step in Way.TakeWhile(w => w.Task != task))
            await DecideAsync(id, step.Who, step.Task, step.Outcome, step.Form);
        return id;
    }

    public async Task DecideAsync(
        Guid id,
        string who,
        string task,
        string outcome,
        object? form = null,
        string? comment = null
    )
    {
        var json = form is null ? (JsonElement?)null : JsonSerializer.SerializeToElement(form);
        var taskId = await TaskAsync(id, task, who);
        var done = await WithAsync<CaseSteps, Outcome<StepDone>>(s =>
            s.DecideAsync(new Decision(taskId, outcome, comment, json, null), As(who), default)
        );
        Assert.True(done.IsOk, $"{who} {task} {outcome}: {done.Refusal?.Code} {done.Refusal?.Field}");
    }

    /// <summary>The open task of that name; a person's own where there are several.</summary>
    public Task<Guid> TaskAsync(Guid id, string name, string? who = null) =>
        WithAsync<EduUnionDb, Guid>(async db =>
        {
            var member = who is null ? (Guid?)null : DemoDistrict.MemberId(who);
            var open = await db.Set<TaskRow>()
                .AsNoTracking()
                .Where(t => t.CaseId == id && t.Name == name && t.State == TaskState.Open)
                .ToListAsync();
            return (open.FirstOrDefault(t => t.MemberId == member) ?? open.First(t => t.MemberId is null)).Id;
        });

    public Task<Motion> MotionAsync(Guid id) =>
        WithAsync<EduUnionDb, Motion>(async db =>
            MotionCases.MotionOf(await db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == id))
        );

    public Task<List<Guid>> MotionsAsync() =>
        WithAsync<EduUnionDb, List<Guid>>(db => db.Set<CaseRow>().Select(c => c.Id).ToListAsync());

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = running.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private static Asker As(string login) => new(DemoDistrict.MemberId(login));
}
