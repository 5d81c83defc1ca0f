using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using EduUnion.Host.Relations;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace EduUnion.Host.Tests.Aid;

/// <summary>An aid town on one of the two databases, played through the use cases.</summary>
internal sealed class AidBench : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private AidBench(TestDatabase database, Stage stage, AidTown town) =>
        (_database, Stage, Town, Play) = (database, stage, town, new AidPlay(stage, town));

    public Stage Stage { get; }
    public AidTown Town { get; }
    public AidPlay Play { get; }

    public static async Task<AidBench> OpenAsync(
        Provider provider,
        DateOnly on,
        Dictionary<string, string>? parameters = null,
        long fund = 30_000
    )
    {
        var database = await TestDatabase.MigratedAsync(provider);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build();
        var opens = new DateTimeOffset(on, new TimeOnly(9, 0), TimeSpan.FromHours(8));
        var stage = await Theatre.OpenAsync(opens, settings, database.DataDirectory, TextWriter.Null, default);
        var town = await AidTown.BuildAsync(
            stage,
            "XX幼儿园",
            "YEY",
            Money.Yuan(fund),
            parameters ?? new Dictionary<string, string> { ["aid.dibao"] = "950.00" },
            default
        );
        return new AidBench(database, stage, town);
    }

    /// <summary>Submitted, accepted and surveyed; the committee has not met.</summary>
    public async Task<Guid> SurveyedAsync(string who = "申请人", AidContent? content = null)
    {
        var id = await Play.ApplyAsync(who, content ?? Play.Illness(who));
        await Play.SubmitAsync(id, who);
        await Play.AcceptAsync(id);
        await Play.AppointAsync(id, "调查员甲", "调查员乙");
        await Play.SurveyAsync(id, "调查员甲", "调查员乙");
        return id;
    }

    /// <summary>Emergency aid, asked by the member himself and agreed by the school's chair: he has a file from then on.</summary>
    public async Task<Guid> UrgentAsync(string who, int identity, Money amount)
    {
        var asked = AidPlay.Done(
            await Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
                c.AskEmergencyAsync(
                    Town[who].Id,
                    "突发意外，急需住院押金。",
                    Play.Illness(who, identity, identity + 50, $"622202000000{identity:0000}") with
                    {
                        Requested = amount,
                        EventOn = Stage.Today.AddDays(-7),
                    },
                    Enum.GetValues<ConsentKind>().ToDictionary(k => k, _ => "1"),
                    Play.As(who),
                    default
                )
            )
        );
        await Play.DecideAsync(
            asked.CaseId,
            "工会主席",
            "aid.approve.emergency",
            "agree",
            new { fund = Town.FundId, amount = amount.ToString() }
        );
        return asked.CaseId;
    }

    /// <summary>Listed, sent and paid, as the payment list would tell it.</summary>
    public async Task PaidAsync(Guid id)
    {
        foreach (var told in new[] { SignalRow.PaymentListed, SignalRow.PaymentSent, SignalRow.PaymentPaid })
            await SignalAsync(id, told);
    }

    public Task<AidFile> FileAsync(string who) =>
        Stage.WithAsync<AidFiles, AidFile>(async files =>
            files.Read((await files.OfMemberAsync(Town[who].Id, default))!)
        );

    /// <summary>A relation of the two, declared now.</summary>
    public Task RelateAsync(string who, string other) =>
        Stage.WithAsync<EduUnionDb, int>(db =>
        {
            db.Add(
                new DeclaredRelation
                {
                    Id = Guid.CreateVersion7(),
                    MemberId = Town[who].Id,
                    OtherId = Town[other].Id,
                    Kind = Relation.InLaw,
                    DeclaredBy = Town[who].Id,
                    DeclaredAt = Stage.Time.GetUtcNow(),
                }
            );
            return db.SaveChangesAsync();
        });

    /// <summary>Who got a mail of this kind about the case, by role.</summary>
    public async Task<IReadOnlyList<string>> MailedAsync(Guid id, string kind)
    {
        var mailed = await Stage.WithAsync<EduUnionDb, List<Guid>>(async db =>
            await (
                from notice in db.Set<Notice>()
                join mail in db.Set<OutgoingMail>() on notice.Id equals mail.NoticeId
                where notice.CaseId == id && notice.Kind == kind
                select mail.MemberId
            ).ToListAsync()
        );
        return [.. Town.Town.People.Where(p => mailed.Contains(p.Id)).Select(p => p.Role)];
    }

    public async Task<Guid> NoticedAsync(Money amount, AidContent? content = null)
    {
        var id = await SurveyedAsync(content: content);
        await Play.AssessAsync(AidCategory.Rel, amount);
        await Play.PublishAsync(id);
        return id;
    }

    public Task MoveToAsync(int year, int month, int day, int hour = 9) =>
        Stage.MoveToAsync(new(year, month, day), new(hour, 0), default);

    /// <summary>As a fund or a payment list would tell it.</summary>
    public async Task SignalAsync(Guid id, string kind)
    {
        var signal = SignalRow.To(id, kind, Guid.CreateVersion7(), Stage.Time.GetUtcNow());
        await Stage.WithAsync<EduUnionDb, int>(db =>
        {
            db.Add(signal);
            return db.SaveChangesAsync();
        });
        Assert.True(await Stage.WithAsync<CaseSteps, bool>(steps => steps.DeliverAsync(signal.Id, default)));
        Assert.Null(
            await Stage.WithAsync<EduUnionDb, string?>(async db => (await db.FindAsync<SignalRow>(signal.Id))!.Refused)
        );
    }

    public async Task<IReadOnlyList<string>> OpenAsync(Guid id) =>
        [.. (await Stage.OpenTasksAsync(id)).Select(t => t.Name).Order()];

    public async ValueTask DisposeAsync()
    {
        await Stage.DisposeAsync();
        await _database.DisposeAsync();
    }
}
