using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Pages;

/// <summary>Drives motions of the demonstration school through the use cases, so that pages have something to show.</summary>
internal sealed class Play(Running running)
{
    private const string Grounds =
        "我校教职工 186 人，午间 12:10 至 13:40 为教师休息时间。目前各办公室平均 9 人合用，无固定午休位置，"
        + "多数教师伏案休息，影响下午上课状态。\n\n行政楼三层两间会议室午间基本闲置，具备改造条件。";

    public Task<Guid> DraftAsync(string login, string title, string category = "welfare") =>
        WithAsync<MotionCommands, Guid>(async commands =>
            Ok(
                await commands.CreateAsync(
                    DemoDistrict.SessionId("YXZX"),
                    MotionContent.Of(
                        title,
                        category,
                        Grounds,
                        ["将实训楼一层储物间改造为教师午休室。", "制定使用公约，孕期和病后返岗教师优先。"]
                    ),
                    As(login),
                    default
                )
            ).CaseId
        );

    public Task InviteAsync(Guid id, string proposer, params string[] invited) =>
        WithAsync<MotionCommands, StepDone>(async commands =>
            Ok(await commands.InviteAsync(id, [.. invited.Select(DemoDistrict.MemberId)], As(proposer), default))
        );

    /// <summary>Drafted, co-signed by two and submitted.</summary>
    public async Task<Guid> SubmittedAsync(string proposer, string title, string category = "welfare")
    {
        var id = await DraftAsync(proposer, title, category);
        await InviteAsync(id, proposer, "fuyi1", "fuyi2");
        await DecideAsync(id, "fuyi1", "motion.cosign", "confirm");
        await DecideAsync(id, "fuyi2", "motion.cosign", "confirm");
        await DecideAsync(id, proposer, "motion.gather", "submit");
        return id;
    }

    public async Task ReviewAsync(Guid id, string outcome)
    {
        var reason = outcome == "file" ? null : "学校权限以外，已转区工会了解。";
        var form = new
        {
            recommendation = outcome,
            reasonCode = outcome == "reject" ? "beyondPower" : null,
            recommendationReason = reason,
        };
        await DecideAsync(id, "mishu", "motion.check", "propose", form);
        foreach (var voter in new[] { "zhuren", "weiyuan1", "weiyuan2" })
            await DecideAsync(id, voter, "motion.review", outcome, new { form.reasonCode }, reason);
    }

    /// <summary>Filed, and assigned to the general affairs office with the infirmary as co-handler.</summary>
    public async Task<Guid> AssignedAsync(string proposer, string title, params string[] hosts)
    {
        var id = await SubmittedAsync(proposer, title);
        await ReviewAsync(id, "file");
        var parts = (hosts.Length > 0 ? hosts : ["ZWC"]).Select(h => new
        {
            host = Department(h),
            cohandlers = h == "ZWC" ? new[] { Department("YWS") } : [],
        });
        await DecideAsync(id, "mishu", "motion.assign", "assign", new { parts });
        return id;
    }

    /// <summary>Accepted, met, heard and drafted by the general affairs office: the head is to sign.</summary>
    public async Task<Guid> DraftedAsync(string proposer, string title, params string[] hosts)
    {
        var id = await AssignedAsync(proposer, title, hosts);
        await DecideAsync(id, "zongwuchu", "handling.accept", "accept");
        await DecideAsync(
            id,
            "yiwushi",
            "handling.opinion",
            "submit",
            new { opinion = "建议配备颈枕，每季度消毒一次。" }
        );
        await MeetAndDraftAsync(id);
        return id;
    }

    public async Task MeetAndDraftAsync(Guid id)
    {
        await DecideAsync(
            id,
            "zongwuchu",
            "handling.meeting",
            "record",
            new
            {
                metOn = $"{ChinaTime.DateOf(running.Time.GetUtcNow()):yyyy-MM-dd}",
                mode = "meeting",
                place = "实训楼一层",
                people = "提案人、总务处经办",
                gist = "提案人同意先开放会议室，午休室年内完成。",
            }
        );
        await DecideAsync(
            id,
            "zongwuchu",
            "handling.draft",
            "submit",
            new
            {
                @class = "B",
                text = "一、实训楼一层储物间改造为教师午休室，2026年8月31日前完成，配躺椅二十四张。\n二、行政楼会议室午间开放。",
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
    }

    public async Task DeliverAsync(Guid id)
    {
        await DecideAsync(id, "fuzeren", "handling.sign", "sign");
        await DecideAsync(id, "fenguan", "handling.leader", "agree");
        await DecideAsync(id, "mishu", "handling.formcheck", "deliver");
    }

    public Task AskExtensionAsync(Guid id, string login, int workdays) =>
        WithAsync<MotionCommands, StepDone>(async commands =>
            Ok(
                await commands.AskExtensionAsync(
                    id,
                    (await MotionAsync(id)).Parts[0].Id,
                    workdays,
                    "施工招标推迟。",
                    As(login),
                    default
                )
            )
        );

    public async Task<Guid> TaskAsync(Guid id, string login, string name)
    {
        await using var scope = running.Services.CreateAsyncScope();
        var access = scope.ServiceProvider.GetRequiredService<Access>();
        var viewer = await access.ViewerAsync(DemoDistrict.MemberId(login), default);
        return await access
            .Decidable(viewer)
            .Where(t => t.CaseId == id && t.Name == name)
            .Select(t => t.Id)
            .SingleAsync();
    }

    public async Task DecideAsync(
        Guid id,
        string login,
        string task,
        string outcome,
        object? form = null,
        string? comment = null
    )
    {
        var decision = new Decision(
            await TaskAsync(id, login, task),
            outcome,
            comment,
            form is null ? null : JsonSerializer.SerializeToElement(form),
            null
        );
        await WithAsync<CaseSteps, StepDone>(async steps => Ok(await steps.DecideAsync(decision, As(login), default)));
    }

    public Task<Motion> MotionAsync(Guid id) =>
        WithAsync<EduUnionDb, Motion>(async db =>
            MotionCases.MotionOf(await db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == id))
        );

    /// <summary>Half past nine of a later day, with the clocks that rang until then served.</summary>
    public async Task MoveToAsync(DateOnly day)
    {
        running.Time.SetUtcNow(ChinaTime.At(day, new TimeOnly(9, 30)));
        await WithAsync<ClockSweep, int>(sweep => sweep.RunAsync(default));
        await WithAsync<NoticeFanOut, int>(fan => fan.RunAsync(default));
    }

    public static Guid Department(string code) => DemoDistrict.OrganisationId($"YXZX/{code}");

    private static Asker As(string login) => new(DemoDistrict.MemberId(login));

    private static StepDone Ok(Outcome<StepDone> done)
    {
        Assert.True(done.IsOk, done.IsOk ? null : $"{done.Refusal.Code} {string.Join(", ", done.Refusal.Fields)}");
        return done.Value;
    }

    private async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = running.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
