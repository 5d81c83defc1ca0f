using System.Collections.Immutable;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Steps;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>Steps of a running process by their catalogue names.</summary>
public static class StepPlaces
{
    /// <summary>The activity that opens this step and at which an instance may go on; null = there is none.</summary>
    public static Activity? Find(Definition definition, string step) =>
        definition
            .Activities.Values.Where(a => a.Type == ActivityTypes.RunTask && a.Literal("taskName") == step)
            .Where(a => definition.CanRestart(a.Id))
            .OrderBy(a => a.Path, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>Where a step may be sent back to, the earliest first: what the aggregate can take and the definition has.</summary>
    public static ImmutableArray<string> Back(ICase @case, OpenedStep step, Definition definition) =>
        step.Payload.Allow.Contains("return") && step.Payload.Policy.Kind != "vote"
            ? [.. @case.StepsBack(step).Where(s => Find(definition, s) is not null)]
            : [];

    /// <summary>Whether whoever leads the case is asked at this activity, and no office.</summary>
    public static bool IsOfStarter(Activity activity) =>
        activity.Static("payload") is { } payload && StepPayload.Read(payload).Who is { Role: not null };

    /// <summary>The live instance that handles this part of a case; the main process for none.</summary>
    public static Instance? Running(
        Family family,
        string process,
        Guid? part,
        DefinitionSet definitions,
        string step
    ) =>
        family.Instances.FirstOrDefault(i =>
            CaseWork.PartOf(i.Input) == part
            && (part is not null || i.DefinitionId == process)
            && definitions.Find(i.DefinitionId, i.Version) is { } definition
            && Find(definition, step) is not null
        );

    /// <summary>Tasks that opened in the same process with the decision of this one, or after it.</summary>
    public static async Task<List<TaskRow>> AfterAsync(
        EduUnionDb db,
        TaskRow task,
        Definition definition,
        CancellationToken cancellation
    )
    {
        var names = definition
            .Activities.Values.Where(a => a.Type == ActivityTypes.RunTask)
            .Select(a => a.Literal("taskName"))
            .ToHashSet();
        var later = await db.Set<TaskRow>()
            .AsNoTracking()
            .Where(t => t.CaseId == task.CaseId && t.Part == task.Part && t.StepId != task.StepId)
            .Where(t => t.OpenedAt >= task.ClosedAt)
            .ToListAsync(cancellation);
        return later.FindAll(t => names.Contains(t.Name) || t.Desk != DeskPart.Own);
    }

    /// <summary>What opened with his decision stands as it opened: nobody decided, claimed or handed on anything.</summary>
    public static bool AreUntouched(IReadOnlyCollection<TaskRow> after, TaskRow task) =>
        after.Count > 0
        && after.All(t =>
            t.State is TaskState.Open or TaskState.Waiting
            && t.OpenedAt == task.ClosedAt
            && t.ClaimedById is null
            && t.Desk == DeskPart.Own
        );
}
