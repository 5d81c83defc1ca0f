using System.Globalization;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;

namespace EduUnion.Host.Pages.Review;

/// <summary>Where a motion stands with the committee: what it waits for, or that it is filed and not yet answered.</summary>
public enum TableStage
{
    Check,
    Review,
    Presidium,
    Assign,

    /// <summary>已立案、已并案: may take others in, or be taken out of its group.</summary>
    Filed,

    /// <summary>It has left the table since the form was drawn.</summary>
    Gone,
}

/// <summary>One motion on the committee's table.</summary>
/// <param name="Place">The open step, else the main motion: as long as it is the same, a form is not stale.</param>
/// <param name="Task">What the viewer may decide of it now; null = nothing.</param>
/// <param name="Own">The viewer proposed it: he handles it in no office.</param>
public sealed record TableRow(
    Motion Motion,
    string Proposer,
    TableStage Stage,
    Guid Place,
    TaskRow? Task,
    string? MyVote,
    int Voted,
    int Voters,
    bool Own
)
{
    private const string CheckStep = "motion.check";
    private const string ReviewStep = "motion.review";
    private const string AssignStep = "motion.assign";

    /// <summary>The steps at which a motion lies with the committee, in the order of its way.</summary>
    public static readonly string[] Steps = [CheckStep, ReviewStep, "motion.presidium", AssignStep];

    public Guid Id => Motion.Id;

    public string Number => Motion.Number ?? Motion.ReceiptNumber ?? "";

    public string? Recommended => Motion.Recommendation?.Outcome;

    public bool IsMerged => Motion.State == MotionState.Merged;

    /// <summary>Filed, unanswered and itself in no group: others may be merged into it.</summary>
    public bool MayBeMain =>
        Motion is { Number: not null, MainId: null }
        && Motion.State is MotionState.Filed or MotionState.Assigned or MotionState.Handling;

    public bool MayPropose => Task?.Name == CheckStep;

    public bool MayVote => Task?.Name == ReviewStep;

    public bool MayAssign => Task?.Name == AssignStep;

    /// <summary>What the tick box sends: which row, and what the viewer saw of it.</summary>
    public RowMark Mark => new(Id, Place, Task?.Id ?? Guid.Empty, Task?.Version ?? 0);

    public static TableRow Of(
        Motion motion,
        IReadOnlyList<TaskRow> tasks,
        string proposer,
        Guid viewer,
        Func<TaskRow, bool> addressed
    )
    {
        var open = tasks.FirstOrDefault(t => t.State == TaskState.Open);
        var place = tasks.Where(t => t.StepId == open?.StepId).ToList();
        var own = motion.ProposerId == viewer;
        return new TableRow(
            motion,
            proposer,
            StageOf(motion, open),
            open?.StepId ?? motion.MainId ?? Guid.Empty,
            place.FirstOrDefault(t => t.State == TaskState.Open && !own && addressed(t)),
            place.FirstOrDefault(t => t.Name == ReviewStep && t.DecidedBy == viewer)?.Outcome,
            open?.Name == ReviewStep ? place.Count(t => t.State == TaskState.Decided) : 0,
            open?.Name == ReviewStep ? place.Count : 0,
            own
        );
    }

    private static TableStage StageOf(Motion motion, TaskRow? open) =>
        open is not null ? (TableStage)Array.IndexOf(Steps, open.Name)
        : motion is { Number: not null, State: MotionState.Merged or MotionState.Assigned or MotionState.Handling }
            ? TableStage.Filed
        : TableStage.Gone;
}

/// <summary>A ticked row as the form sends it back: <c>case.place.task.version</c>.</summary>
public readonly record struct RowMark(Guid Case, Guid Place, Guid Task, int Version)
{
    public static RowMark? Read(string text) =>
        text.Split('.') is [var id, var place, var task, var version]
        && Guid.TryParseExact(id, "N", out var @case)
        && Guid.TryParseExact(place, "N", out var seen)
        && Guid.TryParseExact(task, "N", out var mine)
        && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new RowMark(@case, seen, mine, number)
            : null;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Case:N}.{Place:N}.{Task:N}.{Version}");
}
