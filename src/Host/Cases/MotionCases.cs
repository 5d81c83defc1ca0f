using System.Text.Json;
using EduUnion.Domain.Motions;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;

namespace EduUnion.Host.Cases;

/// <summary>Reads and writes motions as cases.</summary>
public sealed class MotionCases(CongressBook congresses, OfficeBook offices, OrganisationBook organisations) : ICaseKind
{
    public string Name => MotionCase.KindName;

    ICase ICaseKind.Read(CaseRow row) => Read(row);

    public static Motion MotionOf(CaseRow row) => MotionOf(row.Aggregate);

    public static Motion MotionOf(string aggregate) => JsonSerializer.Deserialize<Motion>(aggregate, CaseJson.Options)!;

    public MotionCase Read(CaseRow row) => Of(MotionOf(row));

    public MotionCase Of(Motion motion) => new(motion, congresses, offices, organisations);
}
