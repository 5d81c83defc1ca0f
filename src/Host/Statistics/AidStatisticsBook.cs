using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Statistics;

/// <summary>What is counted: the schools, and the year up to the day on which somebody looks.</summary>
public sealed record AidScope(IReadOnlyList<Guid> Schools, int Year, DateOnly From, DateOnly Through);

/// <summary>
/// Counts hardship aid of a calendar year. Who may (domain §5): a school's union chair his school, the district and its
/// auditor every school. Counts name nobody, but of one or two people they tell who it is: nobody else sees them.
/// </summary>
public sealed class AidStatisticsBook(EduUnionDb db, AidCases cases, AidFiles files, OrganisationBook organisations)
{
    private static readonly Office[] OfDistrict =
    [
        Office.DistrictOfficer,
        Office.DistrictChair,
        Office.DistrictViceChair,
        Office.Auditor,
    ];

    public static bool MayRead(Viewer viewer) => viewer.At([.. OfDistrict, Office.SchoolUnionChair]).Count > 0;

    /// <summary>The schools whose numbers the viewer sees.</summary>
    public IReadOnlyList<Guid> Reach(Viewer viewer) =>
        [
            .. viewer
                .At(OfDistrict)
                .SelectMany(organisations.Schools)
                .Concat(viewer.At(Office.SchoolUnionChair))
                .Distinct(),
        ];

    /// <summary>
    /// Left out: this year, every school that he sees. Refusals: <c>statistics.not-yours</c> (403),
    /// <c>organisation.unknown</c> (404), <c>statistics.future</c> at <c>year</c>.
    /// </summary>
    public Outcome<AidScope> Scope(Viewer viewer, int? year, Guid? school)
    {
        var reach = Reach(viewer);
        if (reach.Count == 0)
            return Refusal.Forbidden("statistics.not-yours");
        if (school is { } one && !reach.Contains(one))
            return Refusal.Missing("organisation.unknown");
        var asked = year ?? viewer.Today.Year;
        if (asked > viewer.Today.Year)
            return Refusal.At("year", "statistics.future");
        var last = new DateOnly(asked, 12, 31);
        return new AidScope(
            school is { } only ? [only] : reach,
            asked,
            new DateOnly(asked, 1, 1),
            last < viewer.Today ? last : viewer.Today
        );
    }

    /// <summary>
    /// Opens every application that the period can tell of, and every file of the schools: what is counted is sealed.
    /// </summary>
    public async Task<AidStatistics> CountAsync(AidScope scope, CancellationToken cancellation)
    {
        var from = ChinaTime.At(scope.From, TimeOnly.MinValue);
        var after = ChinaTime.At(scope.Through.AddDays(1), TimeOnly.MinValue);
        var draft = nameof(AidState.Draft);
        var facts = new List<AidFacts>();
        await foreach (
            var row in db.Set<CaseRow>()
                .AsNoTracking()
                .Where(c => c.Kind == AidCase.KindName && c.State != draft)
                .Where(c => c.OpenedAt < after && (c.ClosedAt == null || c.ClosedAt >= from))
                .OrderBy(c => c.Id)
                .AsAsyncEnumerable()
                .WithCancellation(cancellation)
        )
            // Where he was paid, which is not always where he is.
            if (AidFacts.Of(cases.ApplicationOf(row)) is { } fact && scope.Schools.Contains(fact.SchoolId))
                facts.Add(fact);
        var opened = await db.Set<AidFileRow>()
            .AsNoTracking()
            .Where(f => scope.Schools.Contains(f.SchoolId))
            .OrderBy(f => f.Id)
            .ToListAsync(cancellation);
        return AidStatistics.Of(facts, opened.Select(f => FileFacts.Of(files.Read(f))), scope.From, scope.Through);
    }

    public async Task<IReadOnlyDictionary<Guid, string>> FundsAsync(
        AidStatistics counted,
        CancellationToken cancellation
    )
    {
        var ids = counted.ByFund.Keys.ToList();
        return await db.Set<Fund>()
            .Where(f => ids.Contains(f.Id))
            .ToDictionaryAsync(f => f.Id, f => f.Name, cancellation);
    }

    public string SchoolName(Guid school) => organisations.Find(school)?.Name ?? "";
}
