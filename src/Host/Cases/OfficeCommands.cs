using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Host.Mail;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using DeskPart = EduUnion.Workflows.Steps.DeskPart;

namespace EduUnion.Host.Cases;

/// <summary>
/// What an office does with a task beside deciding it: claim, hand over, ask for advice, add signers, take back. All of it
/// happens among the tasks of one open step; the process hears the step's decision once. Every act is refused
/// <c>task.unknown</c> (404), <c>task.not-yours</c> (403), <c>task.held</c>, and, where the task is over,
/// <c>task.already-decided</c>, <c>task.closed</c>, <c>task.handed</c> (409); the same request again gets its first answer.
/// </summary>
public sealed class OfficeCommands(CaseSteps steps, Access access, OfficeBook offices, OrganisationBook organisations)
{
    /// <summary>Signers that one act may add.</summary>
    public const int MostSigners = 10;

    /// <summary>认领: the others who hold the office leave it to him. Refusals: <c>task.claim-personal</c>, <c>task.claimed</c> (409).</summary>
    public Task<Outcome<StepDone>> ClaimAsync(Guid id, Asker asker, CancellationToken cancellation) =>
        ActAsync(
            id,
            "office.claim",
            asker,
            null,
            async (work, task) =>
            {
                if (!task.IsOfOffice)
                    return Refusal.Because("task.claim-personal");
                if (task.ClaimedById == asker.MemberId)
                    return await steps.ClaimedAsync(task, cancellation);
                if (await SeparatedAsync(work, task, asker, cancellation) is { } no)
                    return no;
                task.ClaimedById = asker.MemberId;
                task.ClaimedAt = work.Moment.Now;
                work.Happened(new TaskClaimed(task.Name));
                return null;
            },
            cancellation
        );

    /// <summary>
    /// 释放: by whoever claimed it, or by the administrator; what was handed to a person goes back to its office. Refusal:
    /// <c>task.not-claimed</c>.
    /// </summary>
    public Task<Outcome<StepDone>> ReleaseAsync(Guid id, Asker asker, CancellationToken cancellation) =>
        steps.OnTaskAsync(
            id,
            asker,
            "office.release",
            null,
            async (work, task, seen) =>
            {
                var held = await offices.OfAsync(asker.MemberId, work.Moment.Today, cancellation);
                var administers = held.Any(h => Policies.Allows(Policies.Administrator, h.Office));
                if (!administers && !seen.Mine)
                    return Refusal.Forbidden("task.not-yours");
                if (await steps.OverAsync(task, cancellation) is { } over)
                    return over;
                if (task.IsHandedOn)
                {
                    work.Happened(new TaskReleased(task.Name, task.MemberId!.Value));
                    task.MemberId = null;
                    task.ClaimedById = null;
                    task.ClaimedAt = null;
                    task.Version++;
                    await TellOfficeAsync(work, task, asker, cancellation);
                    return null;
                }
                if (task.ClaimedById is not { } by)
                    return Refusal.Because("task.not-claimed");
                if (by != asker.MemberId && !administers)
                    return await steps.ClaimedAsync(task, cancellation);
                task.ClaimedById = null;
                task.ClaimedAt = null;
                work.Happened(new TaskReleased(task.Name, by));
                return null;
            },
            cancellation
        );

