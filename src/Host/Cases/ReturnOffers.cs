using EduUnion.Host.Definitions;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>A step to which a task may be sent back.</summary>
/// <param name="IsStarter">Whoever leads the case is asked there.</param>
public sealed record ReturnTarget(string Step, bool IsStarter);

/// <summary>What a page may offer beside a task's form; the use cases check again.</summary>
/// <param name="Targets">The earliest first.</param>
/// <param name="Straight">It may come straight back after the fix.</param>
/// <param name="TakeBack">The viewer decided it, and nobody after him has acted.</param>
public sealed record ReturnOffer(IReadOnlyList<ReturnTarget> Targets, bool Straight, bool TakeBack)
{
    public static ReturnOffer None { get; } = new([], false, false);
}

/// <summary>Whether a task may be sent back or taken back, as its page shows it.</summary>
public sealed class ReturnOffers(EduUnionDb db, CaseKinds kinds, DefinitionLibrary library)
{
    private static readonly string[] Retractable =
    [
        .. StepCatalogue.Shipped.All.Where(s => s.Retractable).Select(s => s.Name),
    ];

    public async Task<ReturnOffer> OfAsync(TaskRow task, Viewer viewer, CancellationToken cancellation)
    {
        var retractable =
            task.State == TaskState.Decided && Retractable.Contains(task.Name) && Access.IsStillHis(task, viewer);
        // A deputy decides; sent back is it by whoever has it himself.
        var returnable = task.State == TaskState.Open && Access.Own(viewer.MemberId, viewer.Offices).Compile()(task);
        if (!returnable && !retractable)
            return ReturnOffer.None;
        var row = await db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == task.CaseId, cancellation);
        return retractable
            ? ReturnOffer.None with
            {
                TakeBack = await MayTakeBackAsync(task, row, cancellation),
            }
            : await ReturnsAsync(task, row, cancellation);
    }

    /// <summary>What the viewer decided last in this case, if it may still be taken back (拿回).</summary>
    public async Task<Guid?> RetractableAsync(CaseRow row, Viewer viewer, CancellationToken cancellation)
    {
        var last = await db.Set<TaskRow>()
            .AsNoTracking()
            .Where(t => t.CaseId == row.Id && t.DecidedBy == viewer.MemberId && t.State == TaskState.Decided)
            .Where(t => Retractable.Contains(t.Name))
            .OrderByDescending(t => t.ClosedAt)
            .FirstOrDefaultAsync(cancellation);
        return last is not null && Access.IsStillHis(last, viewer) && await MayTakeBackAsync(last, row, cancellation)
            ? last.Id
            : null;
    }

    private async Task<ReturnOffer> ReturnsAsync(TaskRow task, CaseRow row, CancellationToken cancellation)
    {
        var family = FamilyJson.Read(row.Family);
        var set = await library.ForAsync(db, family, cancellation);
        var @case = kinds.Read(row);
        if (
            row.HeldAt is not null
            || OpenSteps.Find(set, family, task.StepId) is not { } open
            || open.Name != task.Name
        )
            return ReturnOffer.None;
        var instance = family.Find(open.Instance)!;
        var definition = set.Find(instance.DefinitionId, instance.Version)!;
        var step = new OpenedStep(
            task.StepId,
            StepCatalogue.Shipped.Find(open.Name)!,
            StepPayload.Read(open.Payload),
            task.Part
        );
        return new ReturnOffer(
            [
                .. StepPlaces
                    .Back(@case, step, definition)
                    .Select(s => new ReturnTarget(s, StepPlaces.IsOfStarter(StepPlaces.Find(definition, s)!))),
            ],
            !@case.IsConfidential,
            false
        );
    }

    /// <summary>As <see cref="CaseWork.TakeBackStepAsync"/> asks it.</summary>
    private async Task<bool> MayTakeBackAsync(TaskRow task, CaseRow row, CancellationToken cancellation)
    {
        if (row.HeldAt is not null || task.Outcome == CaseWork.Returned)
            return false;
        var family = FamilyJson.Read(row.Family);
        var set = await library.ForAsync(db, family, cancellation);
        if (StepPlaces.Running(family, kinds.Read(row).Process, task.Part, set, task.Name) is not { } instance)
            return false;
        var after = await StepPlaces.AfterAsync(
            db,
            task,
            set.Find(instance.DefinitionId, instance.Version)!,
            cancellation
        );
        return StepPlaces.AreUntouched(after, task);
    }
}
