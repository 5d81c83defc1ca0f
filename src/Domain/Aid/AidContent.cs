using System.Collections.Immutable;
using System.Text.Json.Serialization;
using EduUnion.Domain.People;

namespace EduUnion.Domain.Aid;

/// <summary>How finished the content must be.</summary>
public enum Completeness
{
    /// <summary>A saved draft: whatever there is must be well-formed.</summary>
    Draft,

    /// <summary>Emergency aid: who, what happened, how much, and to which account; the rest within ten working days.</summary>
    Urgent,

    /// <summary>Everything, to submit.</summary>
    Full,
}

/// <summary>The applicant as the file form asks (domain §3.2); sex and day of birth are in the identity number.</summary>
public sealed record AidPerson(
    string Name,
    string IdentityNumber,
    MemberKind? Status,
    string? Post,
    string? Phone,
    Health? Health,
    string? Disability,
    Marital? Marital,
    Insurance? Insurance,
    string? Address,
    Housing? Housing,
    int? HousingArea
)
{
    public static AidPerson Nobody { get; } = new("", "", null, null, null, null, null, null, null, null, null, null);
}

/// <summary>
/// The exclusion check (domain §3.1): three questions, each answered yes or no. A yes is a hint to those who decide, never
/// a refusal by itself, and is to be explained.
/// </summary>
public sealed record Exclusions(bool? TwoDwellings, bool? Business, bool? CostlySchool, string? Explanation)
{
    [JsonIgnore]
    public bool AnyYes => TwoDwellings == true || Business == true || CostlySchool == true;
}

/// <summary>
/// What the applicant says. All of it is personal data and most of it sensitive: it is stored sealed. Lists and texts are
/// never null; what is not said yet is empty or null.
/// </summary>
public sealed record AidContent
{
    public const int MembersMax = 20;
    public const int SecondaryMax = 3;
    public const int ProofsMax = 60;
    public const int NarrativeMax = 3000;

    public static AidContent Empty { get; } = new();

    public AidPerson Person { get; init; } = AidPerson.Nobody;

    /// <summary>The household without the applicant.</summary>
    public ImmutableArray<HouseholdMember> Members { get; init; } = [];

    /// <summary>The applicant's own incomes; those of the others stand with them.</summary>
    public ImmutableArray<Income> Incomes { get; init; } = [];
    public ImmutableArray<Spending> Spending { get; init; } = [];
    public Cause? MainCause { get; init; }
    public ImmutableArray<Cause> SecondaryCauses { get; init; } = [];
    public string EventText { get; init; } = "";
    public DateOnly? EventOn { get; init; }
    public string Narrative { get; init; } = "";

    /// <summary>诊断, of an illness only.</summary>
    public string? Diagnosis { get; init; }
    public BankAccount Account { get; init; } = new("", "", "");
    public Money? Requested { get; init; }
    public Exclusions Exclusions { get; init; } = new(null, null, null, null);
    public ImmutableArray<Proof> Proofs { get; init; } = [];

    [JsonIgnore]
    public CauseEvent? Event => EventOn is { } on && EventText.Length > 0 ? new(EventText, on) : null;

    /// <summary>The identity numbers by which a second application of the couple is found (domain §3.4).</summary>
    [JsonIgnore]
    public IEnumerable<string> CoupleNumbers =>
        Members
            .Where(m => m.Relation == Kinship.Spouse)
            .Select(m => m.IdentityNumber)
            .Prepend(Person.IdentityNumber)
            .Select(IdentityNumber.Parse)
            .OfType<IdentityNumber>()
            .Select(n => n.Value);

    /// <summary>
    /// What is wrong with it, every field by its name (<c>person.name</c>, <c>members[0].yearlyIncome</c>). Codes:
    /// <c>aid.field-missing</c>, <c>aid.field-too-long</c>, <c>text.control-characters</c>, <c>aid.amount-invalid</c>,
    /// <c>aid.identity-malformed</c>, <c>aid.identity-twice</c>, <c>aid.spouse-twice</c>, <c>aid.members-too-many</c>,
    /// <c>aid.event-in-future</c>, <c>aid.cause-twice</c>, <c>aid.causes-too-many</c>, <c>aid.income-twice</c>,
    /// <c>aid.spending-twice</c>, <c>aid.exclusion-unexplained</c>, <c>aid.proofs-too-many</c>,
    /// <c>aid.account-malformed</c>, <c>aid.account-not-own</c>.
    /// </summary>
    public Refusal? Check(Completeness completeness, DateOnly today)
    {
        var urgent = new FieldCheck(completeness != Completeness.Draft);
        urgent.Text("person.name", Person.Name, 40);
        CheckIdentity(urgent, "person.identityNumber", Person.IdentityNumber);
        urgent.Need("mainCause", MainCause);
        urgent.Text("eventText", EventText, 200);
        urgent.Need("eventOn", EventOn);
        if (EventOn > today)
            urgent.Add(Refusal.At("eventOn", "aid.event-in-future"));
        urgent.Amount("requested", Requested, positive: true);
        Account.Check(urgent, Person.Name, "account.");

        var full = new FieldCheck(completeness == Completeness.Full);
        CheckPerson(full);
        CheckHousehold(full);
        CheckCauses(full);
        full.Text("narrative", Narrative, NarrativeMax);
        full.Text("diagnosis", Diagnosis, 500, optional: MainCause is not (Cause.OwnIllness or Cause.FamilyIllness));
        CheckExclusions(full);
        if (Proofs.Length > ProofsMax)
            full.Add(Refusal.At("proofs", "aid.proofs-too-many", ProofsMax));
        return Refusal.Of([.. Each(urgent.Refusal), .. Each(full.Refusal)]);
    }

