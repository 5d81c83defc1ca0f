using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Parameters;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>
/// The aid committee's meetings (评审会). Each act is a commit of its own on the meeting's row; closing signals every case
/// that was decided, in the same commit.
/// </summary>
public sealed class MeetingCommands(
    EduUnionDb db,
    CaseSteps steps,
    RequestBook requests,
    AidCases cases,
    MeetingBook book,
    MeetingCheck check,
    OfficeBook offices,
    RuleBook rules,
    AidDuty duty,
    TimeProvider time,
    ILogger<MeetingCommands> log
)
{
    /// <summary>
    /// Calls a meeting of the school's committee over every application that waits for it, or over the named ones of them.
    /// The caller, the school union's chair, chairs it. Refusals: <c>aid.not-chair</c> (403), at <c>lines</c>:
    /// <c>assessment.no-lines</c>, <c>assessment.not-waiting</c> (another meeting has one of them); <c>assessment.past</c> (at
    /// <c>at</c>: the day is over); those of <see cref="AssessmentMeeting.Convene"/>.
    /// </summary>
    public Task<Outcome<Guid>> ConveneAsync(
        Guid school,
        DateTimeOffset meetsAt,
        string place,
        IReadOnlyCollection<Guid>? named,
        Asker asker,
        CancellationToken cancellation
    ) =>
        requests.OnceAsync<Guid>(
            asker,
            () => ConveneNowAsync(school, meetsAt, place, named, asker, cancellation),
            _ => time.GetUtcNow(),
            cancellation
        );

    public Task<Outcome<MeetingOpened>> BeginAsync(
        Guid id,
        IReadOnlyCollection<Guid> attendees,
        Asker asker,
        CancellationToken cancellation
    ) => ChangeAsync(id, asker, meeting => meeting.Begin(asker.MemberId, attendees), cancellation);

    public Task<Outcome<AttendanceTaken>> AttendAsync(
        Guid id,
        IReadOnlyCollection<Guid> attendees,
        Asker asker,
        CancellationToken cancellation
    ) => ChangeAsync(id, asker, meeting => meeting.Attend(asker.MemberId, attendees), cancellation);

    public Task<Outcome<LineRecused>> RecuseAsync(
        Guid id,
        Guid line,
        Relation relation,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) => ChangeAsync(id, asker, meeting => meeting.Recuse(line, asker.MemberId, relation, reason), cancellation);

    public Task<Outcome<LineProposed>> ProposeAsync(
        Guid id,
        Guid line,
        AidCategory category,
        Money amount,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            asker,
            meeting => meeting.Propose(line, asker.MemberId, category, amount, reason),
            cancellation
        );

    /// <summary>The member's own vote, or his paper ballot as the chair enters it.</summary>
    public Task<Outcome<LineVoted>> VoteAsync(
        Guid id,
        Guid line,
        Guid member,
        Ballot ballot,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            asker,
            meeting => meeting.Vote(line, member, ballot, asker.MemberId, time.GetUtcNow()),
            cancellation
        );

    public Task<Outcome<MeetingCancelled>> CancelAsync(
        Guid id,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) => ChangeAsync(id, asker, meeting => meeting.Cancel(asker.MemberId, reason), cancellation);

    /// <summary>
    /// Ends the meeting with its minutes and tells each decided case. Refusals: those of
    /// <see cref="AssessmentMeeting.Close"/>.
    /// </summary>
    public async Task<Outcome<MeetingClosed>> CloseAsync(
        Guid id,
        string? minutes,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        var signals = new List<SignalRow>();
        var closed = await ChangeAsync(
            id,
            asker,
            meeting =>
            {
                var done = meeting.Close(asker.MemberId, minutes, now, ChinaTime.DateOf(now));
                if (done.IsOk)
                    signals =
                    [
                        .. done.Value.Results.Select(r =>
                            SignalRow.To(meeting.Line(r.LineId).CaseId, SignalRow.AssessmentDecided, r.LineId, now)
                        ),
                    ];
                db.AddRange(signals);
                return done;
            },
            cancellation
        );
        if (!closed.IsOk)
            return closed;
        foreach (var signal in signals)
            try
            {
                await steps.DeliverAsync(signal.Id, CancellationToken.None);
            }
            // The sweep delivers what fails here.
            catch (Exception fault)
            {
                log.LogError(fault, "Signal {Signal} was not delivered at once", signal.Id);
            }
        return closed;
    }

    private async Task<Outcome<Guid>> ConveneNowAsync(
        Guid school,
        DateTimeOffset meetsAt,
        string place,
        IReadOnlyCollection<Guid>? named,
        Asker asker,
        CancellationToken cancellation
    )
    {
        if (!await duty.HoldsAsync(asker.MemberId, school, cancellation, Office.SchoolUnionChair))
            return Refusal.Forbidden("aid.not-chair");
        // Two meetings called at once would both find the same applications waiting.
        await db.LockOrganisationAsync(school, cancellation);
        var now = time.GetUtcNow();
        if (IsPast(meetsAt, now) is { } past)
            return past;
        var ruled = await rules.ForAsync(school, now, cancellation);
        var today = ChinaTime.DateOf(now);
        var committee = await offices.HoldersAsync(Office.AidCommittee, school, today, cancellation);
        var convened = AssessmentMeeting.Convene(
            Guid.CreateVersion7(now),
            school,
            asker.MemberId,
            [.. committee.Append(asker.MemberId).Distinct()],
            ruled.Number("aid.committee_min"),
            meetsAt,
            place
        );
        if (!convened.IsOk)
            return convened.Refusal;
        var meeting = convened.Value.Meeting;
        var waiting = await WaitingAsync(school, named, cancellation);
        if (named is not null && waiting.Count < named.Distinct().Count())
            return Refusal.At("lines", "assessment.not-waiting");
        foreach (var row in waiting)
            meeting.Add(await LineAsync(row, meeting, ruled, now, cancellation));
        if (meeting.Lines.IsEmpty)
            return Refusal.At("lines", "assessment.no-lines");
        var stored = new MeetingRow
        {
            Id = meeting.Id,
            SchoolId = school,
            State = "",
            MeetsAt = meetsAt,
            Aggregate = "",
        };
        book.Write(stored, meeting);
        db.Add(stored);
        return meeting.Id;
    }

    /// <summary>
    /// A member names who leads the meeting where the chair is absent or recused. Refusals: those of
    /// <see cref="AssessmentMeeting.NameDeputy"/>.
    /// </summary>
    public Task<Outcome<DeputyNamed>> NameDeputyAsync(
        Guid id,
        Guid deputy,
        Asker asker,
        CancellationToken cancellation
    ) => ChangeAsync(id, asker, meeting => meeting.NameDeputy(asker.MemberId, deputy), cancellation);

    /// <summary>Another time or place, before it begins. Refusals: <c>assessment.past</c> and those of <see cref="AssessmentMeeting.Move"/>.</summary>
    public Task<Outcome<MeetingMoved>> MoveAsync(
        Guid id,
        DateTimeOffset meetsAt,
        string place,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            id,
            asker,
            meeting => IsPast(meetsAt, time.GetUtcNow()) ?? meeting.Move(asker.MemberId, meetsAt, place),
            cancellation
        );

    /// <summary>
    /// Puts one more application on the list, by the chair. Refusals: <c>assessment.not-chair</c> (403),
    /// <c>assessment.not-waiting</c>, those of <see cref="AssessmentMeeting.Add"/>.
    /// </summary>
    public async Task<Outcome<LineAdded>> AddAsync(Guid id, Guid caseId, Asker asker, CancellationToken cancellation)
    {
        if (await book.FindAsync(id, cancellation) is not { } meeting || !meeting.Members.Contains(asker.MemberId))
            return Refusal.Missing("assessment.unknown");
        if (!meeting.Leads(asker.MemberId))
            return Refusal.Forbidden("assessment.not-chair");
        if (await WaitingAsync(meeting.SchoolId, [caseId], cancellation) is not [var row])
            return Refusal.Because("assessment.not-waiting");
        var now = time.GetUtcNow();
        var ruled = await rules.ForAsync(meeting.SchoolId, now, cancellation);
        var line = await LineAsync(row, meeting, ruled, now, cancellation);
        return await ChangeAsync(id, asker, sitting => sitting.Add(line), cancellation);
    }

    private Task<Outcome<T>> ChangeAsync<T>(
        Guid id,
        Asker asker,
        Func<AssessmentMeeting, Outcome<T>> change,
        CancellationToken cancellation
    ) =>
        requests.OnceAsync<T>(
            asker,
            async () =>
            {
                // Locks the row: members vote at the same moment, and each must see the ballots before his.
                await db.Set<MeetingRow>()
                    .Where(m => m.Id == id)
                    .ExecuteUpdateAsync(m => m.SetProperty(x => x.Version, x => x.Version + 1), cancellation);
                var row = await db.Set<MeetingRow>()
                    .Include(m => m.Lines)
                    .FirstOrDefaultAsync(m => m.Id == id, cancellation);
                var meeting = row is null ? null : book.Read(row);
                // Whoever is not of the committee does not learn of the meeting.
                if (meeting is null || !meeting.Members.Contains(asker.MemberId))
                    return Refusal.Missing("assessment.unknown");
                await check.CheckAsync(meeting, cancellation);
                var changed = change(meeting);
                if (changed.IsOk)
                    book.Write(row!, meeting);
                return changed;
            },
            _ => time.GetUtcNow(),
            cancellation
        );

    private static Refusal? IsPast(DateTimeOffset meetsAt, DateTimeOffset now) =>
        ChinaTime.DateOf(meetsAt) < ChinaTime.DateOf(now) ? Refusal.At("at", "assessment.past") : null;

    private Task<List<CaseRow>> WaitingAsync(
        Guid school,
        IReadOnlyCollection<Guid>? named,
        CancellationToken cancellation
    ) =>
        book.Waiting(school)
            .Where(c => named == null || named.Contains(c.Id))
            .OrderBy(c => c.Number)
            .ToListAsync(cancellation);

    private async Task<AssessmentLine> LineAsync(
        CaseRow row,
        AssessmentMeeting meeting,
        Rules ruled,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var application = cases.ApplicationOf(row);
        return AssessmentLine.Of(
            Guid.CreateVersion7(now),
            application,
            Suggest(application, ruled).Category,
            meeting.Members,
            await cases.TiesAsync(application.ApplicantId, cancellation)
        );
    }

    /// <summary>The category that the rules suggest; people decide.</summary>
    public static Suggestion Suggest(AidApplication application, Rules rules) =>
        Eligibility.Suggest(
            NetIncome.Of(application.Content)?.Monthly,
            rules.Has("aid.dibao") ? rules.Amount("aid.dibao") : null,
            rules.Factor("aid.k_deep"),
            rules.Factor("aid.k_rel"),
            application.Content.MainCause
        );
}
