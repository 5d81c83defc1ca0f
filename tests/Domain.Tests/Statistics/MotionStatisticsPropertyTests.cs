using System.Collections.Immutable;
using CsCheck;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Statistics;

namespace EduUnion.Domain.Tests.Statistics;

public sealed class MotionStatisticsPropertyTests
{
    private static readonly FigureKind[] OfCases =
    [
        FigureKind.Reply,
        FigureKind.DueReply,
        FigureKind.OnTime,
        FigureKind.OnTimeOriginal,
        FigureKind.FaceToFace,
        FigureKind.Contact,
        FigureKind.Feedback,
        FigureKind.Satisfaction,
        FigureKind.Implementation,
        FigureKind.ImplementationOfAll,
        FigureKind.Closing,
        FigureKind.Rehandling,
        FigureKind.Adoption,
    ];

    private static readonly Gen<DateOnly> Days = Gen.Int[0, 200].Select(d => Told.Submitted.AddDays(d));
    private static readonly Gen<DateOnly?> MaybeDay = Gen.Select(
        Gen.Bool,
        Days,
        (some, day) => some ? day : (DateOnly?)null
    );

    private static readonly Gen<PartFacts> Parts = Gen.Select(
        Gen.Int[11, 13],
        Gen.Int[1, 2],
        Days,
        MaybeDay,
        Gen.Enum<AnswerClass>(),
        Gen.Int[0, 2],
        (host, round, due, delivered, @class, contact) =>
            new PartFacts(Guid.Empty, round, Told.Id(host), Told.Filed)
            {
                Due = new(due, due.AddDays(contact * 5), contact > 0 ? due : null),
                DeliveredOn = delivered,
                Class = delivered is null ? null : @class,
                Promised = @class == AnswerClass.B ? 1 : 0,
                Contacts = contact == 0 ? [] : ["phone"],
            }
    );

    private static readonly Gen<MotionFacts> Motions = Gen.Select(
        Gen.Int[0, 3].SelectMany(n => Gen.Enum<Satisfaction>().Array[n]),
        Parts.Array[0, 3],
        MaybeDay,
        MaybeDay,
        MaybeDay,
        Gen.Int[0, 9],
        (scores, parts, filed, withdrawn, closed, what) =>
            new MotionFacts(
                Guid.Empty,
                Told.School,
                Told.Session,
                what % 2 == 0 ? "welfare" : "safety",
                Told.Id(what),
                Told.Submitted
            )
            {
                People = [Told.Id(what)],
                FiledOn = filed,
                WithdrawnOn = what == 9 ? withdrawn : null,
                OpinionOn = filed is null && what < 3 ? Told.Filed : null,
                RejectedOn = filed is null && what is 3 or 4 ? Told.Filed : null,
                ClosedOn = closed,
                LapseSatisfies = what == 5,
                Parts = [.. parts],
                Forms =
                [
                    .. scores.Select(
                        (s, i) =>
                            new FormFacts(i + 1, Told.Filed.AddDays(i))
                            {
                                Returned = what == 6 ? null : new(Told.Filed.AddDays(i + 2), s, s),
                                LapsedOn = what is 5 or 6 ? Told.Filed.AddDays(i + 9) : null,
                            }
                    ),
                ],
            }
    );

    // Numbered, and every fourth follows the one before it.
    private static readonly Gen<ImmutableArray<MotionFacts>> Registers = Motions
        .Array[0, 12]
        .Select(motions =>
            motions
                .Select(
                    (m, i) =>
                        m with
                        {
                            Id = Told.Id(i + 1),
                            MainId =
                                i % 4 == 3 && m.FiledOn is not null && motions[i - 1].FiledOn is not null
                                    ? Told.Id(i)
                                    : null,
                            Parts = [.. m.Parts.Select((p, n) => p with { Id = Told.Id(100 * i + n) })],
                        }
                )
                .ToImmutableArray()
        );

    private static readonly ImmutableArray<Mandate> Mandates =
    [
        .. Enumerable.Range(0, 7).Select(i => new Mandate(Told.School, Told.Session, Told.Id(i))),
    ];

    [Fact]
    public void NoRate_IsAboveOneHundredPerCent() =>
        Gen.Select(Registers, Days)
            .Sample(
                (motions, day) =>
                    MotionStatistics
                        .Of(motions, Mandates, day)
                        .Figures.All(f => f.IsRatio || f.Numerator.Count <= f.Denominator.Count)
            );

    [Fact]
    public void WhatIsCounted_IsAmongWhatItIsCountedOf() =>
        Gen.Select(Registers, Days)
            .Sample(
                (motions, day) =>
                    MotionStatistics
                        .Of(motions, [], day)
                        .Figures.Where(f => f.Kind < FigureKind.PerRepresentative)
                        .All(f =>
                            !f.Numerator.Motions.Except(f.Denominator.Motions).Any()
                            && f.Numerator.Motions.Distinct().Count() == f.Numerator.Count
                        )
            );

    [Fact]
    public void AnOpinion_ChangesNoRateOfCases() =>
        Gen.Select(Registers, Days, Motions)
            .Sample(
                (motions, day, extra) =>
                {
                    var opinion = extra with { Id = Told.Id(99), FiledOn = null, OpinionOn = Told.Submitted };
                    var (before, after) = (Of(motions, day), Of(motions.Add(opinion), day));
                    return OfCases.All(k => before.Says(k) == after.Says(k));
                }
            );

    [Fact]
    public void AWithdrawnMotion_ChangesNoRateOfCases() =>
        Gen.Select(Registers, Days, Motions)
            .Sample(
                (motions, day, extra) =>
                {
                    var gone = extra with { Id = Told.Id(99), WithdrawnOn = Told.Submitted };
                    var (before, after) = (Of(motions, day), Of(motions.Add(gone), day));
                    return OfCases.All(k => before.Says(k) == after.Says(k));
                }
            );

    [Fact]
    public void Categories_AreAPartition() =>
        Gen.Select(Registers, Days)
            .Sample(
                (motions, day) =>
                {
                    var whole = Of(motions, day);
                    var parts = new[] { "welfare", "safety" }.Select(whole.OfCategory).ToList();
                    return whole
                        .Figures.Where(f => f.Kind < FigureKind.PerRepresentative)
                        .All(f =>
                            parts.Sum(p => p[f.Kind].Numerator.Count) == f.Numerator.Count
                            && parts.Sum(p => p[f.Kind].Denominator.Count) == f.Denominator.Count
                        );
                }
            );

    [Fact]
    public void CasesAndTheirFollowers_AreWhatIsFiledAndStands() =>
        Gen.Select(Registers, Days)
            .Sample(
                (motions, day) =>
                {
                    var counted = Of(motions, day);
                    return counted[TallyKind.Filed].Count - counted[TallyKind.WithdrawnAfterFiling].Count
                        == counted[TallyKind.Cases].Count + counted[FigureKind.Merging].Numerator.Count;
                }
            );

    private static MotionStatistics Of(ImmutableArray<MotionFacts> motions, DateOnly day) =>
        MotionStatistics.Of(motions, Mandates, day);
}