    private void CheckPerson(FieldCheck check)
    {
        check.Need("person.status", Person.Status);
        check.Text("person.post", Person.Post, 60);
        check.Text("person.phone", Person.Phone, 30);
        check.Need("person.health", Person.Health);
        check.Text("person.disability", Person.Disability, 60, optional: Person.Health != Health.Disabled);
        check.Need("person.marital", Person.Marital);
        check.Need("person.insurance", Person.Insurance);
        check.Text("person.address", Person.Address, 200, optional: true);
        if (Person.HousingArea is < 0 or > 10_000)
            check.Add(Refusal.At("person.housingArea", "aid.amount-invalid"));
    }

    private void CheckHousehold(FieldCheck check)
    {
        if (Members.Length > MembersMax)
            check.Add(Refusal.At("members", "aid.members-too-many", MembersMax));
        if (Members.Count(m => m.Relation == Kinship.Spouse) > 1)
            check.Add(Refusal.At("members", "aid.spouse-twice"));
        var seen = new HashSet<string> { IdentityNumber.Normalize(Person.IdentityNumber) };
        for (var i = 0; i < Members.Length; i++)
        {
            var (member, at) = (Members[i], $"members[{i}]");
            check.Text($"{at}.name", member.Name, 40);
            check.Need($"{at}.relation", member.Relation);
            CheckIdentity(check, $"{at}.identityNumber", member.IdentityNumber, member.Relation != Kinship.Spouse);
            var number = IdentityNumber.Normalize(member.IdentityNumber);
            if (number.Length > 0 && !seen.Add(number))
                check.Add(Refusal.At($"{at}.identityNumber", "aid.identity-twice"));
            check.Need($"{at}.health", member.Health);
            check.Need($"{at}.status", member.Status);
            check.Text($"{at}.place", member.Place, 60, optional: true);
            check.Amount($"{at}.yearlyIncome", member.YearlyIncome);
        }
        if (Incomes.IsEmpty)
            check.Missing("incomes");
        if (Incomes.Select(i => i.Kind).Distinct().Count() != Incomes.Length)
            check.Add(Refusal.At("incomes", "aid.income-twice"));
        for (var i = 0; i < Incomes.Length; i++)
            check.Amount($"incomes[{i}].yearly", Incomes[i].Yearly);
        if (Spending.Select(s => s.Kind).Distinct().Count() != Spending.Length)
            check.Add(Refusal.At("spending", "aid.spending-twice"));
        for (var i = 0; i < Spending.Length; i++)
            check.Amount($"spending[{i}].yearly", Spending[i].Yearly);
    }

    private void CheckCauses(FieldCheck check)
    {
        if (SecondaryCauses.Length > SecondaryMax)
            check.Add(Refusal.At("secondaryCauses", "aid.causes-too-many", SecondaryMax));
        if (
            SecondaryCauses.Distinct().Count() != SecondaryCauses.Length
            || (MainCause is { } main && SecondaryCauses.Contains(main))
        )
            check.Add(Refusal.At("secondaryCauses", "aid.cause-twice"));
    }

    private void CheckExclusions(FieldCheck check)
    {
        check.Need("exclusions.twoDwellings", Exclusions.TwoDwellings);
        check.Need("exclusions.business", Exclusions.Business);
        check.Need("exclusions.costlySchool", Exclusions.CostlySchool);
        if (check.Complete && Exclusions.AnyYes && string.IsNullOrWhiteSpace(Exclusions.Explanation))
            check.Add(Refusal.At("exclusions.explanation", "aid.exclusion-unexplained"));
        check.Text("exclusions.explanation", Exclusions.Explanation, 500, optional: true);
    }

    private static void CheckIdentity(FieldCheck check, string field, string number, bool optional = false)
    {
        if (number.Length > 0 && IdentityNumber.Parse(number) is null)
            check.Add(Refusal.At(field, "aid.identity-malformed"));
        else if (number.Length == 0 && !optional)
            check.Missing(field);
    }

    private static IEnumerable<Refusal> Each(Refusal? refusal) =>
        refusal is null ? []
        : refusal.Fields.IsEmpty ? [refusal]
        : refusal.Fields;
}
