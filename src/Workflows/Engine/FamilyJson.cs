using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EduUnion.Workflows.Engine;

/// <summary>
/// The family as one compact JSON document. What equals its default is left out. A document of an older schema is lifted
/// step by step when it is read; one of a newer schema is refused.
/// </summary>
public static class FamilyJson
{
    // One entry a schema change: element n lifts a document of schema n + 1 to n + 2. A running case never needs a migration.
    private static readonly ImmutableArray<Func<JsonObject, JsonObject>> Upcasters = [];

    /// <summary>The schema that is written.</summary>
    public static int Schema => Upcasters.Length + 1;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Family family) => Write(family, null);

    /// <summary>
    /// What a family will do, without who it is: no identifiers, sequence numbers counted anew, only those variables that
    /// matter. Two families of the same shape behave alike.
    /// </summary>
    internal static string Shape(Family family, Func<Instance, IReadOnlySet<string>> matters) => Write(family, matters);

    /// <exception cref="InvalidDataException">The document was written by a newer version of this product.</exception>
    public static Family Read(string json) => Read(json, Upcasters);

    internal static Family Read(string json, ImmutableArray<Func<JsonObject, JsonObject>> upcasters)
    {
        var document = JsonElement.Parse(json);
        var schema = document.GetProperty("schema").GetInt32();
        if (schema > upcasters.Length + 1)
            throw new InvalidDataException($"Family schema {schema} is newer than {upcasters.Length + 1}.");
        if (schema <= upcasters.Length)
        {
            var lifted = JsonObject.Create(document)!;
            for (var from = schema; from <= upcasters.Length; from++)
                lifted = upcasters[from - 1](lifted);
            document = JsonElement.Parse(lifted.ToJsonString());
        }
        return new(
            document.GetProperty("case").GetGuid(),
            upcasters.Length + 1,
            document.GetProperty("next").GetInt64(),
            [.. document.GetProperty("instances").EnumerateArray().Select(FamilyReader.Instance)]
        );
    }

    private static string Write(Family family, Func<Instance, IReadOnlySet<string>>? matters)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Compact))
            new FamilyWriter(json, matters).Write(family);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
