using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Aid.FileState;

namespace EduUnion.Domain.Aid;

public enum FileState
{
    /// <summary>在档.</summary>
    Active,

    /// <summary>冻结: not verified in time; nothing is paid.</summary>
    Frozen,

    /// <summary>退档.</summary>
    Exited,
}

/// <summary>Why somebody leaves the file (domain §3.5).</summary>
public enum ExitReason
{
    /// <summary>脱困.</summary>
    LiftedOut,

    /// <summary>调离本区.</summary>
    LeftDistrict,

    /// <summary>去世.</summary>
    Died,

    /// <summary>拒绝复核.</summary>
    RefusedVerification,

    /// <summary>材料虚假.</summary>
    FalsePapers,
}

public enum ContactMode
{
    /// <summary>上门.</summary>
    Home,

    /// <summary>面谈.</summary>
    Talk,

    /// <summary>电话.</summary>
    Phone,
}

/// <summary>One entry of the history; never changed, never removed.</summary>
/// <param name="What"><c>opened</c>, <c>category</c>, <c>verified</c>, <c>frozen</c>, <c>exited</c>, <c>reopened</c>, <c>moved</c>, <c>retired</c>.</param>
/// <param name="By">Null = the system.</param>
/// <param name="SourceId">The case that led to it.</param>
public sealed record FileEntry(
    string What,
    AidCategory Category,
    string? Reason,
    Guid? By,
    Guid? SourceId,
    DateTimeOffset At
);

/// <summary>The leader who keeps contact (领导联系), for a time.</summary>
public sealed record FileLeader(Guid MemberId, DateOnly From, DateOnly? Until = null);

/// <summary>A contact of the leader.</summary>
public sealed record LeaderContact(Guid LeaderId, DateOnly On, ContactMode Mode, string Need, string Action);

/// <summary>A visit to the person (走访慰问), by two at least.</summary>
/// <param name="Gift">Amount or goods as they were handed over; null = none.</param>
public sealed record FileVisit(DateOnly On, ImmutableArray<Guid> Visitors, string Occasion, string Note, Money? Gift);

/// <summary>Aid that was paid to the person.</summary>
public sealed record FileAid(Guid CaseId, Guid FundId, Money Amount, DateOnly PaidOn);

public abstract record FileEvent;

/// <summary>An entry was made in the history.</summary>
public sealed record FileEntered(FileEntry Entry) : FileEvent;

public sealed record LeaderNamed(Guid MemberId) : FileEvent;

public sealed record LeaderContacted(LeaderContact Contact) : FileEvent;

public sealed record FileVisited(FileVisit Visit) : FileEvent;

public sealed record FileAided(FileAid Aid) : FileEvent;

/// <summary>
/// The person file (困难档案, domain §3.5): one person, one file, for good. It is opened with the first aid, verified each
/// year, and comes back under its own number. Refused in any other state than the act belongs to: <c>file.wrong-state</c>.
/// </summary>
public sealed class AidFile
{
    public const int FilesPerLeader = 5;
    public const int ContactsPerYear = 2;

    /// <summary>Every legal move.</summary>
    private static readonly ImmutableDictionary<FileState, FileState[]> Moves = new Dictionary<FileState, FileState[]>
    {
        [Active] = [Frozen, Exited],
        [Frozen] = [Active, Exited],
        [Exited] = [Active],
    }.ToImmutableDictionary();

    [JsonConstructor]
    private AidFile() { }

    [JsonInclude]
    public Guid Id { get; private set; }

    [JsonInclude]
    public Guid MemberId { get; private set; }

    [JsonInclude]
    public Guid SchoolId { get; private set; }

    /// <summary>档案号; it stays when the person goes to another school.</summary>
    [JsonInclude]
    public string Number { get; private set; } = "";

    [JsonInclude]
    public FileState State { get; private set; }

    [JsonInclude]
    public AidCategory Category { get; private set; }

    [JsonInclude]
    public bool IsRetired { get; private set; }

    [JsonInclude]
    public ExitReason? ExitedFor { get; private set; }

    [JsonInclude]
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>The last year in which it was verified, or in which it was opened.</summary>
    [JsonInclude]
    public int VerifiedYear { get; private set; }

    [JsonInclude]
    public ImmutableArray<FileEntry> History { get; private set; } = [];

    [JsonInclude]
    public ImmutableArray<FileLeader> Leaders { get; private set; } = [];

    [JsonInclude]
    public ImmutableArray<LeaderContact> Contacts { get; private set; } = [];

    [JsonInclude]
    public ImmutableArray<FileVisit> Visits { get; private set; } = [];

    [JsonInclude]
    public ImmutableArray<FileAid> Aids { get; private set; } = [];

    /// <summary>Nothing is paid under a frozen file or one that was left.</summary>
    [JsonIgnore]
    public bool MayBePaid => State == Active;

