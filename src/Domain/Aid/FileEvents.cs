using System.Collections.Immutable;

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
)
{
    /// <summary>Of an exit: why; it stays when the file is opened again.</summary>
    public ExitReason? Exit { get; init; }
}

/// <summary>The leader who keeps contact (领导联系), for a time.</summary>
public sealed record FileLeader(Guid MemberId, DateOnly From, DateOnly? Until = null);

/// <summary>A contact of the leader.</summary>
public sealed record LeaderContact(Guid LeaderId, DateOnly On, ContactMode Mode, string Need, string Action);

/// <summary>A visit to the person (走访慰问), by two at least.</summary>
/// <param name="Gift">Amount or goods as they were handed over; null = none.</param>
public sealed record FileVisit(DateOnly On, ImmutableArray<Guid> Visitors, string Occasion, string Note, Money? Gift);

/// <summary>Aid that was paid to the person.</summary>
public sealed record FileAid(Guid CaseId, Guid FundId, Money Amount, DateOnly PaidOn);

/// <summary>Near kin of a person who died asked for his data (近亲属查阅).</summary>
/// <param name="Kin">Name, and how they were related, as shown by a proof.</param>
/// <param name="Given">What was shown, copied, corrected or deleted, or why it was not.</param>
public sealed record KinRequest(DateOnly On, string Kin, string Given, Guid By);

public abstract record FileEvent;

/// <summary>An entry was made in the history.</summary>
public sealed record FileEntered(FileEntry Entry) : FileEvent;

public sealed record LeaderNamed(Guid MemberId) : FileEvent;

public sealed record LeaderContacted(LeaderContact Contact) : FileEvent;

public sealed record FileVisited(FileVisit Visit) : FileEvent;

public sealed record FileAided(FileAid Aid) : FileEvent;

public sealed record KinAnswered(KinRequest Request) : FileEvent;

/// <summary>The time of keeping is over: its texts are gone.</summary>
public sealed record FileForgotten : FileEvent;
