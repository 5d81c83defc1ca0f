using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Relations;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Privacy;

public sealed class RelationTests
{
    private static readonly Guid One = DemoDistrict.MemberId("daibiao1");
    private static readonly Guid Two = DemoDistrict.MemberId("fuyi1");

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task ARelation_HoldsInBothDirectionsUntilItIsEnded(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        Assert.False(await RelatedAsync(running, One, Two));

        var id = Guid.CreateVersion7();
        Assert.True((await DeclareAsync(running, id, "daibiao1", One, Two)).IsOk);
        Assert.True((await DeclareAsync(running, id, "daibiao1", One, Two)).IsOk);

        Assert.True(await RelatedAsync(running, One, Two));
        Assert.True(await RelatedAsync(running, Two, One));
        Assert.False(await RelatedAsync(running, One, One));
        Assert.Equal(
            [Two],
            await WithAsync<RelationBook, IReadOnlyList<Guid>>(running, b => b.RelatedToAsync(One, default))
        );
        Assert.Equal(
            [One],
            await WithAsync<RelationBook, IReadOnlyList<Guid>>(running, b => b.RelatedToAsync(Two, default))
        );

        Assert.True((await EndAsync(running, id, "xiaozhuxi")).IsOk);
        Assert.True((await EndAsync(running, id, "xiaozhuxi")).IsOk);
        Assert.False(await RelatedAsync(running, Two, One));
        Assert.Empty(await WithAsync<RelationBook, IReadOnlyList<Guid>>(running, b => b.RelatedToAsync(Two, default)));
        var line = Assert.Single(
            await WithAsync<RelationBook, IReadOnlyList<RelationLine>>(running, b => b.OfAsync(Two, default))
        );
        Assert.NotNull(line.EndedAt);
        // It may come back: the ended one is no obstacle.
        Assert.True((await DeclareAsync(running, Guid.CreateVersion7(), "daibiao1", One, Two)).IsOk);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Refusals_AreToldAndChangeNothing(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var id = Guid.CreateVersion7();
        Assert.True((await DeclareAsync(running, id, "daibiao1", One, Two)).IsOk);

        Assert.Equal("relation.self", Code(await DeclareAsync(running, Guid.NewGuid(), "daibiao1", One, One)));
        Assert.Equal(
            "relation.member-unknown",
            Code(await DeclareAsync(running, Guid.NewGuid(), "daibiao1", One, Guid.NewGuid()))
        );
        Assert.Equal("relation.not-yours", Code(await DeclareAsync(running, Guid.NewGuid(), "fuyi1", One, Two)));
        Assert.Equal("relation.known", Code(await DeclareAsync(running, Guid.NewGuid(), "daibiao1", One, Two)));
        // Neither of the two: he could take back what keeps him out.
        Assert.Equal("relation.not-yours", Code(await EndAsync(running, id, "fuyi1")));
        Assert.Equal("relation.not-yours", Code(await EndAsync(running, id, "daibiao1")));
        Assert.Equal("relation.unknown", Code(await EndAsync(running, id, "daibiao2")));
        Assert.Equal("relation.unknown", Code(await EndAsync(running, Guid.NewGuid(), "daibiao1")));
        Assert.True(await RelatedAsync(running, One, Two));
        // The school's chair enters and ends for others.
        Assert.True((await EndAsync(running, id, "xiaozhuxi")).IsOk);
        Assert.True((await DeclareAsync(running, Guid.NewGuid(), "xiaozhuxi", One, Two)).IsOk);
        Assert.Equal("relation.not-yours", Code(await DeclareAsync(running, Guid.NewGuid(), "mishu", One, Two)));
    }

    /// <summary>A chair's own relation is the district's to end, in whoever's words it was declared.</summary>
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AChairsOwn_IsEndedByTheDistrict(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var chair = DemoDistrict.MemberId("xiaozhuxi");
        var id = Guid.CreateVersion7();
        Assert.True((await DeclareAsync(running, id, "xiaozhuxi", One, chair)).IsOk);

        Assert.Equal("relation.not-yours", Code(await EndAsync(running, id, "xiaozhuxi")));
        Assert.True(await RelatedAsync(running, One, chair));
        Assert.True((await EndAsync(running, id, "qujingban")).IsOk);
        Assert.False(await RelatedAsync(running, One, chair));
    }

    private static string? Code(Outcome<Guid> outcome) => outcome.Refusal?.Code;

    private static Task<bool> RelatedAsync(Running running, Guid one, Guid two) =>
        WithAsync<RelationBook, bool>(running, b => b.IsRelatedAsync(one, two, default));

    private static Task<Outcome<Guid>> DeclareAsync(Running running, Guid id, string login, Guid one, Guid two) =>
        AsAsync(running, login, (c, v) => c.DeclareAsync(id, one, two, Relation.Spouse, v, default));

    private static Task<Outcome<Guid>> EndAsync(Running running, Guid id, string login) =>
        AsAsync(running, login, (c, v) => c.EndAsync(id, v, default));

    private static async Task<Outcome<Guid>> AsAsync(
        Running running,
        string login,
        Func<RelationChanges, Viewer, Task<Outcome<Guid>>> act
    )
    {
        await using var scope = running.Services.CreateAsyncScope();
        var viewer = await scope
            .ServiceProvider.GetRequiredService<Access>()
            .ViewerAsync(DemoDistrict.MemberId(login), default);
        return await act(scope.ServiceProvider.GetRequiredService<RelationChanges>(), viewer);
    }

    private static async Task<T> WithAsync<TService, T>(Running running, Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = running.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
