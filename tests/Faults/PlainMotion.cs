namespace EduUnion.Faults;

/// <summary>
/// A motion as the rules tell it (domain §2.2 to §2.9), in words: which act is allowed in which state, and where it leads.
/// Written from the rules and not from the program.
/// </summary>
internal sealed class PlainMotion
{
    public const int Minimum = 2;
    public const int People = 4;

    /// <summary>Act, states in which it may be done, and the state it leads to (empty: it is told below, or stays).</summary>
    private static readonly (string Act, string In, string To)[] Table =
    [
        ("revise", "Draft Cosigning Returned", ""),
        ("invite", "Draft Cosigning Returned", ""),
        ("confirm", "Cosigning Returned", ""),
        ("decline", "Cosigning Returned", ""),
        ("unsign", "Cosigning Submitted UnderReview Returned Disputed", ""),
        ("submit", "Draft Cosigning", "Submitted"),
        ("window closes", "Draft Cosigning", "CosignFailed"),
        ("to opinion", "CosignFailed", "Opinion"),
        ("withdraw", "Submitted UnderReview Returned Disputed", "Withdrawn"),
        ("propose", "Submitted UnderReview", "UnderReview"),
        ("file", "UnderReview Disputed", "Filed"),
        ("merge", "UnderReview", "Merged"),
        ("return", "UnderReview", "Returned"),
        ("opinion", "UnderReview Disputed", "Opinion"),
        ("reject", "UnderReview Disputed", "Rejected"),
        ("dispute", "UnderReview", "Disputed"),
        ("resubmit", "Returned", "Submitted"),
        ("appeal", "Rejected Opinion Assigned Handling", ""),
        ("reopen", "Rejected Opinion Assigned Handling", "UnderReview"),
        ("uphold", "Rejected Opinion Assigned Handling", ""),
        ("assign", "Filed Opinion", "Assigned"),
        ("unmerge", "Merged", "Filed"),
        ("ask withdrawal", "Filed Assigned Handling Merged Opinion", ""),
        ("take over", "Filed Assigned Handling Merged Opinion", ""),
        ("agree withdrawal", "Filed Assigned Handling Merged Opinion", "Withdrawn"),
        ("refuse withdrawal", "Filed Assigned Handling Merged Opinion", ""),
        ("accept", "Assigned Handling Rehandling", ""),
        ("not ours", "Assigned Handling Rehandling", ""),
        ("reassign", "Assigned Handling Rehandling", ""),
        ("rule", "Assigned Handling Rehandling", ""),
        ("draft", "Assigned Handling Rehandling", ""),
        ("send back", "Assigned Handling Rehandling", ""),
        ("ask extension", "Assigned Handling Rehandling", ""),
        ("grant extension", "Assigned Handling Rehandling", ""),
        ("refuse extension", "Assigned Handling Rehandling", ""),
        ("rate", "Replied", ""),
        ("rehandle", "Replied", "Rehandling"),
        ("explain", "Replied", ""),
        ("minutes", "DisputeMeeting", ""),
        ("report", "Tracking", ""),
        ("verify", "Tracking", ""),
        ("excuse", "Tracking", ""),
        ("reject report", "Tracking", ""),
        ("archive", "Closed ClosedDissent", "Archived"),
    ];

    private bool _opinion;
    private bool _follows;
    private bool _dissent;
    private int _returns;
    private int _led;
    private int _dissatisfied;
    private string _proposed = "";
    private string _verdict = "";
    private bool _appealed;
    private bool _appealOpen;
    private bool _withdrawalOpen;

    public static IReadOnlyList<string> Acts { get; } = [.. Table.Select(t => t.Act)];

    public static bool IsOf(string act, string state) => Table.Single(t => t.Act == act).In.Split(' ').Contains(state);

    public string State { get; private set; } = "Draft";
    public string[] Cosigners { get; } = [.. Enumerable.Repeat("", People)];

