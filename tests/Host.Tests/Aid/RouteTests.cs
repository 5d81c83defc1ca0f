using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Aid;

/// <summary>The other ways into and through it: a hint, on behalf, an emergency, the chairs together, another school.</summary>
public sealed class RouteTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Hint_OfTheGroupLeader_BecomesAnApplicationOfTheInvited(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var play = bench.Play;
        var id = await HintAsync(bench, "小组长");
        await play.DecideAsync(id, "工会主席", "aid.hint", "invite");
        await WriteAsync(bench, id, "申请人", null);
        await play.SubmitAsync(id, "申请人");
        await play.AcceptAsync(id);
        Assert.Equal(AidRoute.Hint, (await play.ApplicationAsync(id)).Route);
        Assert.Equal(["aid.appoint"], await bench.OpenAsync(id));
        Assert.False(await SeesAsync(bench, "小组长", id));
    }

    /// <summary>Who reported it does not approve it, though he holds the office.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Chair_WhoReportedIt_DoesNotApprove(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await HintAsync(bench, "工会主席");
        await bench.Play.DecideAsync(id, "工会主席", "aid.hint", "invite");
        await WriteAsync(bench, id, "申请人", null);
        await bench.Play.SubmitAsync(id, "申请人");
        await ApprovedByAnotherAsync(bench, id);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Behalf_WithTheSignedPaper_IsWrittenByTheChair_WhoDoesNotApprove(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var play = bench.Play;
        var applicant = bench.Town["申请人"].Id;
        var begun = await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
            c.ApplyForAsync(applicant, play.Illness("申请人"), Three, play.As("工会主席"), default)
        );
        Assert.Equal("aid.consent-paper-missing", begun.Refusal?.Code);
        begun = await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
            c.ApplyForAsync(
                applicant,
                play.Illness("申请人"),
                new Dictionary<ConsentKind, string>(),
                play.As("工会主席"),
                default
            )
        );
        var id = AidPlay.Done(begun).CaseId;
        var paper = await play.ProveAsync(id, "申请人", nameof(ProofKind.ConsentForm));
        foreach (var kind in Enum.GetValues<ConsentKind>())
            AidPlay.Done(
                await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
                    c.GiveConsentAsync(id, kind, "1", paper, play.As("工会主席"), default)
                )
            );
        await play.SubmitAsync(id, "工会主席");
        await ApprovedByAnotherAsync(bench, id);
        var application = await play.ApplicationAsync(id);
        Assert.All(application.Consents, c => Assert.NotNull(c.PaperId));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Emergency_IsPaidAtOnce_AndReviewedAfterwards(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var play = bench.Play;
        var id = await bench.UrgentAsync("申请人", 1, Money.Yuan(1_500));
        await bench.PaidAsync(id);
        await play.DecideAsync(id, "申请人", "aid.confirm", "received");
        Assert.Equal(["aid.papers"], await bench.OpenAsync(id));
        AidPlay.Done(
            await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
                c.HandInPapersAsync(id, play.Illness("申请人", 1, 51, "6222020000000001"), play.As("申请人"), default)
            )
        );
        await play.AppointAsync(id, "调查员甲", "调查员乙");
        await play.SurveyAsync(id, "调查员甲", "调查员乙");
        await play.AssessAsync(AidCategory.Acc, Money.Yuan(1_500));
        await play.PublishAsync(id);
        await bench.MoveToAsync(2026, 11, 17);

        Assert.Equal(AidState.Closed, (await play.ApplicationAsync(id)).State);
        Assert.Equal(Money.Yuan(1_500), Assert.Single((await bench.FileAsync("申请人")).Aids).Amount);
        Assert.Empty(await bench.OpenAsync(id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Emergency_EnteredByTheChair_IsReleasedByHimAtOnce(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var play = bench.Play;
        var id = AidPlay
            .Done(
                await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
                    c.AskEmergencyAsync(
                        bench.Town["申请人"].Id,
                        "突发意外，急需住院押金。",
                        play.Illness("申请人") with
                        {
                            Requested = Money.Yuan(1_500),
                        },
                        new Dictionary<ConsentKind, string>(),
                        play.As("工会主席"),
                        default
                    )
                )
            )
            .CaseId;
        var form = new { fund = bench.Town.FundId, amount = "1500.00" };
        await play.DecideAsync(id, "工会主席", "aid.approve.emergency", "agree", form);
        Assert.Equal(AidState.Approved, (await play.ApplicationAsync(id)).State);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Chairs_ApproveJointly_WhereTheParameterSaysSo(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(
            provider,
            new(2026, 11, 9),
            new Dictionary<string, string> { ["aid.dibao"] = "950.00", ["approve.joint"] = "true" }
        );
        var play = bench.Play;
        var id = await bench.NoticedAsync(Money.Yuan(6_000));
        await bench.MoveToAsync(2026, 11, 17);
        await play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");
        while ((await bench.OpenAsync(id)).Contains("aid.approve.officer"))
            await play.DecideAsync(id, "区经办", "aid.approve.officer", "agree");
        Assert.Equal(["aid.approve.joint", "aid.approve.joint"], await bench.OpenAsync(id));
        await play.DecideAsync(id, "区工会主席", "aid.approve.joint", "agree");
        Assert.Equal(AidState.ApprovalDistrict, (await play.ApplicationAsync(id)).State);
        await play.DecideAsync(id, "区工会副主席", "aid.approve.joint", "agree");
        Assert.Equal(AidState.Approved, (await play.ApplicationAsync(id)).State);
    }

    /// <summary>Scenario 12 b, before anything is approved; at the new school its only chair is a relation.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Applicant_MovesToAnotherSchool_WhatIsOpenIsAskedThereUpTheLadder(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var play = bench.Play;
        var (first, second) = (
            await play.ApplyAsync("申请人", play.Illness("申请人")),
            await play.ApplyAsync("申请人乙", play.Illness("申请人乙", 8, 9, "6222020000005678"))
        );
        await play.SubmitAsync(first, "申请人");
        await play.SubmitAsync(second, "申请人乙");
        await bench.RelateAsync("申请人乙", "外校工会主席");
        foreach (var id in new[] { first, second })
            await play.DoAsync<AidLifeCommands>(
                "工会主席",
                "转校",
                c => c.MoveSchoolAsync(id, bench.Town.OtherSchoolId, play.As("工会主席"), default)
            );

        var moved = (await bench.Stage.OpenTasksAsync(first)).Single();
        Assert.Equal((Office.SchoolUnionChair, bench.Town.OtherSchoolId), (moved.Office, moved.OrganisationId));
        await play.DecideAsync(first, "外校工会主席", "aid.formcheck", "accept", new { fund = bench.Town.FundId });
        Assert.Equal(
            Office.DistrictOfficer,
            (await bench.Stage.OpenTasksAsync(second)).Single(t => t.Name == "aid.formcheck").Office
        );
        Assert.False(await SeesAsync(bench, "工会主席", first));
    }

    /// <summary>A cause that must not be made public: the committee and the auditor alone read of it.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SensitiveCause_IsPublishedInternally_WithTheReasonNoted(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.SurveyedAsync();
        await bench.Play.AssessAsync(AidCategory.Rel, Money.Yuan(900));
        await bench.Play.RefusedAsync(id, "工会主席", "aid.publish", "internal", "form.reason-missing");
        await bench.Play.DecideAsync(id, "工会主席", "aid.publish", "internal", comment: "病种不宜公开。");

        var row = await bench.Stage.WithAsync<EduUnionDb, NoticeRow>(db =>
            db.Set<NoticeRow>().AsNoTracking().SingleAsync(n => n.CaseId == id)
        );
        Assert.Equal((true, "", ""), (row.Internal, row.Name, row.Cause));
        await bench.MoveToAsync(2026, 11, 17);
        Assert.Equal(["aid.approve.school"], await bench.OpenAsync(id));
    }

    private static Dictionary<ConsentKind, string> Three =>
        Enum.GetValues<ConsentKind>().ToDictionary(k => k, _ => "1");

    private static async Task<Guid> HintAsync(AidBench bench, string who) =>
        AidPlay
            .Done(
                await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
                    c.ReportAsync(bench.Town["申请人"].Id, "家人住院，多日请假照料。", bench.Play.As(who), default)
                )
            )
            .CaseId;

    private static async Task WriteAsync(AidBench bench, Guid id, string who, Guid? paper)
    {
        AidPlay.Done(
            await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
                c.SaveDraftAsync(id, bench.Play.Illness("申请人"), null, bench.Play.As(who), default)
            )
        );
        foreach (var kind in Enum.GetValues<ConsentKind>())
            AidPlay.Done(
                await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
                    c.GiveConsentAsync(id, kind, "1", paper, bench.Play.As(who), default)
                )
            );
    }

    /// <summary>The chair handles it to the notice; what he asked for himself is approved by the district in his place.</summary>
    private static async Task ApprovedByAnotherAsync(AidBench bench, Guid id)
    {
        var play = bench.Play;
        await play.AcceptAsync(id);
        await play.AppointAsync(id, "调查员甲", "调查员乙");
        await play.SurveyAsync(id, "调查员甲", "调查员乙");
        await play.AssessAsync(AidCategory.Rel, Money.Yuan(900));
        await play.PublishAsync(id);
        await bench.MoveToAsync(2026, 11, 17);
        Assert.Equal(Office.DistrictOfficer, (await bench.Stage.OpenTasksAsync(id)).Single().Office);
        await play.RefusedAsync(id, "工会主席", "aid.approve.school", "agree", "task.not-yours");
        await play.DecideAsync(id, "区经办", "aid.approve.school", "agree");
        Assert.Equal(AidState.Approved, (await play.ApplicationAsync(id)).State);
    }

    private static Task<bool> SeesAsync(AidBench bench, string who, Guid id) =>
        bench.Stage.WithAsync<Access, bool>(async access =>
        {
            var viewer = await access.ViewerAsync(bench.Town[who].Id, default);
            return await bench.Stage.WithAsync<AidAccess, bool>(aid => aid.Visible(viewer).AnyAsync(c => c.Id == id));
        });
}
