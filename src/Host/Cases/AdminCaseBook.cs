using EduUnion.Domain.People;
using EduUnion.Host.Definitions;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>A step that is open, and of whom it is asked.</summary>
/// <param name="Members">How many persons are asked by name; who they are is the case's business.</param>
/// <param name="Since">Null for a step that waits for no person.</param>
public sealed record OpenPlace(
    string Step,
    Guid? Part,
    string? Host,
    IReadOnlyList<AskedOffice> Offices,
    int Members,
    DateTimeOffset? Since
);

public sealed record AskedOffice(Office Office, string Organisation);

/// <summary>A step at which an administrator may let a case go on.</summary>
/// <param name="Host">The department whose part it is, where it is one.</param>
public sealed record JumpPlace(string Step, Guid? Part, string? Host);

/// <summary>A case as the administrator sees it: its number, where it stands and what he may do; nothing of what it says.</summary>
public sealed record CaseSheet(
    Guid Id,
    string Kind,
    string? Number,
    string? Receipt,
    string State,
    string School,
    DateTimeOffset OpenedAt,
    DateTimeOffset? HeldAt,
    IReadOnlyList<OpenPlace> Open,
    IReadOnlyList<JumpPlace> Jumps,
    IReadOnlyList<string> Wakes,
    bool MayBeTerminated
);

/// <summary>Cases by their numbers, for whoever administers how they run.</summary>
public sealed class AdminCaseBook(
    EduUnionDb db,
    CaseKinds kinds,
    DefinitionLibrary library,
    OrganisationBook organisations
)
{
    private const int Most = 20;

    /// <summary>Cases with this number or receipt, or this id; none for less than a whole number.</summary>
    public async Task<IReadOnlyList<CaseSheet>> FindAsync(string? text, CancellationToken cancellation)
    {
        var wanted = text?.Trim() ?? "";
        if (wanted.Length == 0)
            return [];
        Guid? id = Guid.TryParse(wanted, out var parsed) ? parsed : null;
        var rows = await db.Set<CaseRow>()
            .AsNoTracking()
            .AsSplitQuery()
            .Include(c => c.Tasks.Where(t => t.State == TaskState.Open || t.State == TaskState.Waiting))
            .Where(c => c.Number == wanted || c.Receipt == wanted || c.Id == id)
            .OrderBy(c => c.OpenedAt)
            .ThenBy(c => c.Id)
            .Take(Most)
            .ToListAsync(cancellation);
        var set = await library.CurrentAsync(db, cancellation);
        return [.. rows.Select(r => Sheet(r, set))];
    }

    private CaseSheet Sheet(CaseRow row, DefinitionSet set)
    {
        var @case = kinds.Read(row);
        var family = FamilyJson.Read(row.Family);
        var open = family
            .Instances.SelectMany(i => Steps(i, set).Select(step => (Step: step, Part: CaseWork.PartOf(i.Input))))
            .Select(o => Place(o.Step, o.Part))
            .ToList();
        var parts = family
            .Instances.Where(i => i.Parent is not null)
            .Select(i => CaseWork.PartOf(i.Input))
            .OfType<Guid>()
            .Distinct()
            .Cast<Guid?>()
            .Prepend(null);
        return new CaseSheet(
            row.Id,
            row.Kind,
            row.Number,
            row.Receipt,
            row.State,
            organisations.Find(row.SchoolId)?.Name ?? "",
            row.OpenedAt,
            row.HeldAt,
            open,
            [
                .. from part in parts
                from step in @case.StepsOpen(part)
                where StepPlaces.Running(family, @case.Process, part, set, step) is not null
                where open.TrueForAll(o => o.Step != step || o.Part != part)
                select new JumpPlace(step, part, HostOf(part)),
            ],
            [
                .. @case.StepsToWake.Where(s =>
                    set.Latest(@case.Process) is { } latest && StepPlaces.Find(latest, s) is not null
                ),
            ],
            @case.MayBeTerminated
        );

        OpenPlace Place(string step, Guid? part)
        {
            var tasks = row.Tasks.Where(t => t.Name == step && t.Part == part).ToList();
            return new OpenPlace(
                step,
                part,
                HostOf(part),
                [
                    .. tasks
                        .Where(t => t.IsOfOffice)
                        .Select(t => new AskedOffice(
                            t.Office!.Value,
                            organisations.Find(t.OrganisationId!.Value)?.Name ?? ""
                        )),
                ],
                tasks.Count(t => !t.IsOfOffice),
                tasks.Count == 0 ? null : tasks.Min(t => t.OpenedAt)
            );
        }

        string? HostOf(Guid? part) =>
            @case is MotionCase { Motion: var motion } && motion.Parts.FirstOrDefault(p => p.Id == part) is { } handling
                ? organisations.Find(handling.HostId)?.Name
                : null;
    }

    private static IEnumerable<string> Steps(Instance instance, DefinitionSet set) =>
        set.Find(instance.DefinitionId, instance.Version) is { } definition
            ? instance
                .Activities.Select(a => definition.Activities.GetValueOrDefault(a))
                .Where(a => a?.Type == ActivityTypes.RunTask)
                .Select(a => a!.Literal("taskName"))
                .OfType<string>()
            : [];
}
