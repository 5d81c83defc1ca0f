using System.Diagnostics;

namespace EduUnion.Benchmarks;

/// <summary>One stretch of measured work.</summary>
/// <param name="CpuMs">CPU time of this process.</param>
internal sealed record Slice(int Count, TimeSpan Took, TimeSpan Cpu, double[] LatenciesMs)
{
    public static Slice Sum(IReadOnlyCollection<Slice> slices) =>
        new(
            slices.Sum(s => s.Count),
            slices.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Took),
            slices.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Cpu),
            [.. slices.SelectMany(s => s.LatenciesMs)]
        );

    public double PerSecond => Count / Took.TotalSeconds;

    public double CpuMs => Cpu.TotalMilliseconds / Count;

    public double Percentile(double share)
    {
        var sorted = LatenciesMs.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }
}

internal static class Load
{
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <summary>So many people, each with the next piece of work as soon as the last is done.</summary>
    public static async Task<Slice> ClosedAsync(int people, int count, Func<int, Task> act)
    {
        var latencies = new double[count];
        var next = -1;
        var (cpu, began) = (Cpu(), Time.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, people).Select(_ => Task.Run(WorkAsync)));
        return new(count, Time.GetElapsedTime(began), Cpu() - cpu, latencies);

        async Task WorkAsync()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count; )
            {
                var at = Time.GetTimestamp();
                await act(i);
                latencies[i] = Time.GetElapsedTime(at).TotalMilliseconds;
            }
        }
    }

    /// <summary>Work that comes at its own pace, whether or not the last is done; a latency counts from when it came.</summary>
    public static async Task<Slice> OpenAsync(double perSecond, int count, Func<int, Task> act)
    {
        var latencies = new double[count];
        var running = new Task[count];
        var (cpu, began) = (Cpu(), Time.GetTimestamp());
        for (var i = 0; i < count; i++)
        {
            var due = TimeSpan.FromSeconds(i / perSecond);
            while (due - Time.GetElapsedTime(began) is { TotalMilliseconds: > 0.5 } early)
                await Task.Delay(early);
            var mine = i;
            running[i] = Task.Run(async () =>
            {
                await act(mine);
                latencies[mine] = (Time.GetElapsedTime(began) - due).TotalMilliseconds;
            });
        }
        await Task.WhenAll(running);
        return new(count, Time.GetElapsedTime(began), Cpu() - cpu, latencies);
    }

    private static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
