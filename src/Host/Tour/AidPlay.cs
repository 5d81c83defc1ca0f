using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tour;

/// <summary>The moves that the aid scenarios share; each is one line of the script.</summary>
public sealed class AidPlay(Stage stage, AidTown town)
{
    public const string Diagnosis = "甲状腺恶性肿瘤";
    public const string Account = "6222020000001234";

    private static readonly Texts Texts = new();
    private static readonly StepWords Words = new(Texts);

    /// <summary>What is said in a case and must be in no mail.</summary>
    public static string[] Secrets => [Diagnosis, Account, "@school.example", "幸福路", "13800"];

    public Person Who(string who) => town[who];

    /// <summary>A survey record as it is filled in.</summary>
    public static object Record(DateOnly visitedOn) =>
        new
        {
            visitedOn = $"{visitedOn:yyyy-MM-dd}",
            mode = "home",
            place = "申请人家中",
            people = "申请人、邻居",
            housing = "自有住房六十平方米。",
            incomeCheck = "工资单、结算单与申请一致。",
            observations = "家中陈设简单，申请人术后在家休养。",
            conclusion = "supports",
        };

    public Asker As(string who) => new(town[who].Id);

    /// <summary>An identity number of a fictional person, with its right check character.</summary>
    public static string IdentityOf(int number) => IdentityOf(new(1985, 6, 12), number);

    public static string IdentityOf(DateOnly born, int number)
    {
        var digits = $"320102{born:yyyyMMdd}{number % 1000:000}";
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return digits + "10X98765432"[digits.Select((d, i) => (d - '0') * weights[i]).Sum() % 11];
    }

    /// <summary>Scenario 9: illness; 96,000 of income, 61,200 of own-paid treatment, three persons: 966.67 a month.</summary>
    public AidContent Illness(string who, int identity = 1, int spouse = 2, string account = Account) =>
        new()
        {
            Person = new AidPerson(
                town[who].Name,
                IdentityOf(identity),
                MemberKind.Established,
                "一级教师",
                "13800000001",
                Health.Serious,
                null,
                Marital.Married,
                Insurance.Employee,
                "幸福路 1 号",
                Housing.Owned,
                60
            ),
            Members =
            [
                new(
                    "配偶某",
                    Kinship.Spouse,
                    IdentityOf(spouse),
                    Health.Good,
                    MemberStatus.Working,
                    "某公司",
                    Money.Yuan(36_000)
                ),
                new(
                    "子某",
                    Kinship.Child,
                    IdentityOf(spouse + 100),
                    Health.Good,
                    MemberStatus.Studying,
                    "XX小学",
                    Money.Zero
                ),
            ],
            Incomes = [new Income(IncomeKind.Wage, Money.Yuan(60_000))],
            Spending = [new Spending(SpendingKind.Medical, Money.Yuan(61_200))],
            MainCause = Cause.OwnIllness,
            EventText = "甲状腺手术",
            EventOn = new DateOnly(2026, 9, 1),
            Narrative = "手术及后续治疗费用较大，家庭收入不足以负担。",
            Diagnosis = Diagnosis,
            Account = new BankAccount("某银行某支行", town[who].Name, account),
            Requested = Money.Yuan(3_000),
            Exclusions = new Exclusions(false, false, false, null),
        };

    /// <summary>A draft with the three consents.</summary>
    public async Task<Guid> ApplyAsync(string who, AidContent content, params ConsentKind[] consents)
    {
        await stage.RestartAsync();
        var given = (consents.Length == 0 ? Enum.GetValues<ConsentKind>() : consents).ToDictionary(k => k, _ => "1");
        var done = MotionPlay.Ok(
            "apply",
            await stage.WithAsync<AidCommands, Outcome<StepDone>>(c => c.ApplyAsync(content, given, As(who), default))
        );
        stage.Say(who, "填写困难帮扶申请");
        return done.CaseId;
    }

    public Task SubmitAsync(Guid id, string who) => DecideAsync(id, who, "aid.draft", "submit");

    public Task AcceptAsync(Guid id) =>
        DecideAsync(id, "工会主席", "aid.formcheck", "accept", new { fund = town.FundId });

