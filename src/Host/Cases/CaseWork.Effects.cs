using EduUnion.Host.Clocks;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Clocks;
using EduUnion.Workflows.Engine;

namespace EduUnion.Host.Cases;

// What the engine asks for: automatic steps are answered at once, steps of people become tasks.
public sealed partial class CaseWork
{
    /// <summary>Runs the engine with a stimulus and everything automatic that follows from it.</summary>
    public async Task RunAsync(Stimulus first, CancellationToken cancellation)
    {
        var queue = new Queue<Stimulus>([first]);
        for (var round = 0; queue.TryDequeue(out var stimulus); round++)
        {
            if (round == Bound)
            {
                Incident(Guid.CreateVersion7(Moment.Now), null, "", $"More than {Bound} automatic steps in one burst.");
                return;
            }
            var burst = Engine.Run(_definitions, _family, stimulus, Moment.Now);
            _family = burst.Family;
            foreach (var effect in burst.Effects)
                if (await TakeAsync(effect, cancellation) is { } answer)
                    queue.Enqueue(answer);
        }
    }

    /// <summary>Opens a task beside the step's own, e.g. a co-signature; its clock starts with it.</summary>
    public async Task<TaskRow> AskAsync(OpenedStep step, Asked asked, string? clock, CancellationToken cancellation)
    {
        var task = Open(step, asked);
        if (clock is not null)
            task.ClockId = (await StartClockAsync(clock, ClockSpan.Task, step, task, "expired", cancellation)).Id;
        return task;
    }

    private async Task<Stimulus?> TakeAsync(Effect effect, CancellationToken cancellation)
    {
        switch (effect)
        {
            case Effect.OpenStep opened:
                var step = Read(opened.Step, opened.Name, opened.Payload, opened.Input);
                return step.Spec.Kind == StepKind.Auto
                    ? await AnswerAsync(step, opened.Instance, cancellation)
                    : await OpenAsync(step, cancellation);
            case Effect.CloseStep closed:
                CloseStep(closed.Step);
                return null;
            case Effect.ArmTimer timer:
                Add(
                    new ClockRow
                    {
                        Id = timer.Timer,
                        CaseId = Row.Id,
                        Span = ClockSpan.Step,
                        Name = "timer",
                        StepId = timer.Timer,
                        OrganisationId = Row.SchoolId,
                        Inputs = ClockFace.Write(new ClockInputs(Moment.Today) { Until = timer.At }),
                        RulesAt = Moment.Now,
                        StartedAt = Moment.Now,
                        DueAt = timer.At,
                        NextAt = timer.At,
                    }
                );
                return null;
            case Effect.DisarmTimer timer:
                StopClocks(c => c.Id == timer.Timer);
                return null;
            case Effect.Incident incident:
                Incident(incident.Id, incident.Instance, incident.Activity, incident.Reason);
                return null;
            case Effect.CloseIncident closed:
                if (await _db.Set<IncidentRow>().FindAsync([closed.Id], cancellation) is { } over)
                    over.ClosedAt ??= Moment.Now;
                return null;
            default:
                return null;
        }
    }

    private async Task<Stimulus> AnswerAsync(OpenedStep step, Guid instance, CancellationToken cancellation)
    {
        var taken = await Case.AnswerAsync(step, Moment, cancellation);
        if (step.Payload.Stops is { } stops)
            StopClocks(c => c.Span == ClockSpan.Handling && c.Name == stops && c.Part == step.Part);
        ChangeClock(taken, step.Part);
        Happened(taken.Events);
        _answering = instance;
        await ApplyAsync(taken, step.Part, cancellation);
        _answering = null;
        return new Stimulus.Answer(step.Id, new StepResult(taken.Outcome ?? "done", taken.Routing));
    }

    private async Task<Stimulus?> OpenAsync(OpenedStep step, CancellationToken cancellation)
    {
        if (step.Payload.Starts is { } starts)
        {
            // A fresh period (改派): the old clock stays as history, the new one is what counts from here.
            StopClocks(c => c.Span == ClockSpan.Handling && c.Name == starts && c.Part == step.Part);
            await StartClockAsync(starts, ClockSpan.Handling, step, null, null, cancellation);
        }
        var clock = step.Payload.Clock;
        var shared = clock is { Span: "step" }
            ? await StartClockAsync(clock.Name, ClockSpan.Step, step, null, ExpiryOf(clock, step), cancellation)
            : Running(null, step.Id, [], step.Part);
        if (step.Spec.Kind == StepKind.Wait)
            return null;
        var opened = new List<TaskRow>();
        foreach (var asked in await Case.AskAsync(step, Moment, cancellation))
        {
            var task = Open(step, asked);
            task.Position = opened.Count;
            task.ClockId = shared?.Id;
            // In order (会签): the others are asked one after another.
            if (step.Payload.Policy.Ordered && opened.Count > 0)
                task.State = TaskState.Waiting;
            else
                await StartTaskClockAsync(step, task, cancellation);
            opened.Add(task);
        }
        Tell(step, [.. opened.Where(t => t.State == TaskState.Open)]);
        if (step.Payload.Once)
            _once.Enqueue(step);
        // Nobody to ask: everybody has answered.
        return opened.Count == 0 && step.Payload.Policy.Kind == "all"
            ? new Stimulus.Answer(step.Id, new StepResult(step.Payload.Outcomes[0]))
            : null;
    }

