using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Congresses;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Statistics;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Browser;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Workflows.Clocks;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Statistics;

/// <summary>
/// Motions of the demonstration district in any state, through the aggregate's own methods and straight into their rows:
/// what is counted does not depend on how a case came there.
/// </summary>
internal sealed class Register : IAsyncDisposable
{
    public static readonly Guid Logistics = DemoDistrict.OrganisationId("YXZX/ZWC");
    public static readonly Guid Teaching = DemoDistrict.OrganisationId("YXZX/JWC");
    private static readonly TimeOnly Morning = new(9, 0);

    private readonly District _district;
    private int _receipts;
    private int _numbers;

    private Register(District district) => _district = district;

    public District District => _district;

    /// <param name="today">The district was set up on 2 March 2026.</param>
    public static async Task<Register> OpenAsync(Provider provider, DateOnly? today = null, bool listens = false)
    {
        var district = await District.OpenAsync(provider);
        var register = new Register(district);
        // Starts the program, which seeds on the day that it believes to be today.
        if (listens)
            register.Address = district.Running.Listen();
        else
            using (district.Running.Browser()) { }
        if (today is { } day)
            district.Running.Time.SetUtcNow(At(day));
        return register;
    }

    /// <summary>Where browsers find it, if it listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>
    /// One motion of every kind on 30 September: answered and rated, late and rehandled, merged, overdue, withdrawn,
    /// rejected, converted.
    /// </summary>
    public async Task<Register> FilledAsync()
    {
        var filed = new DateOnly(2026, 3, 10);
        var clock = Workdays(filed, 30);
        var main = Assign(Filed(filed, "改善食堂就餐秩序", "logistics"), filed, Logistics);
        var follower = Submitted(new(2026, 3, 9), "食堂排队时间过长", "welfare", proposer: "daibiao2");
        follower.Merge(NextNumber(), main.Id, main.Number!, At(filed));
        Answer(main, new(2026, 4, 17), AnswerClass.B, new Commitment("增设窗口", "总务处", new(2026, 8, 31)));
        follower.TakeAnswer(main.Parts, At(new(2026, 4, 17)));
        Rate(main, new(2026, 4, 20), Satisfaction.Satisfied);
        Rate(follower, new(2026, 4, 21), Satisfaction.Dissatisfied);
        await PutAsync(main, clock);
        await PutAsync(follower);

        var late = Assign(Filed(filed, "实验室安全培训", "safety"), filed, Logistics, Teaching);
        Answer(late, new(2026, 5, 20));
        Rate(late, new(2026, 5, 21), Satisfaction.Basic);
        late.Follow(_ => Guid.CreateVersion7(), new(2026, 5, 21));
        late.Close(At(new(2026, 5, 21)));
        await PutAsync(late, clock);

        await PutAsync(Assign(Filed(filed, "调整早读安排", "teaching"), filed, Teaching), clock);

        var withdrawn = Filed(filed, "增加停车位");
        Ok(withdrawn.AskWithdrawal("已解决。", withdrawn.ProposerId, At(filed)));
        withdrawn.EndByWithdrawal(At(new(2026, 3, 16)));
        await PutAsync(withdrawn, changedOn: new(2026, 3, 16));

        var rejected = Submitted(new(2026, 3, 5), "个人职称申诉", "personnel");
        rejected.Reject(At(filed));
        await PutAsync(rejected, changedOn: filed);
        var opinion = Submitted(new(2026, 3, 5), "更换办公用纸", "administration");
        opinion.BecomeOpinion(null, At(filed));
        await PutAsync(opinion, changedOn: filed);
        await PutAsync(Submitted(new(2026, 3, 6), "延长图书馆开放时间", "teaching"));
        await PutAsync(
            Assign(
                Filed(filed, "小学课后服务", "teaching", "YXXX", "xx-daibiao1"),
                filed,
                DemoDistrict.OrganisationId("YXXX/ZWC")
            ),
            clock
        );
        return this;
    }

    public static DateTimeOffset At(DateOnly day) => ChinaTime.At(day, Morning);

    public Motion Submitted(
        DateOnly on,
        string title = "改善教师午休场所",
        string category = "welfare",
        string school = "YXZX",
        string proposer = "daibiao1"
    )
    {
        var created = Motion.Create(
            Guid.CreateVersion7(),
            DemoDistrict.OrganisationId(school),
            DemoDistrict.SessionId(school),
            DemoDistrict.MemberId(proposer),
            MotionContent.Of(title, category, District.Grounds, ["利用闲置房间设置教师午休室。"])
        );
        var motion = Ok(created).Motion;
        Guid[] cosigners = [DemoDistrict.MemberId("fuyi1"), DemoDistrict.MemberId("fuyi2")];
        Ok(motion.Invite(cosigners, At(on)));
        foreach (var cosigner in cosigners)
            Ok(motion.Cosign(cosigner, CosignState.Confirmed, 2, At(on)));
        Ok(motion.Submit(2, collecting: true, At(on)));
        motion.Receive($"T-{school}-32-{++_receipts:000}");
        return motion;
    }

