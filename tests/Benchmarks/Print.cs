using System.Globalization;
using System.Text.Json;

namespace EduUnion.Benchmarks;

internal static class Print
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>One figure a line, or one object; of both the names are the same.</summary>
    public static void Figures(IReadOnlyDictionary<string, double> figures, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures, Web));
            return;
        }
        foreach (var (name, value) in figures)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name, -24} {value, 14:#,0.###}"));
    }

    /// <summary>Progress goes beside the figures, so that these can be piped.</summary>
    public static void Say(string what) => Console.Error.WriteLine(what);
}
