namespace EduUnion.Host.Web.Components;

/// <summary>What a day is for a clock.</summary>
public enum DayKind
{
    /// <summary>The day of the event, not counted.</summary>
    Start,

    /// <summary>A working day.</summary>
    Counted,

    /// <summary>A weekend day that is worked (调休上班).</summary>
    MakeUp,

    /// <summary>Weekend or holiday.</summary>
    Rest,

    /// <summary>The clock stood: hold or vacation.</summary>
    Paused,

    /// <summary>After the due day, or before the start.</summary>
    Outside,
}

/// <summary>One day of an explained clock.</summary>
/// <param name="Ordinal">The how-manieth working day it is; null when it does not count.</param>
/// <param name="Reason">Why it does not count, in words (周末, 中秋节放假); for a make-up day what it replaces.</param>
public sealed record DayLine(DateOnly Date, DayKind Kind, int? Ordinal = null, string? Reason = null);

/// <summary>Days in a row with one reason.</summary>
public sealed record DaySpan(DateOnly From, DateOnly To, string Reason);

/// <summary>A clock explained: the month as everyone knows it, with every day that did not count and why.</summary>
/// <param name="Due">The due day and what is left.</param>
/// <param name="Length">Working days allowed, an extension included.</param>
/// <param name="Used">Working days used up to today.</param>
/// <param name="Days">Every day from the start to the due day, in order.</param>
public sealed record ClockPanel(Due Due, int Length, int Used, IReadOnlyList<DayLine> Days)
{
    /// <summary>What happened on the start day, one or two words for its cell (交办).</summary>
    public string StartWord { get; init; } = "";

    /// <summary>Time of day at which the due day ends, e.g. 24:00.</summary>
    public string Ends { get; init; } = "24:00";

    /// <summary>Pauses with their reason; <see cref="DaySpan.To"/> is today while one lasts.</summary>
    public IReadOnlyList<DaySpan> Pauses { get; init; } = [];

    /// <summary>The working days an extension added; 0 = none.</summary>
    public int Extension { get; init; }

    /// <summary>The due day before the extension.</summary>
    public DateOnly? Original { get; init; }

    public IReadOnlyList<DateOnly> Reminders { get; init; } = [];

    /// <summary>Which calendar and which rule, one sentence.</summary>
    public string? Basis { get; init; }

    /// <summary>Weeks from Monday to Sunday; null = a day that this clock does not know.</summary>
    public IEnumerable<DayLine[]> Weeks()
    {
        if (Days.Count == 0)
            yield break;
        var days = Days.ToDictionary(d => d.Date);
        var monday = Days[0].Date.AddDays(-(((int)Days[0].Date.DayOfWeek + 6) % 7));
        for (; monday <= Days[^1].Date; monday = monday.AddDays(7))
            yield return
            [
                .. Enumerable
                    .Range(0, 7)
                    .Select(i => monday.AddDays(i))
                    .Select(d => days.GetValueOrDefault(d) ?? new DayLine(d, DayKind.Outside)),
            ];
    }

    /// <summary>Used, extended, paused, in a sentence or two.</summary>
    public string Summary(Texts texts)
    {
        var pauses = Pauses.Select(p => $"{Dates.Range(p.From, p.To)} {p.Reason}");
        string[] sentences =
        [
            texts["clock.used", Used, Length],
            Extension > 0 && Original is { } original ? texts["clock.extendedFrom", Extension, original]
            : Extension > 0 ? texts["clock.extended", Extension]
            : texts["clock.notExtended"],
            Pauses.Count > 0
                ? texts["clock.paused", string.Join(texts["clock.separator"], pauses)]
                : texts["clock.notPaused"],
        ];
        return string.Join(Language.IsEnglish ? " " : "", sentences);
    }

    /// <summary>The classes of a day's cell.</summary>
    public string Cell(DayLine day)
    {
        var kind = day.Kind switch
        {
            DayKind.Outside => "off",
            _ when day.Date == Due.On => "end",
            DayKind.Start => "zero",
            DayKind.Rest or DayKind.Paused => "off",
            DayKind.MakeUp => "on mk",
            _ => "on",
        };
        var gone = day.Ordinal is not null && day.Date <= Due.Today && day.Date != Due.On;
        return kind + (gone ? " gone" : "") + (day.Date == Due.Today ? " today" : "");
    }

    /// <summary>What stands under the day's number.</summary>
    public string? Figure(DayLine day, Texts texts) =>
        day switch
        {
            { Kind: DayKind.Outside } => null,
            _ when day.Date == Due.On => texts["clock.cell.due"],
            { Kind: DayKind.Start } => StartWord.Length > 0 ? StartWord : texts["clock.event"],
            { Kind: DayKind.Paused } => texts["clock.cell.paused"],
            { Kind: DayKind.Rest } when day.Date == Due.Today => texts["clock.cell.todayOff"],
            { Kind: DayKind.Rest } => texts["clock.cell.rest"],
            { Ordinal: { } n } when day.Date == Due.Today => texts["clock.cell.today", n],
            { Ordinal: { } n, Kind: DayKind.MakeUp } => texts["clock.cell.makeUp", n],
            _ => day.Ordinal?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

    /// <summary>The days that do not count, neighbours with one reason together.</summary>
    public IReadOnlyList<DaySpan> Uncounted()
    {
        var spans = new List<DaySpan>();
        foreach (var day in Days.Where(d => d.Ordinal is null && d.Reason is not null))
            if (spans.Count > 0 && spans[^1].Reason == day.Reason && spans[^1].To.AddDays(1) == day.Date)
                spans[^1] = spans[^1] with { To = day.Date };
            else
                spans.Add(new DaySpan(day.Date, day.Date, day.Reason!));
        return spans;
    }
}