    public Motion Filed(
        DateOnly on,
        string title = "改善教师午休场所",
        string category = "welfare",
        string school = "YXZX",
        string proposer = "daibiao1"
    )
    {
        var motion = Submitted(on, title, category, school, proposer);
        motion.File(NextNumber(), At(on));
        return motion;
    }

    public string NextNumber() => $"0302-{++_numbers:000}";

    /// <summary>Given to these departments, each part with an id of its own.</summary>
    public static Motion Assign(Motion motion, DateOnly on, params IEnumerable<Guid> hosts)
    {
        Ok(motion.Assign([.. hosts.Select(h => new Handling(Guid.CreateVersion7(), h, [], At(on)))]));
        foreach (var part in motion.Parts)
            Ok(motion.Accept(part.Id, DemoDistrict.MemberId("zongwuchu"), At(on)));
        return motion;
    }

    /// <summary>Met, drafted and delivered by every host of the round; then the proposer is asked.</summary>
    public static Motion Answer(
        Motion motion,
        DateOnly on,
        AnswerClass @class = AnswerClass.A,
        params ImmutableArray<Commitment> promises
    )
    {
        var clerk = DemoDistrict.MemberId("zongwuchu");
        foreach (var part in motion.CurrentParts.ToList())
        {
            if (part.State == HandlingState.Assigned)
                Ok(motion.Accept(part.Id, clerk, At(on)));
            var met = new ProposerMeeting(clerk, At(on), on, "meeting", null, "提案人", "同意。");
            Ok(motion.Meet(part.Id, met, on, ChinaTime.DateOf(part.AssignedAt)));
            var reconsider = @class == AnswerClass.C ? on.AddYears(1) : (DateOnly?)null;
            Ok(motion.DraftAnswer(part.Id, @class, "答复。", reconsider, promises, clerk, At(on), on));
            motion.Deliver(part.Id, At(on));
        }
        motion.Reply(At(on));
        return motion;
    }

    public static Motion Rate(Motion motion, DateOnly on, Satisfaction result)
    {
        Ok(motion.Rate(result, result, "没有采纳。", motion.ProposerId, At(on)));
        return motion;
    }

    /// <summary>A clock of an answer as the process starts it: working days of the school's own calendar.</summary>
    public static Func<Guid, ClockInputs> Workdays(DateOnly from, int workdays) =>
        _ => new ClockInputs(from) { Workdays = workdays };

    /// <param name="clock">Inputs of each part's clock; null = no part has one.</param>
    public async Task<Guid> PutAsync(Motion motion, Func<Guid, ClockInputs>? clock = null, DateOnly? changedOn = null)
    {
        var changed = changedOn is { } day ? At(day) : motion.SubmittedAt ?? At(new(2026, 3, 2));
        await using var scope = _district.Running.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<EduUnionDb>();
        var row = new CaseRow
        {
            Id = motion.Id,
            Kind = MotionCase.KindName,
            SchoolId = motion.SchoolId,
            StarterId = motion.ProposerId,
            RulesAt = changed,
            OpenedAt = changed,
            ChangedAt = changed,
        };
        var read = services.GetRequiredService<MotionCases>().Of(motion);
        read.Describe(row);
        db.Add(row);
        db.AddRange(
            read.Parties()
                .Distinct()
                .Select(p => new PartyRow
                {
                    CaseId = row.Id,
                    Role = p.Role,
                    PartyId = p.PartyId,
                })
        );
        if (clock is not null)
        {
            var calendar = await services.GetRequiredService<CalendarBook>().ForAsync(motion.SchoolId, default);
            var now = _district.Running.Time.GetUtcNow();
            var rules = await services.GetRequiredService<RuleBook>().ForAsync(motion.SchoolId, now, default);
            foreach (var part in motion.Parts)
            {
                var answer = new ClockRow
                {
                    Id = Guid.CreateVersion7(),
                    CaseId = row.Id,
                    Span = ClockSpan.Handling,
                    Name = "answer",
                    Part = part.Id,
                    OrganisationId = motion.SchoolId,
                    DepartmentId = part.HostId,
                    Inputs = "",
                    RulesAt = now,
                    StartedAt = part.AssignedAt,
                };
                answer.Set(clock(part.Id), calendar, rules, part.AssignedAt);
                db.Add(answer);
            }
        }
        await db.SaveChangesAsync();
        return row.Id;
    }

    public async Task<MotionStatistics> CountAsync(DateOnly asOf, string school = "YXZX")
    {
        await using var scope = _district.Running.Services.CreateAsyncScope();
        var sessions = scope.ServiceProvider.GetRequiredService<CongressBook>();
        var session = (await sessions.FindSessionAsync(DemoDistrict.SessionId(school), default))!;
        return await scope.ServiceProvider.GetRequiredService<StatisticsBook>().CountAsync([session], asOf, default);
    }

    public static T Ok<T>(Outcome<T> done)
    {
        Assert.True(done.IsOk, done.Refusal?.Code);
        return done.Value;
    }

    public ValueTask DisposeAsync() => _district.DisposeAsync();
}
