using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Jobs;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Aid;

/// <summary>Scenario 12 a: one act ends everything that is open, and closes the file.</summary>
public sealed class DeathTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Exit_ForADeath_EndsEveryOpenCaseAndClosesTheFile(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2025, 12, 1));
        var (approved, running, verification) = await PrepareAsync(bench);
        var file = await bench.FileAsync("申请人");
        var left = await ExitAsync(bench, file.Id);

        AidPlay.Done(left);
        await ExpectEndedAsync(bench, running, verification);
        // What is approved ends by the district's decision alone: it says so where it was told.
        Assert.Equal(AidState.Approved, (await bench.Play.ApplicationAsync(approved)).State);
        Assert.Equal(
            "aid.district-decides",
            await bench.Stage.WithAsync<EduUnionDb, string?>(db =>
                db.Set<SignalRow>().Where(s => s.CaseId == approved).Select(s => s.Refused).SingleAsync()
            )
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Cancel_ForADeath_EndsTheOthersToo(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2025, 12, 1));
        var (_, running, verification) = await PrepareAsync(bench);
        AidPlay.Done(
            await bench.Stage.WithAsync<AidLifeCommands, Outcome<StepDone>>(c =>
                c.CancelAsync(running, CancelReason.Died, "家属告知。", bench.Play.As("工会主席"), default)
            )
        );
        await ExpectEndedAsync(bench, running, verification);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Exit_ForADeath_AsksNoPapersOfAnEmergencyThatWasPaid(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 2));
        var paid = await bench.UrgentAsync("申请人", 1, Money.Yuan(500));
        await bench.PaidAsync(paid);
        await bench.Play.DecideAsync(paid, "申请人", "aid.confirm", "received");
        Assert.Equal(["aid.papers"], await bench.OpenAsync(paid));
        var file = await bench.FileAsync("申请人");

        AidPlay.Done(await ExitAsync(bench, file.Id));

        Assert.Equal(AidState.Closed, (await bench.Play.ApplicationAsync(paid)).State);
        Assert.Empty(await bench.OpenAsync(paid));
        Assert.NotNull((await bench.Play.RowAsync(paid)).ClosedAt);
    }

    private static Task<Outcome<FileEntered>> ExitAsync(AidBench bench, Guid file) =>
        bench.Stage.WithAsync<IServiceProvider, Outcome<FileEntered>>(async services =>
            await services
                .GetRequiredService<FileCommands>()
                .ExitAsync(
                    file,
                    ExitReason.Died,
                    "家属告知。",
                    await services.GetRequiredService<Access>().ViewerAsync(bench.Town["工会主席"].Id, default),
                    default
                )
        );

    /// <summary>An emergency that is approved, an application that is checked, and the year's verification.</summary>
    private static async Task<(Guid Approved, Guid Running, Guid Verification)> PrepareAsync(AidBench bench)
    {
        var approved = await bench.UrgentAsync("申请人", 1, Money.Yuan(500));
        await bench.Stage.WithAsync<EduUnionDb, int>(db =>
            db.Set<Host.Clocks.ClockRow>().ExecuteUpdateAsync(c => c.SetProperty(x => x.NextAt, (DateTimeOffset?)null))
        );
        await bench.MoveToAsync(2026, 11, 2);
        var running = await bench.Play.ApplyAsync(
            "申请人",
            bench.Play.Illness("申请人", 1, 51, "6222020000000001") with
            {
                EventText = "交通事故",
                EventOn = new DateOnly(2026, 10, 1),
                MainCause = Cause.Accident,
            }
        );
        await bench.Play.SubmitAsync(running, "申请人");
        Assert.Equal(1, await bench.Stage.WithAsync<VerificationCampaigns, int>(job => job.RunAsync(default)));
        var verification = await bench.Stage.WithAsync<EduUnionDb, Guid>(db =>
            db.Set<CaseRow>().Where(c => c.Kind == VerificationCase.KindName).Select(c => c.Id).SingleAsync()
        );
        return (approved, running, verification);
    }

    private static async Task ExpectEndedAsync(AidBench bench, Guid running, Guid verification)
    {
        var application = await bench.Play.ApplicationAsync(running);
        Assert.Equal((AidState.Cancelled, CancelReason.Died), (application.State, application.CancelledFor));
        Assert.Equal(nameof(VerificationState.Cancelled), (await bench.Play.RowAsync(verification)).State);
        foreach (var id in new[] { running, verification })
        {
            Assert.Empty(await bench.OpenAsync(id));
            Assert.NotNull((await bench.Play.RowAsync(id)).ClosedAt);
        }
        var file = await bench.FileAsync("申请人");
        Assert.Equal((FileState.Exited, ExitReason.Died), (file.State, file.ExitedFor));
    }
}
