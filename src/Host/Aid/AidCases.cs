using System.Text.Json;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Attachments;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Relations;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>Reads applications for aid as cases; the aggregate stands sealed on the row.</summary>
public sealed class AidCases(
    EduUnionDb db,
    Vault vault,
    OfficeBook offices,
    OrganisationBook organisations,
    RelationBook relations,
    ClaimBook claims,
    AidFiles files,
    AidTraces traces,
    NoticeBoard notices,
    MeetingBook meetings
) : ICaseKind
{
    private static readonly Office[] Handling =
    [
        Office.SchoolUnionChair,
        Office.AidCommittee,
        Office.DistrictOfficer,
        Office.DistrictChair,
        Office.DistrictViceChair,
    ];

    public string Name => AidCase.KindName;

    ICase ICaseKind.Read(CaseRow row) => Read(row);

    public AidCase Read(CaseRow row) => Of(ApplicationOf(row));

    public AidCase Of(AidApplication application) => new(application, this);

    public AidApplication ApplicationOf(CaseRow row) =>
        JsonSerializer.Deserialize<AidApplication>(vault.Open(row.Aggregate, row.Id), CaseJson.Options)!;

    /// <summary>Null = there is no such application.</summary>
    public async Task<AidApplication?> FindAsync(Guid id, CancellationToken cancellation) =>
        await db.Set<CaseRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(c => c.Id == id && c.Kind == AidCase.KindName, cancellation)
            is { } row
            ? ApplicationOf(row)
            : null;

    public Objection ObjectionOf(CaseRow row) =>
        JsonSerializer.Deserialize<Objection>(vault.Open(row.Aggregate, row.Id), CaseJson.Options)!;

    /// <summary>Who stands near the applicant, by what was declared.</summary>
    public async Task<Ties> TiesAsync(Guid applicant, CancellationToken cancellation) =>
        Ties.To(await relations.RelatedToAsync(applicant, cancellation));

    /// <summary>Who has to do with aid of this school by an office: whoever has not learns nothing of it.</summary>
    internal async Task<IReadOnlySet<Guid>> PeopleOfAidAsync(
        Guid school,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var places = organisations.Path(school);
        return (
            await offices
                .InForce(today)
                .Where(h => Handling.Contains(h.Office) && places.Contains(h.OrganisationId))
                .Select(h => h.MemberId)
                .Distinct()
                .ToListAsync(cancellation)
        ).ToHashSet();
    }

    /// <summary>The document of that kind if it is one of this case and there still; else null.</summary>
    internal async Task<Guid?> DocumentAsync(Guid caseId, Guid? id, string proof, CancellationToken cancellation) =>
        await db.Set<Attachment>()
            .AnyAsync(a => a.Id == id && a.CaseId == caseId && a.Proof == proof && a.PurgedAt == null, cancellation)
            ? id
            : null;

    internal string Seal(AidApplication application) =>
        vault.Seal(JsonSerializer.Serialize(application, CaseJson.Options), application.Id);

    internal EduUnionDb Db => db;

    internal OfficeBook Offices => offices;

    internal OrganisationBook Organisations => organisations;

    internal ClaimBook Claims => claims;

    internal AidFiles Files => files;

    internal AidTraces Traces => traces;

    internal NoticeBoard Notices => notices;

    internal MeetingBook Meetings => meetings;
}
