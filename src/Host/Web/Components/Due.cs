namespace EduUnion.Host.Web.Components;

/// <summary>A deadline as it is told: what is left, then the date.</summary>
/// <param name="On">The due day.</param>
/// <param name="DaysLeft">Working days after today up to the due day; 0 = today; negative = late by so many.</param>
/// <param name="Today">Decides whether the year is told.</param>
public sealed record Due(DateOnly On, int DaysLeft, DateOnly Today)
{
    /// <summary>The calendar of that year is not published yet (暂定).</summary>
    public bool Provisional { get; init; }

    /// <summary>The clock is paused; what is left does not shrink.</summary>
    public bool Paused { get; init; }

    public Status Status =>
        Paused ? Status.Wait
        : DaysLeft < 0 ? Status.Late
        : DaysLeft <= 1 ? Status.Soon
        : Status.None;

    /// <summary>剩 3 个工作日 · 逾期 2 个工作日 · 今天到期</summary>
    public string Words(Texts texts)
    {
        var left = DaysLeft switch
        {
            < 0 => texts["due.late", -DaysLeft],
            0 => texts["due.today"],
            _ => texts["due.left", DaysLeft],
        };
        if (Paused)
            left = texts["due.paused", left];
        return Provisional ? texts["due.provisional", left] : left;
    }
}
