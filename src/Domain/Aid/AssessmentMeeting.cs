using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Aid.MeetingState;

namespace EduUnion.Domain.Aid;

/// <summary>
/// A meeting of the aid committee (民主评议会, domain §3.3 step 4) over many applications; each line's result is told to
/// its case. Who is recused from a line neither sees it nor votes, and the quorum is counted without him. Refused in any
/// other state than the act belongs to: <c>assessment.wrong-state</c>.
/// </summary>
public sealed class AssessmentMeeting
{
    /// <summary>Every legal move.</summary>
    private static readonly ImmutableDictionary<MeetingState, MeetingState[]> Moves = new Dictionary<
        MeetingState,
        MeetingState[]
    >
    {
        [Convened] = [Open, Cancelled],
        [Open] = [Closed, Cancelled],
    }.ToImmutableDictionary();

    [JsonConstructor]
    private AssessmentMeeting() { }

    [JsonInclude]
    public Guid Id { get; private set; }

    [JsonInclude]
    public Guid SchoolId { get; private set; }

    [JsonInclude]
    public MeetingState State { get; private set; }

    [JsonInclude]
    public Guid ChairId { get; private set; }

    [JsonInclude]
    public DateTimeOffset MeetsAt { get; private set; }

    [JsonInclude]
    public string Place { get; private set; } = "";

    /// <summary>The committee, the chair among them; observers are not members.</summary>
    [JsonInclude]
    public ImmutableArray<Guid> Members { get; private set; } = [];

    [JsonInclude]
    public ImmutableArray<Guid> Attendees { get; private set; } = [];

    [JsonInclude]
    public ImmutableArray<AssessmentLine> Lines { get; private set; } = [];

    [JsonInclude]
    public string? Minutes { get; private set; }

    [JsonInclude]
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Whom each member wants in the chair's place (代主持); one name a member, the latest.</summary>
    [JsonInclude]
    public ImmutableArray<DeputyNamed> Nominations { get; private set; } = [];

    /// <summary>Leads the meeting beside the chair, and in his place where he is absent or recused; null = nobody is named.</summary>
    [JsonInclude]
    public Guid? DeputyId { get; private set; }

    /// <summary>Who led it or is to: the deputy where the chair is not there.</summary>
    [JsonIgnore]
    public Guid LeaderId => DeputyId is { } deputy && !Attendees.Contains(ChairId) ? deputy : ChairId;

    /// <summary>The chair, or the deputy whom the members have named.</summary>
    public bool Leads(Guid member) => member == ChairId || member == DeputyId;

    public AssessmentLine Line(Guid id) =>
        Lines.FirstOrDefault(l => l.Id == id) ?? throw new InvalidOperationException($"Meeting {Id} has no line {id}.");

    /// <summary>The lines that this member of the committee may see.</summary>
    public IEnumerable<AssessmentLine> VisibleTo(Guid member) =>
        Members.Contains(member) ? Lines.Where(l => !l.IsRecused(member)) : [];

    /// <summary>
    /// Calls a meeting. Refusals: <c>assessment.committee-too-small</c> (with the minimum), <c>assessment.chair-not-member</c>,
    /// <c>aid.field-missing</c> and <c>aid.field-too-long</c> at <c>place</c>.
    /// </summary>
    /// <param name="minimum">How many members a committee has at least; five unless a parameter says otherwise.</param>
    public static Outcome<(AssessmentMeeting Meeting, MeetingConvened Event)> Convene(
        Guid id,
        Guid schoolId,
        Guid chairId,
        IReadOnlyCollection<Guid> members,
        int minimum,
        DateTimeOffset meetsAt,
        string place
    )
    {
        ImmutableArray<Guid> distinct = [.. members.Distinct()];
        if (distinct.Length < minimum)
            return Refusal.At("members", "assessment.committee-too-small", minimum);
        if (!distinct.Contains(chairId))
            return Refusal.At("chair", "assessment.chair-not-member");
        if (CheckText("place", place, 100) is { } wrong)
            return wrong;
        var meeting = new AssessmentMeeting
        {
            Id = id,
            SchoolId = schoolId,
            ChairId = chairId,
            Members = distinct,
            MeetsAt = meetsAt,
            Place = place.Trim(),
            State = Convened,
        };
        return (meeting, new MeetingConvened(meetsAt, meeting.Place, distinct));
    }

    /// <summary>Another time or place. Refusals: <c>assessment.wrong-state</c>, <c>assessment.not-chair</c> (403).</summary>
    public Outcome<MeetingMoved> Move(Guid by, DateTimeOffset meetsAt, string place)
    {
        if (State != Convened)
            return WrongState;
        if (!Leads(by))
            return NotChair;
        if (CheckText("place", place, 100) is { } wrong)
            return wrong;
        (MeetsAt, Place) = (meetsAt, place.Trim());
        return new MeetingMoved(MeetsAt, Place);
    }

