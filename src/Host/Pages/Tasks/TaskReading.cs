using EduUnion.Domain.Motions;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>Who sent a piece of work back, and why.</summary>
public sealed record SentBack(string Step, string By, DateTimeOffset At, string Reason);

/// <summary>An asked extension, with the day on which the answer would then be due.</summary>
public sealed record AskedExtension(ExtensionRequest Request, DateOnly? DueNow, DateOnly? DueThen);

/// <summary>What one has to know before one decides, read beside the form.</summary>
public sealed record TaskReading(MotionView Case, TaskRow Task)
{
    public Handling? Part => Case.Motion.Parts.FirstOrDefault(p => p.Id == Task.Part);

    /// <summary>Steps for which the motion's own text is what has to be read; elsewhere it is folded beside.</summary>
    public bool ShowsText =>
        Task.Name.StartsWith("motion.", StringComparison.Ordinal)
        || Task.Name is "handling.accept" or "handling.opinion" or "handling.reassign" or "handling.ruling";

    /// <summary>How many of how many have voted; nobody is named while the vote is open.</summary>
    public (int Voted, int All) Votes { get; init; }

    public SentBack? SentBack { get; init; }
    public AskedExtension? Extension { get; init; }
    public Letter? Letter { get; init; }
    public IReadOnlyDictionary<Guid, string> Names { get; init; } = new Dictionary<Guid, string>();

    /// <summary>The promise that the task is about.</summary>
    public FollowedCommitment? Promise => Case.Motion.Commitments.FirstOrDefault(c => c.Id == Task.Part);

    /// <summary>The answers of the round that is rated.</summary>
    public IReadOnlyList<Letter> Letters { get; init; } = [];

    public string Department(Guid id) => Case.Departments.GetValueOrDefault(id, "");
}

public sealed class TaskReadings(
    EduUnionDb db,
    OrganisationBook organisations,
    CalendarBook calendars,
    MemberBook members
)
{
    public async Task<TaskReading> OfAsync(TaskRow task, MotionView view, CancellationToken cancellation)
    {
        var reading = new TaskReading(view, task);
        var part = reading.Part;
        var back = await SentBackAsync(task, cancellation);
        Guid?[] named =
        [
            .. (part?.Returns ?? []).Select(r => (Guid?)r.By),
            .. (part?.Opinions ?? []).Select(o => (Guid?)o.By),
            part?.Extensions.LastOrDefault()?.By,
            view.Motion.Recommendation?.By,
            back?.DecidedBy,
        ];
        var names = await members.NamesAsync([.. named.OfType<Guid>().Distinct()], cancellation);
        return reading with
        {
            Names = names,
            Votes = await VotesAsync(task, cancellation),
            SentBack =
                task.Name == "motion.revise" && view.Motion.Review is { } review
                    // The committee speaks with one voice: the reason of record, and no member's name.
                    ? new SentBack("motion.review", "", task.OpenedAt, review.Reason ?? "")
                : back is null ? null
                : new SentBack(
                    back.Name,
                    names.GetValueOrDefault(back.DecidedBy ?? Guid.Empty, ""),
                    back.ClosedAt!.Value,
                    back.Comment ?? ""
                ),
            Extension = task.Name == "extension.decide" ? await ExtensionAsync(view, part!, cancellation) : null,
            Letters = task.Name is "motion.feedback" or "motion.discontent"
                ?
                [
                    .. view
                        .Motion.CurrentParts.Where(p => p.Answer is not null)
                        .Select(p => AnswerLetter.Of(view, p, p.Answer!, organisations)),
                ]
                : [],
            Letter =
                task.Name is "handling.sign" or "handling.leader" or "handling.formcheck" && part?.Answer is { } answer
                    ? AnswerLetter.Of(view, part, answer, organisations)
                    : null,
        };
    }

    private async Task<TaskRow?> SentBackAsync(TaskRow task, CancellationToken cancellation) =>
        task.Name == "handling.draft"
            ? await db.Set<TaskRow>()
                .AsNoTracking()
                .Where(t => t.CaseId == task.CaseId && t.Part == task.Part && t.Outcome == "return")
                .OrderByDescending(t => t.ClosedAt)
                .FirstOrDefaultAsync(cancellation)
            : null;

    private async Task<(int, int)> VotesAsync(TaskRow task, CancellationToken cancellation)
    {
        if (task.Name != "motion.review")
            return default;
        var states = await db.Set<TaskRow>()
            .Where(t => t.StepId == task.StepId && t.Name == task.Name)
            .Where(t => t.State != TaskState.Dropped && t.State != TaskState.Handed)
            .Select(t => t.State)
            .ToListAsync(cancellation);
        return (states.Count(s => s == TaskState.Decided), states.Count);
    }

    private async Task<AskedExtension?> ExtensionAsync(MotionView view, Handling part, CancellationToken cancellation)
    {
        if (part.Extensions.LastOrDefault() is not { } asked)
            return null;
        var clock = view.Clocks.LastOrDefault(c => c.Row is { Name: "answer" } && c.Row.Part == part.Id);
        if (clock is null)
            return new AskedExtension(asked, null, null);
        var calendar = await calendars.ForAsync(view.Row.SchoolId, cancellation);
        var then = Clock.Due(clock.Inputs.Extend(asked.Workdays, Web.Dates.Of(asked.At)), calendar);
        return new AskedExtension(asked, clock.Due.On, then.On);
    }
}
