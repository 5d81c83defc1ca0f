using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Steps;

namespace EduUnion.Host.Cases;

// What people do with the tasks of one open step beside deciding it: answers of signers and advisers, and their being added.
public sealed partial class CaseWork
{
    private async Task<Outcome<bool>> AnswerOwnAsync(
        OpenedStep step,
        TaskRow task,
        Decided decision,
        CancellationToken cancellation
    )
    {
        // Whoever was handed a task may have come too near, or have left, since.
        if (task.IsHandedOn && await Case.MayActAsync(decision.By, step, Moment, cancellation) is { IsOk: false } unfit)
            return Refusal.Forbidden(unfit.Refusal.Code);
        var actor = decision.Deputy ?? decision.By;
        if (
            RowsOf(step)
                .Exists(t =>
                    t.OwnerId == task.Id
                    && t.Desk is DeskPart.Before or DeskPart.After
                    && (t.DecidedBy == actor || (t.IsLive && t.MemberId == actor))
                )
        )
            return new Refusal("task.member-has-task", RefusalKind.Conflict);
        var desk = DeskOf(step);
        // A co-signature stands beside the step's own tasks; a take-over that some have declined goes on all the same.
        if (task.Name != step.Name || desk.Standing.Outcome is not null)
            return await HearAsync(step, task, decision, desk, cancellation);
        var answered = desk.Answer(task.Id, decision.Outcome);
        if (!answered.IsOk)
            return answered.Refusal;
        if (!answered.Value.IsPending(task.Id))
            return await HearAsync(step, task, decision, answered.Value, cancellation);
        // What the aggregate would refuse is told to its owner now, and not to the last signer.
        if (await Case.CheckAsync(task, decision, Moment, cancellation) is { } refusal)
            return refusal;
        task.State = TaskState.Answered;
        task.Outcome = decision.Outcome;
        task.DecidedBy = decision.Deputy ?? decision.By;
        task.DecidedForId = decision.Deputy is null ? null : decision.By;
        task.Pending = PendingAnswer.Of(decision).Write(task, Case.IsConfidential, _vault);
        Happened(new AnswerWaits(step.Name));
        SayForWhom(decision);
        await WriteAsync(step, answered.Value, cancellation);
        return false;
    }

    /// <summary>A signer or an adviser answers. With the last who agrees after it, the owner's answer is heard.</summary>
    private async Task<Outcome<bool>> AnswerAddedAsync(
        OpenedStep step,
        TaskRow task,
        Decided decision,
        CancellationToken cancellation
    )
    {
        if (await Case.MayActAsync(decision.By, step, Moment, cancellation) is { IsOk: false } no)
            return Refusal.Forbidden(no.Refusal.Code);
        var answered = DeskOf(step).Answer(task.Id, decision.Outcome);
        if (!answered.IsOk)
            return answered.Refusal;
        Close(task, decision);
        if (Case.IsConfidential)
            task.Pending = PendingAnswer.Of(decision).Write(task, true, _vault);
        Happened(
            task.Desk == DeskPart.Advice
                ? new AdviceGiven(step.Name)
                : new SignerAnswered(step.Name, decision.Outcome == StepDesk.Agree)
        );
        var owner = Row.Tasks.First(t => t.Id == task.OwnerId);
        var desk = answered.Value;
        if (TakesEffect(owner, desk))
            return await TakeEffectAsync(step, owner, desk, cancellation);
        await WriteAsync(step, desk, cancellation);
        return false;
    }

    /// <summary>转办. Refusals of <see cref="StepDesk.HandOver"/> and of <see cref="ICase.MayActAsync"/>.</summary>
    public async Task<Refusal?> HandOverAsync(TaskRow task, Guid to, CancellationToken cancellation)
    {
        var step = StepOf(task.StepId);
        if (await CheckAsync(to, step, cancellation) is { } no)
            return no;
        // A vote is cast by those entitled to it: nobody brings a stranger into the committee.
        if (
            step.Payload.Policy.Kind == "vote"
            && task.Desk == DeskPart.Own
            && (await Case.AskAsync(step, Moment, cancellation)).All(a => a.MemberId != to)
        )
            return Refusal.At("member", "task.not-of-office");
        var next = Beside(task, to, task.Desk, task.OwnerId, task.Name, task.Outcomes);
        var desk = DeskOf(step).HandOver(task.Id, next.Id, to);
        if (!desk.IsOk)
            return desk.Refusal;
        Add(next);
        _handed.Add(next.Id);
        foreach (var clock in Row.Clocks.Where(c => c.StoppedAt is null && c.TaskId == task.Id))
            clock.TaskId = next.Id;
        Happened(new TaskHandedOver(step.Name, task.MemberId, to));
        await WriteAsync(step, desk.Value, cancellation);
        return null;
    }