    /// <summary>Puts an application on the list. Refusals: <c>assessment.wrong-state</c>, <c>assessment.line-twice</c>.</summary>
    public Outcome<LineAdded> Add(AssessmentLine line)
    {
        if (State is not (Convened or Open))
            return WrongState;
        if (Lines.Any(l => l.CaseId == line.CaseId || l.Id == line.Id))
            return new Refusal("assessment.line-twice", RefusalKind.Conflict);
        Lines = Lines.Add(line);
        return new LineAdded(line.Id, line.CaseId);
    }

    /// <summary>
    /// Takes a case off the list, because it ended or waits: its ballots are void. Refusals: <c>assessment.wrong-state</c>,
    /// <c>assessment.line-unknown</c>.
    /// </summary>
    public Outcome<LineRemoved> Remove(Guid caseId)
    {
        if (State is not (Convened or Open))
            return WrongState;
        if (Lines.FirstOrDefault(l => l.CaseId == caseId) is not { } line)
            return Refusal.Because("assessment.line-unknown");
        Lines = Lines.Remove(line);
        return new LineRemoved(line.Id, caseId);
    }

    /// <summary>
    /// Looks at the list again: a case that waits for the committee no longer leaves it, ballots and all; who stands too
    /// near now is recused and his ballot struck out, and whose relation ended is not. What a member declared himself
    /// stands. Refusal: <c>assessment.wrong-state</c>.
    /// </summary>
    /// <param name="waiting">The recusals, as they are derived now, of every case that still waits, by case.</param>
    public Outcome<LinesChecked> Check(IReadOnlyDictionary<Guid, ImmutableArray<LineRecusal>> waiting)
    {
        if (State is not (Convened or Open))
            return WrongState;
        var removed = Lines.Where(l => !waiting.ContainsKey(l.CaseId)).Select(l => l.CaseId).ToImmutableArray();
        var kept = Lines.Where(l => waiting.ContainsKey(l.CaseId)).ToImmutableArray();
        ImmutableArray<AssessmentLine> now = [.. kept.Select(l => l.Rechecked(waiting[l.CaseId]))];
        var changed = kept.Zip(now).Where(p => !p.First.Recusals.SequenceEqual(p.Second.Recusals));
        var done = new LinesChecked(removed, [.. changed.Select(p => p.First.CaseId)]);
        Lines = now;
        return done;
    }

    /// <summary>
    /// A member names who leads the meeting in the chair's place; whom more than half of the members other than the chair
    /// name leads it from then on. Refusals: <c>assessment.wrong-state</c>, <c>assessment.not-member</c> (403), at
    /// <c>deputy</c>: <c>assessment.deputy-unknown</c> (a member other than the chair).
    /// </summary>
    public Outcome<DeputyNamed> NameDeputy(Guid by, Guid deputy)
    {
        if (State is not (Convened or Open))
            return WrongState;
        if (!Members.Contains(by) || by == ChairId)
            return Refusal.Forbidden("assessment.not-member");
        if (!Members.Contains(deputy) || deputy == ChairId)
            return Refusal.At("deputy", "assessment.deputy-unknown");
        ImmutableArray<DeputyNamed> others = [.. Nominations.Where(n => n.By != by)];
        var voices = others.Count(n => n.DeputyId == deputy) + 1;
        var named = new DeputyNamed(deputy, by, 2 * voices > Members.Length - 1);
        Nominations = others.Add(named);
        if (named.Presides)
            DeputyId = deputy;
        return named;
    }

    /// <summary>
    /// Opens with those who are there. Refusals: <c>assessment.wrong-state</c>, <c>assessment.not-chair</c> (403),
    /// <c>assessment.no-lines</c>, <c>assessment.attendee-unknown</c>.
    /// </summary>
    public Outcome<MeetingOpened> Begin(Guid by, IReadOnlyCollection<Guid> attendees)
    {
        if (Illegal(Open) is { } illegal)
            return illegal;
        if (!Leads(by))
            return NotChair;
        if (Lines.IsEmpty)
            return Refusal.Because("assessment.no-lines");
        if (attendees.Except(Members).Any())
            return Refusal.At("attendees", "assessment.attendee-unknown");
        Attendees = [.. attendees.Distinct()];
        State = Open;
        return new MeetingOpened(Attendees);
    }

