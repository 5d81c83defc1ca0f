using System.Data.Common;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Cases;

/// <summary>A program that breaks in the middle of a step leaves nothing of it, and the same request can be made again.</summary>
public sealed class TornStepTests
{
    public enum Moment
    {
        BeforeSaving,
        AfterSaving,
        BeforeCommit,
    }

    public static TheoryData<Provider, Moment> Everywhere() =>
        new MatrixTheoryData<Provider, Moment>(Enum.GetValues<Provider>(), Enum.GetValues<Moment>());

    [Theory, MemberData(nameof(Everywhere))]
    public async Task Decide_Torn_LeavesNothing_AndTheRetrySucceeds(Provider provider, Moment moment)
    {
        var fault = new Fault(moment);
        await using var played = await PlayedCase.ToSignAsync(provider, parts => Watch(parts, fault));
        var task = await played.TaskOfAsync("总务处负责人", "handling.sign");
        var before = await played.EverythingAsync();

        fault.Armed = true;
        await Assert.ThrowsAsync<Torn>(() => played.DecideAsync(task, "总务处负责人", "sign", key: "k-1"));
        fault.Armed = false;

        Assert.Equal(before, await played.EverythingAsync());
        var retried = await played.DecideAsync(task, "总务处负责人", "sign", key: "k-1");
        Assert.True(retried.IsOk, retried.Refusal?.Code);
        Assert.NotEqual(Guid.Empty, await played.TaskOfAsync("分管校长", "handling.leader"));
    }

    private static void Watch(IServiceCollection parts, Fault fault)
    {
        parts.ConfigureDbContext<SqliteDb>(db => db.AddInterceptors(fault.Saving, fault.Committing));
        parts.ConfigureDbContext<PostgresDb>(db => db.AddInterceptors(fault.Saving, fault.Committing));
    }

    private sealed class Torn : Exception;

    private sealed class Fault
    {
        private readonly Moment _moment;

        public Fault(Moment moment)
        {
            _moment = moment;
            Saving = new SaveFault(this);
            Committing = new CommitFault(this);
        }

        public bool Armed { get; set; }
        public IInterceptor Saving { get; }
        public IInterceptor Committing { get; }

        private void At(Moment moment)
        {
            if (Armed && moment == _moment)
                throw new Torn();
        }

        private sealed class SaveFault(Fault fault) : SaveChangesInterceptor
        {
            public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
                DbContextEventData data,
                InterceptionResult<int> result,
                CancellationToken cancellation = default
            )
            {
                fault.At(Moment.BeforeSaving);
                return new(result);
            }

            public override ValueTask<int> SavedChangesAsync(
                SaveChangesCompletedEventData data,
                int result,
                CancellationToken cancellation = default
            )
            {
                fault.At(Moment.AfterSaving);
                return new(result);
            }
        }

        private sealed class CommitFault(Fault fault) : DbTransactionInterceptor
        {
            public override ValueTask<InterceptionResult> TransactionCommittingAsync(
                DbTransaction transaction,
                TransactionEventData data,
                InterceptionResult result,
                CancellationToken cancellation = default
            )
            {
                fault.At(Moment.BeforeCommit);
                return new(result);
            }
        }
    }
}
