using System.Linq.Expressions;
using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Deputies;

/// <summary>What the case's record keeps of a decision that a deputy took: for whom.</summary>
public sealed record ActedFor(Guid MemberId);

/// <summary>
/// Nobody gets around a rule through a deputy: one person, one voice in a step, and nobody checks his own work in the
/// name of another. The aggregate asks itself of both whether they stand too near.
/// </summary>
internal static class DeputyRules
{
    /// <summary>What is checked by a second person, and what it checks; within one part of a case.</summary>
    private static readonly string[] Chain =
    [
        "handling.draft",
        "handling.sign",
        "handling.leader",
        "handling.formcheck",
        "commitment.report",
        "commitment.verify",
        "aid.approve.school",
        "aid.approve.officer",
        "aid.approve.chair",
        "aid.approve.joint",
    ];

    /// <summary>
    /// <paramref name="task"/>'s step as it was loaded. Refusals: <c>task.member-has-task</c> (409: the person, or for whom
    /// he acts, has a voice in the step already), <c>deputy.own-work</c> (403).
    /// </summary>
    /// <param name="principal">For whom he acts; null = for himself.</param>
    /// <param name="deputised">He has decided something of this case for somebody else.</param>
    public static async Task<Refusal?> RefusedAsync(
        EduUnionDb db,
        CaseRow row,
        TaskRow task,
        Guid actor,
        Guid? principal,
        bool deputised,
        CancellationToken cancellation
    )
    {
        var others = row.Tasks.Where(t =>
            t.StepId == task.StepId && t.Id != task.Id && t.State is not (TaskState.Dropped or TaskState.Handed)
        );
        if (principal is null)
        {
            if (task.MemberId is not null && others.Any(t => t.DecidedBy == actor && t.DecidedForId is not null))
                return Twice;
            // What he did for somebody else he does not check as himself.
            return deputised && await CheckedAsync(t => t.DecidedForId != null) ? OwnWork : null;
        }
        if (
            others.Any(t =>
                t.MemberId == actor || t.DecidedBy == actor || t.DecidedBy == principal || t.DecidedForId == principal
            )
        )
            return Twice;
        return await CheckedAsync(t => true) ? OwnWork : null;

        async Task<bool> CheckedAsync(Expression<Func<TaskRow, bool>> which) =>
            Chain.Contains(task.Name)
            && await db.Set<TaskRow>()
                .Where(which)
                .AnyAsync(
                    t =>
                        t.CaseId == row.Id
                        && t.Part == task.Part
                        && t.DecidedBy == actor
                        && Chain.Contains(t.Name)
                        && t.Name != task.Name,
                    cancellation
                );
    }

    private static Refusal OwnWork => Refusal.Forbidden("deputy.own-work");

    private static Refusal Twice => new("task.member-has-task", RefusalKind.Conflict);
}
