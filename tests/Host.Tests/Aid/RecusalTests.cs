using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Relations;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Aid;

/// <summary>Who stands too near neither sees nor decides (domain §3.8), and a second application is not accepted.</summary>
public sealed class RecusalTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Surveyor_WhoIsRelated_StepsBackAndIsReplaced_TheClockGoesOn(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"));
        await bench.Play.SubmitAsync(id, "申请人");
        await bench.Play.AcceptAsync(id);
        await bench.Play.AppointAsync(id, "调查员甲", "调查员乙");
        await bench.MoveToAsync(2026, 11, 11);
        await bench.Play.DecideAsync(
            id,
            "调查员甲",
            "aid.survey",
            "recuse",
            new { relation = "InLaw" },
            "申请人是我嫂子。"
        );
        await bench.Play.RefusedAsync(
            id,
            "工会主席",
            "aid.appoint",
            "appoint",
            "survey.surveyor-recused",
            new { surveyors = new[] { bench.Town["调查员甲"].Id, bench.Town["调查员乙"].Id } }
        );
        await bench.Play.DecideAsync(id, "工会主席", "aid.appoint", "district", comment: "本校无合适人选。");
        await bench.Play.DecideAsync(
            id,
            "区经办",
            "aid.appoint.district",
            "appoint",
            new { surveyors = new[] { bench.Town["区调查员"].Id, bench.Town["调查员乙"].Id } }
        );

        // Ten working days from the acceptance on the 9th, whoever surveys.
        Assert.All(
            await bench.Stage.ClocksAsync(id, "aid.survey"),
            c => Assert.Equal(new DateOnly(2026, 11, 23), c.DueOn)
        );
        Assert.False(await SeesAsync(bench, "调查员甲", id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Chair_WhoIsRelated_IsPassedOver_AndIsRefused(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"));
        await bench.Stage.WithAsync<EduUnionDb, int>(db =>
        {
            db.Add(
                new DeclaredRelation
                {
                    Id = Guid.CreateVersion7(),
                    MemberId = bench.Town["申请人"].Id,
                    OtherId = bench.Town["工会主席"].Id,
                    Kind = Relation.Collateral,
                    DeclaredBy = bench.Town["申请人"].Id,
                    DeclaredAt = bench.Stage.Time.GetUtcNow(),
                }
            );
            return db.SaveChangesAsync();
        });
        await bench.Play.SubmitAsync(id, "申请人");

        var task = (await bench.Stage.OpenTasksAsync(id)).Single();
        Assert.Equal(Office.DistrictOfficer, task.Office);
        Assert.False(await SeesAsync(bench, "工会主席", id));
        await bench.Play.RefusedAsync(
            id,
            "工会主席",
            "aid.formcheck",
            "accept",
            "task.not-yours",
            new { fund = bench.Town.FundId }
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Approver_WhoSurveyed_IsPassedOver(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"));
        await bench.Play.SubmitAsync(id, "申请人");
        await bench.Play.AcceptAsync(id);
        await bench.Play.AppointAsync(id, "工会主席", "调查员乙");
        await bench.Play.SurveyAsync(id, "调查员乙", "工会主席");
        await bench.Play.AssessAsync(AidCategory.Rel, Money.Yuan(900));
        await bench.Play.PublishAsync(id);
        await bench.MoveToAsync(2026, 11, 17);

        var task = (await bench.Stage.OpenTasksAsync(id)).Single();
        Assert.Equal(("aid.approve.school", Office.DistrictOfficer), (task.Name, task.Office));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Couple_ForTheSameOperation_SecondIsRefusedNeutrally(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var first = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人", identity: 1, spouse: 2));
        await bench.Play.SubmitAsync(first, "申请人");
        var content = bench.Play.Illness("申请人配偶", identity: 2, spouse: 1, account: "6222020000005678");
        var second = await bench.Play.ApplyAsync("申请人配偶", content with { MainCause = Cause.FamilyIllness });

        await bench.Play.RefusedAsync(second, "申请人配偶", "aid.draft", "submit", "aid.duplicate");
        Assert.Equal(AidState.Draft, (await bench.Play.ApplicationAsync(second)).State);

        // The first is withdrawn: now the second is nobody's twin.
        AidPlayed(
            await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
                c.WithdrawAsync(first, null, bench.Play.As("申请人"), default)
            )
        );
        await bench.Play.SubmitAsync(second, "申请人配偶");
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task MotionRoles_SeeNothing_AndDraftsAreTheirAuthors(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"));
        Assert.False(await SeesAsync(bench, "工会主席", id));
        Assert.True(await SeesAsync(bench, "申请人", id));
        await bench.Play.SubmitAsync(id, "申请人");

        foreach (
            var none in new[] { "秘书", "主任", "委员甲", "分管校长", "外校工会主席", "评委甲", "调查员甲", "小组长" }
        )
            Assert.False(await SeesAsync(bench, none, id), none);
        foreach (var some in new[] { "工会主席", "区经办", "区工会主席", "经审" })
            Assert.True(await SeesAsync(bench, some, id), some);
    }

    private static void AidPlayed(Outcome<StepDone> done) => Assert.True(done.IsOk, done.Refusal?.Code);

    private static Task<bool> SeesAsync(AidBench bench, string who, Guid id) =>
        bench.Stage.WithAsync<Access, bool>(async access =>
        {
            var viewer = await access.ViewerAsync(bench.Town[who].Id, default);
            var motions = await access.Visible(viewer).AnyAsync(c => c.Id == id);
            Assert.False(motions);
            return await bench.Stage.WithAsync<AidAccess, bool>(aid => aid.Visible(viewer).AnyAsync(c => c.Id == id));
        });
}
