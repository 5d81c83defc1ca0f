using EduUnion.Host.Journal;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Faults;

/// <summary>Two versions of the program on one PostgreSQL while nodes are replaced one after the other.</summary>
public sealed class UpgradeRollingTests(ITestOutputHelper output)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>
    /// The older program begins the cases, the later one migrates under it, and from then on every second request goes to
    /// the other one. The older one may also be started again.
    /// </summary>
    [Fact]
    public async Task OlderAndLaterProgram_SideBySide_EveryCaseFinishes()
    {
        var database = await TestDatabase.MigratedAsync(Provider.Postgres);
        var turns = new Turns();
        turns.StandUp();
        await using var older = District.On(database);
        older.Running.Time.Advance(UpgradeCases.Morning - older.Running.Time.GetUtcNow());
        var cases = await UpgradeCases.BeginAsync(older);

        await using var later = new Running(
            database: database,
            services: services =>
            {
                services.AddSingleton<TimeProvider>(older.Running.Time);
                LaterProgram.Change(services);
            }
        );
        turns.Other = later.Server.CreateHandler();
        await UpgradeCases.FinishAsync(older, cases);

        await using var again = new Running(
            database: database,
            services: services => services.AddSingleton<TimeProvider>(older.Running.Time)
        );
        foreach (var program in new[] { older.Running, later, again })
            Assert.Equal("Healthy", await program.Browser().GetStringAsync("/health/ready", Stop));
        await older.Running.InDatabaseAsync(async db =>
        {
            Assert.Contains(LaterProgram.Added, await db.Database.GetAppliedMigrationsAsync(Stop));
            Assert.DoesNotContain(LaterProgram.Added, db.Database.GetMigrations());
            await using var scope = later.Services.CreateAsyncScope();
            var report = await scope.ServiceProvider.GetRequiredService<JournalProof>().ProveAsync(null, Stop);
            Assert.Empty(report.Broken);
        });
        Assert.Equal("", string.Join('\n', await Checker.ViolationsAsync(database)));
        output.WriteLine(
            $"{cases.Count} cases, {turns.Older} requests to the older program, {turns.Later} to the later"
        );
        Assert.InRange(turns.Later, turns.Older / 4, turns.Older);
    }

    /// <summary>Sends every second request of the district's clients to the other program.</summary>
    private sealed class Turns : Between
    {
        private int _count;
        private int _later;

        public HttpMessageHandler? Other { get; set; }

        public int Later => _later;

        public int Older => _count - _later;

        public override void Change(IServiceCollection parts) { }

        public override DelegatingHandler Gate(District district) => new Turn(this);

        public override Task BeforeJobsAsync(District district) => Task.CompletedTask;

        public override Task ClosingAsync(District district) => Task.CompletedTask;

        private sealed class Turn(Turns turns) : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(
                HttpRequestMessage request,
                CancellationToken cancellation
            )
            {
                if (Interlocked.Increment(ref turns._count) % 2 == 0 || turns.Other is null)
                    return await base.SendAsync(request, cancellation);
                Interlocked.Increment(ref turns._later);
                using var other = new HttpMessageInvoker(turns.Other, disposeHandler: false);
                return await other.SendAsync(request, cancellation);
            }
        }
    }
}
