using EduUnion.Domain.Aid;
using EduUnion.Host.Web;

namespace EduUnion.Host.Pages.Aid;

/// <summary>A line of what the applicant said.</summary>
/// <param name="Unmask">Address at which the whole value is shown against a reason; null = the value is whole.</param>
public sealed record AnswerLine(string Label, string Value, string? Unmask = null)
{
    public void Deconstruct(out string label, out string value) => (label, value) = (Label, Value);
}

/// <summary>What was said in one matter.</summary>
/// <param name="Href">Where it is changed; null = here it is only read.</param>
public sealed record AnswerPart(string Name, string Title, IReadOnlyList<AnswerLine> Lines, string? Href = null);

/// <summary>
/// What an application says, matter by matter, as far as the reader may see it. Identity numbers and account stand masked
/// for everybody, the applicant himself included; the diagnosis is masked for everybody else.
/// </summary>
public sealed class Answers(AidContent content, Sight sight, Texts texts)
{
    /// <summary>Address of the page that shows a field; null = nobody unmasks here.</summary>
    public Func<string, string>? Unmask { get; init; }

    /// <summary>Address of the page on which a matter is changed.</summary>
    public Func<string, string>? Change { get; init; }

    public IReadOnlyList<AnswerPart> Parts =>
        sight switch
        {
            Sight.Bank => [Part("account", Account)],
            Sight.Masked => [Part("household", Household), Part("cause", Cause), Part("circumstances", Circumstances)],
            Sight.None => [],
            _ =>
            [
                Part("person", Person),
                Part("household", Household),
                Part("income", Incomes),
                Part("spending", Spending),
                Part("cause", Cause),
                Part("circumstances", Circumstances),
                Part("account", Account),
            ],
        };

    private IEnumerable<AnswerLine> Person
    {
        get
        {
            var person = content.Person;
            yield return Line("person.name", person.Name);
            yield return Secret("person.identityNumber", Masking.Identity(person.IdentityNumber), "identity");
            yield return Line("person.status", Word(person.Status));
            yield return Line("person.post", person.Post);
            yield return Line("person.phone", person.Phone);
            yield return Line("person.health", Joined(Word(person.Health), person.Disability));
            yield return Line("person.marital", Word(person.Marital));
            yield return Line("person.insurance", Word(person.Insurance));
            yield return Line("person.address", person.Address);
            yield return Line(
                "person.housing",
                Joined(Word(person.Housing), person.HousingArea is { } area ? texts["aid.area", area] : null)
            );
        }
    }

    private IEnumerable<AnswerLine> Household
    {
        get
        {
            yield return new(texts["aid.household.size"], texts["aid.household.people", content.Members.Length + 1]);
            for (var i = 0; i < content.Members.Length; i++)
            {
                var member = content.Members[i];
                var said = string.Join(
                    texts["clock.separator"],
                    new[]
                    {
                        sight == Sight.Masked ? "" : member.Name,
                        Word(member.Status),
                        Word(member.Health),
                        sight == Sight.Masked ? "" : member.Place,
                        sight == Sight.Masked ? "" : Masking.Identity(member.IdentityNumber),
                        sight == Sight.Masked || member.YearlyIncome is not { } income
                            ? ""
                            : texts["aid.yearly", income],
                        sight == Sight.Masked || member.MemberId is null ? "" : texts["aid.household.colleague"],
                    }.Where(s => !string.IsNullOrEmpty(s))
                );
                yield return new(
                    Word(member.Relation) is { Length: > 0 } relation ? relation : texts["aid.household.unnamed"],
                    said,
                    member.IdentityNumber.Length > 0 && sight == Sight.Full ? Unmask?.Invoke($"identity:{i + 1}") : null
                );
            }
        }
    }

    private IEnumerable<AnswerLine> Incomes =>
        content.Incomes.Select(i => new AnswerLine(texts.Word<IncomeKind>(i.Kind), texts["aid.yearly", i.Yearly]));

    private IEnumerable<AnswerLine> Spending =>
        content.Spending.Select(s => new AnswerLine(texts.Word<SpendingKind>(s.Kind), texts["aid.yearly", s.Yearly]));

    private IEnumerable<AnswerLine> Cause
    {
        get
        {
            yield return Line("mainCause", Word(content.MainCause));
            if (!content.SecondaryCauses.IsEmpty)
                yield return Line(
                    "secondaryCauses",
                    string.Join(texts["clock.separator"], content.SecondaryCauses.Select(c => Word<Cause>(c)))
                );
            yield return Line("eventOn", content.EventOn is { } on ? Dates.Long(on) : "");
            if (sight == Sight.Masked)
                yield break;
            yield return Line("eventText", content.EventText);
            yield return Line("narrative", content.Narrative);
            if (content.Diagnosis is { } diagnosis)
                yield return sight == Sight.Own
                    ? Line("diagnosis", diagnosis)
                    : Secret("diagnosis", texts["aid.hidden"], "diagnosis");
        }
    }

    private IEnumerable<AnswerLine> Circumstances
    {
        get
        {
            yield return Line("exclusions.twoDwellings", YesNo(content.Exclusions.TwoDwellings));
            yield return Line("exclusions.business", YesNo(content.Exclusions.Business));
            yield return Line("exclusions.costlySchool", YesNo(content.Exclusions.CostlySchool));
            if (content.Exclusions.Explanation is { } explanation && sight != Sight.Masked)
                yield return Line("exclusions.explanation", explanation);
        }
    }

    private IEnumerable<AnswerLine> Account
    {
        get
        {
            yield return Line("requested", content.Requested is { } amount ? texts["aid.yuan", amount] : "");
            yield return Line("account.bankName", content.Account.BankName);
            yield return Line("account.accountName", content.Account.AccountName);
            yield return Secret(
                "account.account",
                content.Account.Number.Length == 0 ? "" : content.Account.ToString(),
                "account"
            );
        }
    }

    private AnswerPart Part(string name, IEnumerable<AnswerLine> lines) =>
        new(name, texts["aid.section." + name], [.. lines], Change?.Invoke(name));

    private AnswerLine Line(string field, string? value) => new(texts["aid.field." + field], value ?? "");

    private AnswerLine Secret(string field, string masked, string unmasked) =>
        new(
            texts["aid.field." + field],
            masked,
            masked.Length > 0 && sight is Sight.Full or Sight.Bank ? Unmask?.Invoke(unmasked) : null
        );

    private string Joined(string? first, string? second) =>
        string.Join(texts["clock.separator"], new[] { first, second }.Where(s => !string.IsNullOrEmpty(s)));

    private string Word<T>(T? value)
        where T : struct, Enum => texts.Word(value);

    private string YesNo(bool? answer) =>
        answer switch
        {
            true => texts["aid.yes"],
            false => texts["aid.no"],
            null => "",
        };
}
