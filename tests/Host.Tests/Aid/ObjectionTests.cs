using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Journal;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Aid;

/// <summary>An objection holds the application (scenario 10).</summary>
public sealed class ObjectionTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Anonymous_Unfounded_HoldsThenLetsGoOn_AndKeepsNobody(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.NoticedAsync(Money.Yuan(900));
        await bench.MoveToAsync(2026, 11, 11);
        var objection = await bench.Play.ObjectAsync(id, "申请人乙", anonymous: true, "有第二套住房");

        Assert.NotNull((await bench.Play.RowAsync(id)).HeldAt);
        var paused = (await bench.Stage.ClocksAsync(id, "notice")).Single();
        Assert.Equal((null, null), (paused.DueOn, paused.NextAt));
        // Its last day would have been the 16th.
        await bench.MoveToAsync(2026, 11, 17);
        Assert.Equal(AidState.Notice, (await bench.Play.ApplicationAsync(id)).State);

        // The chair has published it: the district handles it, and nobody who surveyed.
        await InvestigateAsync(bench, objection);
        await bench.Play.DecideAsync(
            objection,
            "区经办",
            "objection.decide",
            "unfounded",
            comment: "房屋为继承，不能居住。"
        );

        Assert.Null((await bench.Play.RowAsync(id)).HeldAt);
        // Counted: the 10th; from the 11th to the 17th it stood still; four are left.
        var resumed = (await bench.Stage.ClocksAsync(id, "notice")).Single();
        Assert.Equal(new DateOnly(2026, 11, 23), resumed.DueOn);
        Assert.Equal(new DateOnly(2026, 11, 23), (await bench.Play.ApplicationAsync(id)).Notice!.Through);
        await bench.MoveToAsync(2026, 11, 24);
        Assert.Equal(["aid.approve.school"], await bench.OpenAsync(id));

        var who = bench.Town["申请人乙"].Id;
        var row = await bench.Play.RowAsync(objection);
        Assert.Equal(Guid.Empty, row.StarterId);
        Assert.Null((await bench.Play.ObjectionAsync(objection)).FiledById);
        await bench.Stage.WithAsync<EduUnionDb, bool>(async db =>
        {
            Assert.False(await db.Set<JournalLine>().AnyAsync(l => l.CaseId == objection && l.ActorId == who));
            Assert.False(await db.Set<PartyRow>().AnyAsync(p => p.CaseId == objection && p.PartyId == who));
            Assert.False(await db.Set<RequestRow>().AnyAsync(r => r.MemberId == who));
            return true;
        });
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task WhileHeld_NothingIsDecided_ButCommandsWork(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.SurveyedAsync();
        await bench.Play.AssessAsync(AidCategory.Rel, Money.Yuan(900));
        await bench.Play.PublishAsync(id);
        await bench.MoveToAsync(2026, 11, 16, 22);
        await bench.Play.ObjectAsync(id, "申请人乙", anonymous: false, "收入不实");
        await bench.MoveToAsync(2026, 11, 17);
        Assert.Empty(await bench.OpenAsync(id));
        Assert.Equal(AidState.Notice, (await bench.Play.ApplicationAsync(id)).State);

        var withdrawn = await bench.Stage.WithAsync<Host.Aid.AidCommands, Outcome<StepDone>>(c =>
            c.WithdrawAsync(id, "不再需要。", bench.Play.As("申请人"), default)
        );

        Assert.True(withdrawn.IsOk);
        Assert.Equal(AidState.Withdrawn, (await bench.Play.ApplicationAsync(id)).State);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Adjusted_IsPublishedAgainForThreeDays(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.NoticedAsync(Money.Yuan(900));
        await bench.MoveToAsync(2026, 11, 11);
        var objection = await bench.Play.ObjectAsync(id, "申请人乙", anonymous: false, "有第二套住房");
        await InvestigateAsync(bench, objection);
        await bench.Play.DecideAsync(
            objection,
            "区经办",
            "objection.decide",
            "adjust",
            new { amount = "500.00", category = "Rel" },
            "部分成立。"
        );

        Assert.Equal(["aid.publish", "aid.publish"], await bench.OpenAsync(id));
        await bench.Play.PublishAsync(id);
        var again = (await bench.Stage.ClocksAsync(id, "notice"))[^1];
        Assert.Equal(new DateOnly(2026, 11, 16), again.DueOn);
        Assert.Equal(Money.Yuan(500), (await bench.Play.ApplicationAsync(id)).Amount);
    }

    private static async Task InvestigateAsync(AidBench bench, Guid objection)
    {
        var play = bench.Play;
        Guid[] investigators = [bench.Town["调查员丙"].Id, bench.Town["调查员丁"].Id];
        Guid[] surveyed = [bench.Town["调查员甲"].Id, bench.Town["调查员丁"].Id];
        await play.RefusedAsync(
            objection,
            "区经办",
            "objection.assign",
            "assign",
            "objection.investigator-surveyed",
            new { investigators = surveyed }
        );
        await play.DecideAsync(objection, "区经办", "objection.assign", "assign", new { investigators });
        await play.DecideAsync(
            objection,
            "调查员丙",
            "objection.investigate",
            "record",
            new
            {
                visitedOn = $"{bench.Stage.Today:yyyy-MM-dd}",
                people = "居委会、邻居",
                finding = "房屋为继承所得，无法居住。",
            }
        );
        await play.DecideAsync(objection, "调查员丁", "objection.sign", "sign");
    }
}
