using System.Collections.Immutable;

namespace EduUnion.Domain.Aid;

/// <summary>致困原因 (domain §3.1): one main, up to three secondary.</summary>
public enum Cause
{
    /// <summary>本人重大疾病.</summary>
    OwnIllness,

    /// <summary>家属重大疾病.</summary>
    FamilyIllness,

    /// <summary>残疾.</summary>
    Disability,

    /// <summary>子女教育.</summary>
    Education,

    /// <summary>意外事故.</summary>
    Accident,

    /// <summary>自然灾害.</summary>
    Disaster,

    /// <summary>单亲.</summary>
    SingleParent,

    /// <summary>亲属去世.</summary>
    Bereavement,

    /// <summary>失业或无劳动能力家属.</summary>
    Dependants,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>
/// What a public notice says of the cause (因病、因学 …), and what two applications of one household are compared by: the
/// same operation is the husband's own illness and the wife's family's.
/// </summary>
public enum CauseGroup
{
    /// <summary>因病.</summary>
    Illness,

    /// <summary>因残.</summary>
    Disability,

    /// <summary>因学.</summary>
    Education,

    /// <summary>因意外.</summary>
    Accident,

    /// <summary>因灾.</summary>
    Disaster,

    /// <summary>家庭原因.</summary>
    Family,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>What happened and when; duplicates are found by the day and by the text. In the applicant's words: sensitive.</summary>
public sealed record CauseEvent(string Text, DateOnly On);

public static class Causes
{
    /// <summary>Sudden events, by which 意外致困 is suggested (domain §3.1).</summary>
    public static readonly ImmutableHashSet<Cause> Sudden =
    [
        Cause.OwnIllness,
        Cause.FamilyIllness,
        Cause.Accident,
        Cause.Disaster,
    ];

    public static CauseGroup Group(this Cause cause) =>
        cause switch
        {
            Cause.OwnIllness or Cause.FamilyIllness => CauseGroup.Illness,
            Cause.Disability => CauseGroup.Disability,
            Cause.Education => CauseGroup.Education,
            Cause.Accident => CauseGroup.Accident,
            Cause.Disaster => CauseGroup.Disaster,
            Cause.SingleParent or Cause.Bereavement or Cause.Dependants => CauseGroup.Family,
            _ => CauseGroup.Other,
        };
}