    /// <summary>Who of the four has taken it over; none = it was never taken over.</summary>
    public int? Lead { get; private set; }

    /// <summary>The hosts of the round that counts.</summary>
    public List<PlainPart> Parts { get; private set; } = [];
    public List<string> Promises { get; } = [];
    public bool FormOpen { get; private set; }
    public bool Discontent { get; private set; }

    private int Confirmed => Cosigners.Count(c => c == "Confirmed");

    /// <param name="who">Which of the four acts or is meant.</param>
    /// <param name="what">Further words of the act: an outcome, a class, a score.</param>
    public bool May(string act, int who, PlainPart? part, int promise, bool collecting, string what) =>
        IsOf(act, State)
        && act switch
        {
            "revise" => State != "Cosigning" || Confirmed == 0,
            "invite" => who != Lead && Cosigners[who] is not ("Invited" or "Confirmed"),
            "confirm" or "decline" => Cosigners[who] == "Invited",
            "unsign" => Cosigners[who] == "Confirmed",
            "submit" => collecting && Confirmed >= Minimum,
            "propose" => what != "return" || _returns == 0,
            // Whoever took the lead had signed.
            "file" => Confirmed + _led >= Minimum,
            "merge" => _proposed == "merge" && Confirmed + _led >= Minimum,
            "return" => _returns == 0,
            "appeal" => _verdict is "reject" or "opinion" && !_appealed,
            "reopen" or "uphold" => _appealOpen,
            "ask withdrawal" => !_withdrawalOpen,
            "take over" => _withdrawalOpen && Cosigners[who] == "Confirmed",
            "agree withdrawal" or "refuse withdrawal" => _withdrawalOpen,
            "accept" => part is { State: "Assigned" },
            "not ours" => part is { State: "Assigned", Ruled: false, NotOurs: < 2 },
            "reassign" or "rule" => part is { State: "TransferRequested" },
            "draft" => part is { State: "Handling" },
            "send back" => part is { State: "Signing" },
            "ask extension" => part is { State: not ("Delivered" or "TransferRequested"), Extension: "" or "refused" },
            "grant extension" or "refuse extension" => part is { Extension: "open" },
            "rate" => FormOpen,
            "report" => promise >= 0 && Promises[promise] == "Open",
            "verify" or "excuse" or "reject report" => promise >= 0 && Promises[promise] == "Reported",
            _ => true,
        };

    public void Do(string act, int who, PlainPart? part, int promise, string what)
    {
        var to = Table.Single(t => t.Act == act).To;
        if (to.Length > 0)
            State = to;
        switch (act)
        {
            case "invite":
                Cosigners[who] = "Invited";
                State = State == "Draft" ? "Cosigning" : State;
                break;
            case "confirm" or "decline" or "unsign":
                Cosigners[who] = act switch
                {
                    "confirm" => "Confirmed",
                    "decline" => "Declined",
                    _ => "Withdrawn",
                };
                break;
            case "submit" or "window closes" or "resubmit":
                foreach (var at in Enumerable.Range(0, People).Where(at => Cosigners[at] == "Invited"))
                    Cosigners[at] = "Lapsed";
                break;
            case "propose":
                _proposed = what;
                break;
            case "file" or "merge" or "return" or "opinion" or "reject" or "dispute":
                _verdict = act;
                _follows = act == "merge";
                _opinion |= act == "opinion";
                _returns += act == "return" ? 1 : 0;
                break;
            case "to opinion":
                _opinion = true;
                break;
            case "appeal":
                _appealed = _appealOpen = true;
                break;
            case "uphold":
                _appealOpen = false;
                break;
            case "reopen":
                (_appealOpen, _withdrawalOpen, _opinion, _verdict, _proposed) = (false, false, false, "", "");
                Parts = [];
                break;
            case "unmerge":
                _follows = false;
                break;
            case "ask withdrawal":
                _withdrawalOpen = true;
                break;
            case "take over":
                (_withdrawalOpen, Lead, _led) = (false, who, _led + 1);
                Cosigners[who] = "";
                break;
            case "agree withdrawal" or "refuse withdrawal":
                _withdrawalOpen = false;
                break;
            case "rehandle":
                Discontent = _follows = false;
                Parts = [.. Parts.Select(_ => new PlainPart { Ruled = true })];
                break;
            case "explain":
                (Discontent, FormOpen) = (false, true);
                break;
            case "rate":
                Rated(what == "Dissatisfied");
                break;
            case "minutes":
                _dissent = true;
                Pledge();
                break;
            case "report" or "verify" or "excuse" or "reject report":
                Promises[promise] = act switch
                {
                    "report" => "Reported",
                    "verify" => "Verified",
                    "excuse" => "Explained",
                    _ => "Open",
                };
                if (Promises.All(p => p is "Verified" or "Explained"))
                    Close();
                break;
            default:
                if (part is not null)
                    Handle(act, part, what);
                break;
        }
    }

