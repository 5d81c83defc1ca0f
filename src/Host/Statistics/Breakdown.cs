using EduUnion.Domain.Motions;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.Web;

namespace EduUnion.Host.Statistics;

public enum BreakdownBy
{
    School,
    Department,
    Category,
    Session,
}

/// <summary>One line of a breakdown; <see cref="Key"/> is the value of the filter of the same name.</summary>
public sealed record BreakdownLine(string Key, string Name, MotionStatistics Counted);

/// <summary>The same figures by school, department, category or session; lines without motions are left out.</summary>
public sealed class Breakdowns(OrganisationBook organisations, Texts texts)
{
    /// <param name="counted">Every session that the lines may be of.</param>
    public IReadOnlyList<BreakdownLine> Of(StatisticsScope scope, MotionStatistics counted, BreakdownBy by)
    {
        // By session a scope without a session of its own choice shows how it went from one to the next.
        var inside = by == BreakdownBy.Session ? scope.Narrow(counted) : scope.Of(counted);
        var lines = by switch
        {
            BreakdownBy.School => scope.Schools.Select(s => new BreakdownLine(
                s.ToString(),
                organisations.Find(s)?.Name ?? "",
                inside.OfSchool(s)
            )),
            BreakdownBy.Department => inside
                .Hosts.Where(h => scope.Department is null || h == scope.Department)
                .Select(h => (Host: h, Organisation: organisations.Find(h)))
                .OrderBy(h => h.Organisation?.ParentId)
                .ThenBy(h => h.Organisation?.Code, StringComparer.Ordinal)
                .Select(h => new BreakdownLine(
                    h.Host.ToString(),
                    DepartmentName(scope, h.Host),
                    scope.Department is null ? inside.OfHost(h.Host) : inside
                )),
            BreakdownBy.Category => MotionContent.Categories.Select(c => new BreakdownLine(
                c,
                texts["category." + c],
                inside.OfCategory(c)
            )),
            _ => scope
                .Known.OrderBy(s => s.OpensOn)
                .ThenBy(s => s.Id)
                .Select(s => new BreakdownLine(s.Id.ToString(), SessionName(scope, s), inside.OfSessions(s.Id))),
        };
        return [.. lines.Where(l => l.Counted[TallyKind.Submitted].Count + l.Counted[TallyKind.Cases].Count > 0)];
    }

    public string SessionName(StatisticsScope scope, Domain.Congresses.CongressSession session) =>
        scope.IsOneSchool
            ? MotionWords.Session(texts, session)
            : $"{organisations.Find(session.SchoolId)?.Name} {MotionWords.Session(texts, session)}";

    private string DepartmentName(StatisticsScope scope, Guid department)
    {
        var name = organisations.Find(department)?.Name ?? "";
        return scope.IsOneSchool ? name : $"{organisations.SchoolOf(department)?.Name} {name}";
    }
}
