namespace EduUnion.Host.Web;

/// <summary>Where a word stands: the middle of its line and the baseline.</summary>
public sealed record WayLabel(string Text, int X, int Y);

/// <summary>Puts each way's word beside one of its stretches, where it covers the least: boxes, ways, other words.</summary>
public static class WayLabels
{
    private const int Height = 16;

    private readonly record struct Area(int Left, int Top, int Right, int Bottom)
    {
        public int Shared(Area other) =>
            Math.Max(0, Math.Min(Right, other.Right) - Math.Max(Left, other.Left))
            * Math.Max(0, Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top));
    }

    /// <param name="width">How wide a word is drawn.</param>
    public static IReadOnlyList<WayLabel> Place(
        IReadOnlyList<Place> places,
        IReadOnlyList<Route> routes,
        Func<string, int> width
    )
    {
        // Over the present box stands a word of its own.
        var taken = places
            .Select(p => new Area(
                p.X,
                p.State == PlaceState.Now || p.Mark is not null ? p.Y - 24 : p.Y,
                p.Right,
                p.Note is null ? p.Bottom : p.Bottom + 18
            ))
            .ToList();
        var ways = routes
            .SelectMany(r => r.Points.Zip(r.Points.Skip(1)))
            .Select(s => Around(s.First, s.Second))
            .ToList();
        var labels = new List<WayLabel>();
        foreach (var route in routes.Where(r => !string.IsNullOrEmpty(r.Way.Label)))
        {
            var wide = width(route.Way.Label!);
            var (x, y) = Spots(route, wide, places)
                .MinBy(s => taken.Sum(a => 4 * a.Shared(Of(s, wide))) + ways.Sum(a => a.Shared(Of(s, wide))));
            taken.Add(Of((x, y), wide));
            labels.Add(new WayLabel(route.Way.Label!, x, y));
        }
        return labels;
    }

    private static IEnumerable<(int X, int Y)> Spots(Route route, int wide, IReadOnlyList<Place> places)
    {
        foreach (var (a, b) in route.Points.Zip(route.Points.Skip(1)))
        {
            var (x, y) = ((a.X + b.X) / 2, (a.Y + b.Y) / 2);
            if (a.Y == b.Y)
            {
                yield return (x, y - 5);
                yield return (x, y + 14);
                continue;
            }
            yield return (x + 5 + wide / 2, y + 4);
            yield return (x - 5 - wide / 2, y + 4);
        }
        // A short stretch between two boxes: over or under both.
        var ends = places.Where(p => p.Id == route.Way.From || p.Id == route.Way.To).ToList();
        var middle = (route.Points[0].X + route.Points[^1].X) / 2;
        yield return (middle, ends.Min(p => p.Y) - 6);
        yield return (middle, ends.Max(p => p.Bottom) + 14);
    }

    private static Area Of((int X, int Y) spot, int wide) =>
        new(spot.X - wide / 2, spot.Y - Height + 4, spot.X + wide / 2, spot.Y + 4);

    private static Area Around((int X, int Y) a, (int X, int Y) b) =>
        new(Math.Min(a.X, b.X) - 2, Math.Min(a.Y, b.Y) - 2, Math.Max(a.X, b.X) + 2, Math.Max(a.Y, b.Y) + 2);
}
