using System.Collections.Immutable;
using EduUnion.Domain.Motions;
using static EduUnion.Domain.Statistics.FigureKind;

namespace EduUnion.Domain.Statistics;

/// <summary>A representative in office for a session on the day of the statistics.</summary>
public sealed record Mandate(Guid SchoolId, Guid SessionId, Guid MemberId);

/// <summary>
/// Every figure of domain §2.10 as of a day: what happened on that day counts, what happened later does not. Pure; the
/// scope is whatever it is given, and the narrower views below are partitions of it: submissions, filing and feedback by
/// the motion's own category, cases by their main motion's, hosts by each host's own part of a case (so a case with
/// several hosts is in each one's figures).
/// </summary>
public sealed partial class MotionStatistics
{
    private readonly ImmutableArray<MotionFacts> _submitted;
    private readonly ImmutableArray<MotionFacts> _asked;
    private readonly ImmutableArray<CountedCase> _cases;
    private readonly ImmutableArray<Mandate> _mandates;

    /// <summary>Motions that another one stands for, which may be outside a narrower view.</summary>
    private readonly ImmutableHashSet<Guid> _followers;

    private MotionStatistics(
        DateOnly asOf,
        ImmutableArray<MotionFacts> submitted,
        ImmutableArray<MotionFacts> asked,
        ImmutableArray<CountedCase> cases,
        ImmutableArray<Mandate> mandates,
        ImmutableHashSet<Guid> followers
    )
    {
        (AsOf, _submitted, _asked, _cases) = (asOf, submitted, asked, cases);
        (_mandates, _followers) = (mandates, followers);
        Figures = [.. Count()];
        Tallies = [.. List()];
    }

    public DateOnly AsOf { get; }

    /// <summary>All figures, in the order of <see cref="FigureKind"/>.</summary>
    public ImmutableArray<Figure> Figures { get; }

    /// <summary>All numbers beside them, in the order of <see cref="TallyKind"/>.</summary>
    public ImmutableArray<Tally> Tallies { get; }

    public Figure this[FigureKind kind] => Figures[(int)kind];

    public Sample this[TallyKind kind] => Tallies[(int)kind].Sample;

    /// <summary>The hosts of its cases.</summary>
    public IEnumerable<Guid> Hosts => _cases.SelectMany(c => c.Hosts).Distinct();

    public static MotionStatistics Of(IEnumerable<MotionFacts> motions, IEnumerable<Mandate> mandates, DateOnly asOf)
    {
        ImmutableArray<MotionFacts> submitted = [.. motions.Where(m => m.SubmittedOn <= asOf)];
        ImmutableArray<MotionFacts> counted =
        [
            .. submitted.Where(m =>
                m.FiledOn <= asOf && !(m.WithdrawnOn <= asOf) && !(m.OpinionOn <= asOf) && !(m.RejectedOn <= asOf)
            ),
        ];
        ImmutableArray<CountedCase> cases =
        [
            .. counted
                .GroupBy(m => m.MainId ?? m.Id)
                .Select(g => new CountedCase([.. g.OrderBy(m => m.Id == g.Key ? 0 : 1)], asOf)),
        ];
        var followers = cases.SelectMany(c => c.Motions.Skip(1)).Select(m => m.Id);
        return new(asOf, submitted, counted, cases, [.. mandates], [.. followers]);
    }

    /// <summary>
    /// What one host answers for: its own part of each of its cases. Who files has no host yet, so there is nothing in
    /// the figures before the assignment, and nothing by head.
    /// </summary>
    public MotionStatistics OfHost(Guid host)
    {
        ImmutableArray<CountedCase> cases = [.. _cases.Where(c => c.Hosts.Contains(host)).Select(c => c.Of(host))];
        var asked = cases.SelectMany(c => c.Motions).Select(m => m.Id).ToHashSet();
        return new(AsOf, [], [.. _asked.Where(m => asked.Contains(m.Id))], cases, [], _followers);
    }

    public MotionStatistics OfCategory(string category) => Narrow(m => m.Category == category, _ => true);

    public MotionStatistics OfSchool(Guid school) => Narrow(m => m.SchoolId == school, m => m.SchoolId == school);

    public MotionStatistics OfSessions(params IReadOnlyCollection<Guid> sessions) =>
        Narrow(m => sessions.Contains(m.SessionId), m => sessions.Contains(m.SessionId));

    private MotionStatistics Narrow(Func<MotionFacts, bool> motions, Func<Mandate, bool> mandates) =>
        new(
            AsOf,
            [.. _submitted.Where(motions)],
            [.. _asked.Where(motions)],
            [.. _cases.Where(c => motions(c.Lead))],
            [.. _mandates.Where(mandates)],
            _followers
        );

