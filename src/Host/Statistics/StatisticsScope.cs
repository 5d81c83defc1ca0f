using System.Collections.Immutable;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Statistics;

namespace EduUnion.Host.Statistics;

/// <summary>What somebody asks to see counted; all of it may be left out.</summary>
/// <param name="Year">School year, by the year in which it begins.</param>
public sealed record StatisticsQuestion(
    Guid? Session = null,
    Guid? School = null,
    int? Year = null,
    Guid? Department = null,
    string? Category = null,
    DateOnly? AsOf = null
);

/// <summary>What is counted for somebody who may see it, everything left out filled in.</summary>
/// <param name="Schools">The schools it covers, by code; one for nearly everybody.</param>
/// <param name="Sessions">The sessions that are counted.</param>
/// <param name="Known">All sessions of its schools, the latest first.</param>
public sealed record StatisticsScope(
    ImmutableArray<Guid> Schools,
    ImmutableArray<CongressSession> Sessions,
    ImmutableArray<CongressSession> Known,
    DateOnly AsOf
)
{
    public Guid? Session { get; init; }
    public Guid? School { get; init; }
    public int? Year { get; init; }
    public Guid? Department { get; init; }
    public string? Category { get; init; }

    /// <summary>The departments that may be chosen; others of their school the viewer may not see.</summary>
    public ImmutableArray<Guid> Departments { get; init; } = [];

    /// <summary>The viewer works for departments: only their cases are his to see.</summary>
    public bool OwnDepartmentsOnly { get; init; }

    /// <summary>The schools that may be chosen.</summary>
    public ImmutableArray<Guid> Reach { get; init; } = [];

    public bool IsOneSchool => Schools.Length == 1;

    /// <summary>The view of it from what was counted for these or more sessions.</summary>
    public MotionStatistics Of(MotionStatistics counted) => Narrow(counted.OfSessions([.. Sessions.Select(s => s.Id)]));

    /// <summary>The category and the department alone, also for sessions beside it.</summary>
    public MotionStatistics Narrow(MotionStatistics counted)
    {
        if (Category is { } category)
            counted = counted.OfCategory(category);
        return Department is { } department ? counted.OfHost(department) : counted;
    }

    /// <summary>The address of a page about this scope, or about one that differs from it in what is given.</summary>
    public string Address(string path, params IEnumerable<(string Name, string? Value)> differing)
    {
        var values = new Dictionary<string, string?>
        {
            ["session"] = Session?.ToString(),
            ["school"] = School?.ToString(),
            ["year"] = Year?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["department"] = Department?.ToString(),
            ["category"] = Category,
            ["asOf"] = AsOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in differing)
            values[name] = value;
        return path + QueryString.Create(values.Where(v => !string.IsNullOrEmpty(v.Value)));
    }

    /// <summary>What differs in the address of one line of a breakdown.</summary>
    public IReadOnlyList<(string Name, string? Value)> Differing(BreakdownBy by, string key) =>
        by switch
        {
            BreakdownBy.School => [("school", key)],
            BreakdownBy.Department => [("department", key)],
            BreakdownBy.Category => [("category", key)],
            _ => [("session", key), ("year", null)],
        };

    /// <summary>Where the cases behind a figure or a number are listed.</summary>
    public string CasesOf(
        FigureKind kind,
        bool denominator,
        params IEnumerable<(string Name, string? Value)> differing
    ) =>
        Address(
            "/statistics/cases",
            differing
                .Append(("figure", FigureWords.Key(kind)))
                .Append(("part", denominator ? "denominator" : "numerator"))
        );

    /// <inheritdoc cref="CasesOf(FigureKind, bool, IEnumerable{ValueTuple{string, string}})"/>
    public string CasesOf(TallyKind kind, params IEnumerable<(string Name, string? Value)> differing) =>
        Address("/statistics/cases", differing.Append(("figure", FigureWords.Key(kind))));
}
