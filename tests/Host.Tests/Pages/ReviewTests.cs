using System.Net;
using EduUnion.Host.Tests.People;

namespace EduUnion.Host.Tests.Pages;

public sealed class ReviewTests
{
    [Fact]
    public async Task OneVerdict_ForAllThatIsTicked_AndAnAnswerForEach()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var first = await bench.UpToAsync("motion.review", "改善教师午休场所");
        var second = await bench.UpToAsync("motion.review", "更换老旧护栏");
        var voter = await (await Visitor.OfAsync(running, "zhuren")).GoAsync("/review");
        Assert.Contains("待我审查 2 件", voter.Text(".head__meta"));
        Assert.Contains("建议立案", voter.Text("table"));
        (string, string)[] ticked =
        [
            ("pick", $"{await bench.TaskAsync(first, "motion.review", "zhuren")}"),
            ("pick", $"{await bench.TaskAsync(second, "motion.review", "zhuren")}"),
        ];

        await voter.PressAsync("核对选中的提案", [.. ticked, ("outcome", "file")]);
        Assert.Contains("立案：2 件", voter.Text("h2"));
        // Meanwhile the same member votes on one of them elsewhere.
        await bench.DecideAsync(second, "zhuren", "motion.review", "opinion", comment: "宜转意见。");
        await voter.PressAsync("立案");

        Assert.Contains("2 件中 1 件已记下", voter.Text("h2"));
        Assert.Contains("更换老旧护栏这件事方以恒已在", voter.Text(".people"));
    }

    [Fact]
    public async Task TheSecretary_ProposesForSeveralAtOnce()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("motion.check");
        var secretary = await (await Visitor.OfAsync(running, "mishu")).GoAsync("/review");

        await secretary.PressAsync(
            "核对选中的提案",
            ("pick", $"{await bench.TaskAsync(id, "motion.check")}"),
            ("outcome", "opinion")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, secretary.Status);
        await secretary.PressAsync("核对选中的提案", ("comment", "宜作为建议。"));
        await secretary.PressAsync("转意见建议");

        Assert.Equal("opinion", (await bench.MotionAsync(id)).Recommendation?.Outcome);
    }

    [Fact]
    public async Task APress_OnARow_FilesThatMotionOnly()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        await bench.UpToAsync("motion.review", "改善教师午休场所");
        await bench.UpToAsync("motion.review", "更换老旧护栏");
        var voter = await (await Visitor.OfAsync(running, "zhuren")).GoAsync("/review");

        await voter.PressAsync("立案");

        Assert.Contains("1 件中 1 件已记下", voter.Text("h2"));
        Assert.Contains("待我审查 1 件", voter.Text(".head__meta"));
    }

    [Fact]
    public async Task WhoHoldsNoOfficeOfTheMotions_DoesNotComeIn()
    {
        await using var running = new Running();

        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await (await Visitor.OfAsync(running, "daibiao1")).GoAsync("/review")).Status
        );
    }
}
