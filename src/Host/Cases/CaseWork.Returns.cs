using EduUnion.Domain;
using EduUnion.Host.Aid;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Steps;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

// Ways that the chart does not draw: 退回, 拿回, 改后直送, and what an administrator does with a reason.
public sealed partial class CaseWork
{
    /// <summary>What a task says of itself that was sent back.</summary>
    public const string Returned = "return";

    /// <summary>
    /// 退回: the step ends without a decision and an earlier one opens again, with deadline and reminders of its own; periods
    /// of the whole handling run on. Refusals: <c>task.not-allowed</c>, <c>task.expired</c> (409),
    /// <c>task.separation</c> (403), <c>task.return-not-here</c>, and those of the aggregate.
    /// </summary>
    /// <param name="to"><c>starter</c>, <c>previous</c>, or the name of an earlier step.</param>
    public async Task<Refusal?> ReturnAsync(
        TaskRow task,
        string to,
        string? reason,
        bool straight,
        Guid by,
        CancellationToken cancellation
    )
    {
        var step = StepOf(task.StepId);
        if (
            !step.Payload.Allow.Contains("return")
            || step.Payload.Policy.Kind == "vote"
            || task.Desk != DeskPart.Own
            || task.Name != step.Name
        )
            return Refusal.Because("task.not-allowed");
        if (IsOver(task))
            return new Refusal("task.expired", RefusalKind.Conflict);
        if (await Case.MayActAsync(by, step, Moment, cancellation) is { IsOk: false } no)
            return Refusal.Forbidden(no.Refusal.Code);
        var instance = InstanceOf(step);
        var definition = DefinitionOf(instance);
        var back = StepPlaces.Back(Case, step, definition);
        var target = to switch
        {
            "previous" => back.LastOrDefault(),
            "starter" => back.FirstOrDefault(s => StepPlaces.IsOfStarter(StepPlaces.Find(definition, s)!)),
            _ => back.FirstOrDefault(s => s == to),
        };
        if (target is null)
            return Refusal.Because("task.return-not-here");
        var taken = await Case.GoAsync(
            new Detour(DetourKind.Return, target, by)
            {
                From = step,
                Part = step.Part,
                Reason = reason,
                Straight = straight,
            },
            Moment,
            cancellation
        );
        if (!taken.IsOk)
            return taken.Refusal;
        task.State = TaskState.Decided;
        task.Outcome = Returned;
        task.DecidedBy = by;
        task.ClosedAt = Moment.Now;
        task.Pending = null;
        task.Comment = Case.IsConfidential ? null : reason!.Trim();
        StopClocks(c => c.TaskId == task.Id);
        var told = _notices.Count;
        await GoAsync(taken.Value, instance, target, step.Part, cancellation);
        // Most steps tell of themselves when they open.
        if (_notices.Count == told && AidSender.To(OpenedAs(target, step.Part)) is { } asked)
            Tell(Case.Letter(NoticeKind.TaskSentBack, asked, Case.Starter?.Link ?? "/", Moment));
        if (straight)
            _db.Add(
                new ReturnRow
                {
                    Id = Guid.CreateVersion7(Moment.Now),
                    CaseId = Row.Id,
                    InstanceId = instance.Id,
                    Step = target,
                    BackTo = step.Name,
                    ById = by,
                    At = Moment.Now,
                }
            );
        return null;
    }

    /// <summary>
    /// 拿回 of a step that is decided: whoever decided it has it again, while nobody after him has decided, claimed or handed
    /// on anything. Refusals: <c>task.not-retractable</c>, <c>task.went-on</c> (409), <c>task.separation</c> (403), and
    /// those of the aggregate.
    /// </summary>
    public async Task<Refusal?> TakeBackStepAsync(TaskRow task, Guid by, CancellationToken cancellation)
    {
        if (_catalogue.Find(task.Name) is not { Retractable: true })
            return Refusal.Because("task.not-retractable");
        var wentOn = new Refusal("task.went-on", RefusalKind.Conflict);
        var instance = StepPlaces.Running(_family, Case.Process, task.Part, _definitions, task.Name);
        if (instance is null || task.Outcome == Returned)
            return wentOn;
        var after = await StepPlaces.AfterAsync(_db, task, DefinitionOf(instance), cancellation);
        if (!StepPlaces.AreUntouched(after, task))
            return wentOn;
        var next = StepOf(after[0].StepId);
        if (await Case.MayActAsync(by, next, Moment, cancellation) is { IsOk: false, Refusal.Code: "task.separation" })
            return Refusal.Forbidden("task.separation");
        var taken = await Case.GoAsync(
            new Detour(DetourKind.TakeBack, task.Name, by) { From = next, Part = task.Part },
            Moment,
            cancellation
        );
        if (!taken.IsOk)
            return taken.Refusal;
        await GoAsync(taken.Value, instance, task.Name, task.Part, cancellation);
        // A deputy takes it back for the one for whom he decided it.
        Keep(task.Name, task.Part, task.DecidedForId ?? by, task.IsHandedOn);
        return null;
    }

