using EduUnion.Domain;
using EduUnion.Host.Clocks;
using EduUnion.Host.Deputies;
using EduUnion.Workflows.Engine;
using EduUnion.Workflows.Steps;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

// What people, clocks and signals do to a case: to its aggregate first, and from there to its process.
public sealed partial class CaseWork
{
    /// <summary>Decides one task; if that decides its step, the process goes on. Refusals change nothing.</summary>
    public async Task<Outcome<bool>> DecideAsync(TaskRow task, Decided decision, CancellationToken cancellation)
    {
        if (IsOver(task) && decision.Outcome != "abandon")
            return new Refusal("task.expired", RefusalKind.Conflict);
        var step = StepOf(task.StepId);
        var decided =
            task.Desk == DeskPart.Own
                ? await AnswerOwnAsync(step, task, decision, cancellation)
                : await AnswerAddedAsync(step, task, decision, cancellation);
        if (decided is { IsOk: true, Value: true } && decision.Deputy is null && task.Desk == DeskPart.Own)
            await DecideOnceAsync(decision.By, cancellation);
        return decided;
    }

    /// <summary>The aggregate hears an own task's decision, and the policy what it makes of the step.</summary>
    private async Task<Outcome<bool>> HearAsync(
        OpenedStep step,
        TaskRow task,
        Decided decision,
        StepDesk desk,
        CancellationToken cancellation
    )
    {
        var taken = await Case.DecideAsync(task, decision, Moment, cancellation);
        if (!taken.IsOk)
            return taken.Refusal;
        string? outcome = taken.Value.Outcome ?? decision.Outcome;
        Close(task, decision);
        if (taken.Value.CountsForStep)
            outcome = step.Payload.Policy.Kind == "one" ? outcome : desk.Standing.Outcome;
        var decided = taken.Value.CountsForStep && outcome is not null;
        var routing = taken.Value.Routing;
        ChangeClock(taken.Value, step.Part);
        Happened(taken.Value.Events);
        SayForWhom(decision);
        StopClocks(c => c.TaskId == task.Id);
        if (!decided)
        {
            if (taken.Value.CountsForStep)
                await WriteAsync(step, desk, cancellation);
            return false;
        }
        if (step.Payload.Policy.Kind != "one")
            return await ConcludeAsync(step, outcome!, cancellation);
        CloseStep(step.Id);
        Copy(step);
        await ApplyAsync(taken.Value, step.Part, cancellation);
        await GoOnAsync(step, new StepResult(outcome!, routing), cancellation);
        return true;
    }

    /// <summary>Unless it takes effect only now, by the word of another (签核).</summary>
    private void SayForWhom(Decided decision)
    {
        if (decision.Deputy is { } deputy && deputy == Moment.ActorId)
            Happened(new ActedFor(decision.By));
    }

    private void Close(TaskRow task, Decided decision)
    {
        task.State = TaskState.Decided;
        task.Outcome = decision.Outcome;
        task.DecidedBy = decision.Deputy ?? decision.By;
        task.DecidedForId = decision.Deputy is null ? null : decision.By;
        task.ClosedAt = Moment.Now;
        task.Pending = null;
        task.Comment =
            Case.IsConfidential || string.IsNullOrWhiteSpace(decision.Comment) ? null : decision.Comment.Trim();
    }

    /// <summary>The step as a whole has this outcome, by its policy, by a clock, or by a count taken at a meeting.</summary>
    public async Task<Outcome<bool>> ConcludeAsync(OpenedStep step, string outcome, CancellationToken cancellation)
    {
        var concluded = await Case.ConcludeAsync(step, outcome, TasksOf(step), Moment, cancellation);
        if (!concluded.IsOk)
            return concluded.Refusal;
        ChangeClock(concluded.Value, step.Part);
        Happened(concluded.Value.Events);
        CloseStep(step.Id);
        Copy(step);
        await ApplyAsync(concluded.Value, step.Part, cancellation);
        await GoOnAsync(
            step,
            new StepResult(concluded.Value.Outcome ?? outcome, concluded.Value.Routing),
            cancellation
        );
        return true;
    }

    /// <summary>A signal reaches the case. A refusal changes nothing.</summary>
    public async Task<Outcome<bool>> HearAsync(SignalRow signal, CancellationToken cancellation)
    {
        var taken = await Case.HearAsync(signal, Moment, cancellation);
        if (!taken.IsOk)
            return taken.Refusal;
        ChangeClock(taken.Value, null);
        Happened(taken.Value.Events);
        await ApplyAsync(taken.Value, null, cancellation);
        return true;
    }

