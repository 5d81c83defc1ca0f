namespace EduUnion.Host.Web;

/// <summary>A way with the corners it takes.</summary>
public sealed record Route(Way Way, IReadOnlyList<(int X, int Y)> Points);

/// <summary>
/// Finds right-angled ways around boxes: of all simple shapes between the sides of two boxes, the cheapest one. Crossing
/// a box is very dear, running on top of another way dear, a corner costs a little, length least. Pure and in the order
/// of the ways, so the same chart always gives the same picture.
/// </summary>
public static class WayRouting
{
    private const int Gap = 16;

    private enum Side
    {
        Right,
        Bottom,
        Left,
        Top,
    }

    public static IReadOnlyList<Route> Route(IReadOnlyList<Place> places, IReadOnlyList<Way> ways)
    {
        var byId = places.ToDictionary(p => p.Id);
        var routes = new List<Route>();
        foreach (var way in ways)
        {
            var (from, to) = (byId[way.From], byId[way.To]);
            var best = Cheapest(Shapes(from, to, places), way, places, routes);
            routes.Add(new Route(way, best));
        }
        return routes;
    }

    /// <summary>Short and straight shapes first: once a shape's own cost reaches the best total, no later one can win.</summary>
    private static (int X, int Y)[] Cheapest(
        IEnumerable<(int X, int Y)[]> shapes,
        Way way,
        IReadOnlyList<Place> places,
        List<Route> done
    )
    {
        (int X, int Y)[] best = [];
        var least = int.MaxValue;
        foreach (var (shape, own) in shapes.Select(s => (s, Own(s))).OrderBy(s => s.Item2))
        {
            if (own >= least)
                break;
            var cost = own + Trouble(shape, way, places, done);
            if (cost < least)
                (best, least) = (shape, cost);
        }
        return best;
    }

    private static IEnumerable<(int X, int Y)[]> Shapes(Place from, Place to, IReadOnlyList<Place> places)
    {
        foreach (var exit in Enum.GetValues<Side>())
        foreach (var entry in Enum.GetValues<Side>())
        {
            if (from == to && exit == entry)
                continue;
            var (start, end) = (At(from, exit), At(to, entry));
            var (a, b) = (Out(start, exit), Out(end, entry));
            // Between the two stubs: straight, one corner, or over a lane.
            foreach (var middle in Between(a, b, places))
            {
                var points = Clean([start, a, .. middle, b, end]);
                // The first step leads away from the box and the last one into it, never along or through its side.
                if (points.Length >= 2 && Leads(points[0], points[1], exit) && Leads(points[^1], points[^2], entry))
                    yield return points;
            }
        }
    }

    private static IEnumerable<(int X, int Y)[]> Between(
        (int X, int Y) a,
        (int X, int Y) b,
        IReadOnlyList<Place> places
    )
    {
        yield return [(a.X, b.Y)];
        yield return [(b.X, a.Y)];
        foreach (var x in Lanes(a.X, b.X, places.SelectMany(p => new[] { p.X - Gap, p.Right + Gap })))
            yield return [(x, a.Y), (x, b.Y)];
        foreach (var y in Lanes(a.Y, b.Y, places.SelectMany(p => new[] { p.Y - Gap, p.Bottom + Gap })))
            yield return [(a.X, y), (b.X, y)];
    }

    private static IEnumerable<int> Lanes(int a, int b, IEnumerable<int> sides) =>
        new[] { (a + b) / 2 }.Concat(sides).Distinct();

    private static (int X, int Y) At(Place place, Side side) =>
        side switch
        {
            Side.Right => (place.Right, place.MidY),
            Side.Left => (place.X, place.MidY),
            Side.Bottom => (place.MidX, place.Bottom),
            _ => (place.MidX, place.Y),
        };

    private static (int X, int Y) Out((int X, int Y) p, Side side) =>
        side switch
        {
            Side.Right => (p.X + Gap, p.Y),
            Side.Left => (p.X - Gap, p.Y),
            Side.Bottom => (p.X, p.Y + Gap),
            _ => (p.X, p.Y - Gap),
        };

    private static bool Leads((int X, int Y) at, (int X, int Y) next, Side side) =>
        side switch
        {
            Side.Right => next.X > at.X && next.Y == at.Y,
            Side.Left => next.X < at.X && next.Y == at.Y,
            Side.Bottom => next.Y > at.Y && next.X == at.X,
            _ => next.Y < at.Y && next.X == at.X,
        };

    /// <summary>Without double points and without corners that are none.</summary>
    private static (int X, int Y)[] Clean(IEnumerable<(int X, int Y)> points)
    {
        var kept = new List<(int X, int Y)>();
        foreach (var p in points)
        {
            if (kept.Count > 0 && kept[^1] == p)
                continue;
            if (
                kept.Count > 1
                && ((kept[^2].X == kept[^1].X && kept[^1].X == p.X) || (kept[^2].Y == kept[^1].Y && kept[^1].Y == p.Y))
            )
                kept.RemoveAt(kept.Count - 1);
            kept.Add(p);
        }
        return [.. kept];
    }

    /// <summary>Length and corners.</summary>
    private static int Own((int X, int Y)[] shape) =>
        (shape.Length - 2) * 40
        + shape.Zip(shape.Skip(1)).Sum(s => Math.Abs(s.First.X - s.Second.X) + Math.Abs(s.First.Y - s.Second.Y));

    /// <summary>Boxes crossed and other ways covered.</summary>
    private static int Trouble((int X, int Y)[] shape, Way way, IReadOnlyList<Place> places, List<Route> done)
    {
        var cost = 0;
        for (var i = 1; i < shape.Length; i++)
        {
            var (a, b) = (shape[i - 1], shape[i]);
            cost += 10_000 * places.Count(p => Crosses(a, b, p));
            foreach (var other in done)
            {
                // Ways into the same box may share their last stretch.
                var shared = other.Way.To == way.To ? 1 : 8;
                for (var j = 1; j < other.Points.Count; j++)
                    cost += shared * Overlap(a, b, other.Points[j - 1], other.Points[j]);
            }
        }
        return cost;
    }

    /// <summary>Runs through the inside of a box; touching a side is where ways begin and end.</summary>
    private static bool Crosses((int X, int Y) a, (int X, int Y) b, Place p) =>
        Math.Max(a.X, b.X) > p.X
        && Math.Min(a.X, b.X) < p.Right
        && Math.Max(a.Y, b.Y) > p.Y
        && Math.Min(a.Y, b.Y) < p.Bottom;

    /// <summary>The length on which two stretches lie on each other or closer than 6.</summary>
    private static int Overlap((int X, int Y) a, (int X, int Y) b, (int X, int Y) c, (int X, int Y) d)
    {
        if (a.Y == b.Y && c.Y == d.Y && Math.Abs(a.Y - c.Y) < 6)
            return Math.Max(
                0,
                Math.Min(Math.Max(a.X, b.X), Math.Max(c.X, d.X)) - Math.Max(Math.Min(a.X, b.X), Math.Min(c.X, d.X))
            );
        if (a.X == b.X && c.X == d.X && Math.Abs(a.X - c.X) < 6)
            return Math.Max(
                0,
                Math.Min(Math.Max(a.Y, b.Y), Math.Max(c.Y, d.Y)) - Math.Max(Math.Min(a.Y, b.Y), Math.Min(c.Y, d.Y))
            );
        return 0;
    }
}
