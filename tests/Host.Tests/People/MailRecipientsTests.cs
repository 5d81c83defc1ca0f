using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Mail;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Seeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.People;

public class MailRecipientsTests
{
    private static readonly Guid School = DemoDistrict.OrganisationId("YXYE");
    private static readonly Guid Clerk = DemoDistrict.MemberId("yey-houqin");

    [Fact]
    public async Task Staff_IsEverybodyOfThatSchoolWhoHasNotLeft()
    {
        await using var demo = await Demo.LoadedAsync();
        await demo.InScopeAsync(s =>
            s.GetRequiredService<EduUnionDb>()
                .Set<Member>()
                .Where(m => m.Id == Clerk)
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.LeftOn, Demo.Today))
        );
        var staff = await demo.InScopeAsync(s =>
            s.GetRequiredService<EduUnionDb>()
                .Set<Member>()
                .Where(m => m.OrganisationId == School && m.Id != Clerk)
                .Select(m => m.Id)
                .ToListAsync()
        );

        var reached = await ResolveAsync(demo, NoticeRecipients.ToStaff(School));

        Assert.Equal(staff.Order(), reached.Order());
        Assert.True(reached.Count > 15, $"{reached.Count} people");
    }

    [Fact]
    public async Task WhoStandsAside_IsToldNothingThoughTheOfficeIs()
    {
        await using var demo = await Demo.LoadedAsync();
        var aside = DemoDistrict.MemberId("pingwei2");
        var committee = NoticeRecipients.ToOffice(nameof(Office.AidCommittee), DemoDistrict.OrganisationId("YXZX"));

        var reached = await ResolveAsync(demo, committee.Without(aside).And(NoticeRecipients.ToMembers(Clerk)));

        Assert.Equal(5, reached.Count);
        Assert.Contains(Clerk, reached);
        Assert.DoesNotContain(aside, reached);
    }

    private static async Task<List<Guid>> ResolveAsync(Demo demo, NoticeRecipients to)
    {
        var notice = Notice.Of(
            NoticeKind.AuditDigest,
            null,
            to,
            NoticeKind.AuditDigest.Args.ToDictionary(a => a, _ => "2026-03-02"),
            "/",
            ChinaTime.At(Demo.Today, new TimeOnly(9, 0))
        );
        var people = await demo.InScopeAsync(s =>
            new MailRecipients(demo.Time).ResolveAsync(s.GetRequiredService<EduUnionDb>(), [notice], default)
        );
        return [.. people[notice.Id].Select(p => p.MemberId)];
    }
}
