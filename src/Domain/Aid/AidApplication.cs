using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Aid.AidState;

namespace EduUnion.Domain.Aid;

/// <summary>
/// An application for aid (帮扶申请), from the first hint to the follow-up. Every method checks, makes the event, then
/// applies it, and applying cannot fail; a refusal changes nothing. Instants are given by the caller; working-day bounds
/// are computed by the caller from parameters and the calendar. Stored as one sealed JSON document on the case row: nearly
/// all of it is sensitive. Refused in any other state than its table allows: <c>aid.wrong-state</c>; to whoever stands
/// too near: <c>aid.recused</c>.
/// </summary>
public sealed partial class AidApplication
{
    /// <summary>
    /// Every legal move (domain §3.3). What is not here is refused; who sends back, takes back or jumps moves by what
    /// <see cref="StepsBack"/> and <see cref="StepsOpen"/> list.
    /// </summary>
    private static readonly ImmutableDictionary<AidState, AidState[]> Moves = new Dictionary<AidState, AidState[]>
    {
        [Reported] = [Draft, Dismissed, Cancelled],
        [Urgent] = [Approved, Waiting, Refused, Withdrawn, Cancelled],
        [Draft] = [Submitted, Withdrawn, Cancelled],
        [Submitted] = [Accepted, Supplement, Refused, Withdrawn, Cancelled],
        [Supplement] = [Submitted, Withdrawn, Cancelled],
        [Accepted] = [Surveying, Withdrawn, Cancelled],
        [Surveying] = [Surveyed, Accepted, Withdrawn, Cancelled],
        [Surveyed] = [Reviewed, Refused, Withdrawn, Cancelled],
        [Reviewed] = [AidState.Notice, Withdrawn, Cancelled],
        [AidState.Notice] = [ApprovalSchool, Reviewed, Closed, Withdrawn, Cancelled],
        [ApprovalSchool] = [ApprovalDistrict, Approved, Waiting, Surveyed, Reviewed, Refused, Withdrawn, Cancelled],
        [ApprovalDistrict] = [ApprovalSchool, Approved, Waiting, Surveyed, Reviewed, Refused, Withdrawn, Cancelled],
        [Waiting] = [Approved, Withdrawn, Cancelled],
        [Approved] = [Listed, Cancelled],
        [Listed] = [Sent, Approved, Cancelled],
        [Sent] = [Paid, Bounced],
        [Bounced] = [Approved, Cancelled],
        [Paid] = [Confirmed, Missing, Bounced],
        [Missing] = [Paid, Confirmed, Bounced],
        // An emergency is reviewed after its payment.
        [Confirmed] = [Closed, Accepted, Bounced],
    }.ToImmutableDictionary();

    [JsonConstructor]
    private AidApplication() { }

    [JsonInclude]
    public Guid Id { get; private set; }

    [JsonInclude]
    public AidRoute Route { get; private set; }

    [JsonInclude]
    public Guid SchoolId { get; private set; }

    [JsonInclude]
    public Guid ApplicantId { get; private set; }

    /// <summary>Who reported the hardship first (第一报告人); he learns nothing of what became of it.</summary>
    [JsonInclude]
    public Guid? ReporterId { get; private set; }

    /// <summary>The union's chair who entered it on the applicant's behalf.</summary>
    [JsonInclude]
    public Guid? EnteredById { get; private set; }

    /// <summary>What the reporter said, or why emergency aid is asked.</summary>
    [JsonInclude]
    public string? OpeningText { get; private set; }

    [JsonInclude]
    public AidState State { get; private set; }

    [JsonInclude]
    public AidContent Content { get; private set; } = AidContent.Empty;

    /// <summary>All that were ever given, in order.</summary>
    [JsonInclude]
    public ImmutableArray<Consent> Consents { get; private set; } = [];

    /// <summary>编号 <c>BF-{school}-{year}-{seq4}</c>.</summary>
    [JsonInclude]
    public string? Number { get; private set; }

    [JsonInclude]
    public DateTimeOffset OpenedAt { get; private set; }

    [JsonInclude]
    public DateTimeOffset? SubmittedAt { get; private set; }

    [JsonInclude]
    public DateTimeOffset? AcceptedAt { get; private set; }

    [JsonInclude]
    public Guid? FundId { get; private set; }

    /// <summary>How often completion was asked for; once at most.</summary>
    [JsonInclude]
    public int Supplements { get; private set; }

    [JsonInclude]
    public string? SupplementReason { get; private set; }

    /// <summary>Category and amount as they stand: of the assessment, or of an upheld objection after it.</summary>
    [JsonInclude]
    public AidCategory? Category { get; private set; }

    [JsonInclude]
    public Money? Amount { get; private set; }

