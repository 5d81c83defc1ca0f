using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Faults;

/// <summary>
/// The clocks of the nodes jump by an hour and by a day, forth and back, and disagree by minutes; nobody is there for thirty
/// days; February has twenty-nine; the new year begins without a schedule, which is published late and then corrected. Every
/// deadline takes effect once and not before it is due, none is missed, and nobody hears of one alarm twice.
/// </summary>
public sealed class ClockTests(ITestOutputHelper output)
{
    private const string Days = "yyyy-MM-dd";
    private readonly int _rounds = Form.Of(1, 40);
    private readonly int _ticks = Form.Of(40, 120);

    /// <summary>The day on which it begins: an ordinary spring, a turn of the year, a leap day.</summary>
    public static TheoryData<Provider, string> Times =>
        new()
        {
            { Provider.Sqlite, "2026-12-07" },
            { Provider.Postgres, "2026-12-07" },
            { Provider.Sqlite, "2028-02-21" },
            { Provider.Postgres, "2026-03-02" },
        };

    [Theory, MemberData(nameof(Times))]
    public async Task WhateverTheClocksSay_EachDeadlineHasOneEffect_AndNoneIsEarlyOrMissed(
        Provider provider,
        string day
    )
    {
        var chance = Form.Chance(output);
        for (var round = 0; round < _rounds; round++)
            await PlayAsync(provider, DateOnly.ParseExact(day, Days, CultureInfo.InvariantCulture), chance);
    }

    [Fact]
    public Task ASchedule_ThatIsPublishedAfterAClockWasSetBack_LetsNothingRingAgain() =>
        AloneAsync(
            async (node, time) =>
            {
                // A week before the answer is due, until it is late.
                time.MoveTo(ChinaTime.At(new(2026, 4, 7), new TimeOnly(9, 0)));
                for (var day = 0; day < 14; day++)
                {
                    await node.TickAsync();
                    time.MoveTo(time.GetUtcNow().AddHours(1));
                    node.Clock.Off = TimeSpan.FromDays(1);
                    await node.TickAsync();
                    node.Clock.Off = TimeSpan.Zero;
                    // Of days on which nothing is due.
                    await node.PublishAsync(Schedule($"2026-12-0{1 + day % 2}"), Guid.NewGuid());
                    await node.TickAsync();
                    time.MoveTo(time.GetUtcNow().AddHours(23));
                }
            }
        );

    [Fact]
    public Task AfterAStandstill_WhoeverMissedHisEnd_IsNotToldToHurry() =>
        AloneAsync(
            async (node, time) =>
            {
                time.MoveTo(time.GetUtcNow().AddDays(40));
                await node.TickAsync();
            }
        );

    [Fact]
    public Task ADeadline_ThatASchedulePutsIntoThePast_TakesEffectAtOnce() =>
        AloneAsync(
            async (node, time) =>
            {
                // The proposer has until the end of this day to rate the answer.
                time.MoveTo(ChinaTime.At(new(2026, 3, 16), new TimeOnly(10, 0)));
                await node.TickAsync();
                await node.PublishAsync(Schedule("2026-12-01", "2026-03-07", "2026-03-08"), Guid.NewGuid());
                await node.TickAsync();
            }
        );

    /// <summary>One node from 2 March 2026, 09:00; then the checker looks.</summary>
    private static async Task AloneAsync(Func<ClockNode, SimulatedTime, Task> act)
    {
        var from = new DateOnly(2026, 3, 2);
        await using var database = await TestDatabase.MigratedAsync(Provider.Sqlite);
        var time = new SimulatedTime(ChinaTime.At(from, new TimeOnly(9, 0)));
        await PeopleAsync(database, time, from);
        await using var node = new ClockNode(database, time, []);
        await act(node, time);
        Content(await Checker.ViolationsAsync(database, now: time.GetUtcNow()));
    }

    private static string Schedule(string off, params string[] working) =>
        JsonSerializer.Serialize(
            new
            {
                country = "CN",
                years = new Dictionary<string, object>
                {
                    [off[..4]] = new
                    {
                        daysOff = new[]
                        {
                            new
                            {
                                name = "放假",
                                from = off,
                                to = off,
                            },
                        },
                        workingWeekendDays = working,
                    },
                },
            }
        );

