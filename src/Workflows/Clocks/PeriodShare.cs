namespace EduUnion.Workflows.Clocks;

/// <summary>The part of a host's period that a co-handler has (domain M-12), in working days.</summary>
public static class PeriodShare
{
    /// <summary>A fraction of a period, rounded up: 1/3 of 20 is 7.</summary>
    public static int Of(int workdays, int numerator, int denominator) =>
        (workdays * numerator + denominator - 1) / denominator;

    /// <summary>What is left for the one to whom an opinion is transferred, but never less than three days.</summary>
    public static int Rest(int share, int used) => Math.Max(3, share - used);
}
