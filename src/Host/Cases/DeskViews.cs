using EduUnion.Domain.People;
using EduUnion.Host.Definitions;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Steps;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>A signer or adviser, and what he said.</summary>
public sealed record AddedTask(TaskRow Task, string Who, string? Comment);

/// <summary>A task as an office passes it round.</summary>
/// <param name="Can">Of <c>claim</c>, <c>release</c>, <c>transfer</c>, <c>delegate</c>, <c>addSigners</c>, <c>removeSigner</c>, <c>takeBack</c> what the viewer may do now.</param>
/// <param name="ClaimedBy">Who has claimed it and holds its office; null = nobody.</param>
/// <param name="Added">Those who were added to it, in order; to one that was added itself, nobody is.</param>
public sealed record DeskView(
    TaskRow Task,
    IReadOnlyList<string> Can,
    string? ClaimedBy,
    IReadOnlyList<AddedTask> Added
)
{
    /// <summary>The task to which this one was added: whose it is, and what is asked there.</summary>
    public AddedTask? Owner { get; init; }

    /// <summary>The step in which it stands; null once it is over.</summary>
    public OpenedStep? Step { get; init; }

    public bool IsClaimedByOther { get; init; }
}

/// <summary>What stands round one task: who has claimed it, who signs, whose advice was asked.</summary>
public sealed class DeskViews(
    EduUnionDb db,
    DefinitionLibrary library,
    OfficeBook offices,
    MemberBook members,
    Vault vault
)
{
    /// <param name="task">One that is the viewer's.</param>
    /// <param name="row">Its case; while that is held, nothing can be done.</param>
    public async Task<DeskView> OfAsync(TaskRow task, CaseRow row, Viewer viewer, CancellationToken cancellation)
    {
        var rows = await db.Set<TaskRow>()
            .AsNoTracking()
            .Where(t => t.StepId == task.StepId && (t.OwnerId == task.Id || t.Id == task.OwnerId))
            .OrderBy(t => t.Position)
            .ToListAsync(cancellation);
        Guid?[] named = [task.ClaimedById, .. rows.Select(PersonOf)];
        var names = await members.NamesAsync([.. named.OfType<Guid>().Distinct()], cancellation);
        var claimed =
            task is { MemberId: null, ClaimedById: { } by }
            && await offices.HoldsAsync(by, task.Office!.Value, task.OrganisationId!.Value, viewer.Today, cancellation)
                ? names.GetValueOrDefault(by)
                : null;
        // His deputies do what somebody absent has claimed.
        var other =
            claimed is not null
            && task.ClaimedById != viewer.MemberId
            && viewer.ActsFor.All(p => p.MemberId != task.ClaimedById);
        var step = await StepOfAsync(task, row, cancellation);
        var owner = rows.FirstOrDefault(t => t.Id == task.OwnerId);
        return new DeskView(
            task,
            row.HeldAt is null
                ? [.. Can(task, viewer, step?.Payload.Allow ?? [], claimed is not null, other, rows)]
                : [],
            claimed,
            [.. rows.Where(t => t.OwnerId == task.Id && t.State != TaskState.Handed).Select(Said)]
        )
        {
            Owner = owner is null ? null : Said(owner),
            Step = step,
            IsClaimedByOther = other,
        };

        AddedTask Said(TaskRow row) =>
            new(
                row,
                names.GetValueOrDefault(PersonOf(row) ?? Guid.Empty, ""),
                row.Comment ?? (row.Desk == DeskPart.Own ? null : PendingAnswer.Read(row, vault)?.Comment)
            );
    }

    private static Guid? PersonOf(TaskRow row) => row.DecidedBy ?? row.MemberId ?? row.ClaimedById;

    private static IEnumerable<string> Can(
        TaskRow task,
        Viewer viewer,
        IReadOnlyList<string> allowed,
        bool claimed,
        bool byOther,
        List<TaskRow> rows
    )
    {
        // A deputy decides; how the work is passed round is for whoever has it.
        var own = Access.Own(viewer.MemberId, viewer.Offices).Compile()(task);
        if (own && task.State is TaskState.Open or TaskState.Waiting && !byOther)
        {
            var awaited = rows.Any(t =>
                t.OwnerId == task.Id
                && t.State is TaskState.Open or TaskState.Waiting
                && t.Desk is DeskPart.Before or DeskPart.Advice
            );
            if (task.IsOfOffice && !claimed)
                yield return "claim";
            else if (task.IsOfOffice ? task.ClaimedById == viewer.MemberId : task.IsHandedOn)
                yield return "release";
            if (!awaited && allowed.Contains("transfer"))
                yield return "transfer";
            if (task.Desk == DeskPart.Own && !awaited && allowed.Contains("delegate"))
                yield return "delegate";
            if (task.Desk == DeskPart.Own && allowed.Contains("addSigners"))
                yield return "addSigners";
        }
        if (own && !byOther && rows.Any(t => t.OwnerId == task.Id && t.State is TaskState.Open or TaskState.Waiting))
            yield return "removeSigner";
        if (Access.IsStillHis(task, viewer) && (task.State == TaskState.Answered || MayUnsay(task, rows)))
            yield return "takeBack";
    }

    // A signer's word, until its owner has built on it.
    private static bool MayUnsay(TaskRow task, List<TaskRow> rows) =>
        task is { State: TaskState.Decided, Desk: DeskPart.Before or DeskPart.After or DeskPart.Advice }
        && rows.Any(t =>
            t.Id == task.OwnerId
            && (
                task.Desk == DeskPart.After
                    ? t.State == TaskState.Answered
                    : t.State is TaskState.Open or TaskState.Waiting
            )
        );

    /// <summary>By the version by which the case runs; null where nothing is to be passed round.</summary>
    private async Task<OpenedStep?> StepOfAsync(TaskRow task, CaseRow row, CancellationToken cancellation)
    {
        if (!task.IsLive || StepCatalogue.Shipped.Find(task.Name) is { Beside: true } && task.Desk == DeskPart.Own)
            return null;
        var family = FamilyJson.Read(row.Family);
        var known = await library.ForAsync(db, family, cancellation);
        return OpenSteps.Find(known, family, task.StepId) is { } open
            ? new OpenedStep(
                task.StepId,
                StepCatalogue.Shipped.Find(open.Name)!,
                StepPayload.Read(open.Payload),
                task.Part
            )
            : null;
    }
}
