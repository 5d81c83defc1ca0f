using EduUnion.Host.Mail;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Steps;

namespace EduUnion.Host.Cases;

// The tasks of one open step: rows become a desk, an act makes another of it, the difference goes back to the rows.
public sealed partial class CaseWork
{
    /// <summary>Tasks that somebody got in this act from somebody else (转办).</summary>
    private readonly HashSet<Guid> _handed = [];

    /// <summary>The step's own tasks and those added to them, as they stand. All of its rows must have been read.</summary>
    public StepDesk DeskOf(OpenedStep step)
    {
        var rows = RowsOf(step);
        var named = step.Payload.Outcomes.Where(o => step.Spec.Outcome(o) is { Derived: false });
        var voters = rows.Where(t => t.Desk == DeskPart.Own && t.State is not (TaskState.Dropped or TaskState.Handed));
        return new StepDesk(
            [.. rows.Select(OnDesk)],
            step.Payload.Policy.Rule(),
            [.. named],
            voters.Sum(t => t.Weight)
        );
    }

    private List<TaskRow> RowsOf(OpenedStep step) =>
        [
            .. Row
                .Tasks.Where(t => t.StepId == step.Id && (t.Desk != DeskPart.Own || t.Name == step.Name))
                .OrderBy(t => t.Position)
                .ThenBy(t => t.Id),
        ];

    private static DeskTask OnDesk(TaskRow row) =>
        // Who has answered for an office is a person: he is not asked to sign his own word.
        new(row.Id, row.MemberId ?? row.DecidedBy, row.Desk, row.OwnerId)
        {
            Weight = row.Weight,
            Stand = row.State switch
            {
                TaskState.Open or TaskState.Waiting => DeskStand.Open,
                TaskState.Handed => DeskStand.Handed,
                TaskState.Dropped => DeskStand.Removed,
                _ => DeskStand.Answered,
            },
            Outcome = row.State is TaskState.Decided or TaskState.Answered ? row.Outcome : null,
        };

    /// <summary>A task in the step of another, with its deadline; it waits until the desk says whose turn it is.</summary>
    private TaskRow Beside(TaskRow task, Guid member, DeskPart part, Guid? owner, string name, string outcomes) =>
        new()
        {
            Id = Guid.CreateVersion7(Moment.Now),
            CaseId = Row.Id,
            Case = Row,
            StepId = task.StepId,
            Name = name,
            Part = task.Part,
            MemberId = member,
            // Whoever has a task for good acts in the place of the office that had it.
            Office = name == task.Name ? task.Office : null,
            OrganisationId = name == task.Name ? task.OrganisationId : null,
            Desk = part,
            OwnerId = owner,
            Weight = name == task.Name ? task.Weight : 1,
            Outcomes = outcomes,
            State = TaskState.Waiting,
            ClockId = task.ClockId,
            OpenedAt = Moment.Now,
        };

    private void Add(TaskRow task)
    {
        Row.Tasks.Add(task);
        _db.Add(task);
    }

    /// <summary>Brings the rows to where the desk is, and tells those whose turn it is now.</summary>
    private async Task WriteAsync(OpenedStep step, StepDesk desk, CancellationToken cancellation)
    {
        var turn = desk.Answerable;
        for (var at = 0; at < desk.Tasks.Length; at++)
        {
            var task = desk.Tasks[at];
            var row = Row.Tasks.First(t => t.Id == task.Id);
            row.Position = at;
            row.OwnerId = task.Owner;
            if (task.Stand == DeskStand.Handed && row.IsLive)
                Hand(row);
            else if (task.Stand == DeskStand.Removed && row.IsLive)
                Drop(row);
            else if (task.Stand == DeskStand.Open)
                await TurnAsync(step, row, desk, turn.Contains(task.Id), cancellation);
        }
    }

    private async Task TurnAsync(OpenedStep step, TaskRow row, StepDesk desk, bool turn, CancellationToken cancellation)
    {
        var before = row.State;
        if (before is TaskState.Decided or TaskState.Answered)
            Reopen(row);
        row.State = turn ? TaskState.Open : TaskState.Waiting;
        if (!turn || before == TaskState.Open)
            return;
        if (before == TaskState.Waiting && (row.Desk != DeskPart.Own || IsNext(row, desk)))
            row.OpenedAt = Moment.Now;
        if (IsNext(row, desk) && before == TaskState.Waiting)
        {
            await StartTaskClockAsync(step, row, cancellation);
            Tell(step, row);
            return;
        }
        // Whoever takes his own answer back knows.
        if ((row.MemberId ?? row.ClaimedById) is { } whose && whose != Moment.ActorId)
            Tell(Case.Letter(LetterOf(row), NoticeRecipients.ToMembers(whose), $"/tasks/{row.Id}", Moment));
    }

    /// <summary>In order (会签): one of the step's own whose turn it is for the first time.</summary>
    private bool IsNext(TaskRow row, StepDesk desk) =>
        row.Desk == DeskPart.Own && !_handed.Contains(row.Id) && desk.Tasks.All(t => t.Owner != row.Id);

    private NoticeKind LetterOf(TaskRow row) =>
        row.Desk switch
        {
            _ when _handed.Contains(row.Id) => NoticeKind.TaskHanded,
            DeskPart.Own => NoticeKind.TaskIsBack,
            DeskPart.Advice => NoticeKind.AdviceWanted,
            _ => NoticeKind.SignatureWanted,
        };

    private static void Reopen(TaskRow row)
    {
        row.Outcome = null;
        row.DecidedBy = null;
        row.DecidedForId = null;
        row.ClosedAt = null;
        row.Comment = null;
        row.Pending = null;
        row.Version++;
    }

    private void Hand(TaskRow row)
    {
        row.State = TaskState.Handed;
        row.ClosedAt = Moment.Now;
        row.Pending = null;
    }
}