    public Task AppointAsync(Guid id, params string[] who) =>
        DecideAsync(id, "工会主席", "aid.appoint", "appoint", new { surveyors = who.Select(w => town[w].Id) });

    /// <summary>One records, the others sign.</summary>
    public async Task SurveyAsync(Guid id, string who, params string[] others)
    {
        await DecideAsync(id, who, "aid.survey", "record", Record(stage.Today));
        foreach (var other in others)
            await DecideAsync(id, other, "aid.survey.sign", "sign");
    }

    /// <summary>An application that waits for the committee.</summary>
    public async Task<Guid> SurveyedAsync(string who, AidContent content)
    {
        var id = await ApplyAsync(who, content);
        await SubmitAsync(id, who);
        await AcceptAsync(id);
        await AppointAsync(id, "调查员甲", "调查员乙");
        await SurveyAsync(id, "调查员甲", "调查员乙");
        return id;
    }

    /// <summary>Adds a document to the case.</summary>
    public async Task<Guid> ProveAsync(Guid id, string who, string proof)
    {
        await stage.RestartAsync();
        var added = Done(
            await stage.WithAsync<AttachmentCommands, Outcome<Guid>>(c =>
                c.AddAsync(id, proof, "证明.pdf", [.. "%PDF-1.7\n%%EOF\n"u8], As(who), default)
            )
        );
        stage.Say(who, "上传证明材料");
        return added;
    }

    /// <summary>A visit to the holder of a file, or to his kin.</summary>
    public async Task VisitAsync(Guid file, string who, string occasion, params string[] visitors)
    {
        await stage.RestartAsync();
        Done(
            await stage.WithAsync<IServiceProvider, Outcome<FileVisited>>(async services =>
                await services
                    .GetRequiredService<FileCommands>()
                    .VisitAsync(
                        file,
                        new FileVisit(stage.Today, [.. visitors.Select(v => town[v].Id)], occasion, "已看望。", null),
                        await services.GetRequiredService<Access>().ViewerAsync(town[who].Id, default),
                        default
                    )
            )
        );
        stage.Say(string.Join('、', visitors), $"走访慰问：{occasion}");
    }

    /// <summary>Near kin of a person who died ask for his data.</summary>
    public async Task AnswerKinAsync(Guid file, string who, string kin, string given)
    {
        await stage.RestartAsync();
        Done(
            await stage.WithAsync<IServiceProvider, Outcome<KinAnswered>>(async services =>
                await services
                    .GetRequiredService<FileCommands>()
                    .AnswerKinAsync(
                        file,
                        stage.Today,
                        kin,
                        given,
                        await services.GetRequiredService<Access>().ViewerAsync(town[who].Id, default),
                        default
                    )
            )
        );
        stage.Say(who, $"近亲属查阅：{given}");
    }

    /// <summary>The committee meets over all that waits, and all who may say yes.</summary>
    public Task<Guid> AssessAsync(AidCategory category, Money amount, params string[] absent) =>
        AssessAsync(category, _ => amount, absent);

    /// <param name="amount">What is proposed for each line.</param>
    public async Task<Guid> AssessAsync(
        AidCategory category,
        Func<AssessmentLine, Money> amount,
        params string[] absent
    )
    {
        await stage.RestartAsync();
        var chair = As("工会主席");
        var id = Done(
            await stage.WithAsync<MeetingCommands, Outcome<Guid>>(c =>
                c.ConveneAsync(town.Town.SchoolId, stage.Time.GetUtcNow(), "工会办公室", null, chair, default)
            )
        );
        var there = AidTown.Committee.Except(absent).ToList();
        Done(
            await stage.WithAsync<MeetingCommands, Outcome<MeetingOpened>>(c =>
                c.BeginAsync(id, [.. there.Select(m => town[m].Id)], chair, default)
            )
        );
        var meeting = await MeetingAsync(id);
        foreach (var line in meeting.Lines)
        {
            Done(
                await stage.WithAsync<MeetingCommands, Outcome<LineProposed>>(c =>
                    c.ProposeAsync(id, line.Id, category, amount(line), "经评议。", chair, default)
                )
            );
            foreach (var member in there.Where(m => !line.IsRecused(town[m].Id)))
                Done(
                    await stage.WithAsync<MeetingCommands, Outcome<LineVoted>>(c =>
                        c.VoteAsync(id, line.Id, town[member].Id, Ballot.Yes, As(member), default)
                    )
                );
        }
        Done(
            await stage.WithAsync<MeetingCommands, Outcome<MeetingClosed>>(c =>
                c.CloseAsync(id, "评审会纪要。", chair, default)
            )
        );
        stage.Say(
            "评审会",
            $"评议 {meeting.Lines.Length} 件，建议金额 {string.Join('、', meeting.Lines.Select(amount))} 元"
        );
        return id;
    }

