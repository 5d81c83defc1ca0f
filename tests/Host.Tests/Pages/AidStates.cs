using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Pages;

/// <summary>Brings applications for aid at the demonstration school to the state whose pages are wanted, through the use cases.</summary>
internal sealed class AidStates(Running running)
{
    public const string Diagnosis = "恶性肿瘤术后";
    public const string Identity = "11010519491231002X";
    public const string Account = "6222020200112346021";

    private static readonly string[] Committee =
    [
        "xiaozhuxi",
        "pingwei1",
        "pingwei2",
        "pingwei3",
        "pingwei4",
        "pingwei5",
    ];

    private Guid? _fund;
    private int _identity = 300;

    public static Guid School => DemoDistrict.OrganisationId("YXZX");

    public static AidContent Content(string name, string identity = Identity, string spouse = "310104197803051510") =>
        new()
        {
            Person = new AidPerson(
                name,
                identity,
                MemberKind.Established,
                "语文教师",
                "13800005678",
                Health.Serious,
                null,
                Marital.Married,
                Insurance.Employee,
                "学府路 8 号",
                Housing.Rented,
                62
            ),
            Members =
            [
                new("高远", Kinship.Spouse, spouse, Health.Good, MemberStatus.Unemployed, null, Money.Zero),
                new("高小满", Kinship.Child, "", Health.Good, MemberStatus.Studying, "云溪小学", Money.Zero),
            ],
            Incomes = [new Income(IncomeKind.Wage, Money.Yuan(96_000))],
            Spending = [new Spending(SpendingKind.Medical, Money.Yuan(61_200))],
            MainCause = Cause.OwnIllness,
            EventText = "手术住院",
            EventOn = new DateOnly(2026, 2, 2),
            Narrative = "手术后长期服药，配偶失业，家庭负担较重。",
            Diagnosis = Diagnosis,
            Account = new BankAccount("工商银行云溪支行", name, Account),
            Requested = Money.Yuan(4_000),
            Exclusions = new Exclusions(false, false, false, null),
        };

    public async Task<Guid> DraftAsync(string who = "shenqing1", AidContent? content = null)
    {
        var consents = Enum.GetValues<ConsentKind>().ToDictionary(k => k, _ => "1");
        return Ok(
            await WithAsync<AidCommands, Outcome<StepDone>>(async c =>
                await c.ApplyAsync(
                    content ?? Content(await NameAsync(who), NextIdentity(), NextIdentity()),
                    consents,
                    As(who),
                    default
                )
            )
        ).CaseId;
    }

    public async Task<Guid> SubmittedAsync(string who = "shenqing1")
    {
        var id = await DraftAsync(who);
        await DecideAsync(id, who, "aid.draft", "submit");
        return id;
    }

    public async Task<Guid> SupplementAsync(string who = "shenqing1")
    {
        var id = await SubmittedAsync(who);
        await DecideAsync(id, "xiaozhuxi", "aid.formcheck", "supplement", comment: "请补交医疗结算单。");
        return id;
    }

    public async Task<Guid> AcceptedAsync(string who = "shenqing1")
    {
        var id = await SubmittedAsync(who);
        await DecideAsync(id, "xiaozhuxi", "aid.formcheck", "accept", new { fund = await FundAsync() });
        return id;
    }

    public async Task<Guid> SurveyingAsync(string who = "shenqing1")
    {
        var id = await AcceptedAsync(who);
        await DecideAsync(
            id,
            "xiaozhuxi",
            "aid.appoint",
            "appoint",
            new { surveyors = new[] { DemoDistrict.MemberId("diaocha1"), DemoDistrict.MemberId("diaocha2") } }
        );
        return id;
    }

    public async Task<Guid> SurveyedAsync(string who = "shenqing1")
    {
        var id = await SurveyingAsync(who);
        await DecideAsync(
            id,
            "diaocha1",
            "aid.survey",
            "record",
            new
            {
                visitedOn = $"{ChinaTime.DateOf(running.Time.GetUtcNow()):yyyy-MM-dd}",
                mode = "home",
                place = "申请人家中",
                people = "申请人、邻居",
                housing = "租住两居室。",
                incomeCheck = "工资单、结算单与申请一致。",
                observations = "家中陈设简单，申请人术后休养。",
                conclusion = "supports",
            }
        );
        await DecideAsync(id, "diaocha2", "aid.survey.sign", "sign");
        return id;
    }

