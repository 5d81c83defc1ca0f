using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Motions;

namespace EduUnion.Host.Pages.Aid;

/// <summary>An objection as those see it who may know of one: never who filed it, never what he said.</summary>
public sealed record ObjectionLine(DateTimeOffset FiledAt, ObjectionOutcome? Outcome)
{
    /// <summary>All of the case by its own record, in the order in which they came.</summary>
    public static IReadOnlyList<ObjectionLine> Of(IEnumerable<CaseEntry> entries)
    {
        var happened = entries.Reverse().SelectMany(e => e.Events.Select(v => (e.At, Event: v))).ToList();
        var settled = happened
            .Where(h => h.Event.Code == nameof(AidObjectionSettled))
            .Select(h => h.Event.Data.Deserialize<AidObjectionSettled>(CaseJson.Options)!)
            .ToDictionary(s => s.ObjectionId, s => (ObjectionOutcome?)s.Outcome);
        return
        [
            .. happened
                .Where(h => h.Event.Code == nameof(AidHeld))
                .Select(h => (h.At, Id: h.Event.Data.Deserialize<AidHeld>(CaseJson.Options)!.ObjectionId))
                .Select(h => new ObjectionLine(h.At, settled.GetValueOrDefault(h.Id))),
        ];
    }
}

/// <summary>What the person was paid before in the calendar year, case by case.</summary>
public sealed record EarlierAid(string Number, string Fund, Money Amount, ClaimState State);

/// <summary>An application with everything that its page shows the viewer, as far as he may see it.</summary>
public sealed record AidView(
    CaseRow Row,
    AidApplication Application,
    Sight Sight,
    string School,
    IReadOnlyList<TaskView> Tasks,
    IReadOnlyList<ClockView> Clocks,
    IReadOnlyDictionary<Guid, string> Names
)
{
    public ClaimView? Claim { get; init; }

    public Fund? Fund { get; init; }

    /// <summary>Of this calendar year, this application apart.</summary>
    public IReadOnlyList<EarlierAid> Earlier { get; init; } = [];

    /// <summary>The same people applied before this year, or the account is another's; nothing says whose.</summary>
    public IReadOnlyList<Duplicate> Duplicates { get; init; } = [];

    /// <summary>The record of who looked at sensitive data is for the applicant and the auditor.</summary>
    public bool MaySeeLooks { get; init; }

    /// <summary>The viewer is of the district, which alone ends what is approved.</summary>
    public bool AtDistrict { get; init; }

    /// <summary>Why and by whom is not for whoever only pays, nor for whoever only knows that it is there (domain §5).</summary>
    public bool SeesCause => Sight is not (Sight.Bank or Sight.None);

    public string Number => Application.Number ?? "";

    public string Address => $"/aid/{Row.Id}";

    public bool IsOwn => Sight == Sight.Own;

    /// <summary>As it stands in headings: masked for everybody but the applicant himself (design, rule 6).</summary>
    public string Applicant => IsOwn ? Name(Application.ApplicantId) : Masking.Name(Name(Application.ApplicantId));

    public string Name(Guid? member) => member is { } id ? Names.GetValueOrDefault(id, "") : "";
}
