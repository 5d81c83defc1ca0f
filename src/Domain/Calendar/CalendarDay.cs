using System.Text.Json.Serialization;

namespace EduUnion.Domain.Calendar;

/// <summary>Why a day is, or is not, a working day.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DayKind>))]
public enum DayKind
{
    /// <summary>Monday to Friday, nothing special.</summary>
    Workday,

    /// <summary>A Saturday or Sunday on which work is made up (调休上班日); it counts.</summary>
    MakeUpWorkday,

    /// <summary>A Saturday or Sunday off.</summary>
    Weekend,

    /// <summary>A statutory day off (法定节假日), named.</summary>
    StatutoryHoliday,

    /// <summary>A closing day of the district or school, named.</summary>
    LocalClosure,

    /// <summary>Inside a school vacation (寒暑假) that stops the period in question, named.</summary>
    Vacation,
}

/// <summary>One date, judged.</summary>
/// <param name="Name">Name of the holiday, closure or vacation; null for plain days.</param>
/// <param name="Provisional">No schedule is published for its year: the answer may still change (暂定).</param>
public readonly record struct CalendarDay(DateOnly Date, DayKind Kind, string? Name = null, bool Provisional = false)
{
    public bool IsWorkday => Kind is DayKind.Workday or DayKind.MakeUpWorkday;
}

/// <summary>Named days off, both ends included.</summary>
public sealed record DaysOff(string Name, DateOnly From, DateOnly To)
{
    public bool Contains(DateOnly date) => From <= date && date <= To;
}

/// <summary>What a school vacation does to a period (domain §4.1.4).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VacationRule>))]
public enum VacationRule
{
    /// <summary>Vacation days are days like others.</summary>
    None,

    /// <summary>Days inside a vacation do not count (中止).</summary>
    Suspend,

    /// <summary>They count, but a period cannot end inside: it ends on the first working day after.</summary>
    ExtendIfEndsInside,
}
