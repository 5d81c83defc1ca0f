using EduUnion.Domain;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Host.People;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Steps;

namespace EduUnion.Host.Cases;

// What a definition asks of the program: nobody is asked twice in a row, and nobody waits for ever for somebody else.
public sealed partial class CaseWork
{
    /// <summary>Steps that have just opened and may be decided by whoever decided the one before.</summary>
    private readonly Queue<OpenedStep> _once = new();

    /// <summary>
    /// Decides what has just opened by the same person, where the definition says <c>once</c> and there is nothing to add:
    /// his task alone, a favourable outcome without fields or reason. What he may not decide stays open.
    /// </summary>
    private async Task DecideOnceAsync(Guid by, CancellationToken cancellation)
    {
        // A deputy's decision is not repeated in his own name.
        for (var round = 0; round < Bound && by == Moment.ActorId && _once.TryDequeue(out var step); round++)
        {
            if (RowsOf(step) is not [{ State: TaskState.Open } task])
                continue;
            var favourable = step.Spec.Outcomes[0];
            if (
                !task.OfferedOutcomes.Contains(favourable.Name)
                || favourable.ReasonRequired
                || !favourable.Fields.IsEmpty
                || !await IsHisAsync(task, by, cancellation)
                || await Case.MayActAsync(by, step, Moment, cancellation) is { IsOk: false }
            )
                continue;
            var form = FormValues.Read(step.Spec, favourable, null).Value;
            var decided = await AnswerOwnAsync(step, task, new Decided(favourable.Name, null, form, by), cancellation);
            if (decided.IsOk)
                Happened(new DecidedOnce(step.Name, favourable.Name));
        }
        _once.Clear();
    }

    private async Task<bool> IsHisAsync(TaskRow task, Guid member, CancellationToken cancellation) =>
        task.MemberId is { } whose
            ? whose == member
            : await new OfficeBook(_db).HoldsAsync(
                member,
                task.Office!.Value,
                task.OrganisationId!.Value,
                Moment.Today,
                cancellation
            );

    /// <summary>超时: the tasks go to the office that the definition names. The deadline stays the one that was missed.</summary>
    private async Task<Outcome<bool>> HandOnAsync(OpenedStep step, ClockRow clock, CancellationToken cancellation)
    {
        var office = step.Payload with { Who = step.Payload.Clock!.Reassign, Policy = Policy.One };
        var asked = await Case.AskAsync(step with { Payload = office }, Moment, cancellation);
        foreach (var row in RowsOf(step).Where(t => t.IsLive))
            if (row.Desk == DeskPart.Own)
                Hand(row);
            else
                Drop(row);
        var opened = asked.Select(a => Open(step, a)).ToList();
        opened.ForEach(t => t.ClockId = clock.Id);
        clock.ExpiryOutcome = null;
        if (clock.Span == ClockSpan.Task)
            clock.TaskId = opened[0].Id;
        SetClock(clock, inputs => inputs);
        Happened(opened.ConvertAll(t => new HandedOnOverdue(step.Name, t.Office, t.OrganisationId)));
        Tell(step, opened);
        return true;
    }

    /// <summary>超时: who is above those who are late is told. They have it still, and are reminded on.</summary>
    private void Escalate(OpenedStep step, ClockRow clock)
    {
        clock.ExpiryOutcome = null;
        SetClock(clock, inputs => inputs);
        var above = clock.TasksOf(Row).Select(Case.Above).OfType<(NoticeRecipients To, string Link)>().ToList();
        Happened(new EscalatedOverdue(step.Name, above.Count > 0));
        if (above.Count > 0)
            Tell(
                Case.Letter(
                    NoticeKind.TaskOverdue,
                    above.Select(a => a.To).Aggregate((all, one) => all.And(one)),
                    above[0].Link,
                    Moment
                )
            );
    }
}
