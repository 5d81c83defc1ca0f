using System.Collections.Concurrent;
using System.Collections.Immutable;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Checking;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Definitions;

/// <summary>What the checker says of a definition; it tries out every way, so each version is checked once a process.</summary>
public sealed class DefinitionFindings(DefinitionSet definitions)
{
    private readonly ConcurrentDictionary<(string, int), ImmutableArray<Finding>> _known = new();

    public ImmutableArray<Finding> Of(Definition definition) =>
        _known.GetOrAdd(
            (definition.DefinitionId, definition.Version),
            _ => DefinitionChecker.Check(definition, definitions, StepCatalogue.Shipped)
        );
}
