using System.Globalization;
using System.Net;
using System.Text;

namespace EduUnion.Host.Web;

public enum PlaceState
{
    Past,
    Now,
    Todo,
}

/// <summary>A box of a process picture, in the designer's coordinates.</summary>
public sealed record Place(string Id, string Text, int X, int Y, int Width, int Height, PlaceState State)
{
    /// <summary>A small line under the box.</summary>
    public string? Note { get; init; }

    /// <summary>Stands over the box: what is wrong or waits there.</summary>
    public string? Mark { get; init; }

    public int Right => X + Width;
    public int Bottom => Y + Height;
    public int MidX => X + Width / 2;
    public int MidY => Y + Height / 2;
}

/// <summary>An arrow between two boxes.</summary>
public sealed record Way(string From, string To, string? Label = null)
{
    /// <summary>The outcome on which it is taken; null where several were put together.</summary>
    public string? Port { get; init; }

    /// <summary>Somebody went it.</summary>
    public bool Taken { get; init; }
}

/// <summary>Words of the picture in the language of the page.</summary>
/// <param name="Title">What a screen reader calls the picture.</param>
/// <param name="Description">The process in a sentence: what is done, where it stands.</param>
/// <param name="Here">Stands over the present box.</param>
public sealed record PictureWords(string Title, string Description, string Here);

/// <summary>
/// Draws a process as SVG: classes only, no styles; arrows run at right angles and around the boxes. A pure function of
/// its arguments. The picture keeps its natural size and scrolls sideways, so words never shrink.
/// </summary>
public static class ProcessPicture
{
    private const int Margin = 24;
    private const int LineHeight = 17;

    /// <param name="id">Prefix of the ids inside, unique on the page.</param>
    public static string Draw(string id, IReadOnlyList<Place> places, IReadOnlyList<Way> ways, PictureWords words)
    {
        var byId = places.ToDictionary(p => p.Id);
        var routes = WayRouting.Route(places, [.. ways.Where(w => byId.ContainsKey(w.From) && byId.ContainsKey(w.To))]);
        var labels = WayLabels.Place(places, routes, TextWidth);
        List<(int X, int Y)> corners =
        [
            .. places.SelectMany(p => new[] { (p.X, p.Y), (p.Right, p.Bottom) }),
            .. routes.SelectMany(r => r.Points),
            .. labels.Select(l => (l.X - TextWidth(l.Text) / 2, l.Y - LineHeight)),
            .. labels.Select(l => (l.X + TextWidth(l.Text) / 2, l.Y)),
            .. places.SelectMany(p => new[] { p.Note, p.Mark }.OfType<string>().SelectMany(t => Around(p, t))),
        ];
        var left = corners.Select(c => c.X).DefaultIfEmpty().Min() - Margin;
        var top = corners.Select(c => c.Y).DefaultIfEmpty().Min() - Margin;
        var width = corners.Select(c => c.X).DefaultIfEmpty().Max() + Margin - left;
        var height = corners.Select(c => c.Y).DefaultIfEmpty().Max() + Margin - top;

        var svg = new StringBuilder();
        svg.Append(
            Invariant(
                $"<svg class=\"flow\" width=\"{width}\" height=\"{height}\" viewBox=\"{left} {top} {width} {height}\" "
            )
        );
        svg.Append(Invariant($"role=\"img\" aria-labelledby=\"{id}-t {id}-d\">"));
        svg.Append(Invariant($"<title id=\"{id}-t\">{Escape(words.Title)}</title>"));
        svg.Append(Invariant($"<desc id=\"{id}-d\">{Escape(words.Description)}</desc>"));
        foreach (var route in routes)
            Arrow(svg, route);
        foreach (var place in places)
            Box(svg, place, words.Here);
        foreach (var label in labels)
            svg.Append(Invariant($"<text class=\"lab\" x=\"{label.X}\" y=\"{label.Y}\">{Escape(label.Text)}</text>"));
        return svg.Append("</svg>").ToString();
    }

    private static void Arrow(StringBuilder svg, Route route)
    {
        svg.Append(route.Way.Taken ? "<path class=\"taken\" d=\"M" : "<path d=\"M");
        svg.AppendJoin('L', route.Points.Select(p => Invariant($"{p.X} {p.Y}")));
        svg.Append("\"/>");
        var (before, end) = (route.Points[^2], route.Points[^1]);
        var (dx, dy) = (Math.Sign(end.X - before.X), Math.Sign(end.Y - before.Y));
        // The tip's base lies 7 before its point and spreads 4 to both sides.
        var (bx, by) = (end.X - 7 * dx, end.Y - 7 * dy);
        svg.Append(
            Invariant(
                $"<path class=\"tip\" d=\"M{end.X} {end.Y}L{bx + 4 * dy} {by + 4 * dx}L{bx - 4 * dy} {by - 4 * dx}z\"/>"
            )
        );
    }

    private static void Box(StringBuilder svg, Place place, string here)
    {
        var state = place.State.ToString().ToLowerInvariant();
        svg.Append(
            Invariant(
                $"<g class=\"{state}\"><rect x=\"{place.X}\" y=\"{place.Y}\" width=\"{place.Width}\" height=\"{place.Height}\" rx=\"2\"/>"
            )
        );
        var lines = Lines(place.Text, place.Width - 10);
        var y = place.MidY + 5 - (lines.Count - 1) * LineHeight / 2;
        foreach (var line in lines)
        {
            svg.Append(Invariant($"<text x=\"{place.MidX}\" y=\"{y}\">{Escape(line)}</text>"));
            y += LineHeight;
        }
        svg.Append("</g>");
        if (place.State == PlaceState.Now)
            svg.Append(
                Invariant($"<text class=\"here\" x=\"{place.MidX}\" y=\"{place.Y - 8}\">▼ {Escape(here)}</text>")
            );
        if (place.Mark is { } mark)
            svg.Append(
                Invariant(
                    $"<text class=\"mark\" x=\"{place.MidX}\" y=\"{place.Y - (place.State == PlaceState.Now ? 8 + LineHeight : 8)}\">{Escape(mark)}</text>"
                )
            );
        if (place.Note is { } note)
            svg.Append(
                Invariant($"<text class=\"note\" x=\"{place.MidX}\" y=\"{place.Bottom + 14}\">{Escape(note)}</text>")
            );
    }

    private static IEnumerable<(int X, int Y)> Around(Place place, string text) =>
        [
            (place.MidX - TextWidth(text) / 2, place.Y - 2 * LineHeight),
            (place.MidX + TextWidth(text) / 2, place.Bottom + LineHeight),
        ];

    /// <summary>At most two lines; broken at a blank where there is one, else in the middle.</summary>
    private static IReadOnlyList<string> Lines(string text, int width)
    {
        if (TextWidth(text) <= width)
            return [text];
        var middle = text.Length / 2;
        var blanks = Enumerable.Range(0, text.Length).Where(i => text[i] == ' ').ToList();
        var at = blanks.Count > 0 ? blanks.MinBy(i => Math.Abs(i - middle)) : middle;
        return [text[..at].TrimEnd(), text[at..].TrimStart()];
    }

    /// <summary>Roughly, at 13 px: Chinese characters are square, Latin ones half as wide.</summary>
    private static int TextWidth(string text) => text.Sum(c => c >= 0x2E80 ? 13 : 7);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
