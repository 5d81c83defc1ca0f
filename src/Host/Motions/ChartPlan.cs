using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Motions;

/// <summary>A box of a chart at its column and row.</summary>
public sealed record ChartBox(Activity Activity, int Column, int Row);

/// <summary>A way between two boxes; <paramref name="Port"/> is the last outcome that was asked on it.</summary>
public sealed record ChartWay(string From, string To, string? Port);

/// <summary>
/// A definition flattened to what people know: nested charts are laid into the place of their box, and what is no step is
/// passed through. Order from left to right and from top to bottom is the designer's own.
/// </summary>
public sealed record ChartPlan(IReadOnlyList<ChartBox> Boxes, IReadOnlyList<ChartWay> Ways)
{
    private const int Near = 30;

    public static ChartPlan Of(Definition definition)
    {
        var spots = Lay(definition.Root, 0, 0).ToList();
        var columns = Ranks(spots.Select(s => s.X));
        var rows = Ranks(spots.Select(s => s.Y));
        return new ChartPlan(
            [.. spots.Select(s => new ChartBox(s.Activity, columns[s.X], rows[s.Y]))],
            [.. spots.SelectMany(s => From(s.Activity))]
        );
    }

    private static bool IsBox(Activity activity) =>
        activity.Type is ActivityTypes.RunTask or ActivityTypes.ParallelForEach;

    /// <summary>Values that lie nearer than half a box are one rank: boxes of different heights were drawn on one line.</summary>
    private static Dictionary<int, int> Ranks(IEnumerable<int> values)
    {
        var ranks = new Dictionary<int, int>();
        var (rank, last) = (-1, 0);
        foreach (var value in values.Distinct().Order())
        {
            if (rank < 0 || value - last > Near)
                (rank, last) = (rank + 1, value);
            ranks[value] = rank;
        }
        return ranks;
    }

    /// <summary>Boxes with their centres; a nested chart pushes what stands right of it further to the right.</summary>
    private static IEnumerable<(Activity Activity, int X, int Y)> Lay(Activity chart, int left, int top)
    {
        var pushed = 0;
        foreach (
            var column in chart
                .Children.Where(c => c.Placement is not null)
                .GroupBy(c => (int)c.Placement!.X)
                .OrderBy(g => g.Key)
        )
        {
            var widest = 0;
            foreach (var child in column)
            {
                var (x, y) = (left + pushed + column.Key, top + Middle(child));
                if (IsBox(child))
                    yield return (child, x, y);
                else if (child.Type == ActivityTypes.Flowchart)
                {
                    // Its first box stands on the line of the chart that it lies in.
                    var inside = Lay(child, x, 0).ToList();
                    var first = inside.Count == 0 ? 0 : inside.MinBy(s => s.X).Y;
                    foreach (var (activity, ix, iy) in inside)
                        yield return (activity, ix, y + iy - first);
                    widest = Math.Max(widest, inside.Select(s => s.X - x).DefaultIfEmpty().Max());
                }
            }
            pushed += widest;
        }
    }

    private static int Middle(Activity activity) => (int)(activity.Placement!.Y + activity.Placement.Height / 2);

    private static IEnumerable<ChartWay> From(Activity box) =>
        Onward(box, null, [box]).Select(t => new ChartWay(box.Id, t.Box.Id, t.Port)).Distinct();

    /// <summary>The next boxes after an activity, through switches, forks, joins and out of its chart.</summary>
    private static IEnumerable<(Activity Box, string? Port)> Onward(Activity at, string? port, HashSet<Activity> seen)
    {
        if (at.Parent is not { Graph: { } graph } chart)
            return [];
        var edges = graph.Outbound(at);
        if (edges.IsEmpty)
            return chart.Parent is null || !seen.Add(chart) ? [] : Onward(chart, port, seen);
        return edges
            .Where(e => e.Target.Type != "Elsa.Fault")
            .SelectMany(e => Into(e.Target, e.Port is "Done" or "Default" ? port : e.Port, [.. seen]));
    }

    private static IEnumerable<(Activity Box, string? Port)> Into(Activity at, string? port, HashSet<Activity> seen)
    {
        if (IsBox(at))
            return [(at, port)];
        if (!seen.Add(at))
            return [];
        return at is { Type: ActivityTypes.Flowchart, Graph.Start: { } start }
            ? Into(start, port, seen)
            : Onward(at, port, seen);
    }
}
