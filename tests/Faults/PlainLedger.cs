namespace EduUnion.Faults;

/// <summary>
/// The money of one fund, counted from its claims and lists: without entries, accounts or debit and credit. What is held is
/// the sum of what is held for somebody; what is available is what came in less what is held and what has left for good
/// (domain §3.8). Each act answers with the code of its refusal, or null, and a refusal changes nothing.
/// </summary>
internal sealed class PlainFund(Guid id, int year, string kind)
{
    private static readonly string[] Purposes = ["UpperUnion", "Donation", "MutualAid"];

    /// <summary>Every no that there is.</summary>
    public static IReadOnlyList<string> Refusals { get; } =
    [
        "fund.amount",
        "fund.budget-committed",
        "fund.same",
        "fund.other-year",
        "fund.other-kind",
        "fund.short",
        "fund.not-reversible",
        "fund.ceiling-payment",
        "fund.ceiling-person",
        "fund.ceiling-cause",
        "payment.cancelled",
        "payment.sent",
        "payment.none-chosen",
        "payment.not-reserved",
        "payment.own-payee",
        "payment.batch-released",
        "payment.batch-dropped",
        "payment.line-unknown",
        "payment.maker-releases",
        "result.reference-used",
        "result.reason-missing",
        "result.not-sent",
        "result.contradicts",
    ];

    public Guid Id => id;

    public List<PlainClaim> Claims { get; } = [];
    public long? PerPayment { get; init; }
    public long? PerPerson { get; init; }
    public long? PerCause { get; init; }

    /// <summary>Entries that the ledger must have by now.</summary>
    public int Entries { get; set; }

    public long Opening { get; private set; }
    public long Income { get; private set; }
    public long Budget { get; private set; }
    public long Paid { get; set; }
    public long Returned { get; set; }
    public long Reserved => Sum(c => c.State is "Reserved" or "Listed" or "Bounced");
    public long InTransit => Sum(c => c.State == "Sent");
    public long Available => Opening + Income - Reserved - InTransit - Paid + Returned;

    private long Committed => Reserved + InTransit + Paid - Returned;
    private bool Budgeted { get; set; }
    private long Free => Budgeted ? Math.Min(Available, Budget - Committed) : Available;

    public string? Receive(bool opening, long amount)
    {
        if (amount <= 0)
            return "fund.amount";
        if (opening)
            Opening += amount;
        else
            Income += amount;
        return Entered(1);
    }

    public string? Allot(long amount)
    {
        if (amount <= 0)
            return "fund.amount";
        (Budget, Budgeted) = (Budget + amount, true);
        return Entered(1);
    }

    public string? Cut(long amount)
    {
        if (amount <= 0)
            return "fund.amount";
        if (amount > Budget - Committed)
            return "fund.budget-committed";
        Budget -= amount;
        return Entered(1);
    }

    public string? Transfer(PlainFund to, int toYear, string toKind, long amount)
    {
        if (amount <= 0)
            return "fund.amount";
        if (to == this)
            return "fund.same";
        if (toYear != year)
            return "fund.other-year";
        if (toKind != kind && Purposes.Contains(kind))
            return "fund.other-kind";
        if (amount > Free)
            return "fund.short";
        Income -= amount;
        to.Income += amount;
        if (Budgeted)
            Budget -= amount;
        if (to.Budgeted)
            to.Budget += amount;
        to.Entered(to.Budgeted ? 2 : 1);
        return Entered(Budgeted ? 2 : 1);
    }

    /// <summary>An order taken back; what came in must still be there.</summary>
    public string? Correct(string what, long amount)
    {
        if (what is "Opening" or "Income" or "TransferIn" && amount > Available)
            return "fund.short";
        if (what == "Budget" && amount > Budget - Committed)
            return "fund.short";
        _ = what switch
        {
            "Opening" => Opening -= amount,
            "Income" or "TransferIn" => Income -= amount,
            "TransferOut" => Income += amount,
            "Budget" => Budget -= amount,
            _ => Budget += amount,
        };
        return Entered(1);
    }

