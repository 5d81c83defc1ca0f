using System.Collections.Immutable;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Statistics;

namespace EduUnion.Domain.Tests.Statistics;

/// <summary>Facts as they are told: a motion submitted on 1 March, filed on the 10th, answered or not.</summary>
internal static class Told
{
    public static readonly Guid School = Id(1);
    public static readonly Guid Session = Id(2);
    public static readonly Guid Logistics = Id(11);
    public static readonly Guid Teaching = Id(12);

    public static DateOnly Day(int month, int day) => new(2026, month, day);

    public static readonly DateOnly Submitted = Day(3, 1);
    public static readonly DateOnly Filed = Day(3, 10);
    public static readonly DateOnly Due = Day(4, 22);
    public static readonly DateOnly Today = Day(9, 29);

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static MotionFacts Received(int id) =>
        new(Id(id), School, Session, "welfare", Id(id + 1000), Submitted) { People = [Id(id + 1000)] };

    public static MotionFacts FiledOne(int id) => Received(id) with { FiledOn = Filed };

    public static MotionFacts Handled(int id, params ImmutableArray<PartFacts> parts) =>
        FiledOne(id) with
        {
            Parts = parts,
        };

    /// <summary>Answered on 17 April, five days early, class A, after a meeting.</summary>
    public static MotionFacts Answered(int id) => Handled(id, Part(id).Delivered(Day(4, 17)));

    public static PartFacts Part(int id, Guid? host = null, int round = 1) =>
        new(Id(id + 2000 + round * 100), round, host ?? Logistics, Filed) { Due = new(Due, Due) };

    public static PartFacts Delivered(
        this PartFacts part,
        DateOnly on,
        AnswerClass @class = AnswerClass.A,
        int promised = 0
    ) => part with { DeliveredOn = on, Class = @class, Promised = promised, Contacts = ["meeting"] };

    /// <summary>Follows the main motion, with copies of its parts.</summary>
    public static MotionFacts Following(this MotionFacts motion, MotionFacts main) =>
        motion with
        {
            FiledOn = main.FiledOn,
            MainId = main.Id,
            Parts = main.Parts.All(p => p.DeliveredOn is not null) ? main.Parts : [],
        };

    public static MotionFacts Rated(this MotionFacts motion, Satisfaction result, Satisfaction? manner = null) =>
        motion with
        {
            Forms = motion.Forms.Add(
                new FormFacts(motion.Forms.Length + 1, Day(4, 17))
                {
                    Returned = new(Day(4, 20), manner ?? result, result),
                }
            ),
        };

    public static MotionFacts Asked(this MotionFacts motion) =>
        motion with
        {
            Forms = motion.Forms.Add(new FormFacts(motion.Forms.Length + 1, Day(4, 17))),
        };

    public static MotionFacts Lapsed(this MotionFacts motion) =>
        motion with
        {
            Forms = motion.Forms.Add(new FormFacts(motion.Forms.Length + 1, Day(4, 17)) { LapsedOn = Day(5, 1) }),
        };

    public static MotionFacts Promised(this MotionFacts motion, params DateOnly?[] verified) =>
        motion with
        {
            Commitments = [.. verified.Select(v => new CommitmentFacts(motion.Parts[^1].Id, v))],
        };

    public static MotionStatistics Counted(params MotionFacts[] motions) => MotionStatistics.Of(motions, [], Today);

    /// <summary>Numerator, denominator and value, e.g. <c>1/2 50.0%</c>.</summary>
    public static string Says(this MotionStatistics statistics, FigureKind kind)
    {
        var figure = statistics[kind];
        return $"{figure.Numerator.Count}/{figure.Denominator.Count} {figure.Value}";
    }
}
