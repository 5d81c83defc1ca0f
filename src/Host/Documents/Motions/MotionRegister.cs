using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Documents.Motions;

/// <summary>
/// The register of motions (台账): exactly what the list shows with the same filter, all of it, by number. Each cell tells
/// the viewer what the case's page would tell him.
/// </summary>
public sealed class MotionRegister(MotionList list, MemberBook members, OrganisationBook organisations, Texts texts)
{
    public async Task<Register> ListAsync(Viewer viewer, MotionFilter filter, CancellationToken cancellation)
    {
        var rows = await list.Cases(viewer, filter)
            .AsNoTracking()
            .AsSplitQuery()
            .Include(c => c.Clocks.Where(k => k.Name == "answer"))
            .ToListAsync(cancellation);
        var cases = rows.Select(r => (Row: r, Motion: MotionCases.MotionOf(r)))
            .OrderBy(c => organisations.Find(c.Row.SchoolId)?.Code, StringComparer.Ordinal)
            .ThenBy(c => c.Row.Number is null)
            .ThenBy(c => c.Row.Number ?? c.Row.Receipt, StringComparer.Ordinal)
            .ThenBy(c => c.Row.OpenedAt)
            .ToList();
        var names = await members.NamesAsync(
            [.. cases.SelectMany(c => c.Motion.ConfirmedCosigners.Prepend(c.Motion.ProposerId)).Distinct()],
            cancellation
        );
        return new Register(
            Of([.. rows.Select(r => r.SchoolId).Distinct()]),
            [.. cases.Select((c, i) => Line(i + 1, c.Row, c.Motion, names, viewer))]
        );
    }

    private string Of(IReadOnlyList<Guid> schools)
    {
        var first = schools.Count > 0 ? organisations.Find(schools[0]) : null;
        return schools.Count > 1 && first?.ParentId is { } district
            ? organisations.Find(district)?.Name ?? ""
            : first?.Name ?? "";
    }

    private RegisterLine Line(int ordinal, CaseRow row, Motion motion, Dictionary<Guid, string> names, Viewer viewer)
    {
        var insight = Insight.Of(motion, viewer);
        return new RegisterLine
        {
            Ordinal = ordinal,
            Number = row.Number ?? row.Receipt ?? "",
            Title = row.Title,
            Proposer = names.GetValueOrDefault(motion.ProposerId, ""),
            Cosigners = string.Join('、', motion.ConfirmedCosigners.Select(c => names.GetValueOrDefault(c, ""))),
            Category = row.Category.Length > 0 ? Word("category." + row.Category) : "",
            Outcome = Outcome(motion),
            Parts = [.. motion.CurrentParts.Select(p => Part(p, row, insight, viewer.Today))],
            Satisfaction = motion.Parts.Any(p => insight.IsProposer || insight.WorksOn(p.Id))
                ? Satisfaction(motion)
                : "",
            Progress = motion.Commitments.IsEmpty
                ? ""
                : $"{motion.Commitments.Count(c => c.State == CommitmentState.Verified)}/{motion.Commitments.Length}",
            State = Word("state." + row.State),
        };
    }

    private RegisterPart Part(Handling part, CaseRow row, Insight insight, DateOnly today)
    {
        // A new host has a clock of his own; the latest is the present one's.
        var clock = row.Clocks.Where(k => k.Part == part.Id).MaxBy(k => k.StartedAt);
        DateOnly? answered = part.DeliveredAt is { } at ? ChinaTime.DateOf(at) : null;
        return new RegisterPart
        {
            Host = organisations.Find(part.HostId)?.Name ?? "",
            Cohandlers = string.Join('、', part.CohandlerIds.Select(d => organisations.Find(d)?.Name)),
            AssignedOn = ChinaTime.DateOf(part.AssignedAt),
            DueOn = clock?.DueOn,
            OriginalDueOn = clock?.OriginalDueOn == clock?.DueOn ? null : clock?.OriginalDueOn,
            AnsweredOn = answered,
            OnTime =
                clock?.DueOn is { } due && (answered is not null || today > due) ? (answered ?? today) <= due : null,
            Meetings = insight.ReadsMeetings(part) ? part.Meetings.Length : null,
            Class = part is { State: HandlingState.Delivered, Answer: { } answer } ? $"{answer.Class}" : "",
        };
    }

    private string Outcome(Motion motion) =>
        motion switch
        {
            { MainNumber: { } main } => $"并案→{main}",
            { IsOpinion: true } => Word("outcome.opinion"),
            { Number: not null } => Word("outcome.file"),
            { Review: { } review } => Word("outcome." + review.Outcome),
            _ => "",
        };

    /// <summary>Of the result, the first form and the last; one that came back neither in time nor later is 未反馈.</summary>
    private string Satisfaction(Motion motion)
    {
        var scores = motion
            .Forms.Where(f => !f.IsOpen)
            .Select(f => f.Rating is { } rating ? Word("option.result." + rating.Result) : "未反馈")
            .ToList();
        return scores.Count == 0 ? "" : $"{scores[0]}/{scores[^1]}";
    }

    private string Word(string key) => texts.In(Texts.Chinese, key);
}
