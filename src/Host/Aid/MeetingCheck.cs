using System.Collections.Immutable;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>
/// Looks at a meeting's list as it is now, each time the meeting is read or acted on: relations are declared and cases are
/// withdrawn after it was convened, and a case never waits for a meeting's lock.
/// </summary>
public sealed class MeetingCheck(EduUnionDb db, AidCases cases)
{
    public async Task CheckAsync(AssessmentMeeting meeting, CancellationToken cancellation)
    {
        if (meeting.State is not (MeetingState.Convened or MeetingState.Open))
            return;
        var listed = meeting.Lines.Select(l => l.CaseId).ToList();
        var rows = await db.Set<CaseRow>()
            .AsNoTracking()
            .Where(c => listed.Contains(c.Id) && c.State == nameof(AidState.Surveyed) && c.SchoolId == meeting.SchoolId)
            .ToListAsync(cancellation);
        var waiting = new Dictionary<Guid, ImmutableArray<LineRecusal>>();
        foreach (var application in rows.Select(cases.ApplicationOf))
            waiting[application.Id] = AssessmentLine.RecusalsOf(
                application,
                meeting.Members,
                await cases.TiesAsync(application.ApplicantId, cancellation)
            );
        meeting.Check(waiting);
    }
}