    /// <summary>
    /// 跳转: an administrator lets it go on at another step. Refusals: <c>case.not-running</c> (409), at <c>part</c>
    /// <c>case.part-missing</c> (several hosts have this step), <c>case.jump-impossible</c>, and those of the aggregate.
    /// </summary>
    public async Task<Refusal?> JumpAsync(
        string step,
        Guid? part,
        string? reason,
        Guid by,
        CancellationToken cancellation
    )
    {
        if (await IsNearAsync(by, cancellation))
            return Refusal.Forbidden("task.separation");
        if (Main is null)
            return new Refusal("case.not-running", RefusalKind.Conflict);
        if (part is null && !Case.StepsOpen(null).Contains(step))
        {
            var parts = Parts.Where(p => Case.StepsOpen(p).Contains(step)).ToList();
            if (parts.Count > 1)
                return Refusal.At("part", "case.part-missing", parts.Count);
            part = parts.Count == 1 ? parts[0] : null;
        }
        var instance = StepPlaces.Running(_family, Case.Process, part, _definitions, step);
        if (
            instance is null
            || (part is not null && !Parts.Contains(part.Value))
            // It stands there already.
            || instance.Activities.Contains(StepPlaces.Find(DefinitionOf(instance), step)!.Id)
        )
            return Refusal.Because("case.jump-impossible");
        var taken = await Case.GoAsync(
            new Detour(DetourKind.Jump, step, by) { Part = part, Reason = reason },
            Moment,
            cancellation
        );
        if (!taken.IsOk)
            return taken.Refusal;
        await GoAsync(taken.Value, instance, step, part, cancellation);
        TellStarter(NoticeKind.CaseJumped);
        return null;
    }

    /// <summary>终止. Refusals: <c>payment.sent</c> (409), and those of the aggregate.</summary>
    public async Task<Refusal?> TerminateAsync(string? reason, CancellationToken cancellation)
    {
        if (Moment.ActorId is { } by && await IsNearAsync(by, cancellation))
            return Refusal.Forbidden("task.separation");
        var taken = await Case.TerminateAsync(reason, Moment, cancellation);
        if (!taken.IsOk)
            return taken.Refusal;
        Happened(taken.Value.Events);
        await ApplyAsync(taken.Value, null, cancellation);
        foreach (var open in Row.Returns.Where(r => r.DoneAt is null))
            open.DoneAt = Moment.Now;
        TellStarter(NoticeKind.CaseTerminated);
        return null;
    }

    /// <summary>唤醒 of what was terminated, by the version in force now. Refusals: those of the aggregate, <c>case.jump-impossible</c>.</summary>
    public async Task<Refusal?> WakeAsync(string step, string? reason, Guid by, CancellationToken cancellation)
    {
        if (await IsNearAsync(by, cancellation))
            return Refusal.Forbidden("task.separation");
        var taken = await Case.GoAsync(new Detour(DetourKind.Wake, step, by) { Reason = reason }, Moment, cancellation);
        if (!taken.IsOk)
            return taken.Refusal;
        if (Main is not null || StepPlaces.Find(_definitions.Latest(Case.Process)!, step) is not { } activity)
            return Refusal.Because("case.jump-impossible");
        Happened(taken.Value.Events);
        await ApplyAsync(taken.Value, null, cancellation);
        await RunAsync(new Stimulus.Start(Case.Process) { At = activity.Id }, cancellation);
        TellStarter(NoticeKind.CaseWoken);
        return null;
    }

    /// <summary>The hosts' parts that are being handled.</summary>
    public IEnumerable<Guid> Parts =>
        _family
            .Instances.Where(i => i.Parent is not null)
            .Select(i => PartOf(i.Input))
            .OfType<Guid>()
            .Distinct()
            .Where(p => Case.StepsOpen(p).Count > 0);

    /// <summary>
    /// Tells the engine what a step's decision is, unless what was returned goes straight back to whoever returned it.
    /// </summary>
    private async Task GoOnAsync(OpenedStep step, StepResult result, CancellationToken cancellation)
    {
        var favourable = step.Payload.Outcomes.FirstOrDefault(o => step.Spec.Outcome(o) is { Derived: false });
        if (
            result.Outcome == favourable
            && Row.Returns.Exists(r => r.DoneAt is null && r.Step == step.Name)
            && await GoStraightAsync(step, cancellation)
        )
            return;
        await RunAsync(new Stimulus.Answer(step.Id, result), cancellation);
    }