    /// <summary>Why it ended as it did, where it did not end well, or why a hint was dismissed.</summary>
    [JsonInclude]
    public string? EndReason { get; private set; }

    /// <summary>In place of a reason, where a ceiling ended it.</summary>
    [JsonInclude]
    public CeilingReached? EndCeiling { get; private set; }

    [JsonInclude]
    public CancelReason? CancelledFor { get; private set; }

    [JsonInclude]
    public DateTimeOffset? EndedAt { get; private set; }

    [JsonInclude]
    public ImmutableArray<SchoolMove> SchoolMoves { get; private set; } = [];

    /// <summary>Who writes it: the applicant, or who entered it on his behalf.</summary>
    [JsonIgnore]
    public Guid AuthorId => EnteredById ?? ApplicantId;

    /// <summary>Nothing more happens to it.</summary>
    [JsonIgnore]
    public bool IsEnded => !Moves.ContainsKey(State);

    /// <summary>Emergency aid that is paid and now reviewed (事后审核).</summary>
    [JsonIgnore]
    public bool IsAfterReview => Route == AidRoute.Emergency && ConfirmedAt is not null;

    [JsonIgnore]
    public ImmutableArray<ProofNeeded> Checklist => Proofs.Checklist(Content, EnteredById is not null);

    public bool Has(ConsentKind kind) => Consents.Any(c => c.Kind == kind && c.IsGiven);

    /// <summary>
    /// Opens an application. Route <c>Self</c>: a draft of the applicant. <c>Behalf</c>: a draft that
    /// <paramref name="by"/> writes for him. <c>Hint</c>: reported by <paramref name="by"/>, no content, no documents.
    /// <c>Emergency</c>: waits for the chair's word at once, and needs the urgent part of the content. Refusals:
    /// <c>aid.text-missing</c>, <c>aid.field-too-long</c>, <c>text.control-characters</c> at <c>text</c>;
    /// <c>aid.self-only</c> (not for another), <c>aid.behalf-of-oneself</c>; those of <see cref="AidContent.Check"/>.
    /// </summary>
    /// <param name="text">What the reporter knows, or why it cannot wait; null for the other routes.</param>
    public static Outcome<(AidApplication Application, AidOpened Event)> Open(
        Guid id,
        AidRoute route,
        Guid schoolId,
        Guid applicantId,
        Guid by,
        string? text,
        AidContent content,
        DateTimeOffset now,
        DateOnly today
    )
    {
        var told = route is AidRoute.Hint or AidRoute.Emergency;
        if (told && Blank(text))
            return Refusal.At("text", "aid.text-missing");
        if (told && CheckText("text", text!, 500) is { } wrong)
            return wrong;
        if (route == AidRoute.Self && by != applicantId)
            return Refusal.Forbidden("aid.self-only");
        if (route == AidRoute.Behalf && by == applicantId)
            return Refusal.Because("aid.behalf-of-oneself");
        if (content.Check(route == AidRoute.Emergency ? Completeness.Urgent : Completeness.Draft, today) is { } refusal)
            return refusal;
        var application = new AidApplication
        {
            Id = id,
            Route = route,
            SchoolId = schoolId,
            ApplicantId = applicantId,
            ReporterId = route == AidRoute.Hint ? by : null,
            EnteredById = route is AidRoute.Behalf or AidRoute.Emergency && by != applicantId ? by : null,
            OpeningText = told ? text!.Trim() : null,
            OpenedAt = now,
            Content = route == AidRoute.Hint ? AidContent.Empty : content,
            Amount = route == AidRoute.Emergency ? content.Requested : null,
            State = route switch
            {
                AidRoute.Hint => Reported,
                AidRoute.Emergency => Urgent,
                _ => Draft,
            },
        };
        return (application, new AidOpened(route, applicantId, by, application.OpeningText));
    }

    private void End(AidState state, string? reason, DateTimeOffset now)
    {
        State = state;
        EndReason = Blank(reason) ? null : reason!.Trim();
        EndedAt = now;
        TakeNoticeDown(now);
        Pending = null;
    }

    private bool IsLegal(AidState to) => Moves.TryGetValue(State, out var next) && next.Contains(to);

    private Refusal? Illegal(AidState to) => IsLegal(to) ? null : WrongState;

    private static Refusal WrongState => Refusal.Because("aid.wrong-state");

    private static Refusal? CheckReason(string? reason, string field = "reason") =>
        Blank(reason) ? Refusal.At(field, "form.reason-missing") : CheckText(field, reason!, 1000);

    private static Refusal? CheckText(string field, string text, int max)
    {
        var check = new FieldCheck(complete: true);
        check.Text(field, text, max);
        return check.Refusal;
    }

    private static bool Blank(string? text) => string.IsNullOrWhiteSpace(text);
}
