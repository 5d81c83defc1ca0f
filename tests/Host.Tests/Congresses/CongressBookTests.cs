using EduUnion.Domain.Congresses;
using EduUnion.Host.Congresses;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Seeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Congresses;

public class CongressBookTests
{
    private static readonly Guid School = DemoDistrict.OrganisationId("YXZX");

    [Theory]
    [InlineData("daibiao1", "YXZX", true)]
    [InlineData("zongwuchu", "YXZX", false)]
    [InlineData("daibiao1", "YXXX", false)]
    public async Task IsRepresentative_OnlyAtTheSchoolThatElected(string login, string school, bool expected)
    {
        await using var demo = await Demo.LoadedAsync();

        Assert.Equal(
            expected,
            await IsRepresentativeAsync(demo, login, DemoDistrict.OrganisationId(school), Demo.Today)
        );
    }

    [Fact]
    public async Task IsRepresentative_EndsWithTheTerm()
    {
        await using var demo = await Demo.LoadedAsync();
        var end = await demo.InScopeAsync(s =>
            s.GetRequiredService<EduUnionDb>()
                .Set<CongressTerm>()
                .Where(t => t.SchoolId == School)
                .Select(t => t.Until)
                .SingleAsync()
        );

        Assert.True(await IsRepresentativeAsync(demo, "daibiao1", School, end));
        Assert.False(await IsRepresentativeAsync(demo, "daibiao1", School, end.AddDays(1)));
    }

    [Fact]
    public async Task CurrentSession_BeforeAnyCollectionOpened_IsNone()
    {
        await using var demo = await Demo.LoadedAsync();

        Assert.Null(
            await demo.AskAsync<CongressBook, CongressSession?>(b =>
                b.CurrentSessionAsync(School, demo.Time.GetUtcNow().AddDays(-11), default)
            )
        );
    }

    [Fact]
    public async Task CurrentSession_AfterClosing_IsStillThatSession()
    {
        await using var demo = await Demo.LoadedAsync();

        var session = await demo.AskAsync<CongressBook, CongressSession?>(b =>
            b.CurrentSessionAsync(School, demo.Time.GetUtcNow().AddDays(60), default)
        );

        Assert.Equal(DemoDistrict.SessionId("YXZX"), session?.Id);
    }

    [Fact]
    public async Task Representatives_CarryNameAndDelegation()
    {
        await using var demo = await Demo.LoadedAsync();
        var term = (
            await demo.AskAsync<CongressBook, CongressSession?>(b =>
                b.FindSessionAsync(DemoDistrict.SessionId("YXZX"), default)
            )
        )!.TermId;

        var all = await demo.AskAsync<CongressBook, IReadOnlyList<RepresentativeName>>(b =>
            b.RepresentativesAsync(term, Demo.Today, default)
        );

        var proposer = Assert.Single(all, r => r.MemberId == DemoDistrict.MemberId("daibiao1"));
        Assert.Equal(("林晓岚", "文科代表团"), (proposer.Name, proposer.Delegation));
        Assert.DoesNotContain(all, r => r.MemberId == DemoDistrict.MemberId("xx-daibiao1"));
    }

    private static Task<bool> IsRepresentativeAsync(Demo demo, string login, Guid school, DateOnly today) =>
        demo.AskAsync<CongressBook, bool>(b =>
            b.IsRepresentativeAsync(DemoDistrict.MemberId(login), school, today, default)
        );
}
