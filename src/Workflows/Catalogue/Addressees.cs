using System.Collections.Immutable;
using EduUnion.Domain.People;

namespace EduUnion.Workflows.Catalogue;

/// <summary>Whom the cases of a journey can ask: what a payload's <c>who</c> may name there.</summary>
/// <param name="Scopes">Values of <c>of</c>.</param>
public sealed record Addressees(
    ImmutableArray<string> Roles,
    ImmutableArray<string> Lists,
    ImmutableArray<string> Scopes
)
{
    private static readonly Addressees Motion = new(
        ["proposer", "firstCosigner", "delegationHead"],
        ["cosigners", "cohandlers"],
        ["session", "school", "district", "host", "leader"]
    );

    private static readonly Addressees Aid = new(
        ["author", "applicant"],
        ["surveyors", "cosurveyors", "publishers", "chairs"],
        ["school", "district"]
    );

    private static readonly ImmutableDictionary<string, Addressees> Journeys = new Dictionary<string, Addressees>
    {
        ["motion"] = Motion,
        ["handling"] = Motion,
        ["extension"] = Motion,
        ["commitment"] = Motion,
        ["withdrawal"] = Motion,
        ["lead"] = Motion,
        ["appeal"] = Motion,
        ["aid"] = Aid,
        ["objection"] = new(["handler"], ["investigators", "coinvestigators"], []),
        ["verification"] = new(["applicant"], [], ["school", "district"]),
    }.ToImmutableDictionary();

    /// <summary>Of the journey that a step's name begins with; null for one that this product does not ship.</summary>
    public static Addressees? Of(string step) => Journeys.GetValueOrDefault(step.Split('.')[0]);

    /// <summary>
    /// Null when somebody can be found; else <c>who.unknown</c> (no such role, list or office here) or
    /// <c>who.misplaced</c> (nobody holds that office there).
    /// </summary>
    public PayloadProblem? Refuse(Who who) =>
        who switch
        {
            { Role: { } role } => Roles.Contains(role) ? null : Unknown("role", role, Roles),
            { List: { } list } => Lists.Contains(list) ? null : Unknown("list", list, Lists),
            { Member: { } member } => Unknown("member", member, []),
            { Office: { } name, Of: { } of } => !Enum.TryParse<Office>(name, out var office)
            || !Enum.IsDefined(office)
            || Place(office) is null
                ? Unknown(
                    "office",
                    name,
                    [.. Enum.GetValues<Office>().Where(o => Place(o) is not null).Select(o => $"{o}")]
                )
            : !Scopes.Contains(of) ? Unknown("of", of, Scopes)
            : Place(office) != PlaceOf(of)
                ? new PayloadProblem(
                    "/of",
                    "who.misplaced",
                    $"{name} is an office of the {Place(office)}; nobody holds it at the {PlaceOf(of)} that '{of}' means."
                )
            : null,
            _ => null,
        };

    /// <summary>Where an office is held: <c>school</c>, <c>department</c> or <c>district</c>; null for one that decides nothing.</summary>
    public static string? Place(Office office) =>
        office switch
        {
            Office.DepartmentClerk or Office.DepartmentHead or Office.SchoolLeader => "department",
            Office.DistrictOfficer or Office.DistrictChair or Office.DistrictViceChair or Office.Finance => "district",
            Office.Administrator or Office.Auditor => null,
            _ => "school",
        };

    /// <summary>The kind of organisation that <c>of</c> means.</summary>
    public static string PlaceOf(string of) =>
        of switch
        {
            "host" or "leader" => "department",
            "district" or "fund" => "district",
            _ => "school",
        };

    private static PayloadProblem Unknown(string what, string name, ImmutableArray<string> known) =>
        new(
            $"/{what}",
            "who.unknown",
            known.IsEmpty
                ? $"Nobody is found here by the {what} '{name}'."
                : $"Nobody is found here by the {what} '{name}'; known are {string.Join(", ", known)}."
        );
}
