using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Journal;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Retention;
using EduUnion.Host.Tests.Aid;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Privacy;

/// <summary>Three years after the end nothing is left of an application of aid that anybody wrote, wherever it stood.</summary>
public sealed class AidRetentionTests
{
    /// <summary>One mark in every text, so that what is forgotten to be forgotten says what it is.</summary>
    private static string Mark(string what) => $"留痕{what}";

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task EveryText_IsGone_AndTheChainsStillProve(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var play = bench.Play;
        var content = play.Illness("申请人") with { Narrative = Mark("叙述"), Diagnosis = Mark("诊断") };
        var id = await play.ApplyAsync("申请人", content);
        await play.SubmitAsync(id, "申请人");
        await play.DecideAsync(id, "工会主席", "aid.formcheck", "supplement", comment: Mark("补正"));
        await play.DecideAsync(id, "申请人", "aid.supplement", "resubmit");
        await play.DecideAsync(
            id,
            "工会主席",
            "aid.formcheck",
            "accept",
            new { fund = bench.Town.FundId },
            Mark("受理意见")
        );
        await play.AppointAsync(id, "调查员甲", "调查员乙");
        await play.DecideAsync(id, "调查员甲", "aid.survey", "recuse", new { relation = "InLaw" }, Mark("回避"));
        await play.DecideAsync(id, "工会主席", "aid.appoint", "district", comment: Mark("请区里派"));
        await play.DecideAsync(
            id,
            "区经办",
            "aid.appoint.district",
            "appoint",
            new { surveyors = new[] { bench.Town["区调查员"].Id, bench.Town["调查员乙"].Id } }
        );
        await play.SurveyAsync(id, "调查员乙", "区调查员");
        var meeting = await play.AssessAsync(AidCategory.Rel, Money.Yuan(3_000));
        await play.PublishAsync(id);
        await bench.MoveToAsync(2026, 11, 11);
        var objection = await play.ObjectAsync(id, "申请人乙", anonymous: false, Mark("异议"));
        await play.DecideAsync(
            objection,
            "区经办",
            "objection.assign",
            "assign",
            new { investigators = new[] { bench.Town["调查员丙"].Id, bench.Town["调查员丁"].Id } }
        );
        await play.DecideAsync(
            objection,
            "调查员丙",
            "objection.investigate",
            "record",
            new
            {
                visitedOn = "2026-11-11",
                people = Mark("走访"),
                finding = Mark("查明"),
            }
        );
        await play.DecideAsync(objection, "调查员丁", "objection.sign", "sign");
        await play.DecideAsync(objection, "区经办", "objection.decide", "unfounded", comment: Mark("裁定"));
        await bench.MoveToAsync(2026, 11, 24);
        await play.DecideAsync(id, "工会主席", "aid.approve.school", "agree", comment: Mark("审批意见"));
        Assert.True(
            (
                await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
                    c.WithdrawAsync(id, Mark("撤回"), play.As("申请人"), default)
                )
            ).IsOk
        );
        // A canary: before, all of it is there for whoever has the keys.
        var before = await EverythingAsync(bench, [id, objection]);
        foreach (
            var what in new[]
            {
                "叙述",
                "诊断",
                "补正",
                "受理意见",
                "回避",
                "请区里派",
                "异议",
                "走访",
                "查明",
                "裁定",
                "审批意见",
                "撤回",
            }
        )
            Assert.Contains(Mark(what), before);
        Assert.Contains("评审会纪要", before);

        bench.Stage.Time.MoveTo(bench.Stage.Time.GetUtcNow().AddYears(3).AddDays(1));
        Assert.Equal(2, await SweepAsync(bench));
        Assert.Equal(0, await SweepAsync(bench));

