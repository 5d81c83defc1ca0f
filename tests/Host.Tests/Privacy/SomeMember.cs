using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Persistence;

namespace EduUnion.Host.Tests.Privacy;

/// <summary>A member of a district without schools, where a test needs nobody else.</summary>
internal static class SomeMember
{
    public static async Task<Guid> AddAsync(EduUnionDb db)
    {
        var district = new Organisation
        {
            Id = Guid.CreateVersion7(),
            Kind = OrganisationKind.District,
            Code = "QU",
            Name = "某区教育工会",
        };
        var member = new Member
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = district.Id,
            Name = "某某",
        };
        db.AddRange(district, member);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        db.ChangeTracker.Clear();
        return member.Id;
    }
}
