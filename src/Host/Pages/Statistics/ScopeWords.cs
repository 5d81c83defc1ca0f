using EduUnion.Domain.Motions;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Organisations;
using EduUnion.Host.Statistics;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Statistics;

/// <summary>How a scope is called, and what else may be chosen.</summary>
public sealed class ScopeWords(OrganisationBook organisations, Breakdowns breakdowns, Texts texts)
{
    /// <summary>云溪中学 三届二次 总务处 生活福利与健康.</summary>
    public string Of(StatisticsScope scope)
    {
        var session = scope.Sessions.FirstOrDefault(s => s.Id == scope.Session);
        return string.Join(
            ' ',
            new[]
            {
                scope.IsOneSchool ? Name(scope.Schools[0]) : texts["statistics.scope.district"],
                session is null ? null : breakdowns.SessionName(scope, session),
                scope.Year is { } year ? Year(year) : null,
                scope.Department is { } department ? Name(department) : null,
                scope.Category is { } category ? texts["category." + category] : null,
            }.Where(p => !string.IsNullOrEmpty(p))
        );
    }

    public IReadOnlyList<Facet> Facets(StatisticsScope scope)
    {
        var years = scope.Known.Select(s => SchoolYear.Of(s.OpensOn)).Distinct().OrderDescending();
        return
        [
            .. scope.Reach.Length > 1
                ?
                [
                    new Facet(
                        "school",
                        texts["statistics.facet.school"],
                        texts["statistics.facet.school.all"],
                        [.. scope.Reach.Select(s => new Choice(s.ToString(), Name(s)))],
                        scope.School?.ToString()
                    ),
                ]
                : Array.Empty<Facet>(),
            new(
                "year",
                texts["statistics.facet.year"],
                texts["statistics.facet.year.all"],
                [.. years.Select(y => new Choice($"{y}", $"{y}–{y + 1}"))],
                scope.Year?.ToString(System.Globalization.CultureInfo.InvariantCulture)
            ),
            new(
                "session",
                texts["statistics.facet.session"],
                texts[scope.Year is null ? "statistics.facet.session.all" : "motions.facet.session.all"],
                [.. scope.Known.Select(s => new Choice(s.Id.ToString(), breakdowns.SessionName(scope, s)))],
                scope.Session?.ToString()
            ),
            .. scope.Departments.IsEmpty
                ? Array.Empty<Facet>()
                :
                [
                    new Facet(
                        "department",
                        texts["statistics.facet.department"],
                        scope.OwnDepartmentsOnly ? "" : texts["statistics.facet.department.all"],
                        [.. scope.Departments.Select(d => new Choice(d.ToString(), Name(d)))],
                        scope.Department?.ToString()
                    ),
                ],
            new(
                "category",
                texts["statistics.facet.category"],
                texts["statistics.facet.category.all"],
                [.. MotionContent.Categories.Select(c => new Choice(c, texts["category." + c]))],
                scope.Category
            ),
        ];
    }

    private string Year(int year) => texts["statistics.scope.year", year, year + 1];

    private string Name(Guid organisation) => organisations.Find(organisation)?.Name ?? "";
}
