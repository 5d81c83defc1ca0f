using EduUnion.Domain;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Congresses;
using EduUnion.Host.Seeds;
using EduUnion.Host.Sheets;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Seeds;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Congresses;

public sealed class RepresentativeTests
{
    private static readonly Guid By = DemoDistrict.MemberId("mishu");

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AMandate_BeginsMovesAndEndsOnItsDay(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var term = await TermAsync(running);
        var id = Guid.CreateVersion7();

        for (var i = 0; i < 2; i++)
            Assert.True((await AddAsync(running, term, "mishu", id)).IsOk);
        Assert.Equal("representative.already", (await AddAsync(running, term, "mishu")).Refusal?.Code);
        Assert.Equal("representative.member", (await AddAsync(running, term, "xx-mishu")).Refusal?.Code);
        var delegation = Guid.Empty;
        await running.InDatabaseAsync(async db =>
            delegation = await db.Set<Delegation>().Where(d => d.TermId == term).Select(d => d.Id).FirstAsync()
        );
        Assert.True((await ChangeAsync(running, c => c.MoveAsync(id, delegation, By, default))).IsOk);
        Assert.True((await ChangeAsync(running, c => c.EndAsync(id, Demo.Today, By, default))).IsOk);

        Assert.True(await IsAsync(running, Demo.Today));
        Assert.False(await IsAsync(running, Demo.Today.AddDays(1)));

        static Task<bool> IsAsync(Running running, DateOnly day) =>
            new Bench(running).WithAsync<CongressBook, bool>(b =>
                b.IsRepresentativeAsync(By, DemoDistrict.OrganisationId("YXZX"), day, default)
            );
    }

    [Fact]
    public async Task AHead_IsReplacedBeforeHeLeaves_AndADelegationRemovedWhenEmpty()
    {
        await using var running = new Running();
        var term = await TermAsync(running);
        var (head, delegation) = (Guid.Empty, Guid.Empty);
        await running.InDatabaseAsync(async db =>
        {
            var led = await db.Set<Delegation>().FirstAsync(d => d.TermId == term && d.HeadId != null);
            delegation = led.Id;
            head = await db.Set<Representative>().Where(r => r.MemberId == led.HeadId).Select(r => r.Id).SingleAsync();
        });

        Assert.Equal(
            "representative.heads",
            (await ChangeAsync(running, c => c.EndAsync(head, Demo.Today, By, default))).Refusal?.Code
        );
        Assert.Equal("delegation.not-empty", (await RemoveAsync(delegation)).Refusal?.Code);
        var added = Guid.CreateVersion7();
        Assert.True((await NewAsync(added, "青年代表团")).IsOk);
        Assert.Equal("delegation.name-taken", (await NewAsync(Guid.CreateVersion7(), "青年代表团")).Refusal?.Code);
        Assert.True((await RemoveAsync(added)).IsOk);

        Task<Outcome<Guid>> NewAsync(Guid id, string name) =>
            new Bench(running).WithAsync<DelegationChanges, Outcome<Guid>>(c =>
                c.AddAsync(id, term, name, null, By, default)
            );
        Task<Outcome<Guid>> RemoveAsync(Guid id) =>
            new Bench(running).WithAsync<DelegationChanges, Outcome<Guid>>(c => c.RemoveAsync(id, By, default));
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Import_AddsMovesAndSaysWhatItDidNotTake(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var term = await TermAsync(running);
        const string csv =
            "姓名\t代表团\n顾言之\t文科代表团\n林晓岚\t理科代表团\n周予安\t\n梁静姝\t理科代表团\n无此人\t\n唐诗雅\t没有的团\n顾言之\t文科代表团";

        foreach (var apply in new[] { false, true })
        {
            var result = await RunAsync(apply);
            Assert.Equal(
                [LineOutcome.Added, LineOutcome.Changed, LineOutcome.Same],
                result.Lines.Take(3).Select(l => l.Outcome)
            );
            Assert.Equal(
                ["representative.heads", "import.member", "import.delegation", "import.twice"],
                result.Lines.Skip(3).Select(l => l.Refusal?.Code)
            );
        }
        Assert.False((await RunAsync(apply: false)).HasWork);

        Task<ImportResult> RunAsync(bool apply) =>
            new Bench(running).WithAsync<RepresentativeImport, ImportResult>(async i =>
                (await i.RunAsync(term, csv, apply, By, default)).Value
            );
    }

    private static Task<Outcome<Guid>> AddAsync(Running running, Guid term, string login, Guid? id = null) =>
        ChangeAsync(
            running,
            c =>
                c.AddAsync(
                    id ?? Guid.CreateVersion7(),
                    term,
                    DemoDistrict.MemberId(login),
                    null,
                    Demo.Today,
                    By,
                    default
                )
        );

    private static Task<Outcome<Guid>> ChangeAsync(
        Running running,
        Func<RepresentativeChanges, Task<Outcome<Guid>>> change
    ) => new Bench(running).WithAsync(change);

    internal static async Task<Guid> TermAsync(Running running)
    {
        var id = Guid.Empty;
        var school = DemoDistrict.OrganisationId("YXZX");
        await running.InDatabaseAsync(async db =>
            id = await db.Set<CongressTerm>().Where(t => t.SchoolId == school).Select(t => t.Id).SingleAsync()
        );
        return id;
    }
}
