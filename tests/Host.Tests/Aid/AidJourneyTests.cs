using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Aid;

/// <summary>An application from its draft to its follow-up (scenario 9), and what stands in its row.</summary>
public sealed class AidJourneyTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Application_SurveyedAssessedNoticedApprovedPaid_IsClosed(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.SurveyedAsync();
        await bench.MoveToAsync(2026, 11, 17);
        await bench.Play.AssessAsync(AidCategory.Rel, Money.Yuan(3_000));
        var assessed = await bench.Play.ApplicationAsync(id);
        Assert.Equal((AidState.Reviewed, 6, 0), (assessed.State, assessed.Assessment!.Yes, assessed.Assessment.No));
        await bench.MoveToAsync(2026, 11, 18);
        await bench.Play.PublishAsync(id);

        // Day 0 does not count: five working days after 18 November, to 24:00.
        var notice = (await bench.Stage.ClocksAsync(id, "notice")).Single();
        Assert.Equal(new DateOnly(2026, 11, 25), notice.DueOn);
        var shown = await NoticeAsync(bench, id);
        Assert.Equal(("YEY", new DateOnly(2026, 11, 25), false), (shown.Number[3..6], shown.Through, shown.Internal));
        Assert.Matches(@"^.\*\*$", shown.Name);
        Assert.Equal("1000-5000", shown.Amount);

        await bench.MoveToAsync(2026, 11, 25, 23);
        Assert.Equal(AidState.Notice, (await bench.Play.ApplicationAsync(id)).State);
        await bench.MoveToAsync(2026, 11, 26);
        Assert.NotNull((await NoticeAsync(bench, id)).TakenDownAt);
        Assert.Equal(["aid.approve.school"], await bench.OpenAsync(id));
        await bench.Play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");
        Assert.Equal(["aid.approve.officer"], await bench.OpenAsync(id));
        await bench.Play.DecideAsync(id, "区经办", "aid.approve.officer", "agree");

        var approved = await bench.Play.ApplicationAsync(id);
        Assert.Equal((AidState.Approved, "DA-YEY-2026-0001"), (approved.State, approved.FileNumber));
        Assert.Equal("BF-YEY-2026-0001", approved.Number);

        foreach (var told in new[] { SignalRow.PaymentListed, SignalRow.PaymentSent, SignalRow.PaymentPaid })
            await bench.SignalAsync(id, told);
        await bench.Play.DecideAsync(id, "申请人", "aid.confirm", "received");
        await bench.Play.DecideAsync(
            id,
            "工会主席",
            "aid.followup",
            "visited",
            new
            {
                visitedOn = "2026-11-26",
                mode = "home",
                gist = "款项已用于治疗。",
            }
        );

        Assert.Equal(AidState.Closed, (await bench.Play.ApplicationAsync(id)).State);
        Assert.Empty(await bench.OpenAsync(id));
        Assert.NotNull((await bench.Play.RowAsync(id)).ClosedAt);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Payment_Bounced_IsCorrectedCheckedAndPaidAgainUnderTheSameApproval(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.NoticedAsync(Money.Yuan(900));
        await bench.MoveToAsync(2026, 11, 17);
        await bench.Play.DecideAsync(id, "工会主席", "aid.approve.school", "agree");
        await bench.SignalAsync(id, SignalRow.PaymentListed);
        await bench.SignalAsync(id, SignalRow.PaymentSent);
        await bench.SignalAsync(id, SignalRow.PaymentBounced);

        Assert.Equal(["aid.account"], await bench.OpenAsync(id));
        var approvals = (await bench.Play.ApplicationAsync(id)).Approvals;
        await bench.Play.DecideAsync(
            id,
            "申请人",
            "aid.account",
            "correct",
            new
            {
                accountName = bench.Town["申请人"].Name,
                bankName = "某银行",
                account = "6222020000009999",
                proof = await bench.Play.ProveAsync(id, "申请人", AidDocuments.Account),
            }
        );
        Assert.Equal(["aid.account.check"], await bench.OpenAsync(id));
        Assert.Equal(approvals, (await bench.Play.ApplicationAsync(id)).Approvals);
    }

    /// <summary>Nothing of who it is about or why stands in a plain column, and no comment on a task.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Row_TellsNothing(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"));
        await bench.Play.SubmitAsync(id, "申请人");
        await bench.Play.DecideAsync(id, "工会主席", "aid.formcheck", "supplement", comment: "请补交结算单。");

        var row = await bench.Play.RowAsync(id);
        var tasks = await bench.Stage.WithAsync<EduUnionDb, List<TaskRow>>(db =>
            db.Set<TaskRow>().AsNoTracking().Where(t => t.CaseId == id).ToListAsync()
        );

        Assert.All(tasks, t => Assert.Null(t.Comment));
        Assert.Equal("困难帮扶", row.Title);
        Assert.StartsWith("v1.", row.Aggregate);
        Assert.DoesNotContain(AidPlay.Account, row.Aggregate);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Supplement_NotInTime_IsWithdrawn(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"));
        await bench.Play.SubmitAsync(id, "申请人");
        await bench.Play.DecideAsync(id, "工会主席", "aid.formcheck", "supplement", comment: "请补交结算单。");
        await bench.MoveToAsync(2026, 11, 17);

        Assert.Equal(AidState.Withdrawn, (await bench.Play.ApplicationAsync(id)).State);
        Assert.Empty(await bench.OpenAsync(id));
    }

    /// <summary>Scenario 12 a: the applicant dies while surveyors are to visit him.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Applicant_DiesWhileSurveyed_EndsIt(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"));
        await bench.Play.SubmitAsync(id, "申请人");
        await bench.Play.AcceptAsync(id);
        await bench.Play.AppointAsync(id, "调查员甲", "调查员乙");

        AidPlay.Done(
            await bench.Stage.WithAsync<AidLifeCommands, Outcome<StepDone>>(c =>
                c.CancelAsync(id, CancelReason.Died, "家属告知。", bench.Play.As("工会主席"), default)
            )
        );

        var ended = await bench.Play.ApplicationAsync(id);
        Assert.Equal((AidState.Cancelled, CancelReason.Died), (ended.State, ended.CancelledFor));
        Assert.Empty(await bench.OpenAsync(id));
        Assert.All(await bench.Stage.ClocksAsync(id, "aid.survey"), c => Assert.NotNull(c.StoppedAt));
    }

    private static Task<NoticeRow> NoticeAsync(AidBench bench, Guid id) =>
        bench.Stage.WithAsync<EduUnionDb, NoticeRow>(db =>
            db.Set<NoticeRow>().AsNoTracking().SingleAsync(n => n.CaseId == id)
        );
}