    /// <summary>Assessed by the committee with this amount, and on notice.</summary>
    public async Task<Guid> NoticedAsync(Money amount, string who = "shenqing1")
    {
        var id = await SurveyedAsync(who);
        await AssessAsync(AidCategory.Rel, amount);
        await DecideAsync(id, "xiaozhuxi", "aid.publish", "publish");
        return id;
    }

    /// <summary>The notice is over: the school's chair is asked.</summary>
    public async Task<Guid> ApprovalAsync(Money amount, string who = "shenqing1")
    {
        var id = await NoticedAsync(amount, who);
        await NoticeOverAsync(id);
        return id;
    }

    public async Task<Guid> ApprovedAsync(string who = "shenqing1")
    {
        var id = await ApprovalAsync(Money.Yuan(900), who);
        await DecideAsync(id, "xiaozhuxi", "aid.approve.school", "agree");
        return id;
    }

    public async Task<Guid> PaidAsync(string who = "shenqing1")
    {
        var id = await ApprovedAsync(who);
        foreach (var told in new[] { SignalRow.PaymentListed, SignalRow.PaymentSent, SignalRow.PaymentPaid })
            await SignalAsync(id, told);
        return id;
    }

    public async Task<Guid> BouncedAsync(string who = "shenqing1")
    {
        var id = await ApprovedAsync(who);
        foreach (var told in new[] { SignalRow.PaymentListed, SignalRow.PaymentSent, SignalRow.PaymentBounced })
            await SignalAsync(id, told);
        return id;
    }

    /// <summary>A proof of the account is uploaded and the account corrected.</summary>
    public async Task<Guid> CorrectedAsync(string who = "shenqing1")
    {
        var id = await BouncedAsync(who);
        var proof = Ok(
            await WithAsync<AttachmentCommands, Outcome<Guid>>(c =>
                c.AddAsync(id, AidDocuments.Account, "银行卡.pdf", Privacy.Samples.Pdf("卡"), As(who), default)
            )
        );
        await DecideAsync(
            id,
            who,
            "aid.account",
            "correct",
            new
            {
                accountName = await NameAsync(who),
                bankName = "建设银行云溪支行",
                account = "6217001180012345678",
                proof,
            }
        );
        return id;
    }

    public async Task<Guid> HintAsync() =>
        Ok(
            await WithAsync<AidCommands, Outcome<StepDone>>(c =>
                c.ReportAsync(DemoDistrict.MemberId("shenqing2"), "家人住院，多日请假照料。", As("zuzhang1"), default)
            )
        ).CaseId;

    public async Task<Guid> UrgentAsync(string who = "shenqing2") =>
        Ok(
            await WithAsync<AidCommands, Outcome<StepDone>>(async c =>
                await c.AskEmergencyAsync(
                    DemoDistrict.MemberId(who),
                    "突发意外，急需住院押金。",
                    Content(await NameAsync(who), NextIdentity(), NextIdentity()) with
                    {
                        Requested = Money.Yuan(1_500),
                    },
                    new Dictionary<ConsentKind, string>(),
                    As("xiaozhuxi"),
                    default
                )
            )
        ).CaseId;

    public async Task AssessAsync(AidCategory category, Money amount)
    {
        var chair = As("xiaozhuxi");
        var id = Ok(
            await WithAsync<MeetingCommands, Outcome<Guid>>(c =>
                c.ConveneAsync(School, running.Time.GetUtcNow(), "工会办公室", null, chair, default)
            )
        );
        await WithAsync<MeetingCommands, Outcome<MeetingOpened>>(c =>
            c.BeginAsync(id, [.. Committee.Select(DemoDistrict.MemberId)], chair, default)
        );
        var meeting = (await WithAsync<MeetingBook, AssessmentMeeting?>(b => b.FindAsync(id, default)))!;
        foreach (var line in meeting.Lines)
        {
            Ok(
                await WithAsync<MeetingCommands, Outcome<LineProposed>>(c =>
                    c.ProposeAsync(id, line.Id, category, amount, "经评议。", chair, default)
                )
            );
            foreach (var member in Committee.Where(m => !line.IsRecused(DemoDistrict.MemberId(m))))
                Ok(
                    await WithAsync<MeetingCommands, Outcome<LineVoted>>(c =>
                        c.VoteAsync(id, line.Id, DemoDistrict.MemberId(member), Ballot.Yes, As(member), default)
                    )
                );
        }
        Ok(
            await WithAsync<MeetingCommands, Outcome<MeetingClosed>>(c =>
                c.CloseAsync(id, "评审会纪要。", chair, default)
            )
        );
        await WithAsync<SignalSweep, int>(async sweep =>
        {
            await sweep.RunAsync(default);
            return 0;
        });
    }

