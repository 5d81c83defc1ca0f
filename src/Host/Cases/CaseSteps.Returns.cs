using EduUnion.Domain;

namespace EduUnion.Host.Cases;

/// <summary>A task sent back, as a page or endpoint asks for it.</summary>
/// <param name="To"><c>starter</c>, <c>previous</c>, or the name of an earlier step.</param>
/// <param name="Straight">After the fix it comes straight back to whoever returned it.</param>
/// <param name="Version">The task's version on the form; null = the client did not look.</param>
public sealed record Return(Guid TaskId, string To, string? Reason, bool Straight, int? Version);

// 退回: a decision of its own kind, in the same transaction as any other.
public sealed partial class CaseSteps
{
    /// <summary>
    /// Sends a task back. Refusals: those that <see cref="DecideAsync"/> has before it looks at the outcome, at <c>to</c>
    /// <c>form.required</c>, at <c>reason</c> <c>form.reason-missing</c>, and those of <see cref="CaseWork.ReturnAsync"/>.
    /// </summary>
    public async Task<Outcome<StepDone>> ReturnAsync(Return asked, Asker asker, CancellationToken cancellation) =>
        await CommitAsync(
            "return",
            asker,
            async () =>
            {
                await db.LockCaseOfTaskAsync(asked.TaskId, cancellation);
                var now = time.GetUtcNow();
                if (await LoadOfTaskAsync(asked.TaskId, asker.MemberId, now, cancellation) is not { } seen)
                    return Refusal.Missing("task.unknown");
                if (!seen.Mine)
                    return Refusal.Forbidden("task.not-yours");
                var task = seen.Row.Tasks.First(t => t.Id == asked.TaskId);
                if (await OverAsync(task, cancellation) is { } over)
                    return over;
                if (task.State is not TaskState.Open)
                    return new Refusal("task.waits", RefusalKind.Conflict);
                if (seen.Claimed)
                    return await ClaimedAsync(task, cancellation);
                if (seen.Row.HeldAt is { } since)
                    return new Refusal("task.held", RefusalKind.Conflict) { Arguments = [since] };
                if (asked.Version is { } version && version != task.Version)
                    return new Refusal("task.stale", RefusalKind.Stale);
                if (asked.To.Length == 0)
                    return Refusal.At("to", "form.required");
                if (string.IsNullOrWhiteSpace(asked.Reason))
                    return Refusal.At("reason", "form.reason-missing");
                if (Remark.Check("reason", asked.Reason) is { } unreadable)
                    return unreadable;
                var work = await WorkAsync(seen.Row, now, asker.MemberId, cancellation);
                if (
                    await work.ReturnAsync(
                        task,
                        asked.To,
                        asked.Reason,
                        asked.Straight,
                        asker.MemberId,
                        cancellation
                    ) is
                    { } refusal
                )
                    return refusal;
                work.Write(chain, task.Name, CaseWork.Returned, task.Id, task.Part, asked.Reason.Trim());
                return Done(work) with { TaskId = task.Id, Outcome = CaseWork.Returned };
            },
            cancellation
        );
}
