using System.Collections.Immutable;
using EduUnion.Workflows.Steps;

namespace EduUnion.Workflows.Tests.Steps;

public class StepPolicyTests
{
    private static readonly ImmutableArray<string> AgreeOrReturn = ["agree", "return"];

    [Fact]
    public void First_IsDecidedByOneAnswer()
    {
        var decision = new StepPolicy.First().Decide(Tasks(null, "return", null), AgreeOrReturn, 3);
        Assert.Equal("return", decision.Outcome);
        Assert.Equal([Id(0), Id(2)], decision.Remaining);
        Assert.Empty(decision.Open);
    }

    [Fact]
    public void First_WaitsAndEverybodyMayAnswer()
    {
        var decision = new StepPolicy.First().Decide(Tasks(null, null), AgreeOrReturn, 2);
        Assert.Null(decision.Outcome);
        Assert.Equal([Id(0), Id(1)], decision.Open);
    }

    [Theory]
    [InlineData("agree agree agree", "agree")]
    [InlineData("agree agree -", null)]
    [InlineData("- return -", "return")]
    [InlineData("agree agree return", "return")]
    public void All_NeedsEverybody(string answers, string? outcome) =>
        Assert.Equal(outcome, new StepPolicy.All().Decide(Tasks(answers), AgreeOrReturn, 3).Outcome);

    [Fact]
    public void All_InParallelAsksEverybodyInOrderOneAfterTheOther()
    {
        var tasks = Tasks("agree - -");
        Assert.Equal([Id(1), Id(2)], new StepPolicy.All().Decide(tasks, AgreeOrReturn, 3).Open);
        var ordered = new StepPolicy.All(Ordered: true).Decide(tasks, AgreeOrReturn, 3);
        Assert.Equal([Id(1)], ordered.Open);
        Assert.Equal([Id(1), Id(2)], ordered.Remaining);
    }

    [Fact]
    public void All_OverNobodyHasTheSingleOutcomeOrIsStuck()
    {
        Assert.Equal("submit", new StepPolicy.All().Decide([], ["submit"], 0).Outcome);
        Assert.True(new StepPolicy.All().Decide([], AgreeOrReturn, 0).IsStuck);
        Assert.True(new StepPolicy.First().Decide([], ["submit"], 0).IsStuck);
    }

    [Theory]
    // More than half of seven.
    [InlineData("file file file - - - -", null)]
    [InlineData("file file file file - - -", "file")]
    [InlineData("reject file file file file - -", "file")]
    [InlineData("reject - - - - - -", null)]
    [InlineData("reject reject reject reject - - -", "reject")]
    // Three ways: dispute as soon as the last open votes help nobody over the line.
    [InlineData("file file file return return - -", null)]
    [InlineData("file file return return reject reject -", "dispute")]
    [InlineData("file file file return return return reject", "dispute")]
    // An abstention has voted but wins nothing.
    [InlineData("file file file abstain abstain abstain -", null)]
    [InlineData("file file file abstain abstain abstain abstain", "dispute")]
    public void Vote_OverTotal(string answers, string? outcome) =>
        Assert.Equal(outcome, Vote(new(1, 2, OverTotal: true, Strict: true), answers, 7));

    [Theory]
    [InlineData(true, "file file return return", "dispute")]
    [InlineData(false, "file file - -", "file")]
    [InlineData(false, "- return file return", "return")]
    public void Vote_HalfDependsOnStrictness(bool strict, string answers, string outcome) =>
        Assert.Equal(outcome, Vote(new(1, 2, OverTotal: true, strict), answers, 4));

    [Theory]
    // Nine entitled, five present.
    [InlineData(true, "file file file file return", "dispute")]
    [InlineData(false, "file file file - -", "file")]
    [InlineData(false, "file file return return -", null)]
    // Closed early: only those who voted are given.
    [InlineData(false, "file file return", "file")]
    public void Vote_AgainstTotalOrPresent(bool overTotal, string answers, string? outcome) =>
        Assert.Equal(outcome, Vote(new(1, 2, overTotal, Strict: true), answers, 9));

