using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Host.Cases;
using EduUnion.Host.Pages.Aid;

namespace EduUnion.Host.Api;

/// <summary>An application was changed; <c>version</c> is the one to give with the next PUT.</summary>
public sealed record AidDone(Guid Id, string State, string? Number, long Version, DateTimeOffset At)
{
    internal static AidDone Of(StepDone done) => new(done.CaseId, done.State, done.Number, done.Version, done.At);
}

/// <summary>A line of the list; nothing in it tells who it is about.</summary>
public sealed record AidItemAnswer(
    Guid Id,
    string? Number,
    string School,
    AidState State,
    AidRoute Route,
    AidCategory? Category,
    CauseGroup? Cause,
    long? RequestedFen,
    long? AmountFen,
    DateTimeOffset OpenedAt,
    DateOnly? PaidOn,
    DateTimeOffset? EndedAt,
    bool Held
)
{
    internal static AidItemAnswer Of(AidItem item) =>
        new(
            item.Id,
            item.Number,
            item.School,
            item.State,
            item.Route,
            item.Category,
            item.Cause,
            item.Requested?.Fen,
            item.Amount?.Fen,
            item.OpenedAt,
            item.PaidOn,
            item.EndedAt,
            item.Held
        );
}

/// <param name="IdentityNumber">Masked for everybody; the whole of it is given against a reason.</param>
public sealed record AidPersonAnswer(
    string Name,
    string IdentityNumber,
    Domain.People.MemberKind? Status,
    string? Post,
    string? Phone,
    Health? Health,
    string? Disability,
    Marital? Marital,
    Insurance? Insurance,
    string? Address,
    Housing? Housing,
    int? HousingArea
);

/// <param name="Name">Null for the committee, as are place, identity number and income.</param>
public sealed record HouseholdMemberAnswer(
    string? Name,
    Kinship? Relation,
    string? IdentityNumber,
    Health? Health,
    MemberStatus? Status,
    string? Place,
    long? YearlyIncomeFen
);

public sealed record AidIncomeAnswer(IncomeKind Kind, long YearlyFen);

public sealed record AidSpendingAnswer(SpendingKind Kind, long YearlyFen);

/// <param name="Account">The last four digits.</param>
public sealed record AidAccountAnswer(string BankName, string AccountName, string Account);

/// <summary>What the applicant said, as far as the caller may read it; what he may not is null.</summary>
/// <param name="HasDiagnosis">Whether there is one; what it is stands in clear only in the applicant's own answer.</param>
public sealed record AidContentAnswer(
    AidPersonAnswer? Person,
    int Household,
    IReadOnlyList<HouseholdMemberAnswer>? Members,
    IReadOnlyList<AidIncomeAnswer>? Incomes,
    IReadOnlyList<AidSpendingAnswer>? Spending,
    Cause? MainCause,
    IReadOnlyList<Cause> SecondaryCauses,
    string? EventText,
    DateOnly? EventOn,
    string? Narrative,
    bool HasDiagnosis,
    string? Diagnosis,
    AidAccountAnswer? Account,
    long? RequestedFen,
    Exclusions? Exclusions,
    IReadOnlyList<Proof>? Proofs
)
{
    internal static AidContentAnswer? Of(AidContent content, Sight sight) =>
        sight switch
        {
            Sight.Own or Sight.Full => Whole(content, sight == Sight.Own),
            Sight.Masked => Masked(content),
            Sight.Bank => Nothing(content) with { Account = AccountOf(content) },
            _ => null,
        };

    private static AidContentAnswer Whole(AidContent content, bool own)
    {
        var person = content.Person;
        return Masked(content) with
        {
            Person = new(
                person.Name,
                Masking.Identity(person.IdentityNumber),
                person.Status,
                person.Post,
                person.Phone,
                person.Health,
                person.Disability,
                person.Marital,
                person.Insurance,
                person.Address,
                person.Housing,
                person.HousingArea
            ),
            Members =
            [
                .. content.Members.Select(m => new HouseholdMemberAnswer(
                    m.Name,
                    m.Relation,
                    Masking.Identity(m.IdentityNumber),
                    m.Health,
                    m.Status,
                    m.Place,
                    m.YearlyIncome?.Fen
                )),
            ],
            Incomes = [.. content.Incomes.Select(i => new AidIncomeAnswer(i.Kind, i.Yearly.Fen))],
            Spending = [.. content.Spending.Select(s => new AidSpendingAnswer(s.Kind, s.Yearly.Fen))],
            EventText = content.EventText,
            Narrative = content.Narrative,
            Diagnosis = own ? content.Diagnosis : null,
            Account = AccountOf(content),
            Exclusions = content.Exclusions,
            Proofs = content.Proofs,
        };
    }

    /// <summary>For the committee: the household without names, the cause without its story.</summary>
    private static AidContentAnswer Masked(AidContent content) =>
        Nothing(content) with
        {
            Members =
            [
                .. content.Members.Select(m => new HouseholdMemberAnswer(
                    null,
                    m.Relation,
                    null,
                    m.Health,
                    m.Status,
                    null,
                    null
                )),
            ],
            MainCause = content.MainCause,
            SecondaryCauses = content.SecondaryCauses,
            EventOn = content.EventOn,
            HasDiagnosis = content.Diagnosis is not null,
            RequestedFen = content.Requested?.Fen,
            Exclusions = content.Exclusions with { Explanation = null },
        };

    private static AidContentAnswer Nothing(AidContent content) =>
        new(
            null,
            content.Members.Length + 1,
            null,
            null,
            null,
            null,
            [],
            null,
            null,
            null,
            false,
            null,
            null,
            null,
            null,
            null
        );

    private static AidAccountAnswer AccountOf(AidContent content) =>
        new(content.Account.BankName, content.Account.AccountName, Masking.Account(content.Account.Number));
}

