using EduUnion.Domain;

namespace EduUnion.Host.Cases;

/// <summary>
/// What an administrator does to a case with a reason (跳转、终止、唤醒): <c>Policies.Administrator</c> stands before it. Each
/// is one step with one commit, in the journal, and its starter is told. Refused: <c>case.unknown</c> (404),
/// <c>form.reason-missing</c>, and what the case refuses.
/// </summary>
public sealed class AdminCaseCommands(CaseSteps steps)
{
    /// <summary>Lets it go on at another step. Refusals: those of <see cref="CaseWork.JumpAsync"/>.</summary>
    /// <param name="part">Which host's part; null for the case as a whole, or where one host alone has the step.</param>
    public Task<Outcome<StepDone>> JumpAsync(
        Guid id,
        string step,
        Guid? part,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ActAsync(
            id,
            "case.jump",
            asker,
            reason,
            work =>
                step.Length == 0
                    ? Task.FromResult<Refusal?>(Refusal.At("step", "form.required"))
                    : work.JumpAsync(step, part, reason, asker.MemberId, cancellation),
            cancellation
        );

    /// <summary>Ends it; what is reserved goes back. Refusals: those of <see cref="CaseWork.TerminateAsync"/>.</summary>
    public Task<Outcome<StepDone>> TerminateAsync(
        Guid id,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) => ActAsync(id, "case.terminate", asker, reason, work => work.TerminateAsync(reason, cancellation), cancellation);

    /// <summary>Wakes what was terminated. Refusals: those of <see cref="CaseWork.WakeAsync"/>.</summary>
    public Task<Outcome<StepDone>> WakeAsync(
        Guid id,
        string step,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ActAsync(
            id,
            "case.wake",
            asker,
            reason,
            work =>
                step.Length == 0
                    ? Task.FromResult<Refusal?>(Refusal.At("step", "form.required"))
                    : work.WakeAsync(step, reason, asker.MemberId, cancellation),
            cancellation
        );

    private Task<Outcome<StepDone>> ActAsync(
        Guid id,
        string act,
        Asker asker,
        string? reason,
        Func<CaseWork, Task<Refusal?>> change,
        CancellationToken cancellation
    ) =>
        steps.CommandAsync(
            id,
            asker,
            act,
            async work => Remark.Check("reason", reason) ?? await change(work),
            cancellation
        );
}
