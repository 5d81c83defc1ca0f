namespace EduUnion.Faults;

/// <summary>
/// An application for aid as the rules tell it (domain §3.3), in words: which act is allowed in which state, and where it
/// leads. Written from the rules and not from the program. Amounts in yuan.
/// </summary>
/// <param name="emergency">The chair's word and the money first, papers and review after.</param>
internal sealed class PlainAid(bool emergency)
{
    /// <summary>What the chair may give at once.</summary>
    public const long AtOnce = 2_000;

    /// <summary>Act, states in which it may be done, and the state it leads to (empty: it is told below, or stays).</summary>
    private static readonly (string Act, string In, string To)[] Table =
    [
        ("give at once", "Urgent", ""),
        ("hand in papers", "Confirmed", "Accepted"),
        ("submit", "Draft", "Submitted"),
        ("ask completion", "Submitted", "Supplement"),
        ("complete", "Supplement", "Submitted"),
        ("completion lapses", "Supplement", "Withdrawn"),
        ("accept", "Submitted", "Accepted"),
        ("refuse form", "Submitted", "Refused"),
        ("appoint", "Accepted", "Surveying"),
        ("stand aside", "Surveying", "Accepted"),
        ("hand back", "Surveying", "Accepted"),
        ("record", "Surveying", ""),
        ("sign", "Surveying", "Surveyed"),
        ("send record back", "Surveying", ""),
        ("assess yes", "Surveyed", "Reviewed"),
        ("assess no", "Surveyed", "Refused"),
        ("publish", "Reviewed", "Notice"),
        ("object", "Notice Reviewed ApprovalSchool ApprovalDistrict", ""),
        ("unfounded", "Notice Reviewed ApprovalSchool ApprovalDistrict", ""),
        ("adjust", "Notice Reviewed ApprovalSchool ApprovalDistrict", "Reviewed"),
        ("uphold", "Notice Reviewed ApprovalSchool ApprovalDistrict", "Cancelled"),
        ("notice ends", "Notice", "ApprovalSchool"),
        ("agree", "ApprovalSchool ApprovalDistrict", ""),
        ("send approval back", "ApprovalSchool ApprovalDistrict", "Surveyed"),
        ("refuse", "Urgent ApprovalSchool ApprovalDistrict", "Refused"),
        ("money comes", "Waiting", "Approved"),
        ("list", "Approved", "Listed"),
        ("take off list", "Listed", "Approved"),
        ("send", "Listed", "Sent"),
        ("pay", "Sent", "Paid"),
        ("bounce", "Sent Paid Missing Confirmed Accepted Surveying Surveyed Reviewed", "Bounced"),
        ("correct account", "Bounced", ""),
        ("check account", "Bounced", "Approved"),
        ("send account back", "Bounced", ""),
        ("confirm", "Paid Missing", "Confirmed"),
        ("nothing came", "Paid", "Missing"),
        ("trace", "Missing", "Paid"),
        ("visit", "Confirmed", ""),
        ("close", "Confirmed", "Closed"),
        (
            "withdraw",
            "Urgent Draft Submitted Supplement Accepted Surveying Surveyed Reviewed Notice ApprovalSchool ApprovalDistrict Waiting",
            "Withdrawn"
        ),
        (
            "dies",
            "Urgent Draft Submitted Supplement Accepted Surveying Surveyed Reviewed Notice ApprovalSchool ApprovalDistrict Waiting "
                + "Approved Listed Bounced",
            "Cancelled"
        ),
        (
            "leaves the district",
            "Urgent Draft Submitted Supplement Accepted Surveying Surveyed Reviewed Notice ApprovalSchool ApprovalDistrict",
            "Cancelled"
        ),
    ];

    private bool _completed;
    private bool _noticed;
    private bool _recorded;
    private bool _correcting;
    private bool _visited;
    private bool _received;

    public static IReadOnlyList<string> Acts { get; } = [.. Table.Select(t => t.Act)];

