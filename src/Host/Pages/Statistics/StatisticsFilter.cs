using EduUnion.Host.Statistics;

namespace EduUnion.Host.Pages.Statistics;

/// <summary>The filter as it stands in the address, under the names of the API.</summary>
public sealed class StatisticsFilter
{
    public Guid? Session { get; init; }
    public Guid? School { get; init; }
    public int? Year { get; init; }
    public Guid? Department { get; init; }
    public string? Category { get; init; }
    public DateOnly? AsOf { get; init; }

    public StatisticsQuestion Question =>
        new(Session, School, Year, Department, string.IsNullOrEmpty(Category) ? null : Category, AsOf);
}