    public void Assign(int hosts) => Parts = [.. Enumerable.Range(0, hosts).Select(_ => new PlainPart())];

    /// <summary>The answer goes out; with the last host's the motion is answered.</summary>
    public void Deliver(PlainPart part)
    {
        part.State = "Delivered";
        part.Extension = part.Extension == "open" ? "refused" : part.Extension;
        if (Parts.All(p => p.State == "Delivered"))
            Reply();
    }

    /// <summary>It was merged, and its main motion is answered: the answer is its own, too.</summary>
    public void MainAnswered(string @class)
    {
        Parts = [new PlainPart { State = "Delivered", Class = @class }];
        Reply();
    }

    public void Lapse() => Rated(dissatisfied: false);

    private void Handle(string act, PlainPart part, string what)
    {
        part.State = act switch
        {
            "accept" or "send back" => "Handling",
            "not ours" => "TransferRequested",
            "reassign" or "rule" => "Assigned",
            "draft" => "Signing",
            _ => part.State,
        };
        part.Extension = act switch
        {
            "ask extension" => "open",
            "grant extension" => "granted",
            "refuse extension" => "refused",
            // Another host has his own right.
            "reassign" or "rule" => "",
            "not ours" when part.Extension == "open" => "refused",
            _ => part.Extension,
        };
        part.NotOurs += act == "not ours" ? 1 : 0;
        part.Ruled = act switch
        {
            "rule" => true,
            "reassign" => false,
            _ => part.Ruled,
        };
        if (act == "draft")
            part.Class = what;
        if (act == "accept" && State == "Assigned")
            State = "Handling";
    }

    private void Reply()
    {
        State = "Replied";
        _withdrawalOpen = _appealOpen = false;
        // An opinion is answered, and that is all.
        if (_opinion)
            Close();
        else
            FormOpen = true;
    }

    private void Rated(bool dissatisfied)
    {
        FormOpen = false;
        if (!dissatisfied)
        {
            Pledge();
            return;
        }
        // Handled again once; the second time everybody meets.
        _dissatisfied++;
        Discontent = _dissatisfied == 1;
        State = Discontent ? "Replied" : "DisputeMeeting";
    }

    private void Pledge()
    {
        Promises.Clear();
        // What the main motion promised is followed there.
        if (!_follows)
            Promises.AddRange(Parts.Where(p => p.Class == "B").Select(_ => "Open"));
        if (Promises.Count > 0)
            State = "Tracking";
        else
            Close();
    }

    private void Close() => State = _dissent ? "ClosedDissent" : "Closed";
}

/// <summary>One host's part.</summary>
internal sealed class PlainPart
{
    public string State { get; set; } = "Assigned";
    public string Class { get; set; } = "";
    public string Extension { get; set; } = "";
    public bool Ruled { get; set; }
    public int NotOurs { get; set; }
}
