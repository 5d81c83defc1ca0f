using CsCheck;
using EduUnion.Domain.Aid;
using static EduUnion.Domain.Aid.Approver;

namespace EduUnion.Domain.Tests.Aid;

public sealed class ApprovalLevelTests
{
    private static readonly Gen<Money> Amounts = Gen.Long[0, 2_000_000].Select(f => new Money(f));

    [Theory]
    [InlineData(1, AidCategory.Rel, false, School)]
    [InlineData(100_000, AidCategory.Rel, false, School)]
    [InlineData(100_001, AidCategory.Rel, false, School, Officer)]
    [InlineData(500_000, AidCategory.Acc, false, School, Officer)]
    [InlineData(500_001, AidCategory.Acc, false, School, Officer, Chair)]
    [InlineData(500_001, AidCategory.Loc, true, School, Officer, Joint)]
    [InlineData(1, AidCategory.Deep, false, School, Officer, Chair)]
    [InlineData(100_000, AidCategory.Deep, true, School, Officer, Joint)]
    [InlineData(500_000, null, true, School, Officer)]
    public void Required(long fen, AidCategory? category, bool joint, params Approver[] expected) =>
        Assert.Equal(expected, ApprovalLevel.Required(new Money(fen), Given.L1, Given.L2, category, joint));

    [Fact]
    public void More_NeverTakesFewerToAgree() =>
        Gen.Select(Amounts, Amounts, Gen.Enum<AidCategory>(), Gen.Bool)
            .Sample(
                (amount, more, category, joint) =>
                    !ApprovalLevel
                        .Required(amount, Given.L1, Given.L2, category, joint)
                        .Except(ApprovalLevel.Required(amount + more, Given.L1, Given.L2, category, joint))
                        .Any()
            );

    // Whatever the pieces are, the last of them is asked of everybody whom the whole would be asked of.
    [Fact]
    public void Splitting_LowersNothing() =>
        Gen.Select(Amounts.Array[1, 6], Gen.Enum<AidCategory>(), Gen.Bool)
            .Sample(
                (pieces, category, joint) =>
                {
                    var cumulative = Money.Zero;
                    var last = ApprovalLevel.Required(Money.Zero, Given.L1, Given.L2, category, joint);
                    foreach (var piece in pieces)
                    {
                        cumulative += piece;
                        last = ApprovalLevel.Required(cumulative, Given.L1, Given.L2, category, joint);
                    }
                    var whole = pieces.Aggregate(Money.Zero, (sum, p) => sum + p);
                    return last.SequenceEqual(ApprovalLevel.Required(whole, Given.L1, Given.L2, category, joint));
                }
            );

    [Fact]
    public void AskingTheNext_EndsWhenAllHaveAgreed() =>
        Gen.Select(Amounts, Gen.Enum<AidCategory>(), Gen.Bool)
            .Sample(
                (amount, category, joint) =>
                {
                    var required = ApprovalLevel.Required(amount, Given.L1, Given.L2, category, joint);
                    var given = new List<Approver>();
                    while (ApprovalLevel.Next(required, given) is { } next)
                        given.Add(next);
                    return given.SequenceEqual(required);
                }
            );
}
