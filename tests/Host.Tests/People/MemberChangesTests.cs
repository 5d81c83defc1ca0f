using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.People;
using EduUnion.Host.Seeds;
using EduUnion.Host.Sheets;
using EduUnion.Host.Tests.Pages;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Seeds;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.People;

public sealed class MemberChangesTests
{
    private static readonly Guid School = DemoDistrict.OrganisationId("YXZX");
    private static readonly Guid Admin = DemoDistrict.MemberId("admin");
    private static readonly MemberDetails Newcomer = new(
        School,
        " 祁连山 ",
        "qilian@yunxi.example",
        "139 0000 0000",
        MemberKind.Contract,
        new(2026, 3, 1),
        null
    );

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AddAndChange_AreRecordedWithoutAddressesAndNumbers(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var id = Guid.CreateVersion7();

        for (var i = 0; i < 2; i++)
            Assert.True((await AddAsync(running, id, Newcomer)).IsOk);
        var left = Newcomer with { LeftOn = new(2026, 9, 1) };
        Assert.True((await ChangeAsync(running, id, left, 1)).IsOk);

        Assert.Equal("member.stale", (await ChangeAsync(running, id, Newcomer, 1)).Refusal?.Code);
        await running.InDatabaseAsync(async db =>
        {
            var lines = await db.Set<AdminLogLine>().OrderBy(l => l.At).ThenBy(l => l.Id).ToListAsync();
            Assert.Equal(["member.added", "member.changed"], lines.Select(l => l.Act).Order());
            Assert.All(lines, l => Assert.Equal("祁连山", l.Subject));
            Assert.DoesNotContain(lines, l => l.Text.Contains('@') || l.Text.Contains("139"));
        });
    }

    [Fact]
    public async Task Add_Nonsense_NamesTheField()
    {
        await using var running = new Running();

        Assert.Equal("member.email-malformed", await RefusedAsync(Newcomer with { Email = "qilian" }));
        Assert.Equal("member.email-taken", await RefusedAsync(Newcomer with { Email = "MISHU@yunxi.example" }));
        Assert.Equal("member.reversed", await RefusedAsync(Newcomer with { LeftOn = Newcomer.JoinedOn }));
        Assert.Equal("form.required", await RefusedAsync(Newcomer with { Name = " " }));
        Assert.Equal(
            "member.organisation",
            await RefusedAsync(Newcomer with { OrganisationId = DemoDistrict.OrganisationId("YXZX/ZWC") })
        );

        async Task<string?> RefusedAsync(MemberDetails details) =>
            (await AddAsync(running, Guid.CreateVersion7(), details)).Refusal?.Code;
    }

    [Fact]
    public async Task Change_OfWhoHoldsAnOffice_AsksForOrder()
    {
        await using var running = new Running();
        await new Bench(running).UpToAsync("handling.accept");
        var clerk = new MemberDetails(
            School,
            "何立本",
            "zongwuchu@yunxi.example",
            null,
            MemberKind.Established,
            null,
            null
        );
        var id = DemoDistrict.MemberId("zongwuchu");
        var leaves = clerk with { LeftOn = Demo.Today };

        var moved = await ChangeAsync(running, id, clerk with { OrganisationId = DemoDistrict.DistrictId }, 0);

        Assert.Equal("member.holds-offices", moved.Refusal?.Code);
        Assert.Equal("office.would-be-vacant", (await ChangeAsync(running, id, leaves, 0)).Refusal?.Code);
        Assert.True((await ChangeAsync(running, id, leaves, 0, accepted: true)).IsOk);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Import_LooksFirst_ThenWritesTheSame_ThenFindsNothingToDo(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        const string csv = """
            姓名,单位,邮箱,类别,入会日期,离会日期
            祁连山,云溪中学,qilian@yunxi.example,临代,2026/3/1,
            祁连山,YXZX,,,,
            顾言之,云溪中学,,,2020-09-01,
            许若溪,云溪中学,fuyi1@yunxi.example,,,
            何立本,云溪中学,,,,2026-06-30
            甲,没有的学校,,,,
            乙,云溪中学,mishu@yunxi.example,,,
            丙,云溪中学,,外星人,,
            丁,云溪中学,,,不久前,
            """;
        var bench = new Bench(running);

        var looked = await RunAsync(apply: false);

        Assert.Equal((1, 1, 1, 6), Counts(looked));
        Assert.Equal(
            [
                "import.twice",
                "import.leaves-office",
                "import.organisation",
                "import.other-person",
                "import.kind",
                "import.date",
            ],
            looked.Lines.Where(l => l.Refusal is not null).Select(l => l.Refusal!.Code)
        );
        await running.InDatabaseAsync(async db =>
            Assert.False(await db.Set<Member>().AnyAsync(m => m.Name == "祁连山"))
        );
        Assert.Equal((1, 1, 1, 6), Counts(await RunAsync(apply: true)));
        Assert.Equal((0, 0, 3, 6), Counts(await RunAsync(apply: false)));

        Task<ImportResult> RunAsync(bool apply) =>
            bench.WithAsync<MemberImport, ImportResult>(async i =>
                (await i.RunAsync(csv, apply, Admin, default)).Value
            );
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task List_PagesForwardAndBackOverTheSameMembers(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var bench = new Bench(running);
        var forward = new List<IReadOnlyList<Guid>>();
        var back = new List<IReadOnlyList<Guid>>();

        var page = await ListAsync(null, null);
        for (; ; page = await ListAsync(page.After, null))
        {
            forward.Add([.. page.Items.Select(m => m.Id)]);
            if (page.After is null)
                break;
        }
        for (; ; page = await ListAsync(null, page.Before))
        {
            back.Insert(0, [.. page.Items.Select(m => m.Id)]);
            if (page.Before is null)
                break;
        }

        Assert.True(forward.Count > 4);
        Assert.Equal(forward, back);
        Assert.Equal(forward.Sum(p => p.Count), forward.SelectMany(p => p).Distinct().Count());

        Task<MemberPage> ListAsync(Guid? after, Guid? before) =>
            bench.WithAsync<MemberList, MemberPage>(l => l.ListAsync(new(), Demo.Today, after, before, 10, default));
    }

    private static (int, int, int, int) Counts(ImportResult result) =>
        (
            result.Count(LineOutcome.Added),
            result.Count(LineOutcome.Changed),
            result.Count(LineOutcome.Same),
            result.Count(LineOutcome.Refused)
        );

    private static Task<Outcome<Guid>> AddAsync(Running running, Guid id, MemberDetails details) =>
        new Bench(running).WithAsync<MemberChanges, Outcome<Guid>>(m => m.AddAsync(id, details, Admin, default));

    private static Task<Outcome<Guid>> ChangeAsync(
        Running running,
        Guid id,
        MemberDetails details,
        int seen,
        bool accepted = false
    ) =>
        new Bench(running).WithAsync<MemberChanges, Outcome<Guid>>(m =>
            m.ChangeAsync(id, details, seen, accepted, Admin, default)
        );
}
