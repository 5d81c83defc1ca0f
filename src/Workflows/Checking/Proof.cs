using System.Collections.Immutable;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Checking;

/// <summary>What the checker found out about a definition.</summary>
/// <param name="Findings">Empty: it is sound.</param>
/// <param name="States">Different situations that were tried out; 0 when a finding made trying pointless.</param>
/// <param name="Bound">
/// So many are tried at most: a process with more, such as one that counts in a loop, is not proven. Lists of ids are tried
/// with one item and with two.
/// </param>
public sealed record Proof(ImmutableArray<Finding> Findings, int States, int Bound)
{
    public bool IsSound => Findings.IsEmpty;
}
