using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Aid.FileState;

namespace EduUnion.Domain.Aid;

/// <summary>
/// The person file (困难档案, domain §3.5): one person, one file, for good. It is opened with the first aid, verified each
/// year, and comes back under its own number. Refused in any other state than the act belongs to: <c>file.wrong-state</c>.
/// </summary>
public sealed partial class AidFile
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

    /// <summary>
    /// Nothing is paid under a frozen file, nor to whoever died, showed false papers or refused the verification; who left
    /// the district or is in need no more is paid what was approved before (domain §3.4).
    /// </summary>
    [JsonIgnore]
    public bool MayBePaid =>
        State == Active || (State == Exited && ExitedFor is ExitReason.LeftDistrict or ExitReason.LiftedOut);

    /// <summary>从未帮扶.</summary>
    [JsonIgnore]
    public bool IsNeverAided => Aids.IsEmpty;

    [JsonIgnore]
    public DateTimeOffset UpdatedAt => History[^1].At;

    [JsonIgnore]
    public Guid? LeaderId => Leaders.LastOrDefault() is { Until: null } leader ? leader.MemberId : null;

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
    /// Takes every text that somebody wrote out of a file that was left, for ever; entries, dates and amounts stay. Twice is
    /// once. The caller knows that the time is over. Refusal: <c>file.wrong-state</c>.
    /// </summary>
    public Outcome<FileForgotten> Forget()
    {
        if (State != Exited)
            return WrongState;
        History = [.. History.Select(e => e with { Reason = null })];
        Contacts = [.. Contacts.Select(c => c with { Need = "", Action = "" })];
        Visits = [.. Visits.Select(v => v with { Note = "" })];
        KinRequests = [.. KinRequests.Select(k => k with { Kin = "", Given = "" })];
        return new FileForgotten();
    }

    private FileEntered Enter(string what, string? reason, Guid? by, Guid? sourceId, DateTimeOffset now)
    {
        var entry = new FileEntry(what, Category, reason, by, sourceId, now)
        {
            Exit = what == "exited" ? ExitedFor : null,
        };
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