    private async Task PlayAsync(Provider provider, DateOnly from, Random chance)
    {
        var started = Stopwatch.GetTimestamp();
        await using var database = await TestDatabase.MigratedAsync(provider);
        var time = new SimulatedTime(ChinaTime.At(from, new TimeOnly(9, 0)));
        var people = await PeopleAsync(database, time, from);
        var sent = new ConcurrentDictionary<string, int>();
        // Several nodes share PostgreSQL only.
        var nodes = Enumerable
            .Range(0, provider is Provider.Postgres ? 2 : 1)
            .Select(_ => new ClockNode(database, time, sent))
            .ToList();
        try
        {
            var walk = new ClockWalk(database, time, nodes, people, Schedules(from), chance);
            await walk.RunAsync(_ticks);
            await walk.ComeToRestAsync();
            Content(walk.Violations);
            var violations = await Checker.ViolationsAsync(
                database,
                Path.Combine(database.DataDirectory, "mail"),
                now: time.GetUtcNow()
            );
            Content(violations);
            // Under one Message-ID, so that the reader's program drops the second.
            var twice = sent.Values.Count(times => times > 1);
            Assert.True(twice == 0 || walk.FarApart, $"{twice} mails left twice");
            output.WriteLine(
                $"{provider} from {from:yyyy-MM-dd}: {walk.Ticks} ticks, {walk.Jumps} jumps, {await walk.CountedAsync()}, "
                    + $"{sent.Count} mails, {twice} of them twice, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"
            );
        }
        finally
        {
            foreach (var node in nodes)
                await node.DisposeAsync();
        }
    }

    private static void Content(IReadOnlyList<string> violations) =>
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations.Take(20)));

    /// <summary>Motions at every stage that has a deadline, as people have brought them there on the first day.</summary>
    private static async Task<Town> PeopleAsync(TestDatabase database, SimulatedTime time, DateOnly from)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(database.Settings).Build();
        await using var stage = new Stage(
            () => Theatre.Parts(settings, database.DataDirectory, time).BuildServiceProvider(validateScopes: true),
            time,
            Path.Combine(database.DataDirectory, "mail"),
            TextWriter.Null
        );
        var town = await Town.BuildAsync(
            stage,
            "XX小学",
            "XXXX",
            (3, 2, from.AddDays(23)),
            ["总务处"],
            filedBefore: 0,
            // A ladder that goes on after the end must not put the end off.
            new Dictionary<string, string> { ["remind.after_first.feedback"] = "1", ["remind.every.feedback"] = "3" },
            default
        );
        var play = new MotionPlay(stage, town);
        for (var silent = 0; silent < 3; silent++)
            await play.InviteAsync(await play.CreateAsync($"提案{silent}"), "附议人甲", "附议人乙");
        var unsent = await play.CreateAsync("没有提交的提案");
        await play.InviteAsync(unsent, "附议人甲", "附议人乙");
        await play.CosignAsync(unsent);
        await play.FileAsync("没有审查的提案");
        foreach (var title in new[] { "正在票决的提案", "一同票决的提案" })
            await play.DecideAsync(
                await play.FileAsync(title),
                "秘书",
                "motion.check",
                "propose",
                new { recommendation = "file" }
            );
        var late = await HandledAsync(play, "等待答复的提案");
        await play.AskExtensionAsync(late, "总务处经办", 5);
        var answered = await HandledAsync(play, "已经答复的提案");
        await play.DraftAsync(answered, "总务处");
        await play.DecideAsync(answered, "总务处负责人", "handling.sign", "sign");
        await play.DecideAsync(answered, "分管校长", "handling.leader", "agree");
        await play.DecideAsync(answered, "秘书", "handling.formcheck", "deliver");
        return town;
    }

    private static async Task<Guid> HandledAsync(MotionPlay play, string title)
    {
        var id = await play.FileAsync(title);
        await play.ReviewAsync(id, "file");
        await play.AssignAsync(id, "总务处");
        await play.DecideAsync(id, "总务处经办", "handling.accept", "accept");
        await play.MeetAsync(id, "总务处");
        return id;
    }

    /// <summary>What is published meanwhile, in December for the next year: a day less, two days more, another day less.</summary>
    private static string[] Schedules(DateOnly from)
    {
        var monday = from.Month == 12 ? new DateOnly(from.Year + 1, 1, 4) : from.AddDays(14);
        while (monday.DayOfWeek != DayOfWeek.Monday)
            monday = monday.AddDays(1);
        return [Schedule(On(0)), Schedule($"{monday.Year}-12-31", On(-2), On(-1)), Schedule(On(1))];
        string On(int day) => monday.AddDays(day).ToString(Days, CultureInfo.InvariantCulture);
    }
}
