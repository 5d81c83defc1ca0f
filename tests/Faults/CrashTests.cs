using System.Diagnostics;
using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Faults;

/// <summary>
/// The program dies at every point of every kind of transition. Nothing half done is left, what was committed is there,
/// the same key gets its answer, and the journey ends as it is written.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task EveryTransition_TornAtEveryPoint_LeavesNothingHalf_AndIsAnsweredOnce(Provider provider)
    {
        var crash = new Crash();
        crash.StandUp();
        var named = Environment.GetEnvironmentVariable("EDUUNION_FAULTS_JOURNEY") ?? "";
        foreach (var journey in Journeys.All.Where(j => j.Method.Name.Contains(named, StringComparison.Ordinal)))
        {
            var started = Stopwatch.GetTimestamp();
            await journey(provider);
            output.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s {journey.Method.Name}");
        }
        output.WriteLine($"{crash.Kinds.Count} kinds; the program died {crash.Deaths} times");
        output.WriteLine(crash.Told());
        // Less would mean that the gate between clients and program was not there.
        if (named.Length == 0)
            Assert.True(crash.Kinds.Count >= 150, $"only {crash.Kinds.Count} kinds of transitions were torn");
        Assert.True(crash.Deaths > 2 * crash.Kinds.Count, $"the program died {crash.Deaths} times only");
        Assert.True(crash.Violations.IsEmpty, string.Join(Environment.NewLine, crash.Violations));
    }
}
