using System.Collections.Immutable;
using EduUnion.Domain.Motions;

namespace EduUnion.Domain.Statistics;

/// <summary>
/// One case (案) of the statistics as of a day: a filed motion, or a main motion with all that were merged into it, which
/// count once. Motions that were withdrawn after filing, opinions and rejected ones are in no case. If the main motion
/// itself was withdrawn, its followers are still one case and the first of them stands for it.
/// </summary>
public sealed class CountedCase
{
    private static readonly ImmutableArray<string> InPerson = ["meeting", "visit"];

    private readonly ImmutableArray<PartFacts> _first;
    private readonly ImmutableArray<PartFacts> _standing;
    private readonly DateOnly _asOf;

    internal CountedCase(ImmutableArray<MotionFacts> motions, DateOnly asOf)
    {
        (Motions, _asOf) = (motions, asOf);
        _first = [.. Lead.Parts.Where(p => p.Round == 1)];
        _standing = [.. motions.SelectMany(Standing).DistinctBy(p => p.Id)];
    }

    /// <summary>The main motion first.</summary>
    public ImmutableArray<MotionFacts> Motions { get; }

    /// <summary>The motion that stands for the case in lists.</summary>
    public MotionFacts Lead => Motions[0];

    /// <summary>The hosts of the first round; handling it again stays with them.</summary>
    public IEnumerable<Guid> Hosts => _first.Select(p => p.HostId).Distinct();

    /// <summary>已答复: every host's part of the first round is answered. Handling it again does not undo that.</summary>
    public bool IsReplied => !_first.IsEmpty && _first.All(p => p.IsDelivered(_asOf));

    /// <summary>
    /// 应答复: replied, or the last day of a part's period has come without its answer (or its answer came later than that).
    /// A part whose period stands still, and a case that is not assigned yet, are not due.
    /// </summary>
    public bool IsDue => IsReplied || _first.Any(p => Missed(p, d => d.Effective(_asOf)));

    /// <summary>按时: every part was answered on its last day at the latest, granted extensions included.</summary>
    public bool IsOnTime => IsReplied && _first.All(p => InTime(p, d => d.Effective(p.DeliveredOn!.Value)));

    /// <summary>The same against the last day as it was before any extension.</summary>
    public bool IsOnTimeOriginally => IsReplied && _first.All(p => InTime(p, d => d.OriginalOn));

    /// <summary>面商: at least one host met the proposer in person (a meeting or a visit) before the first answer.</summary>
    public bool IsMet => IsReplied && _first.Any(p => p.Contacts.Any(InPerson.Contains));

    /// <summary>沟通: the same in any way, a telephone call included.</summary>
    public bool IsContacted => IsReplied && _first.Any(p => !p.Contacts.IsEmpty);

    /// <summary>重新办理, of the main motion or of one that follows it.</summary>
    public bool IsRehandled =>
        IsReplied && Motions.SelectMany(m => m.Parts).Any(p => p.Round > 1 && p.AssignedOn <= _asOf);

    /// <summary>
    /// 采纳, class A or B: every answer that stands is of class A or B, of every host and of every motion of the case. An
    /// answer stands until all hosts of the next round have answered.
    /// </summary>
    public bool IsAdopted => IsReplied && _standing.All(p => p.Class is AnswerClass.A or AnswerClass.B);

    /// <summary>
    /// 落实: class A or B, and every promised item is verified. Class A without items is done with the answer; class B
    /// always has items, and before they are followed none is verified.
    /// </summary>
    public bool IsKept => IsAdopted && _standing.All(IsKeptPart);

    /// <summary>办结: every motion of the case is closed, also with the dissent kept.</summary>
    public bool IsClosed => Motions.All(m => m.ClosedOn <= _asOf);

    /// <summary>保留意见办结, of at least one of its motions.</summary>
    public bool IsDissent => Motions.Any(m => m.IsDissent && m.ClosedOn <= _asOf);

    /// <summary>Natural days from the assignment to the first answer of the last host; null before it.</summary>
    public int? DaysToReply =>
        IsReplied ? _first.Max(p => p.DeliveredOn!.Value.DayNumber) - _first.Min(p => p.AssignedOn.DayNumber) : null;

    /// <summary>
    /// The case as one of its hosts answers for it: his parts alone decide whether it is answered, on time, adopted and
    /// kept; feedback and closing stay those of the whole.
    /// </summary>
    internal CountedCase Of(Guid host) =>
        new([.. Motions.Select(m => m with { Parts = [.. m.Parts.Where(p => p.HostId == host)] })], _asOf);

    /// <summary>The parts of the latest round that is answered as a whole.</summary>
    private IEnumerable<PartFacts> Standing(MotionFacts motion) =>
        motion
            .Parts.GroupBy(p => p.Round)
            .Where(round => round.All(p => p.IsDelivered(_asOf)))
            .MaxBy(round => round.Key)
        ?? Enumerable.Empty<PartFacts>();

    private bool IsKeptPart(PartFacts part)
    {
        // Every motion of a group follows the promises of the one answer; they are counted once, with the main motion.
        var items = Motions
            .Select(m => m.Commitments.Where(c => c.PartId == part.Id).ToList())
            .FirstOrDefault(items => items.Count > 0, []);
        return items.Count > 0 ? items.All(i => i.VerifiedOn <= _asOf) : part is { Class: AnswerClass.A, Promised: 0 };
    }

    private bool Missed(PartFacts part, Func<AnswerDue, DateOnly> last) =>
        part.Due is { } due && last(due) <= _asOf && !(part.DeliveredOn <= last(due));

    private static bool InTime(PartFacts part, Func<AnswerDue, DateOnly> last) =>
        part.Due is not { } due || part.DeliveredOn <= last(due);
}
