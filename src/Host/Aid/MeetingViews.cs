using EduUnion.Domain.Aid;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>A meeting as one member sees it: of a line from which he is recused there is nothing.</summary>
public sealed record MeetingView(
    AssessmentMeeting Meeting,
    Guid ViewerId,
    string School,
    IReadOnlyDictionary<Guid, string> Names,
    bool Observes
)
{
    /// <summary>The chair, or the deputy whom the members have named.</summary>
    public bool IsChair => Meeting.Leads(ViewerId);
    public bool IsMember => Meeting.Members.Contains(ViewerId);
    public bool IsPresent => Meeting.Attendees.Contains(ViewerId);

    /// <summary>The auditor observes every line; a member sees those from which he is not recused.</summary>
    public IReadOnlyList<AssessmentLine> Lines => Observes ? Meeting.Lines : [.. Meeting.VisibleTo(ViewerId)];

    /// <summary>How many lines are kept from him.</summary>
    public int Hidden => Meeting.Lines.Length - Lines.Count;

    /// <summary>The paper of a case is on the table only while the meeting sits, before those who sit there.</summary>
    public bool ReadsPaper(AssessmentLine line) =>
        Meeting.State == MeetingState.Open && IsPresent && !line.IsRecused(ViewerId);

    /// <summary>Who leads this line: the chair; where he is recused, anybody who is there.</summary>
    public bool Presides(AssessmentLine line) =>
        Meeting.State is MeetingState.Convened or MeetingState.Open
        && !line.IsRecused(ViewerId)
        && (
            IsChair
            || (
                line.IsRecused(Meeting.ChairId)
                && (Meeting.DeputyId is not { } deputy || line.IsRecused(deputy))
                && IsPresent
            )
        );

    public string Name(Guid id) => Names.GetValueOrDefault(id, "");
}

/// <summary>A meeting in a list.</summary>
public sealed record MeetingItem(
    Guid Id,
    Guid SchoolId,
    MeetingState State,
    DateTimeOffset MeetsAt,
    string Place,
    int Lines
);

/// <summary>An application that waits for a meeting; by its number alone.</summary>
public sealed record WaitingCase(Guid Id, string Number, DateTimeOffset Since);

/// <summary>Meetings as they are read. Whoever is neither of the committee nor its auditor finds none.</summary>
public sealed class MeetingViews(
    EduUnionDb db,
    MeetingBook book,
    MeetingCheck check,
    MemberBook members,
    OrganisationBook organisations
)
{
    private const int Most = 60;

    /// <summary>The schools whose meetings the viewer may call.</summary>
    public static IReadOnlyList<Guid> Convenes(Viewer viewer) => viewer.At(Office.SchoolUnionChair);

    public static bool MayLook(Viewer viewer) =>
        viewer.At(Office.SchoolUnionChair, Office.AidCommittee, Office.Auditor).Count > 0;

    public async Task<MeetingView?> FindAsync(Guid id, Viewer viewer, CancellationToken cancellation)
    {
        if (await book.FindAsync(id, cancellation) is not { } meeting)
            return null;
        var observes = IsAuditorOf(viewer, meeting.SchoolId);
        if (!observes && !meeting.Members.Contains(viewer.MemberId) && meeting.ChairId != viewer.MemberId)
            return null;
        await check.CheckAsync(meeting, cancellation);
        var names = await members.NamesAsync([.. meeting.Members.Append(meeting.ChairId)], cancellation);
        return new MeetingView(
            meeting,
            viewer.MemberId,
            organisations.Find(meeting.SchoolId)?.Name ?? "",
            names,
            observes
        );
    }

    /// <summary>The latest first: those of the viewer's schools, and those to which he is called.</summary>
    /// <param name="after">The last of the page before.</param>
    public async Task<Slice<MeetingItem>> ListAsync(
        Viewer viewer,
        int limit,
        Guid? after,
        CancellationToken cancellation
    )
    {
        var found = new List<MeetingItem>();
        while (true)
        {
            // Who is a member stands in the sealed aggregate: what the offices leave is opened row by row.
            var rows = await PageAsync(viewer, after, cancellation);
            foreach (var meeting in rows.Select(book.Read).Where(m => IsShown(m, viewer)))
            {
                if (found.Count == limit)
                    return new Slice<MeetingItem>(found, found[^1].Id.ToString());
                found.Add(
                    new MeetingItem(
                        meeting.Id,
                        meeting.SchoolId,
                        meeting.State,
                        meeting.MeetsAt,
                        meeting.Place,
                        meeting.Lines.Length
                    )
                );
            }
            if (rows.Count < Most)
                return new Slice<MeetingItem>(found, null);
            after = rows[^1].Id;
        }
    }

    private async Task<List<MeetingRow>> PageAsync(Viewer viewer, Guid? after, CancellationToken cancellation)
    {
        var schools = viewer.At(Office.SchoolUnionChair, Office.AidCommittee);
        var audits = viewer.At(Office.Auditor);
        var rows = db.Set<MeetingRow>()
            .AsNoTracking()
            .Where(m =>
                schools.Contains(m.SchoolId)
                || db.Set<Organisation>()
                    .Any(o =>
                        o.Id == m.SchoolId && (audits.Contains(o.Id) || audits.Contains(o.ParentId ?? Guid.Empty))
                    )
            );
        if (after is { } last)
        {
            var at = await db.Set<MeetingRow>()
                .Where(m => m.Id == last)
                .Select(m => (DateTimeOffset?)m.MeetsAt)
                .FirstOrDefaultAsync(cancellation);
            if (at is { } met)
                rows = rows.Where(m => m.MeetsAt < met || (m.MeetsAt == met && m.Id < last));
        }
        return await rows.OrderByDescending(m => m.MeetsAt)
            .ThenByDescending(m => m.Id)
            .Take(Most)
            .ToListAsync(cancellation);
    }

    private bool IsShown(AssessmentMeeting meeting, Viewer viewer) =>
        meeting.Members.Contains(viewer.MemberId)
        || meeting.ChairId == viewer.MemberId
        || IsAuditorOf(viewer, meeting.SchoolId);

    /// <summary>Applications of the school that wait for a meeting, the longest waiting first.</summary>
    public async Task<IReadOnlyList<WaitingCase>> WaitingAsync(Guid school, CancellationToken cancellation) =>
        await book.Waiting(school)
            .OrderBy(c => c.ChangedAt)
            .ThenBy(c => c.Id)
            .Take(Most)
            .Select(c => new WaitingCase(c.Id, c.Number ?? "", c.ChangedAt))
            .ToListAsync(cancellation);

    private bool IsAuditorOf(Viewer viewer, Guid school) =>
        organisations.Path(school).Intersect(viewer.At(Office.Auditor)).Any();
}