    /// <summary>
    /// Somebody came late or left. Refusals: <c>assessment.wrong-state</c>, <c>assessment.not-chair</c> (403),
    /// <c>assessment.attendee-unknown</c>, <c>assessment.voted-before</c> (who has voted was there).
    /// </summary>
    public Outcome<AttendanceTaken> Attend(Guid by, IReadOnlyCollection<Guid> attendees)
    {
        if (State != Open)
            return WrongState;
        if (!Leads(by))
            return NotChair;
        if (attendees.Except(Members).Any())
            return Refusal.At("attendees", "assessment.attendee-unknown");
        if (Lines.SelectMany(l => l.Ballots).Select(b => b.MemberId).Except(attendees).Any())
            return Refusal.At("attendees", "assessment.voted-before");
        Attendees = [.. attendees.Distinct()];
        return new AttendanceTaken(Attendees);
    }

    /// <summary>
    /// A member declares that he stands too near; a ballot of his on the line is struck out. Twice changes nothing more.
    /// Refusals: <c>assessment.wrong-state</c>, <c>assessment.line-unknown</c>, <c>assessment.not-member</c> (403),
    /// <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<LineRecused> Recuse(Guid lineId, Guid member, Relation relation, string? reason)
    {
        if (State is not (Convened or Open))
            return WrongState;
        if (Lines.FirstOrDefault(l => l.Id == lineId) is not { } line)
            return Refusal.Because("assessment.line-unknown");
        if (!Members.Contains(member))
            return Refusal.Forbidden("assessment.not-member");
        if (string.IsNullOrWhiteSpace(reason))
            return Refusal.At("reason", "form.reason-missing");
        if (CheckText("reason", reason, 1000) is { } wrong)
            return wrong;
        var recusal = new LineRecusal(member, RecusalGround.Declared, relation, reason.Trim());
        if (!line.IsRecused(member))
            Lines = Lines.Replace(
                line,
                line with
                {
                    Recusals = line.Recusals.Add(recusal),
                    Ballots = [.. line.Ballots.Where(b => b.MemberId != member)],
                }
            );
        return new LineRecused(lineId, recusal);
    }

    /// <summary>
    /// What is voted on. By the chair or the deputy; where both are recused from the line, by any member who is there. It may be
    /// changed until the first ballot. Refusals: <c>assessment.wrong-state</c>, <c>assessment.line-unknown</c>,
    /// <c>aid.recused</c> (403), <c>assessment.not-chair</c> (403), <c>assessment.voting-begun</c> (409),
    /// <c>aid.amount-invalid</c> at <c>amount</c>, <c>aid.departure-reason-missing</c> at <c>reason</c>.
    /// </summary>
    public Outcome<LineProposed> Propose(Guid lineId, Guid by, AidCategory category, Money amount, string? reason)
    {
        if (State is not (Convened or Open))
            return WrongState;
        if (Lines.FirstOrDefault(l => l.Id == lineId) is not { } line)
            return Refusal.Because("assessment.line-unknown");
        if (CheckPresiding(line, by) is { } refusal)
            return refusal;
        if (line.IsVotedOn)
            return new Refusal("assessment.voting-begun", RefusalKind.Conflict);
        if (amount <= Money.Zero)
            return Refusal.At("amount", "aid.amount-invalid");
        if (Eligibility.CheckDeparture(line.Suggested, category, reason) is { } departure)
            return departure;
        if (!string.IsNullOrWhiteSpace(reason) && CheckText("reason", reason, 1000) is { } wrong)
            return wrong;
        var proposal = new AssessmentProposal(
            category,
            amount,
            string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(),
            by
        );
        Lines = Lines.Replace(line, line with { Proposal = proposal });
        return new LineProposed(lineId, proposal);
    }

    /// <summary>
    /// One member's vote, by himself, or entered from his paper ballot by the chair (who is recused from the line: by a
    /// member who is there). A vote stands. Refusals: <c>assessment.wrong-state</c>, <c>assessment.line-unknown</c>,
    /// <c>aid.recused</c> (403; the voter, or who enters), <c>assessment.not-present</c>, <c>assessment.not-chair</c>
    /// (403: for another), <c>assessment.not-proposed</c>, <c>assessment.voted-before</c> (409).
    /// </summary>
    public Outcome<LineVoted> Vote(Guid lineId, Guid member, Ballot ballot, Guid by, DateTimeOffset now)
    {
        if (State != Open)
            return WrongState;
        if (Lines.FirstOrDefault(l => l.Id == lineId) is not { } line)
            return Refusal.Because("assessment.line-unknown");
        if (line.IsRecused(member))
            return Refusal.Forbidden("aid.recused");
        if (by != member && CheckPresiding(line, by) is { } refusal)
            return refusal;
        if (!Attendees.Contains(member))
            return Refusal.Because("assessment.not-present");
        if (line.Proposal is null)
            return Refusal.Because("assessment.not-proposed");
        if (line.Ballots.Any(b => b.MemberId == member))
            return new Refusal("assessment.voted-before", RefusalKind.Conflict);
        Lines = Lines.Replace(line, line with { Ballots = line.Ballots.Add(new BallotCast(member, ballot, by, now)) });
        return new LineVoted(lineId, member, by != member);
    }

