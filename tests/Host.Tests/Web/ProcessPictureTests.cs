using AngleSharp.Html.Parser;
using EduUnion.Host.Pages.Components;
using EduUnion.Host.Web;

namespace EduUnion.Host.Tests.Web;

public sealed class ProcessPictureTests
{
    private static readonly PictureWords Words = new("办理过程图", "现在在签发。", "现在");

    [Fact]
    public void Routes_RunAtRightAnglesAndAroundEveryBox()
    {
        foreach (var route in WayRouting.Route(Samples.Places, Samples.Ways))
        foreach (var (a, b) in route.Points.Zip(route.Points.Skip(1)))
        {
            Assert.True(a.X == b.X || a.Y == b.Y, $"{route.Way} is not at right angles");
            Assert.DoesNotContain(Samples.Places, p => Inside(a, b, p));
        }
    }

    [Fact]
    public void Route_WithABoxInTheWay_GoesAroundIt()
    {
        Place[] row = [At("a", 0), At("b", 150), At("c", 300)];

        var route = Assert.Single(WayRouting.Route(row, [new("a", "c")]));

        Assert.True(route.Points.Count > 2);
        Assert.DoesNotContain(row, p => route.Points.Zip(route.Points.Skip(1)).Any(s => Inside(s.First, s.Second, p)));
    }

    [Fact]
    public void Route_ToItself_LeavesAndComesBack()
    {
        var route = Assert.Single(WayRouting.Route([At("a", 0)], [new("a", "a")]));

        Assert.NotEqual(route.Points[0], route.Points[^1]);
    }

    [Fact]
    public void Draw_IsTheSameTwiceAndWritesWordsAsWords()
    {
        Place[] places = [At("a", 0) with { Text = "<b>&\"" }, At("b", 200) with { State = PlaceState.Now }];
        Way[] ways = [new("a", "b", "<i>"), new("a", "elsewhere")];

        var first = ProcessPicture.Draw("p", places, ways, Words);
        var svg = new HtmlParser().ParseDocument(first).QuerySelector("svg")!;

        Assert.Equal(first, ProcessPicture.Draw("p", places, ways, Words));
        Assert.Equal(["<b>&\"", "b", "▼ 现在", "<i>"], svg.QuerySelectorAll("text").Select(t => t.TextContent));
        Assert.Empty(svg.QuerySelectorAll("[style], b, i"));
        Assert.Equal("办理过程图", svg.QuerySelector("title")!.TextContent);
    }

    [Fact]
    public void Draw_WithoutPlaces_IsAnEmptyPicture() =>
        Assert.StartsWith("<svg", ProcessPicture.Draw("p", [], [], Words));

    private static Place At(string id, int x) => new(id, id, x, 0, 100, 40, PlaceState.Todo);

    private static bool Inside((int X, int Y) a, (int X, int Y) b, Place p) =>
        Math.Max(a.X, b.X) > p.X
        && Math.Min(a.X, b.X) < p.Right
        && Math.Max(a.Y, b.Y) > p.Y
        && Math.Min(a.Y, b.Y) < p.Bottom;
}
