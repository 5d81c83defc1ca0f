using EduUnion.Workflows.Catalogue;

namespace EduUnion.Workflows.Steps;

/// <summary>From what a definition says of a step's policy to the policy that decides.</summary>
public static class Policies
{
    public static StepPolicy Rule(this Policy policy) =>
        policy.Kind switch
        {
            "all" => new StepPolicy.All(policy.Ordered),
            "vote" => new StepPolicy.Vote(
                new VoteRule(
                    policy.Pass?.Numerator ?? 1,
                    policy.Pass?.Denominator ?? 2,
                    policy.Over != "present",
                    policy.Strict,
                    policy.Quorum?.Numerator ?? 0,
                    policy.Quorum?.Denominator ?? 1
                )
                {
                    Fail = policy.Fail,
                }
            ),
            _ => new StepPolicy.First(),
        };
}