/// <summary>One line of the arithmetic.</summary>
public sealed record ArithmeticAnswer(string Code, string Expression, long ResultFen);

/// <param name="Rule">Which rule gave the category, or why there is none.</param>
/// <param name="LineFen">The line against which the income was held.</param>
public sealed record ReckoningAnswer(
    long? MonthlyFen,
    IReadOnlyList<ArithmeticAnswer> Lines,
    AidCategory? Suggested,
    SuggestionRule Rule,
    long? LineFen
)
{
    internal static ReckoningAnswer Of(Reckoning reckoning) =>
        new(
            reckoning.Net?.Monthly.Fen,
            [.. reckoning.Net?.Lines.Select(l => new ArithmeticAnswer(l.Code, l.Expression, l.Result.Fen)) ?? []],
            reckoning.Suggestion.Category,
            reckoning.Suggestion.Rule,
            reckoning.Suggestion.Line?.Fen
        );
}

public sealed record SignatureAnswer(string By, DateTimeOffset At);

public sealed record SurveyAnswer(
    int Revision,
    DateOnly VisitedOn,
    SurveyMode Mode,
    string Place,
    string? PhoneReason,
    string People,
    string Housing,
    string IncomeCheck,
    string Observations,
    SurveyConclusion Conclusion,
    string? Suggestion,
    bool Returned,
    IReadOnlyList<SignatureAnswer> Signatures
);

public sealed record AssessmentAnswer(
    bool Passed,
    AidCategory Category,
    long AmountFen,
    int Eligible,
    int Present,
    int Yes,
    int No,
    int Abstained,
    DateOnly DecidedOn
);

public sealed record ApprovalAnswer(
    int Round,
    Approver Level,
    string By,
    long AmountFen,
    string? Text,
    DateTimeOffset At
);

/// <summary>How the money stands.</summary>
/// <param name="Place">In the fund's queue, from 1.</param>
/// <param name="Tail">The last four digits of the account.</param>
public sealed record AidPaymentAnswer(
    string Fund,
    long AmountFen,
    ClaimState State,
    int? Place,
    string? Batch,
    LineState? Line,
    string? BounceReason,
    string Tail,
    DateTimeOffset ChangedAt
);

public sealed record ConsentAnswer(
    ConsentKind Kind,
    string Version,
    DateTimeOffset At,
    DateTimeOffset? WithdrawnAt,
    bool OnPaper
);

public sealed record EarlierAnswer(string Number, string Fund, long AmountFen, ClaimState State);