    private async Task StartTaskClockAsync(OpenedStep step, TaskRow task, CancellationToken cancellation)
    {
        if (step.Payload.Clock is { Span: "task" } clock)
            task.ClockId = (
                await StartClockAsync(clock.Name, ClockSpan.Task, step, task, ExpiryOf(clock, step), cancellation)
            ).Id;
    }

    private string? ExpiryOf(ClockSpec clock, OpenedStep step) =>
        clock.OnExpiry switch
        {
            "reassign" => ClockRow.Reassigns,
            // Where the reminders tell who is above, nobody is told twice.
            "escalate" => Case.RemindsAbove(clock.Name, step.Name) ? null : ClockRow.Escalates,
            _ => clock.ExpiryOutcome,
        };

    /// <summary>
    /// Asks the offices anew of whom the open steps are asked, because somebody holds one who may not act any more, or the
    /// case went to another school: tasks of offices that are asked no longer close, those of the others open under the
    /// same deadline. False = everybody is asked already.
    /// </summary>
    public async Task<bool> ReaskAsync(CancellationToken cancellation)
    {
        var changed = false;
        foreach (var id in Row.Tasks.Where(t => t.IsLive && t.IsOfOffice).Select(t => t.StepId).Distinct().ToList())
        {
            var step = StepOf(id);
            // What ran out and was handed on is asked of whoever has it now.
            if (
                step.Payload.Clock?.Reassign is not null
                && Row.Clocks.Any(c => c.StoppedAt is null && c.StepId == id && c.ExpiryOutcome is null)
            )
                continue;
            var asked = (await Case.AskAsync(step, Moment, cancellation)).Where(a => a.Office is not null).ToList();
            var open = Row.Tasks.Where(t => t.StepId == id && t.IsLive && t.IsOfOffice);
            var gone = open.Where(t => !asked.Any(a => IsFor(a, t))).ToList();
            var clock = open.First().ClockId;
            var fresh = asked.Where(a => !open.Any(t => IsFor(a, t))).ToList();
            gone.ForEach(Drop);
            var opened = fresh.ConvertAll(a => Open(step, a));
            opened.ForEach(t => t.ClockId = clock);
            if (opened.Count > 0)
                Tell(step, opened);
            changed |= gone.Count > 0 || opened.Count > 0;
        }
        return changed;

        static bool IsFor(Asked asked, TaskRow task) =>
            (asked.Office, asked.OrganisationId) == (task.Office, task.OrganisationId);
    }

    /// <summary>Tells of the open tasks once more, because what kept them from being done is out of the way.</summary>
    public void TellAgain(Func<TaskRow, bool> which)
    {
        foreach (
            var asked in Row.Tasks.Where(t => t.State == TaskState.Open).Where(which).GroupBy(t => t.StepId).ToList()
        )
            Tell(StepOf(asked.Key), [.. asked]);
    }

    private TaskRow Open(OpenedStep step, Asked asked)
    {
        var task = new TaskRow
        {
            Id = Guid.CreateVersion7(Moment.Now),
            CaseId = Row.Id,
            Case = Row,
            StepId = step.Id,
            Name = asked.Name,
            Part = step.Part,
            MemberId = asked.MemberId,
            Office = asked.Office,
            OrganisationId = asked.OrganisationId,
            Weight = asked.Weight,
            Outcomes = string.Join(',', asked.Outcomes),
            OpenedAt = Moment.Now,
        };
        Row.Tasks.Add(task);
        _db.Add(task);
        return task;
    }

    public void Drop(TaskRow task)
    {
        task.State = TaskState.Dropped;
        task.ClosedAt = Moment.Now;
        task.Pending = null;
        StopClocks(c => c.TaskId == task.Id);
        // Who was to sign or advise has nobody left to do it for.
        foreach (var added in Row.Tasks.Where(t => t.OwnerId == task.Id && t.IsLive))
            Drop(added);
    }

    private void CloseStep(Guid step)
    {
        foreach (var task in Row.Tasks.Where(t => t.StepId == step && t.IsLive))
            Drop(task);
        StopClocks(c => c.StepId == step && c.Span != ClockSpan.Handling);
    }

    private void Incident(Guid id, Guid? instance, string activity, string reason)
    {
        var stopped = instance is { } known ? _family.Find(known) : null;
        _db.Add(
            new IncidentRow
            {
                Id = id,
                CaseId = Row.Id,
                InstanceId = instance,
                DefinitionId = stopped?.DefinitionId,
                DefinitionVersion = stopped?.Version,
                Activity = activity,
                Reason = reason,
                At = Moment.Now,
            }
        );
    }
}
