using System.Diagnostics;
using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Funds;

/// <summary>
/// A district with its finance office and applicants, on one of the two databases. Every act has a scope of its own, as a
/// request has. The cases are rows without a process: what they are told stays to be read.
/// </summary>
internal sealed class Cashbox : IAsyncDisposable
{
    public const string Account = "6222020000001234";
    public const int Year = 2026;

    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private Cashbox(TestDatabase database, Action<IServiceCollection>? more)
    {
        _database = database;
        var settings = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build();
        var parts = Theatre.Parts(settings, database.DataDirectory, Time);
        more?.Invoke(parts);
        _services = parts.BuildServiceProvider(validateScopes: true);
    }

    public SimulatedTime Time { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8)));
    public Guid District { get; } = Guid.CreateVersion7();
    public Guid School { get; } = Guid.CreateVersion7();
    public Guid Officer { get; private set; }
    public Guid Chair { get; private set; }
    public Guid Maker { get; private set; }
    public Guid Releaser { get; private set; }
    public Guid Auditor { get; private set; }
    public Guid SchoolChair { get; private set; }
    public List<Guid> Applicants { get; } = [];

    public static async Task<Cashbox> OpenAsync(Provider provider, Action<IServiceCollection>? more = null)
    {
        var box = new Cashbox(await TestDatabase.MigratedAsync(provider), more);
        await box.InDatabaseAsync(box.PeopleAsync);
        return box;
    }

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        Time.MoveTo(Time.GetUtcNow().AddSeconds(1));
        await using var scope = _services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<T> ReadAsync<T>(Func<EduUnionDb, Task<T>> read) => WithAsync(read);

    public Task InDatabaseAsync(Func<EduUnionDb, Task> use) =>
        WithAsync<EduUnionDb, bool>(async db =>
        {
            await use(db);
            return true;
        });

    public Task<Fund> FundAsync(Guid id) => ReadAsync(db => db.Set<Fund>().AsNoTracking().SingleAsync(f => f.Id == id));

    public async Task<Guid> OpenFundAsync(string code, long yuan, FundLimits? limits = null)
    {
        var id = Guid.CreateVersion7();
        Ok(
            await WithAsync<FundCommands, Outcome<Guid>>(c =>
                c.OpenAsync(id, new(District, Year, FundKind.UnionMoney, code, "工会经费"), By(Officer), default)
            )
        );
        if (limits is not null)
            Ok(await WithAsync<FundCommands, Outcome<Guid>>(c => c.LimitAsync(id, limits, 0, By(Officer), default)));
        if (yuan > 0)
            Ok(await OrderAsync(id, new(OrderKind.Opening, Money.Yuan(yuan), "年初结余")));
        return id;
    }

    /// <summary>Proposed by the officer and approved by the chair.</summary>
    public async Task<Outcome<OrderDone>> OrderAsync(Guid fund, FundProposal proposal)
    {
        var proposed = await WithAsync<FundCommands, Outcome<OrderDone>>(c =>
            c.ProposeAsync(fund, proposal, By(Officer), default)
        );
        return proposed.IsOk
            ? await WithAsync<FundCommands, Outcome<OrderDone>>(c =>
                c.ApproveAsync(proposed.Value.OrderId, By(Chair), default)
            )
            : proposed;
    }

    /// <summary>A case without a process.</summary>
    public async Task<Guid> CaseAsync(Guid applicant)
    {
        var now = Time.GetUtcNow();
        var row = new CaseRow
        {
            Id = Guid.CreateVersion7(),
            Kind = "aid",
            SchoolId = School,
            StarterId = applicant,
            RulesAt = now,
            OpenedAt = now,
        };
        await InDatabaseAsync(async db =>
        {
            db.Add(row);
            await db.SaveChangesAsync();
        });
        return row.Id;
    }

    /// <summary>What a case's step does with the book, around a case of its own.</summary>
    public async Task<(Guid Case, Reservation Said)> AskAsync(
        Guid fund,
        Guid applicant,
        Money amount,
        Func<Money, bool>? covered = null,
        string cause = "illness"
    )
    {
        var id = await CaseAsync(applicant);
        return (id, await ReserveAsync(id, fund, applicant, amount, covered, cause));
    }

    public Task<Reservation> ReserveAsync(
        Guid caseId,
        Guid fund,
        Guid applicant,
        Money amount,
        Func<Money, bool>? covered = null,
        string cause = "illness"
    ) =>
        StepAsync(
            caseId,
            book =>
                book.ReserveAsync(
                    new(
                        caseId,
                        fund,
                        applicant,
                        School,
                        $"BF-{caseId.ToString()[^8..]}",
                        "DA-YXZX-2026-0001",
                        cause,
                        amount,
                        Year,
                        "申请人",
                        "某银行",
                        Account
                    ),
                    covered ?? (_ => true),
                    Time.GetUtcNow(),
                    default
                )
        );

    /// <summary>A transaction that has locked the case, as a step has.</summary>
    public async Task<T> StepAsync<T>(Guid caseId, Func<ClaimBook, Task<T>> act)
    {
        await using var scope = _services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EduUnionDb>();
        await using var transaction = await db.BeginWriteAsync(default);
        await db.LockCaseAsync(caseId, default);
        var done = await act(scope.ServiceProvider.GetRequiredService<ClaimBook>());
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return done;
    }

    public Task<ClaimView?> ClaimAsync(Guid caseId) =>
        WithAsync<ClaimBook, ClaimView?>(book => book.OfCaseAsync(caseId, default));

    public Task<Outcome<BatchDone>> MakeAsync(Guid fund, IEnumerable<Guid> claims, Guid? by = null) =>
        WithAsync<PaymentCommands, Outcome<BatchDone>>(c => c.MakeAsync(fund, [.. claims], By(by ?? Maker), default));

    public Task<Outcome<BatchDone>> ReleaseAsync(Guid batch, Guid? by = null, string? key = null) =>
        WithAsync<PaymentCommands, Outcome<BatchDone>>(c =>
            c.ReleaseAsync(batch, new Asker(by ?? Releaser, key, key is null ? null : [1]), default)
        );

    public Task<Outcome<ResultsDone>> ResultAsync(Guid batch, params BankResult[] results) =>
        WithAsync<BankResults, Outcome<ResultsDone>>(c => c.TakeAsync(batch, results, true, By(Maker), default));

    public Task<List<string>> SignalsAsync(Guid caseId) =>
        ReadAsync(db =>
            db.Set<SignalRow>().Where(s => s.CaseId == caseId).OrderBy(s => s.At).Select(s => s.Kind).ToListAsync()
        );

    /// <summary>All are on their way before the first may begin: the fund is held until they have started.</summary>
    public async Task<T[]> AtOnceAsync<T>(Guid fund, params Func<Task<T>>[] acts)
    {
        using var started = new CountdownEvent(acts.Length);
        var running = await ReadAsync(async db =>
        {
            await using var held = await db.BeginWriteAsync(default);
            await db.LockFundAsync(fund, default);
            var all = acts.Select(act =>
                    Task.Run(async () =>
                    {
                        started.Signal();
                        return await act();
                    })
                )
                .ToList();
            started.Wait(TestContext.Current.CancellationToken);
            await held.CommitAsync();
            return all;
        });
        return await Task.WhenAll(running);
    }

    /// <summary>PostgreSQL: until a transaction on this database waits for another's lock.</summary>
    public async Task UntilSomebodyWaitsAsync()
    {
        var patience = Stopwatch.StartNew();
        while (
            await ReadAsync(db =>
                db.Database.SqlQuery<int>(
                        $"SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
                    )
                    .SingleAsync()
            ) == 0
        )
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "nobody waits");
    }

    /// <summary>The balances kept on the rows are those of the entries, and nobody is paid twice.</summary>
    /// <param name="only">Of these funds; none given = of all.</param>
    public async Task CheckAsync(params Guid[] only)
    {
        var all = only.Length == 0;
        var (funds, entries, claims, lines) = await ReadAsync(async db =>
            (
                await db.Set<Fund>().AsNoTracking().Where(f => all || only.Contains(f.Id)).ToListAsync(),
                await db.Set<LedgerEntry>().AsNoTracking().Where(e => all || only.Contains(e.FundId)).ToListAsync(),
                await db.Set<Claim>().AsNoTracking().Where(c => all || only.Contains(c.FundId)).ToListAsync(),
                await db.Set<PaymentLine>().AsNoTracking().Where(l => all || only.Contains(l.FundId)).ToListAsync()
            )
        );
        foreach (var fund in funds)
        {
            var own = entries.Where(e => e.FundId == fund.Id).OrderBy(e => e.Number).ToList();
            var at = fund.Balances;
            Assert.Equal(Enumerable.Range(1, own.Count), own.Select(e => e.Number));
            Assert.Equal(Balances.Of(own), at);
            Assert.Equal(at.Available, at.Opening + at.Income - at.Held - at.Paid + at.Returned);
            Assert.True(at.Available >= Money.Zero, "overdrawn");
            var of = claims.Where(c => c.FundId == fund.Id).ToList();
            Assert.Equal(at.Reserved, Sum(of, ClaimState.Reserved, ClaimState.Listed, ClaimState.Bounced));
            Assert.Equal(at.InTransit, Sum(of, ClaimState.Sent));
            Assert.Equal(at.Paid - at.Returned, Sum(of, ClaimState.Paid));
            var head = of.Where(c => c.State == ClaimState.Waiting).OrderBy(c => c.Place).FirstOrDefault();
            Assert.False(head?.Amount <= fund.Free, "money lies idle while somebody waits");
        }
        Assert.All(lines.GroupBy(l => l.ClaimId), of => Assert.True(of.Count(l => l.IsLive) <= 1));
        // By the ledger alone: what has left for an approval less what came back is its amount, or nothing.
        foreach (var of in entries.Where(e => e is { ClaimId: not null, LineId: not null }).GroupBy(e => e.ClaimId))
            Assert.True(
                of.Count(e => e.Kind == PostingKind.Send)
                    - of.Count(e => e.Kind is PostingKind.Reversal or PostingKind.Return)
                    is 0
                        or 1,
                "money has left twice for one approval"
            );
    }

    public static Asker By(Guid member) => new(member);

    public static T Ok<T>(Outcome<T> done)
    {
        Assert.True(done.IsOk, done.Refusal?.Code);
        return done.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static Money Sum(IEnumerable<Claim> claims, params ClaimState[] states) =>
        claims.Where(c => states.Contains(c.State)).Aggregate(Money.Zero, (sum, c) => sum + c.Amount);

    private async Task PeopleAsync(EduUnionDb db)
    {
        db.Add(
            new Organisation
            {
                Id = District,
                Kind = OrganisationKind.District,
                Code = "QU",
                Name = "某区教育工会",
            }
        );
        db.Add(
            new Organisation
            {
                Id = School,
                ParentId = District,
                Kind = OrganisationKind.School,
                Code = "YXZX",
                Name = "云溪中学",
            }
        );
        Officer = Add("区经办", Office.DistrictOfficer, District);
        Chair = Add("区主席", Office.DistrictChair, District);
        Maker = Add("财务一", Office.Finance, District);
        Releaser = Add("财务二", Office.Finance, District);
        Auditor = Add("经审", Office.Auditor, District);
        SchoolChair = Add("校主席", Office.SchoolUnionChair, School);
        for (var i = 1; i <= 5; i++)
            Applicants.Add(Add($"申请人{i}", null, School));
        await db.SaveChangesAsync();

        Guid Add(string name, Office? office, Guid at)
        {
            var member = new Member
            {
                Id = Guid.CreateVersion7(),
                OrganisationId = at,
                Name = name,
            };
            db.Add(member);
            if (office is { } held)
                db.Add(
                    new OfficeHolding
                    {
                        Id = Guid.CreateVersion7(),
                        MemberId = member.Id,
                        Office = held,
                        OrganisationId = at,
                        From = new DateOnly(2026, 1, 1),
                    }
                );
            return member.Id;
        }
    }
}
