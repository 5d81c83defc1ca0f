using EduUnion.Domain.Calendar;

namespace EduUnion.Host.Tour;

/// <summary>A scenario of the domain, played through the use cases with every date and figure in it held against what is written.</summary>
public interface IScenario
{
    int Number { get; }
    string Title { get; }

    /// <summary>When the simulated clock begins.</summary>
    DateTimeOffset Opens { get; }

    /// <exception cref="ScenarioBroken">It did not go as it is written.</exception>
    Task PlayAsync(Stage stage, CancellationToken cancellation);
}

internal static class Dates
{
    public static DateTimeOffset At(int year, int month, int day, int hour) =>
        ChinaTime.At(new DateOnly(year, month, day), new TimeOnly(hour, 0));

    public static DateOnly Of(DateTimeOffset instant) => ChinaTime.DateOf(instant);
}
