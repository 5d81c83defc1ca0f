using System.Collections.Immutable;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Checking;

/// <summary>
/// Proves a definition sound before it is published: its steps are the catalogue's, its conditions can be decided, every
/// outcome has an edge, and, by trying all outcomes with the engine itself, every path reaches an end.
/// </summary>
public static class DefinitionChecker
{
    /// <summary>Findings that leave the outcomes of a process unknown, so that trying them out would prove nothing.</summary>
    private static readonly ImmutableHashSet<string> Blinding =
    [
        "activity.not-published",
        "condition.opaque",
        "items.opaque",
        "payload.dynamic",
        "payload.outcomes",
        "payload.shape",
        "step.name",
        "workflow.unknown",
    ];

    /// <summary>Checks every definition of a set; paths are prefixed with <c>definitionId#</c>.</summary>
    public static ImmutableArray<Finding> Check(DefinitionSet definitions, StepCatalogue catalogue) =>
        [
            .. definitions.All.SelectMany(d =>
                Check(d, definitions, catalogue).Select(f => f with { Path = $"{d.DefinitionId}#{f.Path}" })
            ),
        ];

    /// <summary>Checks one definition; the set holds the definitions that it starts or embeds.</summary>
    public static ImmutableArray<Finding> Check(
        Definition definition,
        DefinitionSet definitions,
        StepCatalogue catalogue
    ) => Prove(definition, definitions, catalogue).Findings;

    /// <summary>As <see cref="Check(Definition, DefinitionSet, StepCatalogue)"/>, and says how much was tried out.</summary>
    public static Proof Prove(Definition definition, DefinitionSet definitions, StepCatalogue catalogue)
    {
        var findings = new Findings();
        foreach (var activity in definition.Activities.Values.OrderBy(a => a.Path, StringComparer.Ordinal))
        {
            StepCheck.Run(activity, catalogue, findings);
            ChartCheck.Run(activity, definition, definitions, findings);
            new ConditionCheck(definition, definitions, catalogue, findings).Run(activity);
        }
        VariableCheck.Run(definition, findings);
        var states = 0;
        if (!findings.All.Any(f => Blinding.Contains(f.Code)))
        {
            var exploration = new Exploration(definition, definitions, catalogue);
            exploration.Run();
            new PathCheck(definition, definitions, catalogue, exploration, findings).Run();
            states = exploration.States.Count;
        }
        return new([.. findings.All.DistinctBy(f => (f.Path, f.Code))], states, Exploration.Bound);
    }
}
