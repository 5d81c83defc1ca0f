using EduUnion.Workflows.Catalogue;

namespace EduUnion.Workflows.Steps;

/// <summary>When a vote is carried (domain §2.1, parameters <c>vote.*</c> and <c>quorum</c>). Exact fractions, no rounding.</summary>
/// <param name="PassDenominator">0: the numerator is a number of votes, not a share.</param>
/// <param name="OverTotal">Measured against all who are entitled; otherwise against those present, i.e. given a task.</param>
/// <param name="Strict">More than the fraction; otherwise the fraction itself suffices (以上 read as "≥").</param>
/// <param name="QuorumNumerator">Share of the entitled that must have voted; 0 = no quorum.</param>
public sealed record VoteRule(
    int PassNumerator,
    int PassDenominator,
    bool OverTotal,
    bool Strict,
    int QuorumNumerator = 0,
    int QuorumDenominator = 1
)
{
    /// <summary>What carries any outcome but the favourable one, measured alike; null: the same as that.</summary>
    public Fraction? Fail { get; init; }

    internal bool Passes(int votes, int electorate, bool favourable)
    {
        var need = favourable || Fail is null ? new Fraction(PassNumerator, PassDenominator) : Fail.Value;
        if (need.IsNumber)
            return votes >= need.Numerator;
        return Strict
            ? (long)votes * need.Denominator > (long)electorate * need.Numerator
            : (long)votes * need.Denominator >= (long)electorate * need.Numerator && votes > 0;
    }

    internal bool IsQuorate(int voted, int total) => (long)voted * QuorumDenominator >= (long)total * QuorumNumerator;
}
