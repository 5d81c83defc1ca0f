using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Workflows.Steps;

namespace EduUnion.Workflows.Tests.Steps;

public class StepDeskTests
{
    private static readonly ImmutableArray<string> Outcomes = ["agree", "return"];
    private static readonly Guid Wang = Id(1);
    private static readonly Guid Li = Id(2);
    private static readonly Guid Zhao = Id(3);

    [Fact]
    public void HandedOver_ItIsTheOthersForGood_AndNobodyIsSaidToHaveDecided()
    {
        var desk = Ok(One().HandOver(Task(1), Task(2), Li));

        Assert.Equal((DeskStand.Handed, null), (desk.Tasks[0].Stand, desk.Tasks[0].Outcome));
        Assert.Equal([Task(2)], desk.Answerable);
        Refused("task.closed", desk.Answer(Task(1), "agree"));
        Assert.Equal("agree", Ok(desk.Answer(Task(2), "agree")).Standing.Outcome);
    }

    [Fact]
    public void HandedOver_InOrder_KeepsItsPlaceAndVotes()
    {
        var desk = Desk(new StepPolicy.All(Ordered: true), Own(1, Wang) with { Weight = 3 }, Own(2, Li));

        var handed = Ok(desk.HandOver(Task(1), Task(9), Zhao));

        Assert.Equal([Task(9)], handed.Answerable);
        Assert.Equal(3, handed.Tasks.Single(t => t.Id == Task(9)).Weight);
    }

    [Fact]
    public void Delegated_TheAdviserSpeaks_TheOwnerDecides()
    {
        var asked = Ok(One().Delegate(Task(1), Task(2), Li));
        Assert.Equal([Task(2)], asked.Answerable);
        Refused("task.waits", asked.Answer(Task(1), "agree"));

        var advised = Ok(asked.Answer(Task(2), "agree"));
        Assert.Null(advised.Standing.Outcome);
        Assert.Equal([Task(1)], advised.Answerable);
        Assert.Equal("return", Ok(advised.Answer(Task(1), "return")).Standing.Outcome);
    }

    [Fact]
    public void SignersBefore_AllAnswerFirst_AndADisagreementClosesTheFavourableOutcome()
    {
        var desk = Ok(Ok(One().AddSigner(Task(1), Task(2), Li, after: false)).AddSigner(Task(1), Task(3), Zhao, false));
        Assert.Equal([Task(2), Task(3)], desk.Answerable.Order());

        desk = Ok(Ok(desk.Answer(Task(2), StepDesk.Agree)).Answer(Task(3), StepDesk.Disagree));
        Refused("task.signer-disagrees", desk.Answer(Task(1), "agree"));
        Assert.Equal("return", Ok(desk.Answer(Task(1), "return")).Standing.Outcome);

        var persuaded = Ok(Ok(desk.TakeBack(Task(3))).Answer(Task(3), StepDesk.Agree));
        Assert.Equal("agree", Ok(persuaded.Answer(Task(1), "agree")).Standing.Outcome);
    }

    [Fact]
    public void SignersAfter_TheAnswerCountsWhenTheyAgree_AndComesBackWhenTheyDoNot()
    {
        var desk = Ok(One().AddSigner(Task(1), Task(2), Li, after: true));
        Refused("task.waits", desk.Answer(Task(2), StepDesk.Agree));

        var answered = Ok(desk.Answer(Task(1), "agree"));
        Assert.Null(answered.Standing.Outcome);
        Assert.Equal([Task(2)], answered.Answerable);

        var back = Ok(answered.Answer(Task(2), StepDesk.Disagree));
        Assert.Equal([Task(1)], back.Answerable);
        var again = Ok(back.Answer(Task(1), "return"));
        Assert.Null(again.Standing.Outcome);
        Assert.Equal("return", Ok(again.Answer(Task(2), StepDesk.Agree)).Standing.Outcome);
    }

    [Fact]
    public void Removed_OnlyWhoHasNotAnswered()
    {
        var desk = Ok(One().AddSigner(Task(1), Task(2), Li, after: false));

        Assert.Equal([Task(1)], Ok(desk.Remove(Task(2))).Answerable);
        Refused("task.closed", Ok(desk.Answer(Task(2), StepDesk.Agree)).Remove(Task(2)));
        Refused("task.not-added", desk.Remove(Task(1)));
    }

    [Fact]
    public void TakenBack_WhileTheStepIsUndecided()
    {
        var desk = Desk(new StepPolicy.All(), Own(1, Wang), Own(2, Li));
        var one = Ok(desk.Answer(Task(1), "agree"));

        Assert.Equal([Task(1), Task(2)], Ok(one.TakeBack(Task(1))).Answerable);
        Refused("task.went-on", Ok(one.Answer(Task(2), "agree")).TakeBack(Task(1)));
        Refused("task.not-answered", one.TakeBack(Task(2)));
    }