    private IEnumerable<Figure> Count()
    {
        var replied = _cases.Where(c => c.IsReplied).ToList();
        var due = _cases.Where(c => c.IsDue).ToList();
        var adopted = _cases.Where(c => c.IsAdopted).ToList();
        var kept = _cases.Where(c => c.IsKept).ToList();
        var reviewed = _submitted.Where(m => !IsWithdrawnBeforeFiling(m)).ToList();
        var sent = _asked.Where(m => m.Forms.Any(f => f.SentOn <= AsOf)).ToList();
        var returned = sent.Where(m => m.Forms.Any(f => f.Rating(AsOf) is not null)).ToList();

        yield return new(Filing, Sample.Of(Filed), Sample.Of(reviewed));
        yield return new(Merging, Sample.Of(Filed.Where(m => _followers.Contains(m.Id))), Sample.Of(Filed));
        yield return new(Conversion, Sample.Of(reviewed.Where(IsOpinion)), Sample.Of(reviewed));
        yield return new(Reply, Sample.Of(replied), Sample.Of(_cases));
        yield return new(DueReply, Sample.Of(replied), Sample.Of(due));
        yield return new(OnTime, Sample.Of(due.Where(c => c.IsOnTime)), Sample.Of(due));
        yield return new(OnTimeOriginal, Sample.Of(due.Where(c => c.IsOnTimeOriginally)), Sample.Of(due));
        yield return new(FaceToFace, Sample.Of(replied.Where(c => c.IsMet)), Sample.Of(replied));
        yield return new(Contact, Sample.Of(replied.Where(c => c.IsContacted)), Sample.Of(replied));
        yield return new(Feedback, Sample.Of(returned), Sample.Of(sent));
        yield return Pleased(FigureKind.Satisfaction, sent, m => Score(m, m.Forms), r => r.Result != Dissatisfied);
        yield return Pleased(FullSatisfaction, sent, m => Score(m, m.Forms), r => r.Result == Satisfied);
        yield return Pleased(
            FirstSatisfaction,
            sent,
            m => Score(m, [.. m.Forms.Where(f => f.Round == 1)]),
            r => r.Result != Dissatisfied
        );
        yield return Pleased(MannerSatisfaction, sent, m => Score(m, m.Forms), r => r.Manner != Dissatisfied);
        yield return new(Implementation, Sample.Of(kept), Sample.Of(adopted));
        yield return new(ImplementationOfAll, Sample.Of(kept), Sample.Of(_cases));
        yield return new(Closing, Sample.Of(_cases.Where(c => c.IsClosed)), Sample.Of(_cases));
        yield return new(Rehandling, Sample.Of(replied.Where(c => c.IsRehandled)), Sample.Of(replied));
        yield return new(Adoption, Sample.Of(adopted), Sample.Of(replied));

        var representatives = _mandates.Select(m => (m.SchoolId, m.MemberId)).ToHashSet();
        var active = _submitted
            .SelectMany(m => m.People, (m, person) => (m.SchoolId, person))
            .Where(representatives.Contains)
            .ToHashSet();
        var inOffice = new Sample(representatives.Count, []);
        yield return new(PerRepresentative, Sample.Of(_submitted), inOffice);
        yield return new(
            Participation,
            new(
                active.Count,
                Sample.Of(_submitted.Where(m => m.People.Any(p => active.Contains((m.SchoolId, p))))).Motions
            ),
            inOffice
        );
    }

    private const Satisfaction Dissatisfied = Motions.Satisfaction.Dissatisfied;
    private const Satisfaction Satisfied = Motions.Satisfaction.Satisfied;

    private IEnumerable<MotionFacts> Filed => _submitted.Where(m => m.FiledOn <= AsOf);

    private bool IsWithdrawnBeforeFiling(MotionFacts motion) => motion.WithdrawnOn <= AsOf && !(motion.FiledOn <= AsOf);

    private bool IsOpinion(MotionFacts motion) => motion.OpinionOn <= AsOf && !(motion.WithdrawnOn <= AsOf);

    private static Figure Pleased(
        FigureKind kind,
        List<MotionFacts> sent,
        Func<MotionFacts, RatingFacts?> score,
        Func<RatingFacts, bool> pleased
    )
    {
        var scored = sent.Where(m => score(m) is not null).ToList();
        return new(kind, Sample.Of(scored.Where(m => pleased(score(m)!))), Sample.Of(scored));
    }

    /// <summary>The latest of the forms that says something: returned, or lapsed where that counts as satisfied.</summary>
    private RatingFacts? Score(MotionFacts motion, ImmutableArray<FormFacts> forms) =>
        forms
            .Select(f =>
                f.Rating(AsOf)
                ?? (
                    motion.LapseSatisfies && f.LapsedOn <= AsOf
                        ? new RatingFacts(f.LapsedOn.Value, Satisfied, Satisfied)
                        : null
                )
            )
            .LastOrDefault(r => r is not null);
}
