using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Tour;

namespace EduUnion.Host.Seeds;

/// <summary>Somebody of <c>seeds/demo/aid.json</c> who asks for aid, with all that he says. Amounts in yuan a year.</summary>
internal sealed record DemoApplication(
    string Who,
    DateOnly Born,
    string Post,
    string Phone,
    Health Health,
    Marital Marital,
    Housing Housing,
    int Area,
    string Address,
    int Wage,
    Cause Cause,
    string Event,
    int Ago,
    string Narrative,
    int Requested,
    string Seen
)
{
    public ImmutableArray<DemoKin> Members { get; init; } = [];
    public ImmutableDictionary<SpendingKind, int> Spending { get; init; } =
        ImmutableDictionary<SpendingKind, int>.Empty;
    public string? Disability { get; init; }
    public string? Diagnosis { get; init; }

    /// <param name="number">By which identity and account numbers differ from everybody else's.</param>
    public AidContent Content(string name, int number, DateOnly today) =>
        new()
        {
            Person = new(
                name,
                AidPlay.IdentityOf(Born, number),
                MemberKind.Established,
                Post,
                Phone,
                Health,
                Disability,
                Marital,
                Insurance.Employee,
                Address,
                Housing,
                Area
            ),
            Members =
            [
                .. Members.Select(
                    (m, i) =>
                        new HouseholdMember(
                            m.Name,
                            m.Relation,
                            AidPlay.IdentityOf(m.Born, number + i + 1),
                            m.Health,
                            m.Status,
                            m.Place,
                            Money.Yuan(m.Income)
                        )
                ),
            ],
            Incomes = [new Income(IncomeKind.Wage, Money.Yuan(Wage))],
            Spending =
            [
                .. Spending.OrderBy(s => s.Key).Select(s => new Domain.Aid.Spending(s.Key, Money.Yuan(s.Value))),
            ],
            MainCause = Cause,
            EventText = Event,
            EventOn = today.AddDays(-Ago),
            Narrative = Narrative,
            Diagnosis = Diagnosis,
            Account = new BankAccount("云溪银行学府路支行", name, $"622202000000{number:0000}"),
            Requested = Money.Yuan(Requested),
            Exclusions = new Exclusions(false, false, false, null),
        };
}

internal sealed record DemoKin(
    string Name,
    Kinship Relation,
    DateOnly Born,
    Health Health,
    MemberStatus Status,
    string Place,
    int Income
);