    /// <summary>
    /// 转办: somebody else has it for good, with the same deadline. Refusals: <c>task.not-allowed</c>,
    /// <c>form.reason-missing</c>, at <c>member</c>: <c>form.choice-unknown</c>, those of
    /// <see cref="CaseWork.HandOverAsync"/>.
    /// </summary>
    public Task<Outcome<StepDone>> TransferAsync(
        Guid id,
        Guid to,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ActAsync(
            id,
            "office.transfer",
            asker,
            reason,
            async (work, task) =>
                Forbidden(work, task, "transfer")
                ?? (string.IsNullOrWhiteSpace(reason) ? Refusal.At("reason", "form.reason-missing") : null)
                ?? await UnfitAsync(work, task, [to], asker, cancellation)
                ?? await work.HandOverAsync(task, to, cancellation),
            cancellation
        );

    /// <summary>委派: somebody else says what he would decide, and the task is back. Refusals as of <see cref="TransferAsync"/>, without the reason.</summary>
    public Task<Outcome<StepDone>> DelegateAsync(
        Guid id,
        Guid to,
        string? note,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ActAsync(
            id,
            "office.delegate",
            asker,
            note,
            async (work, task) =>
            {
                if (
                    (Forbidden(work, task, "delegate") ?? await UnfitAsync(work, task, [to], asker, cancellation)) is
                    { } no
                )
                    return no;
                Keep(work, task, asker);
                return await work.DelegateAsync(task, to, cancellation);
            },
            cancellation
        );

    /// <summary>
    /// 加签: others agree before he decides, or with what he has decided. Refusals as of <see cref="DelegateAsync"/>, and at
    /// <c>members</c> <c>form.required</c>, <c>form.too-many</c>.
    /// </summary>
    public Task<Outcome<StepDone>> AddSignersAsync(
        Guid id,
        IReadOnlyList<Guid> members,
        bool after,
        string? note,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ActAsync(
            id,
            "office.add-signers",
            asker,
            note,
            async (work, task) =>
            {
                ImmutableArray<Guid> named = [.. members.Distinct()];
                var no =
                    Forbidden(work, task, "addSigners")
                    ?? (
                        named.IsEmpty ? Refusal.At("member", "form.required")
                        : named.Length > MostSigners ? Refusal.At("member", "form.too-many", MostSigners)
                        : null
                    )
                    ?? await UnfitAsync(work, task, named, asker, cancellation);
                if (no is not null)
                    return no;
                Keep(work, task, asker);
                return await work.AddSignersAsync(task, named, after, cancellation);
            },
            cancellation
        );

    /// <summary>
    /// 减签: whoever has the task asks a signer or adviser no more. Refusals: at <c>signer</c> <c>task.unknown</c>,
    /// <c>task.not-added</c>, <c>task.closed</c> (409: he has answered).
    /// </summary>
    public Task<Outcome<StepDone>> RemoveSignerAsync(
        Guid id,
        Guid signer,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ActAsync(
            id,
            "office.remove-signer",
            asker,
            null,
            async (work, task) =>
                work.Row.Tasks.FirstOrDefault(t => t.Id == signer && t.OwnerId == task.Id) is { } added
                    ? await work.RemoveAsync(added, cancellation)
                    : Refusal.At("signer", "task.not-added"),
            cancellation
        );

    /// <summary>
    /// 拿回: one's own answer, while the step is undecided and nobody has built on it. Refusals: <c>task.not-answered</c>,
    /// <c>task.went-on</c> (409).
    /// </summary>
    public Task<Outcome<StepDone>> TakeBackAsync(Guid id, Asker asker, CancellationToken cancellation) =>
        steps.OnTaskAsync(
            id,
            asker,
            "office.take-back",
            null,
            async (work, task, seen) =>
                seen.Mine && (task.State is TaskState.Open or TaskState.Waiting || task.DecidedBy is null)
                    ? Refusal.Because("task.not-answered")
                : !Access.IsStillHis(task, await access.ViewerAsync(asker.MemberId, cancellation))
                    ? Refusal.Forbidden("task.not-yours")
                : !work.IsOpenStep(task) ? await work.TakeBackStepAsync(task, asker.MemberId, cancellation)
                : await work.TakeBackAsync(task, cancellation),
            cancellation
        );

    // Those who hold the office had handed it on: they learn that it is theirs again, but nobody who must stand aside from it.
    private async Task TellOfficeAsync(CaseWork work, TaskRow task, Asker asker, CancellationToken cancellation)
    {
        var (office, place) = (task.Office!.Value, task.OrganisationId!.Value);
        var separation = await work.Case.SeparationAsync(work.StepOf(task.StepId), work.Moment.Today, cancellation);
        var holders = await offices.HoldersAsync(office, place, work.Moment.Today, cancellation);
        work.Tell(
            work.Case.Letter(
                NoticeKind.TaskIsBack,
                NoticeRecipients
                    .ToOffice(office.ToString(), place)
                    .Without([asker.MemberId, .. holders.Where(h => separation(h) is not null)]),
                $"/tasks/{task.Id}",
                work.Moment
            )
        );
    }

    /// <summary>By whoever may decide the task now.</summary>
    private Task<Outcome<StepDone>> ActAsync(
        Guid id,
        string act,
        Asker asker,
        string? comment,
        Func<CaseWork, TaskRow, Task<Refusal?>> change,
        CancellationToken cancellation
    ) =>
        steps.OnTaskAsync(
            id,
            asker,
            act,
            comment,
            async (work, task, seen) =>
            {
                if (!seen.Mine)
                    return Refusal.Forbidden("task.not-yours");
                if (await steps.OverAsync(task, cancellation) is { } over)
                    return over;
                if (seen.Claimed)
                    return await steps.ClaimedAsync(task, cancellation);
                return Remark.Check("reason", comment) ?? await change(work, task);
            },
            cancellation
        );

    private static Refusal? Forbidden(CaseWork work, TaskRow task, string word) =>
        work.StepOf(task.StepId) is var step && step.Payload.Allow.Contains(word) && Belongs(task, step)
            ? null
            : Refusal.Because("task.not-allowed");

    // An invitation to co-sign stands in a step, but is nobody's to pass on.
    private static bool Belongs(TaskRow task, OpenedStep step) => task.Desk != DeskPart.Own || task.Name == step.Name;

    /// <summary>Members of the case's school or its district, active today, and not the one who asks.</summary>
    private async Task<Refusal?> UnfitAsync(
        CaseWork work,
        TaskRow task,
        IReadOnlyList<Guid> named,
        Asker asker,
        CancellationToken cancellation
    )
    {
        if (await SeparatedAsync(work, task, asker, cancellation) is { } no)
            return no;
        if (named.Contains(asker.MemberId))
            return Refusal.At("member", "task.member-has-task");
        return await offices.BelongAsync(
            named,
            organisations.Around(work.Row.SchoolId),
            work.Moment.Today,
            cancellation
        )
            ? null
            : Refusal.At("member", "form.choice-unknown");
    }

    /// <summary>Whoever may not decide a task himself does not choose who does.</summary>
    private static async Task<Refusal?> SeparatedAsync(
        CaseWork work,
        TaskRow task,
        Asker asker,
        CancellationToken cancellation
    ) =>
        await work.Case.MayActAsync(asker.MemberId, work.StepOf(task.StepId), work.Moment, cancellation)
            is { IsOk: false, Refusal.Code: "task.separation" }
            ? Refusal.Forbidden("task.separation")
            : null;

    // Who asks others about an office's task goes on with it himself.
    private static void Keep(CaseWork work, TaskRow task, Asker asker)
    {
        if (!task.IsOfOffice || task.ClaimedById == asker.MemberId)
            return;
        task.ClaimedById = asker.MemberId;
        task.ClaimedAt = work.Moment.Now;
    }
}
