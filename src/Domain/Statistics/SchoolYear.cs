namespace EduUnion.Domain.Statistics;

/// <summary>
/// A school year (学年) runs from September to August and is named by the year in which it begins. A session belongs to
/// the one in which it opens, and its motions with it.
/// </summary>
public static class SchoolYear
{
    private const int FirstMonth = 9;

    public static int Of(DateOnly day) => day.Month >= FirstMonth ? day.Year : day.Year - 1;
}