    public string? Ask(PlainClaim claim)
    {
        if (claim.Amount <= 0)
            return "fund.amount";
        var own = Claims.Where(c => c.Member == claim.Member && c.State != "Cancelled").ToList();
        if (claim.Amount > PerPayment)
            return "fund.ceiling-payment";
        if (own.Sum(c => c.Amount) + claim.Amount > PerPerson)
            return "fund.ceiling-person";
        if (own.Where(c => c.Cause == claim.Cause).Sum(c => c.Amount) + claim.Amount > PerCause)
            return "fund.ceiling-cause";
        // Nobody is overtaken: whoever comes while somebody waits, waits.
        var holds = claim.Amount <= Free && Claims.All(c => c.State != "Waiting");
        claim.State = holds ? "Reserved" : "Waiting";
        Claims.Add(claim);
        return holds ? Entered(1) : null;
    }

    /// <summary>In the order in which they came, until one does not fit.</summary>
    public void Serve()
    {
        foreach (var next in Claims.Where(c => c.State == "Waiting").ToList())
        {
            if (next.Amount > Free)
                return;
            next.State = "Reserved";
            Entered(1);
        }
    }

    public string? Cancel(PlainClaim claim)
    {
        if (claim.State == "Cancelled")
            return "payment.cancelled";
        if (claim.State is "Sent" or "Paid")
            return "payment.sent";
        var held = claim.State != "Waiting";
        claim.State = "Cancelled";
        return held ? Entered(1) : null;
    }

    public string? Entered(int entries)
    {
        Entries += entries;
        return null;
    }

    private long Sum(Func<PlainClaim, bool> which) => Claims.Where(which).Sum(c => c.Amount);
}

internal sealed class PlainClaim(Guid member, string cause, long amount)
{
    public Guid Member => member;
    public string Cause => cause;
    public long Amount => amount;
    public string State { get; set; } = "";
}

/// <summary>A payment list; its lines by their position.</summary>
internal sealed class PlainList(PlainFund fund, Guid maker, IReadOnlyList<PlainClaim> claims)
{
    public string State { get; private set; } = "Made";
    public string[] Lines { get; } = [.. claims.Select(_ => "Listed")];

    public static string? Make(PlainFund fund, IReadOnlyList<PlainClaim> claims, Guid by)
    {
        if (claims.Count == 0)
            return "payment.none-chosen";
        if (claims.Any(c => c.State != "Reserved" || !fund.Claims.Contains(c)))
            return "payment.not-reserved";
        if (claims.Any(c => c.Member == by))
            return "payment.own-payee";
        foreach (var claim in claims)
            claim.State = "Listed";
        return null;
    }

    /// <param name="cancelling">The claim goes away with its line; else it may be listed again.</param>
    public string? Remove(int line, bool cancelling)
    {
        if (State == "Released")
            return "payment.batch-released";
        if (Lines[line] != "Listed")
            return "payment.line-unknown";
        Lines[line] = "Removed";
        if (!cancelling)
            claims[line].State = "Reserved";
        if (Lines.All(l => l == "Removed"))
            State = "Dropped";
        return null;
    }

    public string? Release(Guid by)
    {
        if (State != "Made")
            return State == "Released" ? "payment.batch-released" : "payment.batch-dropped";
        if (by == maker)
            return "payment.maker-releases";
        var listed = Enumerable.Range(0, Lines.Length).Where(l => Lines[l] == "Listed").ToList();
        if (listed.Any(l => claims[l].Member == by))
            return "payment.own-payee";
        foreach (var line in listed)
            Lines[line] = claims[line].State = "Sent";
        State = "Released";
        return fund.Entered(listed.Count);
    }

    /// <param name="known">What the bank's reference said before: line and word.</param>
    public string? Answer(int line, bool paid, bool reason, (PlainList List, int Line, bool Paid)? known)
    {
        if (known is { } before)
            return before == (this, line, paid) ? null : "result.reference-used";
        if (!paid && !reason)
            return "result.reason-missing";
        var amount = claims[line].Amount;
        switch (Lines[line], paid)
        {
            case ("Sent", true):
                Lines[line] = claims[line].State = "Paid";
                fund.Paid += amount;
                return fund.Entered(1);
            case ("Sent", false):
                Lines[line] = claims[line].State = "Bounced";
                return fund.Entered(1);
            case ("Paid", false):
                Lines[line] = "Returned";
                claims[line].State = "Bounced";
                fund.Returned += amount;
                return fund.Entered(1);
            case ("Listed" or "Removed", _):
                return "result.not-sent";
            default:
                return "result.contradicts";
        }
    }
}
