using System.Diagnostics;

namespace EduUnion.Benchmarks;

/// <summary>
/// Decides five-step approvals by many people at once. Floor and program take turns, one step of all cases each, so that
/// both see the same weather on the machine.
/// </summary>
internal sealed class Decisions(int cases, int approvers, int open, int warmUp, int pause)
{
    public async Task<IReadOnlyDictionary<string, double>> RunAsync(string server, CancellationToken cancellation)
    {
        await using var ground = await Ground.OpenAsync(server, cancellation);
        var approval = new Approval(ground);
        await approval.PrepareAsync(approvers, cancellation);
        var bulk = new BulkCases(ground, approval);
        var deciders = new Deciders(ground, approval);
        var first = await bulk.PlayableAsync(Math.Max(1, warmUp / Approval.Steps), cancellation);
        await approval.StartAsync(first, cancellation);
        Print.Say($"{open} open cases are made");
        await bulk.OpenAsync(first[0], open, cancellation);
        Print.Say($"{warmUp} decisions to warm up");
        Guid sample = default;
        for (var step = 0; step < Approval.Steps; step++)
        {
            var waiting = await deciders.WaitingAsync(first);
            sample = waiting[0].Task;
            await Load.ClosedAsync(approvers, waiting.Count, i => deciders.DecideAsync(waiting[i], i, cancellation));
        }
        var floor = await Floor.LikeAsync(ground, approval, sample);
        var (played, byHand) = (await StartedAsync(cases), await StartedAsync(cases));
        await WarmFloorAsync();
        if (pause > 0)
        {
            Print.Say($"process {Environment.ProcessId} goes on in {pause} s");
            await Task.Delay(TimeSpan.FromSeconds(pause), cancellation);
        }

        var meter = new Meter(ground);
        var (ours, theirs) = (new List<Slice>(), new List<Slice>());
        for (var step = 0; step < Approval.Steps; step++)
        {
            var last = step == Approval.Steps - 1;
            var hand = await deciders.WaitingAsync(byHand);
            theirs.Add(await Load.ClosedAsync(approvers, hand.Count, i => floor.DecideAsync(hand[i], i, last)));
            var waiting = await deciders.WaitingAsync(played);
            await meter.StartAsync();
            ours.Add(
                await Load.ClosedAsync(approvers, waiting.Count, i => deciders.DecideAsync(waiting[i], i, cancellation))
            );
            await meter.StopAsync();
            Print.Say($"step {step + 1}: floor {theirs[^1].PerSecond:0}/s, decisions {ours[^1].PerSecond:0}/s");
        }
        var (engine, hands) = (Slice.Sum(ours), Slice.Sum(theirs));
        var half = await HalfAsync(engine.PerSecond / 2);
        using var process = Process.GetCurrentProcess();
        return new Dictionary<string, double>
        {
            ["decisionsPerSecond"] = engine.PerSecond,
            ["floorPerSecond"] = hands.PerSecond,
            ["ratio"] = engine.PerSecond / hands.PerSecond,
            ["p50Ms"] = engine.Percentile(0.5),
            ["p99Ms"] = engine.Percentile(0.99),
            ["commits"] = (double)meter.Commits / engine.Count,
            ["statements"] = (double)meter.Statements / engine.Count,
            ["walBytes"] = (double)meter.WalBytes / engine.Count,
            ["cpuMs"] = engine.CpuMs,
            ["peakMb"] = process.PeakWorkingSet64 / 1048576.0,
            ["halfLoadPerSecond"] = engine.PerSecond / 2,
            ["halfLoadP50Ms"] = half.Percentile(0.5),
            ["halfLoadP99Ms"] = half.Percentile(0.99),
            ["floorCpuMs"] = hands.CpuMs,
            ["floorP99Ms"] = hands.Percentile(0.99),
            ["decisions"] = engine.Count,
            ["warmUp"] = warmUp,
            ["approvers"] = approvers,
            ["open"] = open,
        };

        async Task<Guid[]> StartedAsync(int count)
        {
            var made = await bulk.PlayableAsync(count, cancellation);
            await approval.StartAsync(made, cancellation);
            return made;
        }

        async Task WarmFloorAsync()
        {
            var made = await StartedAsync(Math.Max(approvers, cases / 10));
            foreach (var last in new[] { false, false, true })
            {
                var waiting = await deciders.WaitingAsync(made);
                await Load.ClosedAsync(approvers, waiting.Count, i => floor.DecideAsync(waiting[i], i, last));
            }
        }

        async Task<Slice> HalfAsync(double perSecond)
        {
            // Half a minute of it, or all that there is.
            var made = await StartedAsync(Math.Clamp((int)(perSecond * 30 / Approval.Steps), approvers, cases));
            var slices = new List<Slice>();
            for (var step = 0; step < Approval.Steps; step++)
            {
                var waiting = await deciders.WaitingAsync(made);
                slices.Add(
                    await Load.OpenAsync(
                        perSecond,
                        waiting.Count,
                        i => deciders.DecideAsync(waiting[i], i, cancellation)
                    )
                );
            }
            return Slice.Sum(slices);
        }
    }
}
