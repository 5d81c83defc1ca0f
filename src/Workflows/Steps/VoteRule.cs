namespace EduUnion.Workflows.Steps;

/// <summary>When a vote is carried (domain §2.1, parameters <c>vote.*</c> and <c>quorum</c>). Exact fractions, no rounding.</summary>
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
    internal bool Passes(int votes, int electorate) =>
        Strict
            ? (long)votes * PassDenominator > (long)electorate * PassNumerator
            : (long)votes * PassDenominator >= (long)electorate * PassNumerator && votes > 0;

    internal bool IsQuorate(int voted, int total) => (long)voted * QuorumDenominator >= (long)total * QuorumNumerator;
}