    /// <summary>
    /// Ends the meeting with its minutes; every line that has quorum, proposal and a ballot is decided. Refusals:
    /// <c>assessment.wrong-state</c>, <c>assessment.not-chair</c> (403), <c>aid.field-missing</c> and
    /// <c>aid.field-too-long</c> at <c>minutes</c>.
    /// </summary>
    public Outcome<MeetingClosed> Close(Guid by, string? minutes, DateTimeOffset now, DateOnly today)
    {
        if (Illegal(Closed) is { } illegal)
            return illegal;
        if (!Leads(by))
            return NotChair;
        if (CheckText("minutes", minutes, 5000) is { } wrong)
            return wrong;
        Lines = [.. Lines.Select(l => l with { Result = ResultOf(l, today) })];
        Minutes = minutes!.Trim();
        ClosedAt = now;
        State = Closed;
        return new MeetingClosed(
            [.. Lines.Select(l => l.Result).OfType<AssessmentResult>()],
            [.. Lines.Where(l => l.Result is null).Select(l => l.CaseId)]
        );
    }

    /// <summary>Refusals: <c>assessment.wrong-state</c>, <c>assessment.not-chair</c> (403), <c>form.reason-missing</c>.</summary>
    public Outcome<MeetingCancelled> Cancel(Guid by, string? reason)
    {
        if (Illegal(Cancelled) is { } illegal)
            return illegal;
        if (!Leads(by))
            return NotChair;
        if (string.IsNullOrWhiteSpace(reason))
            return Refusal.At("reason", "form.reason-missing");
        Minutes = reason.Trim();
        State = Cancelled;
        return new MeetingCancelled(Minutes);
    }

    /// <summary>
    /// Takes out what was written about these cases, for ever, and the minutes when they are all that the meeting had before
    /// it. Votes and results stay. Twice is once. The caller knows that their time is over.
    /// </summary>
    public void Forget(IReadOnlySet<Guid> cases)
    {
        Lines =
        [
            .. Lines.Select(l =>
                !cases.Contains(l.CaseId)
                    ? l
                    : l with
                    {
                        Recusals = [.. l.Recusals.Select(r => r with { Reason = null })],
                        Proposal = l.Proposal is { } proposal ? proposal with { Reason = null } : null,
                        Result = l.Result is { } result ? result with { Reason = null } : null,
                    }
            ),
        ];
        if (Lines.All(l => cases.Contains(l.CaseId)))
            Minutes = null;
    }

    private AssessmentResult? ResultOf(AssessmentLine line, DateOnly today)
    {
        if (line.Proposal is not { } proposal || !line.IsVotedOn || !line.HasQuorum(Members, Attendees))
            return null;
        var (present, yes) = (line.Present(Attendees), line.Count(Ballot.Yes));
        return new AssessmentResult(
            Id,
            line.Id,
            2 * yes > present,
            proposal.Category,
            proposal.Amount,
            line.Eligible(Members),
            present,
            yes,
            line.Count(Ballot.No),
            line.Count(Ballot.Abstain),
            proposal.Reason,
            today
        );
    }

    private Refusal? CheckPresiding(AssessmentLine line, Guid by) =>
        line.IsRecused(by) ? Refusal.Forbidden("aid.recused")
        : Leads(by) || (line.IsRecused(ChairId) && HasNoDeputy(line) && Attendees.Contains(by)) ? null
        : NotChair;

    private bool HasNoDeputy(AssessmentLine line) =>
        DeputyId is not { } deputy || line.IsRecused(deputy) || !Attendees.Contains(deputy);

    private Refusal? Illegal(MeetingState to) =>
        Moves.TryGetValue(State, out var next) && next.Contains(to) ? null : WrongState;

    private static Refusal WrongState => Refusal.Because("assessment.wrong-state");

    private static Refusal NotChair => Refusal.Forbidden("assessment.not-chair");

    private static Refusal? CheckText(string field, string? text, int max)
    {
        var check = new FieldCheck(complete: true);
        check.Text(field, text, max);
        return check.Refusal;
    }
}
