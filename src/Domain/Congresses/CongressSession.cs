namespace EduUnion.Domain.Congresses;

/// <summary>A term (届) of a school's congress (教代会), three or five years.</summary>
public sealed class CongressTerm
{
    public required Guid Id { get; init; }
    public required Guid SchoolId { get; init; }
    public required int Number { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; set; }

    /// <summary>When the notice N19 (the term ends) was written last; the marks go on from here.</summary>
    public DateTimeOffset? AnnouncedAt { get; set; }
}

/// <summary>
/// A session (次) with its collection window (征集期). Numbers of the session are taken by counting up the counters here
/// under a row lock, are never reused and may start above zero when a paper register came first (domain §2.4, §2.5).
/// </summary>
public sealed class CongressSession
{
    public required Guid Id { get; init; }
    public required Guid TermId { get; init; }
    public required Guid SchoolId { get; init; }
    public required int TermNumber { get; init; }
    public required int Number { get; init; }
    public required DateOnly OpensOn { get; set; }

    /// <summary>Null = it closes on the day on which it opens.</summary>
    public DateOnly? ClosesOn { get; set; }

    public DateOnly LastDay => ClosesOn ?? OpensOn;
    public required DateTimeOffset CollectionOpensAt { get; set; }
    public required DateTimeOffset CollectionClosesAt { get; set; }
    public int LastReceipt { get; set; }
    public int LastFiled { get; set; }

    /// <summary>When the notices N1 on opening and closing were written last; the ladder goes on from here.</summary>
    public DateTimeOffset? AnnouncedAt { get; set; }

    /// <summary>Who moved the window last, in whose name the clocks of the session's motions follow.</summary>
    public Guid? MovedBy { get; set; }

    /// <summary>When; null = all clocks have followed.</summary>
    public DateTimeOffset? MovedAt { get; set; }

    public bool IsCollecting(DateTimeOffset now) => now >= CollectionOpensAt && now < CollectionClosesAt;

    /// <summary>The receipt number 收件号 taken last: <c>T-{school}-{term}{session}-{seq3}</c>.</summary>
    public string LastReceiptNumber(string schoolCode) => $"T-{schoolCode}-{TermNumber}{Number}-{LastReceipt:000}";

    /// <summary>The official number 案号 taken last, on filing: <c>{term2}{session2}-{seq3}</c>.</summary>
    public string LastFiledNumber => $"{TermNumber:00}{Number:00}-{LastFiled:000}";
}

/// <summary>A delegation (代表团) of a term.</summary>
public sealed class Delegation
{
    public required Guid Id { get; init; }
    public required Guid TermId { get; init; }
    public required string Name { get; set; }
    public Guid? HeadId { get; set; }
}

/// <summary>A formal representative (正式代表) of a term; only these may file or co-sign (M-01).</summary>
public sealed class Representative
{
    public required Guid Id { get; init; }
    public required Guid TermId { get; init; }
    public required Guid MemberId { get; init; }
    public Guid? DelegationId { get; set; }
    public required DateOnly From { get; init; }
    public DateOnly? Until { get; set; }
}
