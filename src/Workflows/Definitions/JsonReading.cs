using System.Text.Json;

namespace EduUnion.Workflows.Definitions;

/// <summary>Lenient access to JSON objects: what is absent reads as undefined.</summary>
internal static class JsonReading
{
    public static JsonElement Child(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    public static string? Text(this JsonElement json, string name) =>
        json.Child(name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value
            ? value
            : null;

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name)
    {
        var child = json.Child(name);
        // Older exports wrap lists: {"$values":[…]}.
        if (child.ValueKind == JsonValueKind.Object)
            child = child.Child("$values");
        return child.ValueKind == JsonValueKind.Array ? child.EnumerateArray() : [];
    }
}
