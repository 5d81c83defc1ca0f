using System.Collections.Immutable;
using static EduUnion.Domain.Funds.ClaimState;

namespace EduUnion.Domain.Funds;

/// <summary>
/// One approved amount of one case and how far its money is. Changed only under the lock of its fund. The payee's name,
/// bank and account are sealed by the caller; only the last digits are readable here.
/// </summary>
public sealed class Claim
{
    /// <summary>Every legal move. What is not here is refused.</summary>
    private static readonly ImmutableDictionary<ClaimState, ClaimState[]> Moves = new Dictionary<
        ClaimState,
        ClaimState[]
    >
    {
        [Waiting] = [Reserved, Cancelled],
        [Reserved] = [Listed, Cancelled],
        [Listed] = [Reserved, Sent, Cancelled],
        [Sent] = [Paid, Bounced],
        [Paid] = [Bounced],
        [Bounced] = [Reserved, Cancelled],
    }.ToImmutableDictionary();

    private Claim() { }

    public Guid Id { get; private init; }
    public Guid FundId { get; private init; }
    public Guid CaseId { get; private init; }

    /// <summary>The applicant, who is the payee.</summary>
    public Guid MemberId { get; private init; }
    public Guid SchoolId { get; private set; }
    public string CaseNumber { get; private init; } = "";

    /// <summary>档案号 of the person: first the file, then the aid.</summary>
    public string FileNumber { get; private set; } = "";

    /// <summary>Given on the chair's word, before any review; such sums are limited by the year.</summary>
    public bool Emergency { get; private set; }

    /// <summary>The main cause as a keyed hash: only compared, never shown.</summary>
    public string Cause { get; private init; } = "";
    public Money Amount { get; private init; }

    /// <summary>The calendar year in which it counts for the person.</summary>
    public int Year { get; private init; }
    public DateTimeOffset At { get; private init; }
    public ClaimState State { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Its number in the fund's queue, which only grows; null when it never waited.</summary>
    public int? Place { get; private set; }

    /// <summary>The number of the entry that holds the money.</summary>
    public int? ReservedBy { get; private set; }

    /// <summary>Name, bank and account, sealed.</summary>
    public string Payee { get; private set; } = "";

    /// <summary>The last four digits of the account.</summary>
    public string Tail { get; private set; } = "";

    /// <summary>Why it was cancelled, or what the bank said last.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Whether it counts for the person's sum of the year: everything but what was cancelled.</summary>
    public bool IsLive => State != Cancelled;

    public static Claim Of(
        Guid id,
        Guid fundId,
        Guid caseId,
        Guid memberId,
        Guid schoolId,
        string caseNumber,
        string fileNumber,
        string cause,
        Money amount,
        int year,
        DateTimeOffset at
    ) =>
        new()
        {
            Id = id,
            FundId = fundId,
            CaseId = caseId,
            MemberId = memberId,
            SchoolId = schoolId,
            CaseNumber = caseNumber,
            FileNumber = fileNumber,
            Cause = cause,
            Amount = amount,
            Year = year,
            At = at,
            ChangedAt = at,
        };

    public bool Can(ClaimState to) => Moves.GetValueOrDefault(State, []).Contains(to);

    public void FileUnder(string number) => FileNumber = number;

    public void MoveSchool(Guid school) => SchoolId = school;

    public void MarkEmergency() => Emergency = true;

    /// <summary>Names the account to which it is paid; the text is sealed already.</summary>
    public void PayTo(string sealedPayee, string tail) => (Payee, Tail) = (sealedPayee, tail);

    /// <summary>
    /// A corrected account after a bounce, checked by a second person: it may be listed again. Refusals:
    /// <c>payment.not-bounced</c>.
    /// </summary>
    public Outcome<Claim> Correct(string sealedPayee, string tail, DateTimeOffset now)
    {
        if (State != Bounced)
            return Refusal.Because("payment.not-bounced");
        PayTo(sealedPayee, tail);
        return Move(Reserved, now);
    }

    internal Claim Queue(int place, DateTimeOffset now)
    {
        (Place, ChangedAt) = (place, now);
        return this;
    }

    internal Claim Hold(int entry, DateTimeOffset now)
    {
        ReservedBy = entry;
        return Move(Reserved, now);
    }

    internal Claim Move(ClaimState to, DateTimeOffset now, string reason = "")
    {
        if (!Can(to))
            throw new InvalidOperationException($"A claim cannot go from {State} to {to}.");
        (State, ChangedAt, Reason) = (to, now, reason);
        return this;
    }
}
