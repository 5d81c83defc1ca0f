using System.Collections.Immutable;
using EduUnion.Domain.Aid;

namespace EduUnion.Domain.Statistics;

/// <summary>A number and the cases or files that are counted in it.</summary>
public sealed record AidTally(AidTallyKind Kind, ImmutableArray<Guid> Ids)
{
    public int Count => Ids.Length;
}

/// <summary>A rate; <see cref="Value"/> has one decimal, rounded half up, and is — without a denominator.</summary>
public sealed record AidRate(AidRateKind Kind, int Numerator, int Denominator)
{
    public string Value => Figure.Write(Numerator, Denominator, ratio: false);
}

/// <summary>
/// What was paid: persons (人数, each once), times (人次, one a payment) and the amount. Times and amounts of the rows of a
/// table add up to the whole; persons need not, for one may be paid from two funds.
/// </summary>
public sealed record AidSum(int Persons, int Times, Money Amount, ImmutableArray<Guid> Cases)
{
    public static AidSum Of(IEnumerable<AidFacts> paid)
    {
        ImmutableArray<AidFacts> facts = [.. paid];
        return new(
            facts.Select(f => f.ApplicantId).Distinct().Count(),
            facts.Length,
            facts.Aggregate(Money.Zero, (sum, f) => sum + f.Amount),
            [.. facts.Select(f => f.Id)]
        );
    }
}

/// <summary>
/// The figures of hardship aid in a period (first and last day counted): what was decided, what was paid, by fund, cause,
/// category and school, and the files. Pure; the scope is whatever it is given.
/// </summary>
public sealed class AidStatistics
{
    private readonly ImmutableArray<AidFacts> _paid;
    private readonly ImmutableArray<FileFacts> _open;

    private AidStatistics(
        ImmutableArray<AidFacts> cases,
        ImmutableArray<FileFacts> files,
        DateOnly from,
        DateOnly through
    )
    {
        (From, Through) = (from, through);
        _paid = [.. cases.Where(c => Within(c.PaidOn))];
        _open = [.. files.Where(f => f.IsOpen(through))];
        var opened = files.Where(f => Within(f, "opened", "reopened")).ToList();
        var exited = files.Where(f => Within(f, "exited")).ToList();
        var lifted = exited.Where(f => f.Steps.Any(s => s.Exit == ExitReason.LiftedOut && Within(s.On))).ToList();
        var approved = cases.Where(c => Within(c.ApprovedOn)).ToList();
        var refused = cases.Where(c => Within(c.RefusedOn)).ToList();
        Tallies =
        [
            Tally(AidTallyKind.Submitted, cases.Where(c => Within(c.SubmittedOn))),
            Tally(AidTallyKind.Accepted, cases.Where(c => Within(c.AcceptedOn))),
            Tally(AidTallyKind.Approved, approved),
            Tally(AidTallyKind.Emergencies, approved.Where(c => c.IsEmergency)),
            Tally(AidTallyKind.Refused, refused),
            Tally(AidTallyKind.Withdrawn, cases.Where(c => Within(c.WithdrawnOn))),
            Tally(AidTallyKind.Cancelled, cases.Where(c => Within(c.CancelledOn))),
            Tally(AidTallyKind.FilesOpen, _open),
            Tally(AidTallyKind.FilesFrozen, _open.Where(f => f.IsFrozen(through))),
            Tally(AidTallyKind.FilesOpened, opened),
            Tally(AidTallyKind.FilesExited, exited),
            Tally(AidTallyKind.LiftedOut, lifted),
        ];
        var before = from.AddDays(-1);
        Rates =
        [
            // An emergency that the review refused after its payment was approved all the same: once decided.
            new(AidRateKind.Approval, approved.Count, approved.Union(refused).Count()),
            new(AidRateKind.Confirmation, _paid.Count(c => c.ConfirmedOn <= through), _paid.Length),
            new(AidRateKind.LiftOut, lifted.Count, files.Where(f => f.IsOpen(before)).Union(opened).Count()),
        ];
    }

    public DateOnly From { get; }
    public DateOnly Through { get; }

    /// <summary>All numbers, in the order of <see cref="AidTallyKind"/>.</summary>
    public ImmutableArray<AidTally> Tallies { get; }

    /// <summary>All rates, in the order of <see cref="AidRateKind"/>.</summary>
    public ImmutableArray<AidRate> Rates { get; }

    public AidTally this[AidTallyKind kind] => Tallies[(int)kind];

    public AidRate this[AidRateKind kind] => Rates[(int)kind];

    /// <summary>Everything that was paid in the period.</summary>
    public AidSum Paid => AidSum.Of(_paid);

    public ImmutableSortedDictionary<Guid, AidSum> ByFund => By(c => c.FundId!.Value);

    public ImmutableSortedDictionary<CauseGroup, AidSum> ByCause => By(c => c.Cause);

    /// <summary>Whatever is paid has a category: an emergency that of its approval, until its review.</summary>
    public ImmutableSortedDictionary<AidCategory, AidSum> ByCategory => By(c => c.Category!.Value);

    public ImmutableSortedDictionary<Guid, AidSum> BySchool => By(c => c.SchoolId);

    /// <summary>Files open on the last day.</summary>
    public ImmutableSortedDictionary<AidCategory, int> FilesByCategory =>
        _open.GroupBy(f => f.Category(Through)!.Value).ToImmutableSortedDictionary(g => g.Key, g => g.Count());

    public static AidStatistics Of(
        IEnumerable<AidFacts> cases,
        IEnumerable<FileFacts> files,
        DateOnly from,
        DateOnly through
    ) => new([.. cases], [.. files], from, through);

    private ImmutableSortedDictionary<TKey, AidSum> By<TKey>(Func<AidFacts, TKey> key)
        where TKey : notnull => _paid.GroupBy(key).ToImmutableSortedDictionary(g => g.Key, AidSum.Of);

    private bool Within(DateOnly? day) => day >= From && day <= Through;

    private bool Within(FileFacts file, params string[] what) =>
        file.Steps.Any(s => what.Contains(s.What) && Within(s.On));

    private static AidTally Tally(AidTallyKind kind, IEnumerable<AidFacts> cases) =>
        new(kind, [.. cases.Select(c => c.Id)]);

    private static AidTally Tally(AidTallyKind kind, IEnumerable<FileFacts> files) =>
        new(kind, [.. files.Select(f => f.Id)]);
}
