using System.Collections.Immutable;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Definitions;

/// <summary>Something that a definition names and that an organisation has not.</summary>
/// <param name="Path">JSON pointer of the activity.</param>
/// <param name="Code">
/// <c>office.nobody</c>: vacant, and nobody above it who would hear of it; <c>office.vacant</c>: vacant today, somebody
/// above is told; <c>clock.without-parameter</c>: nobody has said how long.
/// </param>
/// <param name="Subject">The office, or the parameter's key.</param>
/// <param name="Organisations">Names of the schools, or of the district.</param>
public sealed record Gap(string Path, string Code, string Subject, IReadOnlyList<string> Organisations)
{
    /// <summary>Keeps the definition from being published; the others are warnings.</summary>
    public bool Blocks => Code != "office.vacant";
}

/// <summary>
/// Whether every office and every deadline of a definition can be found in every school that takes part. A school in which
/// nobody holds any of the definition's own offices does not take part.
/// </summary>
public sealed class DefinitionGaps(
    OfficeBook offices,
    OrganisationBook organisations,
    RuleBook rules,
    ParameterCatalogue parameters,
    TimeProvider time
)
{
    /// <summary>Who hears that a task of an office is overdue (domain §7), the nearest first.</summary>
    private static Office[] Above(Office office) =>
        office switch
        {
            Office.DepartmentClerk => [Office.DepartmentHead, Office.SchoolLeader, Office.SchoolUnionChair],
            Office.DepartmentHead => [Office.SchoolLeader, Office.SchoolUnionChair],
            Office.MotionSecretary or Office.MotionCommittee => [Office.MotionCommitteeChair, Office.SchoolUnionChair],
            Office.SchoolUnionChair => [Office.DistrictOfficer, Office.DistrictChair],
            Office.DistrictChair => [],
            _ when Addressees.Place(office) == "district" => [Office.DistrictChair],
            _ => [Office.SchoolUnionChair],
        };

    public async Task<IReadOnlyList<Gap>> OfAsync(Definition definition, CancellationToken cancellation)
    {
        var steps = definition
            .Activities.Values.Where(a => a.Type == ActivityTypes.RunTask && a.Static("payload") is not null)
            .OrderBy(a => a.Path, StringComparer.Ordinal)
            .Select(a =>
                (Activity: a, Payload: StepPayload.Read(a.Static("payload")!.Value, new List<PayloadProblem>()))
            )
            .ToList();
        var asked = steps
            .SelectMany(s =>
                new[] { s.Payload.Who, s.Payload.Clock?.Reassign }.Select(who => (s.Activity, who?.Office))
            )
            .Where(s => Enum.TryParse<Office>(s.Office, out _))
            .Select(s => (s.Activity, Office: Enum.Parse<Office>(s.Office!)))
            .DistinctBy(s => s.Office)
            .ToList();
        var clocks = steps
            .SelectMany(s => new[] { s.Payload.Clock?.Name, s.Payload.Starts }.Select(name => (s.Activity, name)))
            .Select(s => (s.Activity, Key: KeyOf(s.name)))
            .Where(s => s.Key is not null)
            .DistinctBy(s => s.Key)
            .ToList();
        return
        [
            .. Vacant(asked, await HeldAsync(cancellation)),
            .. await WithoutParameterAsync(clocks.Select(c => (c.Activity, c.Key!)), cancellation),
        ];
    }

    private IEnumerable<Gap> Vacant(
        IReadOnlyList<(Activity Activity, Office Office)> asked,
        ImmutableHashSet<(Office, Guid)> held
    )
    {
        var schools = Schools()
            .Where(s => asked.Any(a => Addressees.Place(a.Office) != "district" && Holds(held, a.Office, s)))
            .ToList();
        foreach (var (activity, office) in asked)
        {
            var places = Addressees.Place(office) == "district" ? Schools().DistinctBy(District).ToList() : schools;
            foreach (
                var group in places
                    .Where(s => !Holds(held, office, s))
                    .GroupBy(s => Above(office).Any(a => Holds(held, a, s)) ? "office.vacant" : "office.nobody")
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
            )
                yield return new(activity.Path, group.Key, $"{office}", [.. group.Select(s => NameOf(s, office))]);
        }
    }

    private async Task<IReadOnlyList<Gap>> WithoutParameterAsync(
        IEnumerable<(Activity Activity, string Key)> clocks,
        CancellationToken cancellation
    )
    {
        var missing = new List<(Activity Activity, string Key, string School)>();
        foreach (var school in Schools())
        {
            var known = await rules.ForAsync(school.Id, time.GetUtcNow(), cancellation);
            missing.AddRange(clocks.Where(c => !known.Has(c.Key)).Select(c => (c.Activity, c.Key, school.Name)));
        }
        return
        [
            .. missing
                .GroupBy(m => (m.Activity.Path, m.Key))
                .Select(g => new Gap(g.Key.Path, "clock.without-parameter", g.Key.Key, [.. g.Select(m => m.School)])),
        ];
    }

    /// <summary>The parameter that says how long; null for deadlines that follow from something else, such as a session's.</summary>
    private string? KeyOf(string? clock) =>
        clock is null
            ? null
            : new[] { $"{clock}.wd", $"{clock}_wd" }.FirstOrDefault(k => parameters.Find(k) is not null);

    private async Task<ImmutableHashSet<(Office, Guid)>> HeldAsync(CancellationToken cancellation)
    {
        var held = await offices
            .InForce(ChinaTime.DateOf(time.GetUtcNow()))
            .Select(h => new { h.Office, h.OrganisationId })
            .Distinct()
            .ToListAsync(cancellation);
        return [.. held.Select(h => (h.Office, h.OrganisationId))];
    }

    /// <summary>Of a department's office one department is enough: which has a motion to answer nobody knows yet.</summary>
    private bool Holds(ImmutableHashSet<(Office, Guid)> held, Office office, Organisation school) =>
        Addressees.Place(office) switch
        {
            "department" => organisations.Departments(school.Id).Any(d => held.Contains((office, d.Id))),
            "district" => held.Contains((office, District(school))),
            _ => held.Contains((office, school.Id)),
        };

    private string NameOf(Organisation school, Office office) =>
        Addressees.Place(office) == "district" ? organisations.Find(District(school))!.Name : school.Name;

    private IEnumerable<Organisation> Schools() => organisations.All().Where(o => o.Kind == OrganisationKind.School);

    private Guid District(Organisation school) => organisations.Path(school.Id)[^1];
}
