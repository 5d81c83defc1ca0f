using System.Collections.Immutable;
using System.Reflection;

namespace EduUnion.Workflows.Definitions;

/// <summary>
/// Definitions by id and version. A running instance keeps its version; which version of a child it starts is pinned when
/// the parent joins the set. Immutable.
/// </summary>
public sealed class DefinitionSet
{
    private readonly ImmutableSortedDictionary<(string Id, int Version), Entry> _entries;
    private readonly ImmutableDictionary<string, Definition> _latest;

    private DefinitionSet(
        ImmutableSortedDictionary<(string, int), Entry> entries,
        ImmutableDictionary<string, Definition> latest
    ) => (_entries, _latest) = (entries, latest);

    public static DefinitionSet Empty { get; } =
        new(ImmutableSortedDictionary<(string, int), Entry>.Empty, ImmutableDictionary<string, Definition>.Empty);

    /// <summary>The definitions this product ships.</summary>
    public static DefinitionSet Shipped { get; } = Of(ReadShipped());

    public IEnumerable<Definition> All => _entries.Values.Select(e => e.Definition);

    /// <summary>A set of definitions that know each other: children are pinned after all have joined.</summary>
    public static DefinitionSet Of(params IEnumerable<Definition> definitions)
    {
        var list = definitions.ToList();
        var set = list.Aggregate(Empty, (set, definition) => set.Add(definition, Entry.NoPins));
        return list.Aggregate(set, (set, definition) => set.Add(definition));
    }

    /// <summary>Adds a definition, or replaces the same version of it.</summary>
    /// <param name="pins">Version of each child by its definition id, as <see cref="Pins"/> gave it earlier; null pins the latest ones now.</param>
    public DefinitionSet Add(Definition definition, ImmutableDictionary<string, int>? pins = null)
    {
        var latest =
            _latest.GetValueOrDefault(definition.DefinitionId) is { } known && known.Version > definition.Version
                ? _latest
                : _latest.SetItem(definition.DefinitionId, definition);
        pins ??= ChildIds(definition)
            .Where(latest.ContainsKey)
            .ToImmutableDictionary(id => id, id => latest[id].Version);
        return new(_entries.SetItem((definition.DefinitionId, definition.Version), new(definition, pins)), latest);
    }

    public Definition? Find(string definitionId, int version) =>
        _entries.GetValueOrDefault((definitionId, version))?.Definition;

    public Definition? Latest(string definitionId) => _latest.GetValueOrDefault(definitionId);

    /// <summary>The child that a definition starts under an id: the pinned version, or the latest when none was known then.</summary>
    public Definition? Child(Definition parent, string definitionId) =>
        Pins(parent).TryGetValue(definitionId, out var version) ? Find(definitionId, version) : Latest(definitionId);

    /// <summary>The definition that an activity embeds: the version it was drawn with when it is here, else as <see cref="Child"/>.</summary>
    public Definition? Embedded(Definition parent, Activity activity) =>
        All.FirstOrDefault(d =>
            d.DefinitionId == activity.WorkflowDefinitionId && d.Id == activity.WorkflowDefinitionVersionId
        ) ?? Child(parent, activity.WorkflowDefinitionId!);

    /// <summary>The definitions that an event of this name starts: the latest versions with an Event marked for it.</summary>
    public IEnumerable<(Definition Definition, Activity Trigger)> StartedBy(string eventName) =>
        from definition in _latest.Values
        orderby definition.DefinitionId
        from activity in definition.Activities.Values
        where activity.Type == ActivityTypes.Event && activity.CanStartWorkflow
        where activity.Literal("eventName") == eventName
        orderby definition.DefinitionId, activity.Path
        select (definition, activity);

    /// <summary>Children's versions by definition id, to be stored with a published definition.</summary>
    public ImmutableDictionary<string, int> Pins(Definition parent) =>
        _entries.GetValueOrDefault((parent.DefinitionId, parent.Version))?.Pins ?? Entry.NoPins;

    /// <summary>Ids of the definitions that a definition starts or embeds, as far as they are written literally.</summary>
    public static IEnumerable<string> ChildIds(Definition definition) =>
        definition
            .Activities.Values.Select(a => a.WorkflowDefinitionId ?? a.Literal("workflowDefinitionId"))
            .OfType<string>()
            .Distinct();

    private static IEnumerable<Definition> ReadShipped()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (
            var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".json", StringComparison.Ordinal))
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var reading = DefinitionReader.Read(reader.ReadToEnd());
            yield return reading.Definition
                ?? throw new InvalidDataException($"{name}: {string.Join("; ", reading.Findings)}");
        }
    }

    private sealed record Entry(Definition Definition, ImmutableDictionary<string, int> Pins)
    {
        public static ImmutableDictionary<string, int> NoPins { get; } = ImmutableDictionary<string, int>.Empty;
    }
}