        var after = await EverythingAsync(bench, [id, objection]);
        Assert.DoesNotContain("留痕", after);
        foreach (var text in new[] { "评审会纪要", "经评议", "家中陈设", "申请人家中", "6222020000001234" })
            Assert.DoesNotContain(text, after);
        Assert.Equal(AidState.Withdrawn, (await play.ApplicationAsync(id)).State);
        Assert.Equal(ObjectionOutcome.Unfounded, (await play.ObjectionAsync(objection)).Settlement?.Outcome);
        Assert.Equal(6, (await play.MeetingAsync(meeting)).Lines[0].Result?.Yes);
        await bench.Stage.WithAsync<EduUnionDb, bool>(async db =>
        {
            Assert.False(await db.Set<AidTrace>().AnyAsync());
            Assert.Equal("", (await db.Set<NoticeRow>().SingleAsync()).Name);
            return true;
        });
        var proof = await bench.Stage.WithAsync<JournalProof, ProofReport>(p => p.ProveAsync(null, default));
        Assert.Empty(proof.Broken);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task OneThatCannotBeRead_DoesNotKeepTheOthers_AndIsReported(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var lost = await WithdrawnAsync(bench, "申请人", 1);
        var other = await WithdrawnAsync(bench, "申请人乙", 5);
        await bench.Stage.WithAsync<EduUnionDb, int>(db =>
            db.Set<CaseRow>()
                .Where(c => c.Id == lost)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.Aggregate, "v1.00000000.AAAA"))
        );
        bench.Stage.Time.MoveTo(bench.Stage.Time.GetUtcNow().AddYears(3).AddDays(1));

        Assert.Equal(1, await SweepAsync(bench));

        Assert.Equal("", (await bench.Play.ApplicationAsync(other)).Content.Person.IdentityNumber);
        var report = await bench.Stage.WithAsync<RetentionBook, RetentionReport>(b => b.ReportAsync(default));
        var run = Assert.Single(report.Runs);
        Assert.Equal((1, 1), (run.Cases, run.Unreadable));
        Assert.Equal((1, 1), (report.Closed, report.Erased));
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AFileThatWasLeft_LosesItsTexts_OneInUseKeepsThem(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var left = await FileAsync(bench, "申请人", exited: true);
        var used = await FileAsync(bench, "申请人乙", exited: false);
        bench.Stage.Time.MoveTo(bench.Stage.Time.GetUtcNow().AddYears(3).AddMinutes(-1));
        await SweepAsync(bench);
        Assert.Contains("留痕", await JsonAsync(left));
        bench.Stage.Time.MoveTo(bench.Stage.Time.GetUtcNow().AddMinutes(1));

        await SweepAsync(bench);
        await SweepAsync(bench);

        Assert.DoesNotContain("留痕", await JsonAsync(left));
        Assert.Contains("留痕", await JsonAsync(used));
        var report = await bench.Stage.WithAsync<RetentionBook, RetentionReport>(b => b.ReportAsync(default));
        Assert.Equal(1, Assert.Single(report.Runs).Files);

        Task<string> JsonAsync(Guid id) =>
            bench.Stage.WithAsync<AidFiles, string>(async files =>
                JsonSerializer.Serialize(files.Read((await files.FindAsync(id, default))!), Plain)
            );
    }

    private static readonly JsonSerializerOptions Plain = new(CaseJson.Options)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static async Task<Guid> WithdrawnAsync(AidBench bench, string who, int identity)
    {
        var content = bench.Play.Illness(who, identity, identity + 1, $"622202000000{identity:0000}");
        var id = await bench.Play.ApplyAsync(who, content);
        await bench.Play.SubmitAsync(id, who);
        await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
            c.WithdrawAsync(id, null, bench.Play.As(who), default)
        );
        return id;
    }

    private static async Task<Guid> FileAsync(AidBench bench, string who, bool exited)
    {
        var (now, today) = (bench.Stage.Time.GetUtcNow(), bench.Stage.Today);
        var (holder, leader) = (bench.Town[who].Id, bench.Town["工会主席"].Id);
        var id = Guid.CreateVersion7(now);
        var (file, _) = AidFile.Open(
            id,
            $"DA-{who.Length}",
            holder,
            bench.Town.Town.SchoolId,
            AidCategory.Rel,
            Guid.NewGuid(),
            now,
            today
        );
        file.NameLeader(leader, 0, today);
        file.Contact(new LeaderContact(leader, today, ContactMode.Home, Mark("需求"), Mark("措施")), today);
        file.Visit(
            new FileVisit(
                today,
                [leader, holder == leader ? Guid.NewGuid() : Guid.NewGuid()],
                "住院",
                Mark("走访"),
                null
            ),
            today
        );
        if (exited)
            file.Exit(ExitReason.LiftedOut, Mark("退档"), leader, null, now, today);
        await bench.Stage.WithAsync<IServiceProvider, int>(services =>
        {
            var db = (EduUnionDb)services.GetService(typeof(EduUnionDb))!;
            var row = new AidFileRow
            {
                Id = id,
                MemberId = holder,
                SchoolId = file.SchoolId,
                Number = file.Number,
                State = "",
                VerifiedYear = 0,
                Aggregate = "",
            };
            ((AidFiles)services.GetService(typeof(AidFiles))!).Write(row, file);
            db.Add(row);
            return db.SaveChangesAsync();
        });
        return id;
    }

    private static Task<int> SweepAsync(AidBench bench) =>
        bench.Stage.WithAsync<RetentionSweep, int>(s => s.RunAsync(TestContext.Current.CancellationToken));

    /// <summary>All that the program itself can still read: every sealed text in the database, and the cases' journals.</summary>
    private static async Task<string> EverythingAsync(AidBench bench, Guid[] cases)
    {
        var texts = new List<string>();
        await bench.Stage.WithAsync<IServiceProvider, bool>(async services =>
        {
            var db = (EduUnionDb)services.GetService(typeof(EduUnionDb))!;
            var vault = (Vault)services.GetService(typeof(Vault))!;
            foreach (var row in await db.Set<CaseRow>().Where(c => cases.Contains(c.Id)).AsNoTracking().ToListAsync())
                texts.Add(vault.Open(row.Aggregate, row.Id));
            foreach (var row in await db.Set<MeetingRow>().AsNoTracking().ToListAsync())
                texts.Add(vault.Open(row.Aggregate, row.Id));
            foreach (var row in await db.Set<AidTrace>().AsNoTracking().ToListAsync())
                texts.Add(vault.Open(row.Claim, $"{row.CaseId}/{row.Hash}"));
            return true;
        });
        foreach (var id in cases)
        foreach (
            var entry in await bench.Stage.WithAsync<Timelines, IReadOnlyList<CaseEntry>>(t => t.OfAsync(id, default))
        )
            texts.AddRange([entry.Comment ?? "", .. entry.Events.Select(e => e.Data.GetRawText())]);
        return string.Join('\n', texts.Select(System.Text.RegularExpressions.Regex.Unescape));
    }
}
