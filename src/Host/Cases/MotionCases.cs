using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using EduUnion.Domain.Motions;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;

namespace EduUnion.Host.Cases;

/// <summary>Reads and writes motions as cases.</summary>
public sealed class MotionCases(CongressBook congresses, OfficeBook offices, OrganisationBook organisations)
{
    /// <summary>The stored form of the aggregate; enum values by name, so that a new one in the middle moves nothing.</summary>
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
    };

    public static Motion MotionOf(CaseRow row) => MotionOf(row.Aggregate);

    public static Motion MotionOf(string aggregate) => JsonSerializer.Deserialize<Motion>(aggregate, Json)!;

    public MotionCase Read(CaseRow row) => Of(MotionOf(row));

    public MotionCase Of(Motion motion) => new(motion, congresses, offices, organisations);
}