    /// <summary>Lets the notice's period pass, as the sweep would find it.</summary>
    public async Task NoticeOverAsync(Guid id)
    {
        var clock = await WithAsync<EduUnionDb, Host.Clocks.ClockRow>(db =>
            db.Set<Host.Clocks.ClockRow>()
                .AsNoTracking()
                .SingleAsync(c => c.CaseId == id && c.Name == "notice" && c.StoppedAt == null)
        );
        running.Time.SetUtcNow(clock.DueAt!.Value.AddHours(9).ToUniversalTime());
        Ok(await WithAsync<CaseSteps, Outcome<StepDone>>(s => s.ExpireAsync(id, clock.Id, default)));
    }

    /// <summary>As a fund or a payment list would tell it.</summary>
    public async Task SignalAsync(Guid id, string kind)
    {
        var signal = SignalRow.To(id, kind, Guid.CreateVersion7(), running.Time.GetUtcNow());
        await WithAsync<EduUnionDb, int>(db =>
        {
            db.Add(signal);
            return db.SaveChangesAsync();
        });
        Assert.True(await WithAsync<CaseSteps, bool>(steps => steps.DeliverAsync(signal.Id, default)));
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
        var done = await WithAsync<CaseSteps, Outcome<StepDone>>(async s =>
            await s.DecideAsync(
                new Decision(await TaskAsync(id, task, who), outcome, comment, json, null),
                As(who),
                default
            )
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
            // Of a notice that the school or the district may publish, the school's.
            return (
                open.FirstOrDefault(t => member is not null && t.MemberId == member)
                ?? open.OrderBy(t => t.Office).First(t => t.MemberId is null)
            ).Id;
        });

    /// <summary>The last objection to this application.</summary>
    public Task<Guid> ObjectionAsync(Guid id) =>
        WithAsync<AidCases, Guid>(cases =>
            WithAsync<EduUnionDb, Guid>(async db =>
                (
                    await db.Set<CaseRow>()
                        .AsNoTracking()
                        .Where(c => c.Kind == ObjectionCase.KindName)
                        .OrderByDescending(c => c.OpenedAt)
                        .ToListAsync()
                )
                    .First(c => cases.ObjectionOf(c).ApplicationId == id)
                    .Id
            )
        );

    public Task<AidApplication> ApplicationAsync(Guid id) =>
        WithAsync<AidCases, AidApplication>(async cases =>
        {
            var row = await WithAsync<EduUnionDb, CaseRow>(db =>
                db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == id)
            );
            return cases.ApplicationOf(row);
        });

    /// <summary>A fund of the district with money in it.</summary>
    public async Task<Guid> FundAsync()
    {
        if (_fund is { } known)
            return known;
        var id = Guid.CreateVersion7();
        var year = ChinaTime.DateOf(running.Time.GetUtcNow()).Year;
        Ok(
            await WithAsync<FundCommands, Outcome<Guid>>(c =>
                c.OpenAsync(
                    id,
                    new NewFund(DemoDistrict.DistrictId, year, FundKind.UnionMoney, "GH", "工会经费"),
                    As("qujingban"),
                    default
                )
            )
        );
        var order = Ok(
            await WithAsync<FundCommands, Outcome<OrderDone>>(c =>
                c.ProposeAsync(
                    id,
                    new FundProposal(OrderKind.Opening, Money.Yuan(30_000), "年初结余"),
                    As("caiwu1"),
                    default
                )
            )
        );
        Ok(
            await WithAsync<FundCommands, Outcome<OrderDone>>(c =>
                c.ApproveAsync(order.OrderId, As("quzhuxi"), default)
            )
        );
        _fund = id;
        return id;
    }

    public static Asker As(string login) => new(DemoDistrict.MemberId(login));

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = running.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private static T Ok<T>(Outcome<T> done)
    {
        Assert.True(done.IsOk, $"{done.Refusal?.Code} {done.Refusal?.Field}");
        return done.Value;
    }

    private string NextIdentity() => AidPlay.IdentityOf(_identity++);

    private Task<string> NameAsync(string login) =>
        WithAsync<EduUnionDb, string>(db =>
            db.Set<Member>().Where(m => m.Id == DemoDistrict.MemberId(login)).Select(m => m.Name).SingleAsync()
        );
}