    [Theory]
    // Two thirds of nine are six.
    [InlineData("file file file file file - - - -", null)]
    [InlineData("file file file file file return - - -", "file")]
    [InlineData("file file file file file", "dispute")]
    public void Vote_WaitsForTheQuorum(string answers, string? outcome) =>
        Assert.Equal(outcome, Vote(new(1, 2, true, true, 2, 3), answers, 9));

    [Theory]
    // Two thirds of six pass, one third fails: one refusal kills nothing, two do.
    [InlineData("file file return - - -", null)]
    [InlineData("file return return - - -", "return")]
    [InlineData("file file file file return -", "file")]
    // Those who refuse stand together only when they say the same.
    [InlineData("file file file return reject -", null)]
    [InlineData("file file file return reject file", "file")]
    public void Vote_FailsAtAThresholdOfItsOwn(string answers, string? outcome) =>
        Assert.Equal(outcome, Vote(new(2, 3, true, false) { Fail = new(1, 3) }, answers, 6));

    [Theory]
    [InlineData("file file - - -", null)]
    [InlineData("file return file file -", "file")]
    [InlineData("return return - - -", "return")]
    public void Vote_ByNumberOfVotes(string answers, string? outcome) =>
        Assert.Equal(outcome, Vote(new(3, 0, true, false) { Fail = new(2, 0) }, answers, 5));

    [Fact]
    public void Vote_TwoPassedWithEqualVotesIsADispute() =>
        // The quorum came after both had a third.
        Assert.Equal("dispute", Vote(new(1, 3, true, false, 2, 3), "file file return return - -", 6));

    [Fact]
    public void Vote_CountsWeights()
    {
        ImmutableArray<TaskState> tasks = [new(Id(0), "file", 3), new(Id(1), "return"), new(Id(2), null)];
        Assert.Equal("file", new StepPolicy.Vote(new(1, 2, true, true)).Decide(tasks, ["file", "return"], 5).Outcome);
    }

    [Fact]
    public void Vote_ByNobodyIsADispute() =>
        Assert.Equal("dispute", new StepPolicy.Vote(new(1, 2, false, false)).Decide([], ["file"], 0).Outcome);

    /// <summary>An early end is right: however the open votes fall, and whoever stays away, nothing else comes out.</summary>
    [Theory]
    [InlineData(true, true, 0)]
    [InlineData(true, false, 2)]
    [InlineData(false, true, 0)]
    [InlineData(false, false, 2)]
    public void Vote_EarlyEndIsNeverOvertaken(bool overTotal, bool strict, int quorumOfThree)
    {
        var rule = new VoteRule(1, 2, overTotal, strict, quorumOfThree, 3);
        const string Absent = "absent";
        var early = 0;
        foreach (var answers in Fillings(["file", "return", "-"], 5))
        {
            var outcome = Vote(rule, answers, 6);
            if (outcome is null || !answers.Contains('-'))
                continue;
            early++;
            foreach (var rest in Fillings(["file", "return", "abstain", Absent], answers.Count(c => c == '-')))
            {
                var votes = new Queue<string>(rest.Split(' '));
                var final = answers.Split(' ').Select(answer => answer == "-" ? votes.Dequeue() : answer);
                var end = Vote(rule, string.Join(' ', final.Where(answer => answer != Absent)), 6);
                // Non-strict halves can both be reached; the first to reach it has won by then.
                Assert.True(end == outcome || (!strict && end == StepPolicy.Dispute), $"{answers} | {rest}: {end}");
            }
        }
        Assert.True(early > 0);
    }

    private static IEnumerable<string> Fillings(string[] words, int places) =>
        Enumerable
            .Range(1, places)
            .Aggregate(
                Enumerable.Repeat("", 1),
                (begun, _) => begun.SelectMany(start => words.Select(word => $"{start} {word}".Trim()))
            );

    private static string? Vote(VoteRule rule, string answers, int total) =>
        new StepPolicy.Vote(rule).Decide(Tasks(answers), ["file", "return", "reject"], total).Outcome;

    private static ImmutableArray<TaskState> Tasks(string answers) =>
        Tasks([.. answers.Split(' ').Select(answer => answer == "-" ? null : answer)]);

    private static ImmutableArray<TaskState> Tasks(params string?[] answers) =>
        [.. answers.Select((answer, at) => new TaskState(Id(at), answer))];

    private static Guid Id(int at) => new(at + 1, 0, 0, new byte[8]);
}
