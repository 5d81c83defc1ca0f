using System.Collections.Concurrent;
using System.Globalization;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Faults;

/// <summary>
/// Stands between a journey and its program, and lets the program die at every point of every kind of transition: each is
/// tried and torn at point 1, 2, 3 … on the same data until nothing is left to tear. The journey notices nothing, and ends
/// as it is written.
/// </summary>
internal sealed class Crash : Between
{
    private readonly ConcurrentDictionary<string, int> _torn = [];
    private readonly ConcurrentDictionary<string, int> _refused = [];
    private readonly ConcurrentDictionary<District, Place> _places = [];

    /// <summary>Everything that went otherwise than it should.</summary>
    public ConcurrentQueue<string> Violations { get; } = [];

    /// <summary>How often the program has died.</summary>
    public int Deaths => _torn.Values.Sum() + _refused.Values.Sum();

    /// <summary>Every kind of transition that was torn, with its number of points.</summary>
    public IReadOnlyDictionary<string, int> Kinds => _torn;

    public IReadOnlyDictionary<string, int> Refusals => _refused;

    public bool Knows(string kind) => _torn.ContainsKey(kind);

    public override void Change(IServiceCollection parts)
    {
        var tear = new Tear();
        tear.StandIn(parts);
        parts.AddSingleton(tear);
    }

    public override DelegatingHandler Gate(District district) => new CrashGate(this, district);

    /// <summary>Expiries, mandates and reminders that have come due.</summary>
    public override async Task BeforeJobsAsync(District district)
    {
        await DeliverAsync(district);
        await TearJobAsync<MandateSweep>(district, "job mandates");
        await ExpireAsync(district);
        await TearJobAsync<ClockSweep>(district, "job clocks");
        await DeliverAsync(district);
    }

    public override async Task ClosingAsync(District district)
    {
        if (!_places.TryRemove(district, out var place))
            return;
        await place.Digest.DisposeAsync();
        foreach (var violation in await Checker.ViolationsAsync(district.Database))
            Violations.Enqueue(violation);
    }

    /// <summary>Where a journey plays: its tear and its database.</summary>
    public async Task<Place> PlaceOfAsync(District district)
    {
        if (_places.TryGetValue(district, out var known))
            return known;
        return _places[district] = new Place(
            district.Running.Services.GetRequiredService<Tear>(),
            await Digest.OfAsync(district.Database)
        );
    }

    public void Remember(string kind, int points, bool refused) => (refused ? _refused : _torn)[kind] = points;

    /// <summary>Signals that the torn commit has written and the dead program did not deliver.</summary>
    public async Task DeliverAsync(District district)
    {
        var open = await ReadAsync(
            district,
            db =>
                db.Set<SignalRow>()
                    .AsNoTracking()
                    .Where(s => s.DeliveredAt == null)
                    .OrderBy(s => s.At)
                    .ThenBy(s => s.Id)
                    .ToListAsync()
        );
        foreach (var signal in open)
            await TearAsync<CaseSteps>(
                district,
                $"signal {signal.Kind}",
                steps => steps.DeliverAsync(signal.Id, CancellationToken.None)
            );
    }

    private async Task ExpireAsync(District district)
    {
        var now = district.Running.Time.GetUtcNow();
        var due = await ReadAsync(
            district,
            db =>
                db.Set<ClockRow>()
                    .AsNoTracking()
                    .Where(c => c.StoppedAt == null && c.NextAt <= now && c.DueAt <= now)
                    .Where(c => c.ExpiryOutcome != null || c.Name == "timer")
                    .OrderBy(c => c.NextAt)
                    .ToListAsync()
        );
        foreach (var clock in due)
        {
            await TearAsync<CaseSteps>(
                district,
                $"clock {clock.Name} {clock.ExpiryOutcome}",
                steps => steps.ExpireAsync(clock.CaseId, clock.Id, CancellationToken.None)
            );
            await DeliverAsync(district);
        }
    }

    private Task TearJobAsync<TJob>(District district, string kind)
        where TJob : Host.Jobs.IJob => TearAsync<TJob>(district, kind, job => job.RunAsync(CancellationToken.None));

    /// <summary>
    /// Tears one transition of the program itself until it has committed; what then is left, the next tick does. A kind
    /// that did not commit anything is not counted and will be tried again.
    /// </summary>
    private async Task TearAsync<TService>(District district, string kind, Func<TService, Task> act)
        where TService : notnull
    {
        var place = await PlaceOfAsync(district);
        // What is known passes whole.
        var thorough = place.Thoroughly();
        for (var point = Knows(kind) ? int.MaxValue : 1; ; point++)
        {
            var before = await place.Digest.TakeAsync();
            place.Tear.Arm(point, thorough);
            try
            {
                await using var scope = district.Running.Services.CreateAsyncScope();
                await act(scope.ServiceProvider.GetRequiredService<TService>());
            }
            // As itself, or wrapped by whoever it passed; everything else is a violation.
            catch (Exception torn) when (place.Tear.Where is not null)
            {
                _ = torn;
            }
            finally
            {
                place.Tear.Disarm();
            }
            if (place.Tear.Committed)
            {
                if (point < int.MaxValue)
                    Remember(kind, point, refused: false);
                return;
            }
            var after = await place.Digest.TakeAsync();
            if (after != before)
                Violations.Enqueue(
                    $"{kind}, {place.Tear.Where}: nothing was committed, and {Digest.Difference(before, after)} changed"
                );
            if (place.Tear.Where is null)
                return;
        }
    }

    private static async Task<T> ReadAsync<T>(District district, Func<Host.Persistence.EduUnionDb, Task<T>> read)
    {
        T? found = default;
        await district.Running.InDatabaseAsync(async db => found = await read(db));
        return found!;
    }

    /// <summary>What was torn, a line each: for whoever looks for what is missing.</summary>
    public string Told() =>
        string.Join(
            Environment.NewLine,
            _torn
                .OrderBy(k => k.Key, StringComparer.Ordinal)
                .Select(k => string.Create(CultureInfo.InvariantCulture, $"{k.Value, 4}  {k.Key}"))
        );

    internal sealed record Place(Tear Tear, Digest Digest)
    {
        private bool _begun;

        /// <summary>In the short form only the first kind that a journey meets is torn everywhere.</summary>
        public bool Thoroughly()
        {
            var first = !_begun;
            _begun = true;
            return first || Form.IsLong;
        }
    }
}