    /// <summary>What something taken by the aggregate does beside answering its step.</summary>
    public async Task ApplyAsync(Taken taken, Guid? part, CancellationToken cancellation)
    {
        if (taken.Holds is { } holds)
            Hold(holds);
        if (taken.Readdresses is var (from, to))
            Readdress(from, to);
        foreach (var side in taken.Ends)
        foreach (var instance in _family.Instances.Where(i => i.DefinitionId == side && PartOf(i.Input) == part))
            await RunAsync(new Stimulus.Cancel(instance.Id, "done"), cancellation);
        if (taken.Main is { } move)
            await MoveMainAsync(move, cancellation);
        if (taken.Starts is { } process)
            await RunAsync(new Stimulus.Start(process), cancellation);
        if (taken.TellsFollowers is { } kind)
            _db.AddRange(
                (
                    await _db.Set<CaseRow>().Where(c => c.MainId == Row.Id).Select(c => c.Id).ToListAsync(cancellation)
                ).Select(follower => SignalRow.To(follower, kind, Row.Id, Moment.Now))
            );
        foreach (var (other, said) in taken.Tells)
            _db.Add(SignalRow.To(other, said, Row.Id, Moment.Now));
    }

    private async Task MoveMainAsync(MainMove move, CancellationToken cancellation)
    {
        var main = _family.Instances.FirstOrDefault(i => i.Parent is null && i.DefinitionId == Case.Process);
        switch (move)
        {
            case MainMove.Restart restart when main is not null:
                StopClocks(c => c.Span == ClockSpan.Handling);
                // What was asked of the process as it stood is asked no more.
                await EndSidesAsync(main.Id, restart.Activity, cancellation);
                await RunAsync(new Stimulus.Restart(main.Id, restart.Activity), cancellation);
                break;
            case MainMove.Answer answer
                when OpenSteps.Named(_definitions, _family, answer.Step).FirstOrDefault() is { } step:
                CloseStep(step.Step);
                await RunAsync(new Stimulus.Answer(step.Step, new StepResult(answer.Outcome)), cancellation);
                break;
            case MainMove.End end:
                StopClocks(c => c.Span == ClockSpan.Handling);
                await EndSidesAsync(null, end.Reason, cancellation);
                break;
        }
    }

    // A process whose own automatic step says so goes on to its end: it asks nobody any more.
    private async Task EndSidesAsync(Guid? but, string reason, CancellationToken cancellation)
    {
        var answering = _answering;
        foreach (var instance in _family.Instances.Where(i => i.Parent is null && i.Id != answering && i.Id != but))
            await RunAsync(new Stimulus.Cancel(instance.Id, reason), cancellation);
    }

    // A new form for somebody else, and a fresh period.
    private void Readdress(Guid from, Guid to)
    {
        foreach (var task in Row.Tasks.Where(t => t.State == TaskState.Open && t.MemberId == from))
        {
            task.MemberId = to;
            task.Version++;
            if (Row.Clocks.FirstOrDefault(c => c.Id == task.ClockId && c.StoppedAt is null) is { } clock)
                SetClock(clock, inputs => inputs with { Start = Moment.Today });
        }
    }

    /// <summary>
    /// The period after which the step is decided without an answer has run out, and the sweep only has not come yet: what
    /// is said now is late, however long the sweep takes.
    /// </summary>
    public bool IsOver(TaskRow task) =>
        Row.Clocks.Any(c =>
            c is { Decides: true, StoppedAt: null }
            && c.DueAt <= Moment.Now
            && (c.TaskId == task.Id || (c.Span == ClockSpan.Step && c.StepId == task.StepId))
        );

    /// <summary>A clock expired: the step is decided by it.</summary>
    public async Task<Outcome<bool>> ExpireAsync(ClockRow clock, CancellationToken cancellation)
    {
        var step = StepOf(clock.StepId!.Value);
        if (clock.ExpiryOutcome == ClockRow.Reassigns)
            return await HandOnAsync(step, clock, cancellation);
        if (clock.ExpiryOutcome == ClockRow.Escalates)
        {
            Escalate(step, clock);
            return true;
        }
        if (clock.Span == ClockSpan.Task)
        {
            foreach (var task in Row.Tasks.Where(t => t.Id == clock.TaskId && t.IsLive))
            {
                Happened(Case.Expire(task, Moment));
                Drop(task);
            }
            StopClocks(c => c.Id == clock.Id);
            return true;
        }
        return await ConcludeAsync(step, clock.ExpiryOutcome!, cancellation);
    }
}
