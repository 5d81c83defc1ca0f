using System.Text.Json;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Web;

namespace EduUnion.Host.Statistics;

/// <summary>How figures are called, and exactly what each means; keys as in addresses and in the API.</summary>
public static class FigureWords
{
    public static string Key(FigureKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    public static string Key(TallyKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    public static string Name(Texts texts, FigureKind kind) => texts["figure." + Key(kind)];

    public static string Name(Texts texts, TallyKind kind) => texts["tally." + Key(kind)];

    /// <param name="lapseSatisfies">Some school of the scope counts a lapsed form as satisfied.</param>
    public static string Definition(Texts texts, FigureKind kind, bool lapseSatisfies)
    {
        var definition = texts[$"figure.{Key(kind)}.definition"];
        return CountsForms(kind)
            ? texts[
                "statistics.sentences",
                definition,
                texts[lapseSatisfies ? "statistics.lapse.counted" : "statistics.lapse.notCounted"]
            ]
            : definition;
    }

    /// <summary>Figures of returned forms, for which it matters how a lapsed one counts.</summary>
    public static bool CountsForms(FigureKind kind) =>
        kind is >= FigureKind.Satisfaction and <= FigureKind.MannerSatisfaction;

    public static FigureKind? Figure(string? key) => Find<FigureKind>(key, Key);

    public static TallyKind? Tally(string? key) => Find<TallyKind>(key, Key);

    private static T? Find<T>(string? key, Func<T, string> keyOf)
        where T : struct, Enum
    {
        foreach (var kind in Enum.GetValues<T>())
            if (keyOf(kind) == key)
                return kind;
        return null;
    }
}
