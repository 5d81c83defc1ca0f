using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using EduUnion.Domain.Calendar;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Steps;

namespace EduUnion.Faults;

/// <summary>
/// The pure parts against plain reference models, from a seed: each walk has a number, and walk and seed say all of it.
/// <c>EDUUNION_FAULTS_SEED=… EDUUNION_FAULTS_WALK=…</c> plays one walk again.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int StepsInAll = 1_000_000;
    private const int LongestWalk = 300;
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string? Single = Environment.GetEnvironmentVariable("EDUUNION_FAULTS_WALK");
    private static readonly string[] Started =
    [
        .. DefinitionSet.Shipped.All.Select(d => d.DefinitionId).Distinct().Order(),
    ];

    private static readonly string Published = File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "seeds", "calendar", "cn-statutory-days.json")
    );

    private static readonly StatutorySchedule Schedule = StatutorySchedule.Parse(Published).Value;
    private static readonly HashSet<DateOnly> OffDays =
    [
        .. Years().SelectMany(y => y.GetProperty("daysOff").EnumerateArray()).SelectMany(Each),
    ];

    private static readonly HashSet<DateOnly> MakeUpDays =
    [
        .. Years()
            .SelectMany(y => y.GetProperty("workingWeekendDays").EnumerateArray())
            .Select(d => DateOnly.Parse(d.GetString()!, System.Globalization.CultureInfo.InvariantCulture)),
    ];

    [Fact]
    public void Engine_GoesWhereTheTokenOnThePlainChartGoes() => Play(WalkOfEngine);

    [Fact]
    public void Votes_AreDecidedWhenNoAnswerThatIsStillOpenCanChangeThem() => Play(WalkOfVote);

    [Fact]
    public void WorkingDays_AreWhatADayByDayCountSays() => Play(WalkOfDays);

    [Fact]
    public void Motion_GoesWhereTheRulesInWordsGo()
    {
        var done = new HashSet<string>();
        Play(chance => new MotionWalk(chance, done).Run(), () => done.IsSupersetOf(PlainMotion.Acts));
    }

    [Fact]
    public void Aid_GoesWhereTheRulesInWordsGo()
    {
        var done = new HashSet<string>();
        Play(chance => new AidWalk(chance, done).Run(), () => done.IsSupersetOf(PlainAid.Acts));
    }

    [Fact]
    public void Ledger_HasWhatACountOfItsClaimsSays()
    {
        var refused = new HashSet<string>();
        Play(chance => new LedgerWalk(chance, refused).Run(), () => refused.IsSupersetOf(PlainFund.Refusals));
    }

    /// <summary>Walks until enough steps are made, in the long form, or the time is up.</summary>
    /// <param name="everything">Whether the walks have come to all that there is: those that have not say nothing about it.</param>
    private void Play(Func<Random, int> walk, Func<bool>? everything = null)
    {
        Form.Chance(output);
        var all = everything ?? (() => true);
        var started = Stopwatch.GetTimestamp();
        var (walks, steps) = (0, 0L);
        for (
            var number = Single is null ? 0 : int.Parse(Single, System.Globalization.CultureInfo.InvariantCulture);
            Form.IsLong ? steps < StepsInAll : Stopwatch.GetElapsedTime(started) < (all() ? Brief : Patience);
            number++
        )
        {
            try
            {
                steps += walk(new Random(HashCode(Form.Seed, number)));
                walks++;
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException(
                    $"EDUUNION_FAULTS_SEED={Form.Seed} EDUUNION_FAULTS_WALK={number}: {fault.Message}",
                    fault
                );
            }
            if (Single is not null)
                break;
        }
        output.WriteLine($"{walks} walks, {steps} steps");
        Assert.True(steps > 0);
        Assert.True(Single is not null || all(), "The walks did not come to everything.");
    }

    // Not HashCode.Combine, which differs from run to run.
    private static int HashCode(int seed, int walk) => unchecked((seed * 397) ^ (walk * 7919));

    private static int WalkOfEngine(Random chance)
    {
        var definition = Started[chance.Next(Started.Length)];
        var plain = new PlainChart();
        var engine = new Walker();
        plain.Start(definition);
        engine.Send(new Stimulus.Start(definition));
        Compare(plain, engine);
        var steps = 1;
        for (; steps < LongestWalk && engine.Open.Count > 0; steps++)
        {
            var step = engine.Open[chance.Next(engine.Open.Count)];
            if (chance.Next(500) == 0)
            {
                plain.Cancel(0);
                engine.Send(new Stimulus.Cancel(engine.Instances[0], "over"));
                Compare(plain, engine);
                continue;
            }
            var outcomes = step.Payload.GetProperty("outcomes").EnumerateArray().Select(o => o.GetString()!).ToList();
            var outcome = outcomes[chance.Next(outcomes.Count)];
            var items = chance.Next(4);
            var said = new Stimulus.Answer(step.Step, new StepResult(outcome, Routing(step.Name, items, chance)));
            plain.Answer(engine.Instances.IndexOf(step.Instance), step.Activity, outcome, items);
            engine.Send(said);
            Compare(plain, engine);
            // Said twice: nothing moves.
            if (chance.Next(20) == 0)
                engine.Repeat(said);
        }
        return steps;
    }

    private static ImmutableDictionary<string, JsonElement> Routing(string step, int items, Random chance) =>
        ImmutableDictionary.CreateRange(
            StepCatalogue
                .Shipped.Find(step)!
                .Routing.Select(r =>
                    KeyValuePair.Create(
                        r.Name,
                        r.IsIdList
                            ? JsonSerializer.SerializeToElement(Enumerable.Range(0, items).Select(i => $"item{i}"))
                            : JsonSerializer.SerializeToElement(r.Domain[chance.Next(r.Domain.Length)])
                    )
                )
        );

    private static void Compare(PlainChart plain, Walker engine)
    {
        Assert.Equal(plain.Runs.Count, engine.Instances.Count);
        foreach (var (run, instance) in plain.Runs.Zip(engine.Instances))
        {
            Assert.Equal(
                (run.DefinitionId, string.Join(' ', run.OpenSteps), run.Ended),
                (
                    engine.DefinitionOf[instance],
                    string.Join(
                        ' ',
                        engine
                            .Open.Where(o => o.Instance == instance)
                            .Select(o => o.Activity)
                            .Order(StringComparer.Ordinal)
                    ),
                    engine.Ended.GetValueOrDefault(instance)
                )
            );
        }
    }

    /// <summary>Every continuation of a small vote is played out: it is decided when they all agree, and disputed when none carries.</summary>
    private static int WalkOfVote(Random chance)
    {
        string[] outcomes = ["file", "reject", "return"];
        var rule = new VoteRule(
            chance.Next(1, 4),
            chance.Next(3, 5),
            OverTotal: chance.Next(2) == 0,
            Strict: chance.Next(2) == 0,
            chance.Next(3),
            3
        );
        var policy = new StepPolicy.Vote(rule);
        List<TaskState> tasks =
        [
            .. Enumerable
                .Range(0, chance.Next(1, 6))
                .Select(_ => new TaskState(new Guid(chance.Next(), 0, 0, new byte[8]), null, chance.Next(1, 4))),
        ];
        var total = tasks.Sum(t => t.Weight) + chance.Next(3);
        var steps = 0;
        foreach (var at in Enumerable.Range(0, tasks.Count))
        {
            tasks[at] = tasks[at] with { Outcome = chance.Next(5) is var n && n < 3 ? outcomes[n] : "abstain" };
            var decided = policy.Decide([.. tasks], [.. outcomes], total).Outcome;
            Assert.Equal(Counted(tasks, outcomes, total, rule), decided);
            steps++;
            if (decided is not null)
                break;
        }
        return steps;
    }

    private static string? Counted(IReadOnlyList<TaskState> tasks, string[] outcomes, int total, VoteRule rule)
    {
        var now = Carried(tasks, outcomes, total, rule);
        if (now.Count > 0)
        {
            var most = now.Max(o => VotesOf(tasks, o));
            var first = now.Where(o => VotesOf(tasks, o) == most).ToList();
            return first.Count == 1 ? first[0] : StepPolicy.Dispute;
        }
        return Continued(tasks, outcomes).Any(end => Carried(end, outcomes, total, rule).Count > 0)
            ? null
            : StepPolicy.Dispute;
    }

    private static List<string> Carried(IReadOnlyList<TaskState> tasks, string[] outcomes, int total, VoteRule rule)
    {
        var voted = tasks.Where(t => t.Outcome is not null).Sum(t => t.Weight);
        if (voted * rule.QuorumDenominator < total * rule.QuorumNumerator)
            return [];
        var electorate = rule.OverTotal ? total : tasks.Sum(t => t.Weight);
        return
        [
            .. outcomes.Where(o =>
            {
                var share = (decimal)VotesOf(tasks, o) * rule.PassDenominator;
                var need = (decimal)electorate * rule.PassNumerator;
                return VotesOf(tasks, o) > 0 && (rule.Strict ? share > need : share >= need);
            }),
        ];
    }

    private static int VotesOf(IEnumerable<TaskState> tasks, string outcome) =>
        tasks.Where(t => t.Outcome == outcome).Sum(t => t.Weight);

    private static IEnumerable<List<TaskState>> Continued(IReadOnlyList<TaskState> tasks, string[] outcomes)
    {
        var open = tasks.Index().FirstOrDefault(t => t.Item.Outcome is null, (-1, null!));
        if (open.Index < 0)
            return
            [
                [.. tasks],
            ];
        return outcomes
            .Append("abstain")
            .SelectMany(o =>
            {
                List<TaskState> with = [.. tasks];
                with[open.Index] = with[open.Index] with { Outcome = o };
                return Continued(with, outcomes);
            });
    }

    private static int WalkOfDays(Random chance)
    {
        DateOnly Day() => new DateOnly(2023, 1, 1).AddDays(chance.Next(1_000));
        DaysOff Off(int most)
        {
            var from = Day();
            return new DaysOff("停课", from, from.AddDays(chance.Next(most)));
        }
        List<DaysOff> closures = [.. Enumerable.Range(0, chance.Next(3)).Select(_ => Off(4))];
        List<DaysOff> vacations = [.. Enumerable.Range(0, chance.Next(3)).Select(_ => Off(40))];
        var calendar = new WorkingCalendar(1, Schedule, [.. closures], [.. vacations]);
        var rule = chance.Next(2) == 0 ? VacationRule.None : VacationRule.Suspend;
        const int Steps = 20;
        foreach (var _ in Enumerable.Range(0, Steps))
        {
            var (start, workdays) = (Day(), chance.Next(1, 40));
            var day = start;
            for (var left = workdays; left > 0; )
                if (Works(day = day.AddDays(1)))
                    left--;
            Assert.Equal((start, workdays, day), (start, workdays, calendar.AddWorkdays(start, workdays, rule)));
            Assert.Equal(workdays, calendar.WorkdaysBetween(start, day, rule));
        }
        return Steps;

        bool Works(DateOnly day)
        {
            if (closures.Any(c => c.Contains(day)))
                return false;
            if (rule == VacationRule.Suspend && vacations.Any(v => v.Contains(day)))
                return false;
            if (OffDays.Contains(day))
                return false;
            return MakeUpDays.Contains(day) || day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        }
    }

    private static IEnumerable<JsonElement> Years() =>
        JsonElement.Parse(Published).GetProperty("years").EnumerateObject().Select(y => y.Value);

    private static IEnumerable<DateOnly> Each(JsonElement off)
    {
        for (var day = On("from"); day <= On("to"); day = day.AddDays(1))
            yield return day;

        DateOnly On(string end) =>
            DateOnly.Parse(off.GetProperty(end).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }
}