    /// <summary>从未帮扶.</summary>
    [JsonIgnore]
    public bool IsNeverAided => Aids.IsEmpty;

    [JsonIgnore]
    public DateTimeOffset UpdatedAt => History[^1].At;

    [JsonIgnore]
    public Guid? LeaderId => Leaders.LastOrDefault() is { Until: null } leader ? leader.MemberId : null;

    /// <summary>档案号 <c>DA-{school}-{year}-{seq4}</c>.</summary>
    public static string NumberOf(string schoolCode, int year, int sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"DA-{schoolCode}-{year}-{sequence:0000}");

    /// <summary>Opens a file; that there is none yet is the caller's unique index.</summary>
    public static (AidFile File, FileEntered Event) Open(
        Guid id,
        string number,
        Guid memberId,
        Guid schoolId,
        AidCategory category,
        Guid caseId,
        DateTimeOffset now,
        DateOnly today
    )
    {
        var file = new AidFile
        {
            Id = id,
            Number = number,
            MemberId = memberId,
            SchoolId = schoolId,
            Category = category,
            OpenedAt = now,
            VerifiedYear = today.Year,
            State = Active,
        };
        return (file, file.Enter("opened", null, null, caseId, now));
    }

    /// <summary>
    /// Another aid for the same person: the category is the newer one, and a file that was left is open again. The same
    /// case and category twice changes nothing. Refusal: <c>file.frozen</c> (verify it first), <c>file.person-died</c>.
    /// </summary>
    public Outcome<FileEntered> Renew(AidCategory category, Guid caseId, DateTimeOffset now, DateOnly today)
    {
        if (State == Frozen)
            return Refusal.Because("file.frozen");
        if (ExitedFor == ExitReason.Died)
            return Refusal.Because("file.person-died");
        if (State == Active && Category == category)
            return new FileEntered(History[^1]);
        var what = State == Exited ? "reopened" : "category";
        Category = category;
        State = Active;
        ExitedFor = null;
        VerifiedYear = today.Year;
        return Enter(what, null, null, caseId, now);
    }

    /// <summary>Kept or changed by the yearly verification; a frozen file is thawed. Refusal: <c>file.wrong-state</c>.</summary>
    public Outcome<FileEntered> Verify(
        AidCategory category,
        string? reason,
        int year,
        Guid by,
        Guid verificationId,
        DateTimeOffset now
    )
    {
        if (State == Exited)
            return WrongState;
        var what = Category == category ? "verified" : "category";
        Category = category;
        VerifiedYear = year;
        State = Active;
        return Enter(what, reason, by, verificationId, now);
    }

    /// <summary>冻结: no confirmation by 31 December. Refusal: <c>file.wrong-state</c>.</summary>
    public Outcome<FileEntered> Freeze(Guid? verificationId, DateTimeOffset now)
    {
        if (Illegal(Frozen) is { } illegal)
            return illegal;
        State = Frozen;
        return Enter("frozen", null, null, verificationId, now);
    }

    /// <summary>退档. Refusals: <c>file.wrong-state</c>, <c>form.reason-missing</c>.</summary>
    public Outcome<FileEntered> Exit(
        ExitReason why,
        string? reason,
        Guid? by,
        Guid? sourceId,
        DateTimeOffset now,
        DateOnly today
    )
    {
        if (Illegal(Exited) is { } illegal)
            return illegal;
        if (string.IsNullOrWhiteSpace(reason))
            return Refusal.At("reason", "form.reason-missing");
        State = Exited;
        ExitedFor = why;
        EndLeader(today);
        return Enter("exited", reason.Trim(), by, sourceId, now);
    }

    /// <summary>
    /// The person went to another school and the file with him; the leader's contact ends. Refusals:
    /// <c>file.wrong-state</c>, <c>file.same-school</c>.
    /// </summary>
    public Outcome<FileEntered> MoveSchool(Guid schoolId, Guid? by, DateTimeOffset now, DateOnly today)
    {
        if (State == Exited)
            return WrongState;
        if (schoolId == SchoolId)
            return Refusal.Because("file.same-school");
        SchoolId = schoolId;
        EndLeader(today);
        return Enter("moved", null, by, null, now);
    }

    /// <summary>The person retires: another kind of member, the same file. Twice changes nothing. Refusal: <c>file.wrong-state</c>.</summary>
    public Outcome<FileEntered> Retire(Guid? by, DateTimeOffset now)
    {
        if (State == Exited)
            return WrongState;
        if (IsRetired)
            return new FileEntered(History.Last(e => e.What == "retired"));
        IsRetired = true;
        return Enter("retired", null, by, null, now);
    }

