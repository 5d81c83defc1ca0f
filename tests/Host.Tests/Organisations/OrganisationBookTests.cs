using EduUnion.Domain.Organisations;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Seeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Organisations;

public class OrganisationBookTests
{
    private static readonly Guid School = DemoDistrict.OrganisationId("YXZX");
    private static readonly Guid Department = DemoDistrict.OrganisationId("YXZX/ZWC");

    [Fact]
    public async Task Path_OfADepartment_LeadsToTheDistrict()
    {
        await using var demo = await Demo.LoadedAsync();
        await using var scope = demo.Services.CreateAsyncScope();
        var book = scope.ServiceProvider.GetRequiredService<OrganisationBook>();

        var path = book.Path(Department);

        Assert.Equal([Department, School], path.Take(2));
        Assert.Equal(
            [OrganisationKind.Department, OrganisationKind.School, OrganisationKind.District],
            path.Select(id => book.Find(id)!.Kind)
        );
        Assert.Equal(School, book.SchoolOf(Department)!.Id);
        Assert.Equal(School, book.SchoolOf(School)!.Id);
        Assert.Null(book.SchoolOf(path[2]));
        Assert.Empty(book.Path(Guid.Empty));
    }

    [Fact]
    public async Task AnotherNodesChange_IsSeenWithinThirtySeconds()
    {
        await using var demo = await Demo.LoadedAsync();
        await using var other = demo.Node();
        Assert.Equal("云溪中学", await NameAsync(other, School));

        await RenameAsync(demo, "云溪第一中学");

        Assert.Equal("云溪第一中学", await NameAsync(demo.Services, School));
        Assert.Equal("云溪中学", await NameAsync(other, School));
        demo.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("云溪第一中学", await NameAsync(other, School));
    }

    [Fact]
    public async Task AnotherNodesNewOrganisation_IsFoundWithinASecond()
    {
        await using var demo = await Demo.LoadedAsync();
        await using var other = demo.Node();
        var added = Guid.CreateVersion7();
        Assert.Null(await NameAsync(other, added));

        await demo.InScopeAsync(s =>
        {
            var db = s.GetRequiredService<EduUnionDb>();
            db.Add(
                new Organisation
                {
                    Id = added,
                    ParentId = School,
                    Kind = OrganisationKind.Department,
                    Code = "BGS",
                    Name = "办公室",
                }
            );
            return db.SaveChangesAsync();
        });

        demo.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("办公室", await NameAsync(other, added));
    }

    private static Task RenameAsync(Demo demo, string name) =>
        demo.InScopeAsync(async s =>
        {
            await s.GetRequiredService<EduUnionDb>()
                .Set<Organisation>()
                .Where(o => o.Id == School)
                .ExecuteUpdateAsync(o => o.SetProperty(x => x.Name, name));
            s.GetRequiredService<OrganisationBook>().Changed();
        });

    private static async Task<string?> NameAsync(ServiceProvider node, Guid id)
    {
        await using var scope = node.CreateAsyncScope();
        return scope.ServiceProvider.GetRequiredService<OrganisationBook>().Find(id)?.Name;
    }
}
