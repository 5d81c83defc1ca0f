using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Seeds;

public class DemoDistrictTests
{
    private static readonly Guid School = DemoDistrict.OrganisationId("YXZX");

    [Fact]
    public async Task Load_Twice_ChangesNothingTheSecondTime()
    {
        await using var demo = await Demo.LoadedAsync();
        var before = await demo.InScopeAsync(s => s.GetRequiredService<EduUnionDb>().Set<Member>().CountAsync());

        Assert.False(await demo.AskAsync<DemoDistrict, bool>(d => d.LoadAsync(default)));

        var after = await demo.InScopeAsync(s => s.GetRequiredService<EduUnionDb>().Set<Member>().CountAsync());
        Assert.Equal(before, after);
        Assert.True(after >= 40, $"{after} members");
    }

    [Fact]
    public async Task Load_WhereRealOrganisationsAre_IsDeclined()
    {
        await using var demo = await Demo.EmptyAsync();
        await demo.InScopeAsync(s =>
        {
            var db = s.GetRequiredService<EduUnionDb>();
            db.Add(
                new Organisation
                {
                    Id = Guid.CreateVersion7(),
                    Kind = OrganisationKind.District,
                    Code = "REAL",
                    Name = "真实的区工会",
                }
            );
            return db.SaveChangesAsync();
        });

        Assert.False(await demo.AskAsync<DemoDistrict, bool>(d => d.LoadAsync(default)));
        Assert.False(await demo.AskAsync<DemoDistrict, bool>(d => d.IsLoadedAsync(default)));
    }

    [Fact]
    public async Task CollectionWindow_StandsAroundTheDayOfSeeding()
    {
        await using var demo = await Demo.LoadedAsync();

        var session = await demo.AskAsync<CongressBook, CongressSession?>(b =>
            b.CurrentSessionAsync(School, demo.Time.GetUtcNow(), default)
        );

        Assert.NotNull(session);
        Assert.Equal((3, 2), (session.TermNumber, session.Number));
        Assert.Equal(Demo.Today.AddDays(-10), ChinaTime.DateOf(session.CollectionOpensAt));
        Assert.Equal(ChinaTime.At(Demo.Today.AddDays(20), new TimeOnly(17, 0)), session.CollectionClosesAt);
        Assert.Equal(Demo.Today.AddDays(35), session.OpensOn);
        Assert.True(session.IsCollecting(demo.Time.GetUtcNow()));
    }

    [Theory]
    [InlineData("mishu", Office.MotionSecretary, "YXZX")]
    [InlineData("zhuren", Office.MotionCommittee, "YXZX")]
    [InlineData("zhuren", Office.MotionCommitteeChair, "YXZX")]
    [InlineData("weiyuan4", Office.MotionCommittee, "YXZX")]
    [InlineData("zhuxituan", Office.Presidium, "YXZX")]
    [InlineData("zongwuchu", Office.DepartmentClerk, "YXZX/ZWC")]
    [InlineData("jiaowuchu", Office.DepartmentClerk, "YXZX/JWC")]
    [InlineData("renshichu", Office.DepartmentClerk, "YXZX/RSC")]
    [InlineData("yiwushi", Office.DepartmentClerk, "YXZX/YWS")]
    [InlineData("fuzeren", Office.DepartmentHead, "YXZX/ZWC")]
    [InlineData("fenguan", Office.SchoolLeader, "YXZX/ZWC")]
    [InlineData("xiaozhuxi", Office.SchoolUnionChair, "YXZX")]
    [InlineData("zuzhang1", Office.GroupLeader, "YXZX")]
    [InlineData("yey-xiaozhuxi", Office.SchoolUnionChair, "YXYE")]
    [InlineData("yey-zuzhang1", Office.GroupLeader, "YXYE")]
    public async Task OneJourney_HasEveryRoleInOneSchool(string login, Office office, string at)
    {
        await using var demo = await Demo.LoadedAsync();

        Assert.True(
            await demo.AskAsync<OfficeBook, bool>(b =>
                b.HoldsAsync(DemoDistrict.MemberId(login), office, DemoDistrict.OrganisationId(at), Demo.Today, default)
            )
        );
    }

    [Fact]
    public async Task EveryDepartment_HasClerkHeadAndLeader_InTheMainSchool()
    {
        await using var demo = await Demo.LoadedAsync();
        var departments = await demo.InScopeAsync(s =>
            Task.FromResult(s.GetRequiredService<OrganisationBook>().Departments(School))
        );
        Assert.Equal(5, departments.Count);

        foreach (var department in departments)
        foreach (var office in new[] { Office.DepartmentClerk, Office.DepartmentHead, Office.SchoolLeader })
            Assert.NotEmpty(
                await demo.AskAsync<OfficeBook, IReadOnlyList<Guid>>(b =>
                    b.HoldersAsync(office, department.Id, Demo.Today, default)
                )
            );
    }

    [Theory]
    [InlineData("YXZX")]
    [InlineData("YXYE")]
    public async Task AidCommittee_IsFiveWhoNeitherApplyNorSurvey(string school)
    {
        await using var demo = await Demo.LoadedAsync();

        var committee = await demo.AskAsync<OfficeBook, IReadOnlyList<Guid>>(b =>
            b.HoldersAsync(Office.AidCommittee, DemoDistrict.OrganisationId(school), Demo.Today, default)
        );

        Assert.Equal(5, committee.Count);
        string[] others = ["shenqing1", "shenqing2", "diaocha1", "diaocha2", "yey-shenqing1", "yey-diaocha1"];
        Assert.Empty(committee.Intersect(others.Select(DemoDistrict.MemberId)));
    }

    [Fact]
    public async Task District_HasTwoChairsForTheJointDecision()
    {
        await using var demo = await Demo.LoadedAsync();

        foreach (
            var (office, login) in new[] { (Office.DistrictChair, "quzhuxi"), (Office.DistrictViceChair, "qufuzhuxi") }
        )
            Assert.Equal(
                [DemoDistrict.MemberId(login)],
                await demo.AskAsync<OfficeBook, IReadOnlyList<Guid>>(b =>
                    b.HoldersAsync(office, DemoDistrict.DistrictId, Demo.Today, default)
                )
            );
    }

    [Fact]
    public void Accounts_AreThoseOfTheContract()
    {
        var accounts = DemoDistrict.Accounts().Select(a => a.UserName).ToHashSet();

        string[] promised =
        [
            "daibiao1",
            "daibiao2",
            "fuyi1",
            "fuyi2",
            "fuyi3",
            "mishu",
            "zhuren",
            "weiyuan1",
            "weiyuan2",
            "weiyuan3",
            "weiyuan4",
            "zhuxituan",
            "zongwuchu",
            "jiaowuchu",
            "renshichu",
            "yiwushi",
            "fuzeren",
            "fuzeren2",
            "fenguan",
            "xiaozhuxi",
            "quzhuxi",
            "qujingban",
            "qufuzhuxi",
            "zuzhang1",
            "shenqing1",
            "shenqing2",
            "diaocha1",
            "diaocha2",
            "pingwei1",
            "pingwei2",
            "pingwei3",
            "pingwei4",
            "pingwei5",
            "yey-shenqing1",
            "yey-diaocha1",
            "yey-diaocha2",
            "caiwu1",
            "caiwu2",
            "jingshen",
            "admin",
        ];
        Assert.Empty(promised.Except(accounts));
        Assert.Equal(accounts.Count, DemoDistrict.Accounts().Count);
    }
}