    /// <summary>
    /// Names the leader who keeps contact. Refusals: <c>file.wrong-state</c>, at <c>leader</c>:
    /// <c>file.leader-is-holder</c>, <c>file.leader-full</c> (with the maximum), <c>file.leader-same</c>.
    /// </summary>
    /// <param name="filesOfLeader">How many other files he keeps already.</param>
    public Outcome<LeaderNamed> NameLeader(Guid leaderId, int filesOfLeader, DateOnly today)
    {
        if (State == Exited)
            return WrongState;
        if (leaderId == MemberId)
            return Refusal.At("leader", "file.leader-is-holder");
        if (leaderId == LeaderId)
            return Refusal.At("leader", "file.leader-same");
        if (filesOfLeader >= FilesPerLeader)
            return Refusal.At("leader", "file.leader-full", FilesPerLeader);
        EndLeader(today);
        Leaders = Leaders.Add(new FileLeader(leaderId, today));
        return new LeaderNamed(leaderId);
    }

    /// <summary>
    /// The leader's contact. Refusals: <c>file.wrong-state</c>, <c>file.not-leader</c> (403), <c>aid.date-in-future</c> at
    /// <c>on</c>, <c>aid.field-missing</c> at <c>need</c> and <c>action</c>.
    /// </summary>
    public Outcome<LeaderContacted> Contact(LeaderContact contact, DateOnly today)
    {
        if (State == Exited)
            return WrongState;
        if (contact.LeaderId != LeaderId)
            return Refusal.Forbidden("file.not-leader");
        var check = new FieldCheck(complete: true);
        if (contact.On > today)
            check.Add(Refusal.At("on", "aid.date-in-future"));
        check.Text("need", contact.Need, 500);
        check.Text("action", contact.Action, 500);
        if (check.Refusal is { } wrong)
            return wrong;
        Contacts = Contacts.Add(contact);
        return new LeaderContacted(contact);
    }

    /// <summary>
    /// What the leader still owes: two contacts a calendar year, one of them before the Spring Festival.
    /// </summary>
    /// <param name="springFestival">正月初一 of that year.</param>
    public (int Missing, bool BeforeFestivalMissing) ContactsOwed(DateOnly springFestival)
    {
        var made = Contacts.Where(c => c.On.Year == springFestival.Year).ToList();
        return (Math.Max(0, ContactsPerYear - made.Count), made.All(c => c.On >= springFestival));
    }

    /// <summary>
    /// A visit. Refusals: <c>file.wrong-state</c>, at <c>visitors</c>: <c>file.visitors-missing</c> (two at least),
    /// <c>file.visitor-is-holder</c>; <c>aid.date-in-future</c> at <c>on</c>; <c>aid.field-missing</c> at
    /// <c>occasion</c> and <c>note</c>; <c>aid.amount-invalid</c> at <c>gift</c>.
    /// </summary>
    public Outcome<FileVisited> Visit(FileVisit visit, DateOnly today)
    {
        if (State == Exited && ExitedFor != ExitReason.Died)
            return WrongState;
        var check = new FieldCheck(complete: true);
        if (visit.Visitors.Distinct().Count() < 2)
            check.Add(Refusal.At("visitors", "file.visitors-missing", 2));
        if (visit.Visitors.Contains(MemberId))
            check.Add(Refusal.At("visitors", "file.visitor-is-holder"));
        if (visit.On > today)
            check.Add(Refusal.At("on", "aid.date-in-future"));
        check.Text("occasion", visit.Occasion, 100);
        check.Text("note", visit.Note, 1000);
        if (visit.Gift is not null)
            check.Amount("gift", visit.Gift);
        if (check.Refusal is { } wrong)
            return wrong;
        Visits = Visits.Add(visit with { Visitors = [.. visit.Visitors.Distinct()] });
        return new FileVisited(Visits[^1]);
    }

    /// <summary>Aid was paid; the same case twice changes nothing, and one that bounced later is taken out again.</summary>
    public FileAided Aided(FileAid aid)
    {
        if (Aids.All(a => a.CaseId != aid.CaseId))
            Aids = Aids.Add(aid);
        return new FileAided(aid);
    }

    /// <summary>A payment came back late.</summary>
    public void Unaid(Guid caseId) => Aids = [.. Aids.Where(a => a.CaseId != caseId)];

    private FileEntered Enter(string what, string? reason, Guid? by, Guid? sourceId, DateTimeOffset now)
    {
        var entry = new FileEntry(what, Category, reason, by, sourceId, now);
        History = History.Add(entry);
        return new FileEntered(entry);
    }

    private void EndLeader(DateOnly today)
    {
        if (Leaders.LastOrDefault() is { Until: null } leader)
            Leaders = Leaders.Replace(leader, leader with { Until = today });
    }

    private Refusal? Illegal(FileState to) =>
        Moves.TryGetValue(State, out var next) && next.Contains(to) ? null : WrongState;

    private static Refusal WrongState => Refusal.Because("file.wrong-state");
}