    public async Task<AssessmentMeeting> MeetingAsync(Guid id) =>
        (await stage.WithAsync<MeetingBook, AssessmentMeeting?>(b => b.FindAsync(id, default)))!;

    public Task PublishAsync(Guid id) => DecideAsync(id, "工会主席", "aid.publish", "publish");

    public async Task<Guid> ObjectAsync(Guid id, string who, bool anonymous, string text)
    {
        await stage.RestartAsync();
        var filed = MotionPlay.Ok(
            "object",
            await stage.WithAsync<ObjectionCommands, Outcome<StepDone>>(c =>
                c.FileAsync(id, ObjectionGround.Assets, text, anonymous, As(who), default)
            )
        );
        stage.Say(anonymous ? "（匿名）" : who, "对公示提出异议", await stage.DueAfterAsync(filed));
        return filed.CaseId;
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
        var done = await stage.DecideAsync(id, town[who], task, outcome, form, comment);
        stage.Say(who, $"{Words.Step(task)}：{Words.Outcome(task, outcome)}", await stage.DueAfterAsync(done));
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
            $"{Words.Step(task)}：{Words.Outcome(task, outcome)}",
            code,
            (await stage.TryDecideAsync(id, town[who], task, outcome, form, comment)).Refusal
        );

    /// <summary>Expects that something tried was refused with this code.</summary>
    public void Refused(string who, string what, string code, Refusal? refusal)
    {
        Stage.Expect($"{who} {what}", code, refusal?.Code ?? "accepted");
        stage.Say(who, $"{what}——不受理：{Texts.Of(refusal!)}");
    }

    /// <summary>Something done beside the tasks, in the words of the script.</summary>
    public async Task DoAsync<TCommands>(string who, string what, Func<TCommands, Task<Outcome<StepDone>>> act)
        where TCommands : notnull
    {
        await stage.RestartAsync();
        var done = MotionPlay.Ok(what, await stage.WithAsync(act));
        stage.Say(who, what, await stage.DueAfterAsync(done));
    }

    /// <summary>The names of the tasks that are open, in order.</summary>
    public async Task ExpectTasksAsync(Guid id, params string[] expected) =>
        Stage.ExpectAll("open tasks", expected, (await stage.OpenTasksAsync(id)).Select(t => t.Name).Order());

    /// <summary>Where the application stands.</summary>
    public async Task<AidApplication> ExpectAsync(Guid id, AidState state)
    {
        var application = await ApplicationAsync(id);
        Stage.Expect("state", state, application.State);
        return application;
    }

    public Task<AidApplication> ApplicationAsync(Guid id) => ReadAsync(id, (cases, row) => cases.ApplicationOf(row));

    public Task<Objection> ObjectionAsync(Guid id) => ReadAsync(id, (cases, row) => cases.ObjectionOf(row));

    public Task<CaseRow> RowAsync(Guid id) =>
        stage.WithAsync<EduUnionDb, CaseRow>(db => db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == id));

    /// <summary>What a refusal says to whom it concerns.</summary>
    public static string Told(Refusal refusal) => Texts.Of(refusal);

    public static T Done<T>(Outcome<T> done) =>
        done.IsOk ? done.Value : throw new ScenarioBroken(Stage.Why(done.Refusal));

    private async Task<T> ReadAsync<T>(Guid id, Func<AidCases, CaseRow, T> read)
    {
        var row = await RowAsync(id);
        return await stage.WithAsync<AidCases, T>(cases => Task.FromResult(read(cases, row)));
    }
}