    public static bool IsOf(string act, string state) => Table.Single(t => t.Act == act).In.Split(' ').Contains(state);

    public static bool Ends(string act) =>
        Table.Single(t => t.Act == act).To is "Refused" or "Withdrawn" or "Cancelled";

    public string State { get; private set; } = emergency ? "Urgent" : "Draft";

    /// <summary>The money of an emergency has arrived, and now it is looked at.</summary>
    public bool IsReview => emergency && _received;

    /// <summary>How many objections are open: nothing is decided meanwhile.</summary>
    public int Objections { get; private set; }
    public long Amount { get; private set; }

    /// <summary>Who has agreed to this amount since the notice.</summary>
    public List<string> Agreed { get; } = [];

    /// <summary>Who is asked: the school up to 1,000 yuan a year, the district's officer above it, its chair above 5,000.</summary>
    public string? Asked(long before)
    {
        List<string> levels = ["School"];
        if (before + Amount > 1_000)
            levels.Add("Officer");
        if (before + Amount > 5_000)
            levels.Add("Chair");
        return levels.Find(l => !Agreed.Contains(l));
    }

    /// <param name="over">The last day of the notice has passed.</param>
    /// <param name="near">Whoever acts stands too near to the applicant.</param>
    /// <param name="amount">What is given at once.</param>
    public bool May(string act, bool over, bool near, long amount) =>
        IsOf(act, State)
        && act switch
        {
            "accept" or "refuse form" or "ask completion" or "appoint" => !near
                && (act != "ask completion" || !_completed),
            "record" => !_recorded,
            "sign" or "send record back" => _recorded,
            "publish" => Objections == 0 && !near,
            "object" => _noticed,
            "unfounded" or "adjust" or "uphold" => Objections > 0,
            "notice ends" => Objections == 0 && over,
            "agree" or "send approval back" or "refuse" => Objections == 0 && !near,
            "correct account" => !_correcting,
            "check account" or "send account back" => _correcting,
            "give at once" => !near && amount <= AtOnce,
            "hand in papers" => emergency,
            "bounce" => IsReview || State is "Sent" or "Paid" or "Missing" or "Confirmed",
            "withdraw" => !IsReview,
            "visit" => !emergency,
            "close" => _visited && !emergency,
            _ => true,
        };

    public void Do(string act, long amount)
    {
        if (Table.Single(t => t.Act == act).To is { Length: > 0 } to)
            State = to;
        switch (act)
        {
            case "ask completion":
                _completed = true;
                break;
            case "record":
                _recorded = true;
                break;
            // Papers handed in again after the money came back: the household is seen again.
            case "stand aside" or "hand back" or "send record back" or "hand in papers":
                _recorded = false;
                break;
            case "assess yes" or "assess no":
                Amount = IsReview ? Amount : amount;
                break;
            case "give at once":
                Amount = amount;
                break;
            case "confirm" or "bounce":
                _received = act == "confirm";
                break;
            case "publish":
                _noticed = true;
                break;
            case "object":
                Objections++;
                break;
            case "unfounded" or "adjust" or "uphold":
                Objections--;
                Amount = act == "adjust" && !IsReview ? amount : Amount;
                break;
            case "notice ends":
                Agreed.Clear();
                State = IsReview ? "Closed" : State;
                break;
            case "correct account":
                _correcting = true;
                break;
            case "check account" or "send account back":
                _correcting = false;
                break;
            case "visit":
                _visited = true;
                break;
        }
    }

    /// <summary>Somebody of this level has agreed; with the last of them the money is held, or waited for.</summary>
    public void Agree(string level, long before, bool fundIsShort)
    {
        Agreed.Add(level);
        State = (emergency ? null : Asked(before)) switch
        {
            null => fundIsShort ? "Waiting" : "Approved",
            "School" => "ApprovalSchool",
            _ => "ApprovalDistrict",
        };
    }
}
