using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EduUnion.Workflows.Definitions;

public enum ChangeKind
{
    Added,
    Removed,
    Changed,
}

/// <summary>One property that differs, as compact JSON; empty where it is not there.</summary>
/// <param name="Name">
/// The property's name in the document; of a step's payload <c>payload.who</c> and so on, of the designer's title
/// <c>displayText</c>.
/// </param>
public sealed record Aspect(string Name, JsonElement? Before, JsonElement? After);

/// <summary>What became of one activity, found by its id.</summary>
/// <param name="Before">Null when it was added.</param>
/// <param name="After">Null when it was removed.</param>
public sealed record ActivityChange(ChangeKind Kind, Activity? Before, Activity? After, ImmutableArray<Aspect> Aspects)
{
    public Activity Activity => (After ?? Before)!;
}

/// <summary>What differs between two versions of a definition. Formatting and the ids of versions do not count.</summary>
/// <param name="Document">Its name, variables, inputs and so on.</param>
/// <param name="Activities">In the order of the later document, removed ones last.</param>
/// <param name="Moved">Ids of activities that stand elsewhere in the picture and are otherwise as they were.</param>
public sealed record DefinitionDifference(
    ImmutableArray<Aspect> Document,
    ImmutableArray<ActivityChange> Activities,
    ImmutableArray<Passage> AddedWays,
    ImmutableArray<Passage> RemovedWays,
    ImmutableArray<string> Moved
)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>What every new version changes, and what stands elsewhere here.</summary>
    private static readonly ImmutableHashSet<string> OfVersion =
    [
        "$schema",
        "id",
        "version",
        "createdAt",
        "toolVersion",
        "isLatest",
        "isPublished",
        "root",
    ];

    private static readonly ImmutableHashSet<string> OfPlace = ["id", "nodeId", "metadata", "payload", "connections"];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool IsNone =>
        Document.IsEmpty && Activities.IsEmpty && AddedWays.IsEmpty && RemovedWays.IsEmpty && Moved.IsEmpty;

    public static DefinitionDifference Between(Definition before, Definition after)
    {
        var changes = ImmutableArray.CreateBuilder<ActivityChange>();
        var moved = ImmutableArray.CreateBuilder<string>();
        foreach (var activity in after.Activities.Values.OrderBy(a => a.Path, PathOrder))
        {
            if (before.Activities.GetValueOrDefault(activity.Id) is not { } was)
            {
                changes.Add(new(ChangeKind.Added, null, activity, []));
                continue;
            }
            var aspects = Aspects(At(before, was.Path), At(after, activity.Path), was, activity);
            if (!aspects.IsEmpty)
                changes.Add(new(ChangeKind.Changed, was, activity, aspects));
            else if (was.Placement != activity.Placement)
                moved.Add(activity.Id);
        }
        changes.AddRange(
            before
                .Activities.Values.Where(a => !after.Activities.ContainsKey(a.Id))
                .OrderBy(a => a.Path, PathOrder)
                .Select(a => new ActivityChange(ChangeKind.Removed, a, null, []))
        );
        return new(
            Properties(before.Document, after.Document, OfVersion),
            changes.ToImmutable(),
            [.. Ways(after).Except(Ways(before))],
            [.. Ways(before).Except(Ways(after))],
            moved.ToImmutable()
        );
    }

    /// <summary>The two documents line by line, both written alike.</summary>
    public static ImmutableArray<LineChange> Lines(Definition before, Definition after) =>
        LineDifference.Between(Written(before), Written(after));

    private static string[] Written(Definition definition) =>
        JsonSerializer.Serialize(definition.Document, Indented).ReplaceLineEndings("\n").Split('\n');

    private static IEnumerable<Passage> Ways(Definition definition) =>
        definition
            .Activities.Values.OrderBy(a => a.Path, PathOrder)
            .SelectMany(a => a.Connections)
            .Select(c => new Passage(c.Source, c.Port, c.Target));

    private static ImmutableArray<Aspect> Aspects(JsonElement was, JsonElement now, Activity before, Activity after) =>
        [
            .. Text("displayText", was.Child("metadata"), now.Child("metadata")),
            .. Text("description", was.Child("metadata"), now.Child("metadata")),
            .. Properties(was, now, [.. OfPlace, .. Containers(before), .. Containers(after)]),
            .. before.Static("payload") is { } old && after.Static("payload") is { } @new
                ? Properties(old, @new, []).Select(a => a with { Name = $"payload.{a.Name}" })
                : Text("payload", was, now),
        ];

    /// <summary>Properties that hold other activities, which are compared by themselves.</summary>
    private static IEnumerable<string> Containers(Activity activity) =>
        activity.Nested.Select(n => n.Path[(activity.Path.Length + 1)..].Split('/')[0]).Where(p => p != "cases");

    private static IEnumerable<Aspect> Text(string name, JsonElement was, JsonElement now) =>
        Properties(Only(was, name), Only(now, name), []);

    private static JsonElement Only(JsonElement json, string name) =>
        json.Child(name) is { ValueKind: not JsonValueKind.Undefined } value
            ? JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [name] = value })
            : Nothing;

    private static ImmutableArray<Aspect> Properties(JsonElement was, JsonElement now, ICollection<string> but)
    {
        var (before, after) = (Of(was), Of(now));
        return
        [
            .. after
                .Keys.Concat(before.Keys.Where(k => !after.ContainsKey(k)))
                .Where(k => !but.Contains(k))
                .Select(k => new Aspect(k, Value(before, k), Value(after, k)))
                .Where(a =>
                    a.Before is null || a.After is null || !JsonElement.DeepEquals(a.Before.Value, a.After.Value)
                ),
        ];

        static Dictionary<string, JsonElement> Of(JsonElement json) =>
            json.ValueKind == JsonValueKind.Object
                ? json.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(p => p.Name, p => p.Value)
                : [];

        static JsonElement? Value(Dictionary<string, JsonElement> all, string name) =>
            all.TryGetValue(name, out var value) ? value : null;
    }

    private static JsonElement At(Definition definition, string path)
    {
        var at = definition.Document;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            at =
                at.ValueKind == JsonValueKind.Array
                    ? at[int.Parse(part, CultureInfo.InvariantCulture)]
                    : at.Child(part);
        return at;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Document order: <c>/root/activities/10</c> comes after <c>/root/activities/9</c>.</summary>
    private static readonly IComparer<string> PathOrder = Comparer<string>.Create(
        (a, b) =>
        {
            var (left, right) = (a.Split('/'), b.Split('/'));
            for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
            {
                var order =
                    Number(left[i]) is { } x && Number(right[i]) is { } y
                        ? x.CompareTo(y)
                        : string.CompareOrdinal(left[i], right[i]);
                if (order != 0)
                    return order;
            }
            return left.Length.CompareTo(right.Length);
        }
    );
}
