using EduUnion.Domain.Calendar;
using EduUnion.Host.Clocks;
using EduUnion.Workflows.Clocks;

namespace EduUnion.Host.Cases;

// The deadlines of a case: started and stopped with its steps.
public sealed partial class CaseWork
{
    /// <summary>The running clock of this name in this part of the case.</summary>
    public ClockRow? ClockOf(string name, Guid? part) =>
        Row.Clocks.FirstOrDefault(c => c.StoppedAt is null && c.Name == name && c.Part == part);

    public void StopClock(ClockRow clock) => StopClocks(c => c.Id == clock.Id);

    /// <summary>Changes a running clock's inputs; the due date and the next alarm follow.</summary>
    public void SetClock(ClockRow clock, Func<ClockInputs, ClockInputs> change) =>
        Set(clock, change(clock.InputsOf()), Moment.Calendar, Moment.Now);

    /// <summary>Computes a clock anew; of a case that is held nothing rings.</summary>
    public void Set(ClockRow clock, ClockInputs inputs, WorkingCalendar calendar, DateTimeOffset served)
    {
        clock.Set(inputs, calendar, Moment.Rules, served);
        if (Row.HeldAt is not null)
            clock.NextAt = null;
    }

    /// <summary>
    /// Holds the case or lets it go on. The days from the hold to its end, both included, count for no deadline; a fixed
    /// end that was passed meanwhile takes effect then.
    /// </summary>
    private void Hold(bool holds)
    {
        if (holds == Row.HeldAt is not null)
            return;
        Row.HeldAt = holds ? Moment.Now : null;
        foreach (var clock in Row.Clocks.Where(c => c.StoppedAt is null))
            SetClock(clock, inputs => holds ? inputs.PauseFrom(Moment.Today) : inputs.ResumeAfter(Moment.Today));
    }

    private void ChangeClock(Taken taken, Guid? part)
    {
        if (taken.ClockChange is var (name, change) && ClockOf(name, part) is { } clock)
            SetClock(clock, change);
    }

    private async Task<ClockRow> StartClockAsync(
        string name,
        ClockSpan span,
        OpenedStep step,
        TaskRow? task,
        string? expiryOutcome,
        CancellationToken cancellation
    )
    {
        var plan = await Case.PlanAsync(name, step, Moment, cancellation);
        var clock = new ClockRow
        {
            Id = Guid.CreateVersion7(Moment.Now),
            CaseId = Row.Id,
            Span = span,
            Name = name,
            StepId = step.Id,
            TaskId = task?.Id,
            Part = step.Part,
            OrganisationId = Row.SchoolId,
            DepartmentId = plan.DepartmentId,
            Inputs = "",
            RulesAt = Moment.Now,
            ExpiryOutcome = expiryOutcome,
            StartedAt = Moment.Now,
        };
        Set(clock, Row.HeldAt is null ? plan.Inputs : plan.Inputs.PauseFrom(Moment.Today), Moment.Calendar, Moment.Now);
        Add(clock);
        return clock;
    }

    private void Add(ClockRow clock)
    {
        Row.Clocks.Add(clock);
        _db.Add(clock);
    }

    private ClockRow? Running(string? name, Guid? step, IReadOnlyList<TaskRow> tasks, Guid? part) =>
        Row
            .Clocks.Where(c => c.StoppedAt is null && (name is null || c.Name == name))
            .Where(c =>
                tasks.Any(t => t.Id == c.TaskId)
                || (c.Span == ClockSpan.Step && c.StepId == step)
                || (c.Span == ClockSpan.Handling && c.Part == part && part is not null)
            )
            .OrderBy(c => c.Span)
            .FirstOrDefault();

    private void StopClocks(Func<ClockRow, bool> which)
    {
        foreach (var clock in Row.Clocks.Where(c => c.StoppedAt is null && which(c)))
        {
            clock.StoppedAt = Moment.Now;
            clock.NextAt = null;
        }
    }
}
