using System.Collections.Concurrent;
using EduUnion.Domain;
using EduUnion.Host.Aid;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Congresses;
using EduUnion.Host.Jobs;
using EduUnion.Host.Mail;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace EduUnion.Faults;

/// <summary>One node of the program with a clock of its own, which may be wrong; ticks when it is told to.</summary>
internal sealed class ClockNode : IAsyncDisposable
{
    private readonly ServiceProvider _parts;

    /// <param name="sent">How often each mail has left, of all nodes together.</param>
    public ClockNode(TestDatabase database, TimeProvider right, ConcurrentDictionary<string, int> sent)
    {
        Clock = new WrongClock(right);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build();
        var parts = Theatre.Parts(settings, database.DataDirectory, Clock);
        var mails = new FileMailTransport(
            Path.Combine(database.DataDirectory, "mail"),
            new MailboxAddress("教育工会", "union@school.example")
        );
        parts.AddSingleton<Func<IMailTransport>>(() => new Counted(mails, sent));
        _parts = parts.BuildServiceProvider(validateScopes: true);
    }

    public WrongClock Clock { get; }

    /// <summary>What the timetable does once a minute or once an hour, in one go.</summary>
    public async Task TickAsync()
    {
        await RunAsync<Pulse>();
        await RunAsync<MandateSweep>();
        await RunAsync<SignalSweep>();
        await RunAsync<CollectionMoves>();
        await RunAsync<ProgressRequests>();
        await RunAsync<ClockReplanning>();
        await RunAsync<ClockSweep>();
        await RunAsync<Outbox>();
    }

    public Task<Outcome<StepDone>> DecideAsync(Guid task, string outcome, Guid member) =>
        WithAsync(
            (CaseSteps s) => s.DecideAsync(new Decision(task, outcome, null, null, null), new Asker(member), default)
        );

    public async Task PublishAsync(string schedule, Guid by)
    {
        var seen = await WithAsync((CalendarImport i) => i.PreviewAsync(schedule, default));
        Assert.True(seen.IsOk, seen.Refusal?.Code);
        var done = await WithAsync(
            (CalendarImport i) => i.ApplyAsync(schedule, seen.Value.Version, "公布", by, default)
        );
        Assert.True(done.IsOk, done.Refusal?.Code);
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private Task<int> RunAsync<TJob>()
        where TJob : IJob => WithAsync((TJob job) => job.RunAsync(default));

    private async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = _parts.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private sealed class Counted(IMailTransport mails, ConcurrentDictionary<string, int> sent) : IMailTransport
    {
        public Task<Delivery> SendAsync(OutgoingMail mail, CancellationToken cancellation)
        {
            sent.AddOrUpdate(mail.MessageId, 1, (_, times) => times + 1);
            return mails.SendAsync(mail, cancellation);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
