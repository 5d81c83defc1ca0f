using System.Collections.Immutable;
using System.Globalization;

namespace EduUnion.Domain.Statistics;

/// <summary>
/// One of the figures of domain §2.10: what is counted, of how many, and which motions these are. Its exact meaning is
/// said at the <see cref="FigureKind"/>.
/// </summary>
public sealed record Figure(FigureKind Kind, Sample Numerator, Sample Denominator)
{
    /// <summary>What a figure with nothing in its denominator says.</summary>
    public const string Nothing = "—";

    /// <summary>A count a head instead of a percentage.</summary>
    public bool IsRatio => Kind == FigureKind.PerRepresentative;

    /// <summary>Its denominator is people, who are no cases to look at.</summary>
    public bool CountsPeople => Kind is FigureKind.PerRepresentative or FigureKind.Participation;

    /// <summary>One decimal, rounded half up: <c>66.7%</c>, <c>0.4</c>; <c>—</c> when the denominator is zero.</summary>
    public string Value => Write(Numerator.Count, Denominator.Count, IsRatio);

    /// <summary>Tenths, in whole numbers: 2/3 is 667 tenths of a per cent.</summary>
    public static string Write(int numerator, int denominator, bool ratio)
    {
        if (denominator == 0)
            return Nothing;
        var tenths = (2L * numerator * (ratio ? 10 : 1000) + denominator) / (2L * denominator);
        return string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10}{(ratio ? "" : "%")}");
    }
}

/// <summary>
/// What was counted. <see cref="Motions"/> are the motions to look at: one each where motions, cases (the main motion) or
/// forms are counted; where people are counted, the motions that they proposed or co-signed.
/// </summary>
public sealed record Sample(int Count, ImmutableArray<Guid> Motions)
{
    public static Sample Of(IEnumerable<MotionFacts> motions)
    {
        ImmutableArray<Guid> ids = [.. motions.Select(m => m.Id)];
        return new(ids.Length, ids);
    }

    public static Sample Of(IEnumerable<CountedCase> cases) => Of(cases.Select(c => c.Lead));
}

/// <summary>A number listed beside the rates.</summary>
public sealed record Tally(TallyKind Kind, Sample Sample);
