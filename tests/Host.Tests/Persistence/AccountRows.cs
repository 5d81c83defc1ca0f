using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;

namespace EduUnion.Host.Tests.Persistence;

/// <summary>A row to write for tests of the database itself: an account, with the member and school it cannot be without.</summary>
internal static class AccountRows
{
    public static User AddAccount(this EduUnionDb db)
    {
        var school = new Organisation
        {
            Id = Guid.CreateVersion7(),
            Kind = OrganisationKind.School,
            Code = "YXZX",
            Name = "育新中学",
        };
        var member = new Member
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = school.Id,
            Name = "程晓岚",
        };
        var user = new User { Id = Guid.CreateVersion7(), MemberId = member.Id };
        db.AddRange(school, member, user);
        return user;
    }
}
