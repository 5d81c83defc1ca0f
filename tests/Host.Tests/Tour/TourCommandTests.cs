using EduUnion.Host.Tour;
using EduUnion.Host.Tour.Scenarios;

namespace EduUnion.Host.Tests.Tour;

public sealed class TourCommandTests
{
    private readonly StringWriter _output = new();

    [Fact]
    public async Task Tour_EveryScenario_IsToldLineByLine_AndEndsWithZero()
    {
        var code = await TourCommand.Create().Parse([]).InvokeAsync(new() { Output = _output }, CancellationToken.None);

        var lines = _output.ToString().Split(Environment.NewLine);
        Assert.Equal(0, code);
        Assert.Equal(
            All.Scenarios.Select(s => $"Scenario {s.Number}: {s.Title}"),
            lines.Where(l => l.StartsWith("Scenario ", StringComparison.Ordinal))
        );
        Assert.Contains("  2026-03-10  秘书  交办  → 期限 2026-03-12", lines);
        Assert.StartsWith($"{All.Scenarios.Count} of {All.Scenarios.Count} scenarios ended as written", lines[^2]);
    }

    [Fact]
    public async Task Tour_BrokenScenario_IsToldWithWhatWasExpected_AndTheOthersStillPlay()
    {
        string? used = null;
        IScenario[] scenarios =
        [
            new Plain(1, _ => Stage.Expect("answer due", new DateOnly(2026, 4, 22), new DateOnly(2026, 4, 23))),
            new Plain(2, _ => throw new InvalidOperationException("torn")),
            new Plain(
                3,
                stage =>
                {
                    used = Path.GetDirectoryName(stage.MailDirectory);
                    Assert.True(File.Exists(Path.Combine(used!, "eduunion.db")));
                    stage.Say("秘书", "交办");
                }
            ),
        ];

        var code = await TourCommand.PlayAsync(scenarios, _output, CancellationToken.None);

        var told = _output.ToString();
        Assert.Equal(1, code);
        Assert.Contains("answer due: expected 2026-04-22, was 2026-04-23", told);
        Assert.Contains("torn", told);
        Assert.Contains("  2026-03-02  秘书  交办", told);
        Assert.Contains("1 of 3 scenarios ended as written", told);
        Assert.False(Directory.Exists(used));
    }

    private sealed class Plain(int number, Action<Stage> play) : IScenario
    {
        public int Number => number;
        public string Title => "a plain one";
        public DateTimeOffset Opens => new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

        public Task PlayAsync(Stage stage, CancellationToken cancellation)
        {
            play(stage);
            return Task.CompletedTask;
        }
    }
}
