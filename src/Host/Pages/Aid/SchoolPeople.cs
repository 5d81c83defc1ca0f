using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Relations;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Aid;

/// <summary>The colleagues of one's own school, by name, where somebody has to be named.</summary>
public sealed class SchoolPeople(RelationBook colleagues, MemberBook members, OrganisationBook organisations)
{
    /// <summary>Active members of the school (or schools) that the viewer works at, himself apart.</summary>
    public async Task<IReadOnlyList<Choice>> OfAsync(Viewer viewer, CancellationToken cancellation)
    {
        var home = await members.FindAsync(viewer.MemberId, cancellation);
        Guid[] schools =
        [
            .. viewer
                .At(Domain.People.Office.SchoolUnionChair, Domain.People.Office.GroupLeader)
                .Append(home!.OrganisationId)
                .Select(o => organisations.SchoolOf(o)?.Id)
                .OfType<Guid>()
                .Distinct(),
        ];
        return await ChoicesAsync(schools, viewer, cancellation);
    }

    /// <summary>Active members of these schools, the viewer apart.</summary>
    /// <param name="district">Whose office is asked, too; null = none.</param>
    public async Task<IReadOnlyList<Choice>> ChoicesAsync(
        IReadOnlyCollection<Guid> schools,
        Viewer viewer,
        CancellationToken cancellation,
        Guid? district = null
    ) =>
        [
            .. (await colleagues.OfSchoolsAsync(schools, district, viewer.Today, cancellation))
                .Where(c => c.Id != viewer.MemberId)
                .Select(c => new Choice(c.Id.ToString(), Told(c))),
        ];

    // Two of one name are told apart by where they work.
    private string Told(Colleague colleague) =>
        organisations.Find(colleague.OrganisationId)?.Name is { } place ? $"{colleague.Name}　{place}" : colleague.Name;
}
