using EduUnion.Host.Web;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Definitions;

/// <summary>
/// A definition as the designer drew it. Every flowchart inside the main one is unfolded below it under its name, because
/// a box that hides the work says nothing; the box and the name are dashed. Guards that no sound process reaches
/// (<c>Elsa.Fault</c>) are left out.
/// </summary>
public static class DefinitionPicture
{
    private const int Gap = 70;
    private const int HeadWidth = 160;
    private const int HeadHeight = 36;
    private const int HeadGap = 40;
    private const string Fault = "Elsa.Fault";

    /// <summary>Boxes and arrows of the whole definition.</summary>
    /// <param name="port">What an arrow is called in the language of the page; null = nothing.</param>
    public static (IReadOnlyList<Place> Places, IReadOnlyList<Way> Ways) Of(
        Definition definition,
        Func<string, string?> port
    )
    {
        List<Place> places = [];
        List<Way> ways = [];
        var below = 0;
        foreach (var chart in Charts(definition.Root))
        {
            var drawn = chart.Children.Where(c => c.Placement is not null && c.Type != Fault).ToList();
            if (drawn.Count == 0)
                continue;
            var (left, top) = ((int)drawn.Min(c => c.Placement!.X), (int)drawn.Min(c => c.Placement!.Y));
            if (chart.Parent is not null)
            {
                var head = Drawn(chart);
                places.Add(
                    new Place($"{head.Id}/", head.DisplayText, left, below, HeadWidth, HeadHeight, PlaceState.Todo)
                );
                below += HeadHeight + HeadGap;
            }
            foreach (var activity in drawn)
                places.Add(Box(activity, below - top));
            foreach (var connection in chart.Connections)
                ways.Add(
                    new Way(connection.Source, connection.Target, port(connection.Port)) { Port = connection.Port }
                );
            below = places.Max(p => p.Bottom) + Gap;
        }
        return (places, ways);
    }

    /// <summary>The picture as a document of its own, with the styles that a page would give it.</summary>
    public static string Document(Definition definition, Func<string, string?> port, PictureWords words)
    {
        var (places, ways) = Of(definition, port);
        var svg = ProcessPicture.Draw(definition.DefinitionId, places, ways, words);
        var inside = svg.IndexOf('>', StringComparison.Ordinal) + 1;
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\"{svg[4..inside]}<style>{Style}</style>{svg[inside..]}";
    }

    public const string Style =
        "svg{background:#fff}rect{fill:#fff;stroke:#83898f}path{fill:none;stroke:#83898f}"
        + "text{font:13px \"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif;fill:#1c2024;text-anchor:middle}"
        + ".lab{font-size:12px;fill:#474e56}.todo rect{stroke-dasharray:4 3}.tip{fill:#83898f;stroke:none}";

    private static Place Box(Activity activity, int down)
    {
        var at = activity.Placement!;
        return new Place(
            activity.Id,
            activity.DisplayText,
            (int)at.X,
            (int)at.Y + down,
            (int)at.Width,
            (int)at.Height,
            Charts(activity).Any() ? PlaceState.Todo : PlaceState.Past
        );
    }

    private static IEnumerable<Activity> Charts(Activity activity) =>
        (activity.Type == ActivityTypes.Flowchart ? new[] { activity } : []).Concat(activity.Nested.SelectMany(Charts));

    /// <summary>The chart itself or, for the body of a loop, the loop: whatever is drawn as a box in the chart above.</summary>
    private static Activity Drawn(Activity chart) =>
        chart.Parent is { Type: not ActivityTypes.Flowchart } loop ? loop : chart;
}
