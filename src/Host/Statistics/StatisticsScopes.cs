using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;

namespace EduUnion.Host.Statistics;

/// <summary>
/// Who may see which statistics (domain §5, row 统计): representatives and the offices of the school's motions their
/// school's, the district and its auditor every school's, clerk and head of a department their own cases.
/// </summary>
public sealed class StatisticsScopes(OrganisationBook organisations, CongressBook congresses)
{
    private static readonly Office[] OfSchool =
    [
        Office.MotionSecretary,
        Office.MotionCommittee,
        Office.MotionCommitteeChair,
        Office.Presidium,
        Office.SchoolUnionChair,
        Office.SchoolLeader,
    ];

    private static readonly Office[] OfDistrict = [Office.DistrictOfficer, Office.DistrictChair, Office.Auditor];
    private static readonly Office[] OfDepartment = [Office.DepartmentClerk, Office.DepartmentHead];

    /// <summary>Whether there are any statistics for him at all.</summary>
    public static bool MayRead(Viewer viewer) =>
        viewer.Represents.Count > 0 || viewer.At([.. OfSchool, .. OfDistrict, .. OfDepartment]).Count > 0;

    /// <summary>
    /// What is counted. Left out: the day = today; session and year = the school's current session, for several schools the
    /// school year of the latest one; the department of who works for one = his. Refusals: <c>statistics.not-yours</c> (403),
    /// <c>motion.session-unknown</c> and <c>organisation.unknown</c> (404, also for those he may not see),
    /// <c>statistics.session-elsewhere</c>, <c>statistics.department-elsewhere</c>, <c>motion.category-unknown</c>,
    /// <c>statistics.future</c>.
    /// </summary>
    public async Task<Outcome<StatisticsScope>> OfAsync(
        Viewer viewer,
        StatisticsQuestion asked,
        CancellationToken cancellation
    )
    {
        var whole = Schools(viewer);
        var own = viewer.At(OfDepartment).Where(d => !whole.Contains(SchoolOf(d))).ToImmutableArray();
        ImmutableArray<Guid> reach = [.. whole, .. own.Select(SchoolOf).Distinct()];
        if (reach.IsEmpty)
            return Refusal.Forbidden("statistics.not-yours");
        if (asked.AsOf > viewer.Today)
            return Refusal.At("asOf", "statistics.future");
        if (asked.Category is { } category && !MotionContent.Categories.Contains(category))
            return Refusal.At("category", "motion.category-unknown");
        if (asked.School is { } school && !reach.Contains(school))
            return Refusal.Missing("organisation.unknown");

        var session = asked.Session is { } id ? await congresses.FindSessionAsync(id, cancellation) : null;
        if (asked.Session is not null && (session is null || !reach.Contains(session.SchoolId)))
            return Refusal.Missing("motion.session-unknown");
        if (session is not null && asked.School is { } other && session.SchoolId != other)
            return Refusal.At("session", "statistics.session-elsewhere");

        var one = session?.SchoolId ?? asked.School;
        if (asked.Department is { } department)
        {
            if (
                organisations.Find(department)?.Kind != OrganisationKind.Department
                || !reach.Contains(SchoolOf(department))
            )
                return Refusal.Missing("organisation.unknown");
            if (one is not null && one != SchoolOf(department))
                return Refusal.At("department", "statistics.department-elsewhere");
            one = SchoolOf(department);
        }
        ImmutableArray<Guid> schools =
            one is { } single ? [single]
            : whole.IsEmpty ? [reach[0]]
            : whole;
        var ownOnly = schools is [var only] && !whole.Contains(only);
        ImmutableArray<Guid> departments =
        [
            .. ownOnly ? own.Where(d => SchoolOf(d) == schools[0])
            : schools.Length == 1 ? organisations.Departments(schools[0]).Select(d => d.Id)
            : [],
        ];
        if (asked.Department is { } chosen && !departments.Contains(chosen))
            return Refusal.Missing("organisation.unknown");
        var asOf = asked.AsOf ?? viewer.Today;
        var known = await congresses.SessionsAsync(schools, cancellation);
        var scope = new StatisticsScope(schools, [], [.. known], asOf)
        {
            Reach = reach,
            School = reach.Length > 1 ? one : null,
            Session = session?.Id,
            Year = asked.Year,
            Department = asked.Department ?? (ownOnly ? departments[0] : null),
            Category = asked.Category,
            Departments = departments,
            OwnDepartmentsOnly = ownOnly,
        };
        return Filled(scope);
    }

    /// <summary>
    /// For pages: a filter that was changed leaves choices behind that no longer fit, and these are dropped. What one may
    /// not see is refused all the same.
    /// </summary>
    public async Task<Outcome<StatisticsScope>> ForgivingAsync(
        Viewer viewer,
        StatisticsQuestion asked,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            var resolved = await OfAsync(viewer, asked, cancellation);
            var fitting = resolved.Refusal?.Field switch
            {
                "session" => asked with { Session = null },
                "department" => asked with { Department = null },
                "category" => asked with { Category = null },
                "asOf" => asked with { AsOf = null },
                _ => asked,
            };
            if (fitting == asked)
                return resolved;
            asked = fitting;
        }
    }

    private static StatisticsScope Filled(StatisticsScope scope)
    {
        if (scope is { Session: null, Year: null })
            scope = scope.IsOneSchool
                ? scope with
                {
                    Session = Current(scope)?.Id,
                }
                : scope with
                {
                    Year = SchoolYear.Of(Current(scope)?.OpensOn ?? scope.AsOf),
                };
        return scope with
        {
            Sessions =
            [
                .. scope.Known.Where(s =>
                    (scope.Session is null && scope.Year is not null || s.Id == scope.Session)
                    && (scope.Year is null || SchoolYear.Of(s.OpensOn) == scope.Year)
                ),
            ],
        };
    }

    /// <summary>The latest whose collection had opened on the day.</summary>
    private static CongressSession? Current(StatisticsScope scope) =>
        scope
            .Known.Where(s => Domain.Calendar.ChinaTime.DateOf(s.CollectionOpensAt) <= scope.AsOf)
            .MaxBy(s => (s.CollectionOpensAt, s.Id));

    private ImmutableArray<Guid> Schools(Viewer viewer) =>
        [
            .. viewer
                .Represents.Concat(viewer.At(OfSchool).Select(SchoolOf))
                .Concat(viewer.At(OfDistrict).SelectMany(organisations.Schools))
                .Distinct(),
        ];

    private Guid SchoolOf(Guid organisation) => organisations.SchoolOf(organisation)?.Id ?? Guid.Empty;
}