    /// <summary>委派. Refusals of <see cref="StepDesk.Delegate"/> and of <see cref="ICase.MayActAsync"/>.</summary>
    public async Task<Refusal?> DelegateAsync(TaskRow task, Guid to, CancellationToken cancellation)
    {
        var step = StepOf(task.StepId);
        if (await CheckAsync(to, step, cancellation) is { } no)
            return no;
        var added = Beside(task, to, DeskPart.Advice, task.Id, OfficeSteps.Advise, OfficeSteps.Advised);
        var desk = DeskOf(step).Delegate(task.Id, added.Id, to);
        if (!desk.IsOk)
            return desk.Refusal;
        Add(added);
        Happened(new AdviceAsked(step.Name, to));
        await WriteAsync(step, desk.Value, cancellation);
        return null;
    }

    /// <summary>加签. Refusals of <see cref="StepDesk.AddSigner"/> and of <see cref="ICase.MayActAsync"/>.</summary>
    public async Task<Refusal?> AddSignersAsync(
        TaskRow task,
        ImmutableArray<Guid> members,
        bool after,
        CancellationToken cancellation
    )
    {
        var step = StepOf(task.StepId);
        var desk = DeskOf(step);
        var separation = await Case.SeparationAsync(step, Moment.Today, cancellation);
        // Each stands right behind the task, so the last added would be the first.
        foreach (var member in members.Reverse())
        {
            if (separation(member) is { } no)
                return no with { Field = "member" };
            var added = Beside(
                task,
                member,
                after ? DeskPart.After : DeskPart.Before,
                task.Id,
                OfficeSteps.Sign,
                $"{StepDesk.Agree},{StepDesk.Disagree}"
            );
            var with = desk.AddSigner(task.Id, added.Id, member, after);
            if (!with.IsOk)
                return with.Refusal;
            desk = with.Value;
            Add(added);
        }
        Happened(new SignersAdded(step.Name, members, after));
        await WriteAsync(step, desk, cancellation);
        return null;
    }

    /// <summary>减签. Refusals of <see cref="StepDesk.Remove"/>.</summary>
    public async Task<Refusal?> RemoveAsync(TaskRow added, CancellationToken cancellation)
    {
        var step = StepOf(added.StepId);
        var desk = DeskOf(step).Remove(added.Id);
        if (!desk.IsOk)
            return desk.Refusal;
        Happened(new SignerRemoved(step.Name, added.MemberId!.Value));
        var owner = Row.Tasks.First(t => t.Id == added.OwnerId);
        // Nobody is left who would sign after it.
        if (TakesEffect(owner, desk.Value))
            return (await TakeEffectAsync(step, owner, desk.Value, cancellation)).Refusal;
        await WriteAsync(step, desk.Value, cancellation);
        return null;
    }

    /// <summary>
    /// 拿回 within an undecided step. Refusals of <see cref="StepDesk.TakeBack"/>, and <c>task.went-on</c> (409) for an
    /// answer that the aggregate has heard.
    /// </summary>
    public async Task<Refusal?> TakeBackAsync(TaskRow task, CancellationToken cancellation)
    {
        var step = StepOf(task.StepId);
        if (task is { Desk: DeskPart.Own, State: TaskState.Decided })
            return new Refusal("task.went-on", RefusalKind.Conflict);
        var desk = DeskOf(step).TakeBack(task.Id);
        if (!desk.IsOk)
            return desk.Refusal;
        Happened(new AnswerTakenBack(step.Name));
        await WriteAsync(step, desk.Value, cancellation);
        return null;
    }

    /// <summary>Whether the engine still waits for the step of this task.</summary>
    public bool IsOpenStep(TaskRow task) => OpenSteps.Find(_definitions, _family, task.StepId) is not null;

    private async Task<Refusal?> CheckAsync(Guid member, OpenedStep step, CancellationToken cancellation) =>
        await Case.MayActAsync(member, step, Moment, cancellation) is { IsOk: false } no
            ? no.Refusal with
            {
                Field = "member",
            }
            : null;

    private static bool TakesEffect(TaskRow owner, StepDesk desk) =>
        owner.State == TaskState.Answered
        && desk.Tasks.Any(t => t.Id == owner.Id && t.Stand == DeskStand.Answered)
        && !desk.IsPending(owner.Id);

    /// <summary>The aggregate hears what the owner has said before.</summary>
    private async Task<Outcome<bool>> TakeEffectAsync(
        OpenedStep step,
        TaskRow owner,
        StepDesk desk,
        CancellationToken cancellation
    )
    {
        var kept = PendingAnswer.Read(owner, _vault)!;
        var by = owner.DecidedBy!.Value;
        var form = FormValues.Read(step.Spec, step.Spec.Outcome(kept.Outcome)!, kept.Form);
        if (!form.IsOk)
            return form.Refusal;
        Happened(new AnswerTookEffect(step.Name, kept.Outcome, by));
        var decision = new Decided(kept.Outcome, kept.Comment, form.Value, owner.DecidedForId ?? by)
        {
            Deputy = owner.DecidedForId is null ? null : by,
        };
        return await HearAsync(step, owner, decision, desk, cancellation);
    }
}