    private async Task<bool> GoStraightAsync(OpenedStep step, CancellationToken cancellation)
    {
        var instance = InstanceOf(step);
        var wished = Row.Returns.Find(r => r.DoneAt is null && r.Step == step.Name && r.InstanceId == instance.Id);
        if (wished is null)
            return false;
        wished.DoneAt = Moment.Now;
        // The version it was moved to may not have the step; what it stood on may have changed: then the ordinary way.
        if (StepPlaces.Find(DefinitionOf(instance), wished.BackTo) is null)
            return false;
        var taken = await Case.GoAsync(
            new Detour(DetourKind.Straight, wished.BackTo, wished.ById) { From = step, Part = step.Part },
            Moment,
            cancellation
        );
        if (!taken.IsOk)
            return false;
        var told = _notices.Count;
        await GoAsync(taken.Value, instance, wished.BackTo, step.Part, cancellation);
        Keep(wished.BackTo, step.Part, wished.ById, await WasHandedOnAsync(wished, step.Part, cancellation));
        if (_notices.Count == told)
            Tell(
                Case.Letter(
                    NoticeKind.TaskIsBack,
                    NoticeRecipients.ToMembers(wished.ById),
                    Case.Starter?.Link ?? "/",
                    Moment
                )
            );
        return true;
    }

    /// <summary>Whether whoever returned it did so in the place of an office (转办): then it is his again, and not the office's.</summary>
    private Task<bool> WasHandedOnAsync(ReturnRow wished, Guid? part, CancellationToken cancellation) =>
        _db.Set<TaskRow>()
            .AnyAsync(
                t =>
                    t.CaseId == Row.Id
                    && t.Part == part
                    && t.Name == wished.BackTo
                    && t.Outcome == Returned
                    && t.DecidedBy == wished.ById
                    && t.ClosedAt == wished.At
                    && t.MemberId != null
                    && t.Office != null,
                cancellation
            );

    private async Task GoAsync(Taken taken, Instance instance, string step, Guid? part, CancellationToken cancellation)
    {
        ChangeClock(taken, part);
        Happened(taken.Events);
        await ApplyAsync(taken, part, cancellation);
        foreach (var open in Row.Returns.Where(r => r.DoneAt is null && r.InstanceId == instance.Id))
            open.DoneAt = Moment.Now;
        // What was begun below it ends with it, its periods and what was asked beside it too.
        var below = _family
            .Instances.Where(i => i.Parent == instance.Id)
            .Select(i => PartOf(i.Input))
            .OfType<Guid>()
            .ToHashSet();
        foreach (
            var side in _family
                .Instances.Where(i => i.Parent is null && PartOf(i.Input) is { } of && below.Contains(of))
                .ToList()
        )
            await RunAsync(new Stimulus.Cancel(side.Id, step), cancellation);
        StopClocks(c => c is { Span: ClockSpan.Handling, Part: { } of } && below.Contains(of));
        var activity = StepPlaces.Find(DefinitionOf(instance), step)!;
        await RunAsync(new Stimulus.Restart(instance.Id, activity.Id), cancellation);
    }

    /// <summary>An office's task that has just opened is his who had it, as if he had claimed it, or was handed it again.</summary>
    private void Keep(string step, Guid? part, Guid by, bool handedOn = false)
    {
        foreach (var task in OpenedAs(step, part).Where(t => t.IsOfOffice))
            if (handedOn)
                task.MemberId = by;
            else
            {
                task.ClaimedById = by;
                task.ClaimedAt = Moment.Now;
            }
    }

    private IEnumerable<TaskRow> OpenedAs(string step, Guid? part) =>
        Row
            .Tasks.Where(t => t.State == TaskState.Open && t.OpenedAt == Moment.Now)
            .Where(t => t.Name == step && t.Part == part);

    /// <summary>Whose own case it is, or who must stand aside from it, does not move it with an administrator's hand.</summary>
    private async Task<bool> IsNearAsync(Guid by, CancellationToken cancellation) =>
        by == Row.StarterId
        || await _db.Set<PartyRow>()
            .AnyAsync(
                p =>
                    p.CaseId == Row.Id
                    && p.PartyId == by
                    && (
                        p.Role == PartyRole.Proposer
                        || p.Role == PartyRole.Subject
                        || p.Role == PartyRole.Author
                        || p.Role == PartyRole.Reporter
                        || p.Role == PartyRole.Recused
                    ),
                cancellation
            )
        || await Case.IsOwnMatterAsync(by, cancellation);

    private void TellStarter(NoticeKind kind)
    {
        if (Case.Starter is { } starter)
            Tell(Case.Letter(kind, starter.To, starter.Link, Moment));
    }

    private Instance? Main => _family.Instances.FirstOrDefault(i => i.Parent is null && i.DefinitionId == Case.Process);

    private Instance InstanceOf(OpenedStep step) =>
        _family.Find(OpenSteps.Find(_definitions, _family, step.Id)!.Instance)!;

    private Definition DefinitionOf(Instance instance) => _definitions.Find(instance.DefinitionId, instance.Version)!;
}