    [Fact]
    public void Nobody_HasTwoTasksOfAStep()
    {
        var desk = Desk(new StepPolicy.All(), Own(1, Wang), Own(2, Li));

        Refused("task.member-has-task", desk.HandOver(Task(1), Task(3), Li));
        Refused("task.member-has-task", desk.AddSigner(Task(1), Task(3), Wang, after: true));
        Refused("task.member-has-task", desk.Delegate(Task(1), Task(3), Li));
    }

    [Fact]
    public void Or_OneAnswersForAll_AndTheOthersHaveDecidedNothing()
    {
        var desk = Ok(Desk(new StepPolicy.First(), Own(1, Wang), Own(2, Li)).Answer(Task(2), "return"));

        Assert.Equal("return", desk.Standing.Outcome);
        Assert.Equal([Task(1)], desk.Standing.Remaining);
        Assert.Null(desk.Tasks[0].Outcome);
        Assert.Empty(desk.Answerable);
    }

    /// <summary>Whatever is done in whatever order: votes are neither made nor lost, and somebody can always go on.</summary>
    [Fact]
    public void AnyActs_KeepVotesAndAlwaysLeaveSomebodyWhoCanGoOn()
    {
        StepPolicy[] policies =
        [
            new StepPolicy.First(),
            new StepPolicy.All(),
            new StepPolicy.All(Ordered: true),
            new StepPolicy.Vote(new VoteRule(1, 2, OverTotal: true, Strict: true)),
        ];
        var decided = 0;
        for (var seed = 0; seed < 10_000; seed++)
        {
            var random = new Random(seed);
            var owners = random.Next(1, 5);
            var desk = Desk(
                policies[random.Next(policies.Length)],
                [.. Enumerable.Range(1, owners).Select(n => Own(n, Id(n)) with { Weight = 1 + (seed % 2) })]
            );
            var votes = Votes(desk);
            desk = desk with { Total = votes };
            var next = 100;
            for (var act = 0; act < 30 && desk.Standing.Outcome is null; act++)
            {
                var task = desk.Tasks[random.Next(desk.Tasks.Length)].Id;
                var to = Id(random.Next(1, 12));
                var before = desk;
                var done = random.Next(8) switch
                {
                    0 => desk.HandOver(task, Task(next++), to),
                    1 => desk.Delegate(task, Task(next++), to),
                    2 => desk.AddSigner(task, Task(next++), to, random.Next(2) == 0),
                    3 => desk.Remove(task),
                    4 => desk.TakeBack(task),
                    _ => desk.Answer(task, Say(random, desk, task)),
                };
                desk = done.IsOk ? done.Value : before;

                Assert.True(votes == Votes(desk), $"seed {seed}: votes changed");
                Assert.True(
                    desk.Tasks.Where(t => t.IsLive).GroupBy(t => t.Member).All(g => g.Count() == 1),
                    $"seed {seed}: somebody has two tasks"
                );
                Assert.True(
                    desk.Standing.Outcome is not null || desk.Standing.IsStuck || !desk.Answerable.IsEmpty,
                    $"seed {seed}: undecided and nobody can answer"
                );
                Assert.True(
                    desk.Standing.Outcome is null || desk.Answerable.IsEmpty,
                    $"seed {seed}: decided and still asked"
                );
            }
            if (desk.Standing.Outcome is not null)
                decided++;
        }
        Assert.InRange(decided, 5_000, 10_000);
    }

    private static string Say(Random random, StepDesk desk, Guid task) =>
        desk.Tasks.Single(t => t.Id == task).Part is DeskPart.Before or DeskPart.After
            ? random.Next(4) == 0
                ? StepDesk.Disagree
                : StepDesk.Agree
            : Outcomes[random.Next(2)];

    private static int Votes(StepDesk desk) =>
        desk.Tasks.Where(t => t.Part == DeskPart.Own && t.IsLive).Sum(t => t.Weight);

    private static StepDesk One() => Desk(new StepPolicy.First(), Own(1, Wang));

    private static StepDesk Desk(StepPolicy policy, params ImmutableArray<DeskTask> tasks) =>
        new(tasks, policy, Outcomes, tasks.Length);

    private static DeskTask Own(int id, Guid member) => new(Task(id), member);

    private static Guid Id(int n) => new(n, 0, 0, new byte[8]);

    private static Guid Task(int n) => new(n, 1, 0, new byte[8]);

    private static StepDesk Ok(Outcome<StepDesk> done) =>
        done.Match(desk => desk, refusal => throw new Xunit.Sdk.XunitException(refusal.Code));

    private static void Refused(string code, Outcome<StepDesk> done) => Assert.Equal(code, done.Refusal?.Code);
}
