using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;

namespace EduUnion.Host.Api;

/// <param name="IdentityNumber">Left out when changing a draft: it stays as it is, for it is never sent out whole.</param>
/// <param name="HousingArea">Square metres.</param>
public sealed record AidPersonRequest(
    string? Name,
    string? IdentityNumber,
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
);

/// <param name="IdentityNumber">Left out when changing a draft: that of the same name and relation stays.</param>
/// <param name="MemberId">Where he is a union member, too.</param>
public sealed record HouseholdMemberRequest(
    string? Name,
    Kinship? Relation,
    string? IdentityNumber,
    Health? Health,
    MemberStatus? Status,
    string? Place,
    long? YearlyIncomeFen,
    Guid? MemberId
);

public sealed record AidIncomeRequest(IncomeKind? Kind, long? YearlyFen);

public sealed record AidSpendingRequest(SpendingKind? Kind, long? YearlyFen);

/// <param name="Account">Left out when changing a draft: it stays as it is.</param>
public sealed record AidAccountRequest(string? BankName, string? AccountName, string? Account);

public sealed record AidProofRequest(ProofKind? Kind, Guid? AttachmentId);

/// <summary>What the applicant says; a draft may leave out anything.</summary>
/// <param name="Diagnosis">Left out when changing a draft: it stays as it is.</param>
public sealed record AidContentRequest(
    AidPersonRequest? Person,
    IReadOnlyList<HouseholdMemberRequest?>? Members,
    IReadOnlyList<AidIncomeRequest?>? Incomes,
    IReadOnlyList<AidSpendingRequest?>? Spending,
    Cause? MainCause,
    IReadOnlyList<Cause>? SecondaryCauses,
    string? EventText,
    DateOnly? EventOn,
    string? Narrative,
    string? Diagnosis,
    AidAccountRequest? Account,
    long? RequestedFen,
    Exclusions? Exclusions,
    IReadOnlyList<AidProofRequest?>? Proofs
)
{
    /// <summary>Refusals: <c>form.required</c> at what a line of a list cannot do without.</summary>
    /// <param name="before">As it stood: what is never sent out whole need not be sent in again.</param>
    internal Outcome<AidContent> Read(AidContent before)
    {
        var missing = new List<Refusal>();
        var content = new AidContent
        {
            Person = ReadPerson(before.Person),
            Members =
            [
                .. (Members ?? []).Select(m => new HouseholdMember(
                    Plain(m?.Name),
                    m?.Relation,
                    m?.IdentityNumber is { } number ? IdentityNumber.Normalize(number) : NumberOf(before, m),
                    m?.Health,
                    m?.Status,
                    m?.Place,
                    Fen(m?.YearlyIncomeFen),
                    m?.MemberId
                )),
            ],
            Incomes = Lines(
                "incomes",
                Incomes,
                i => i is { Kind: { } kind, YearlyFen: { } fen } ? new Income(kind, new Money(fen)) : null,
                missing
            ),
            Spending = Lines(
                "spending",
                Spending,
                s => s is { Kind: { } kind, YearlyFen: { } fen } ? new Spending(kind, new Money(fen)) : null,
                missing
            ),
            MainCause = MainCause,
            SecondaryCauses = [.. SecondaryCauses ?? []],
            EventText = Plain(EventText),
            EventOn = EventOn,
            Narrative = Plain(Narrative),
            Diagnosis = Diagnosis ?? before.Diagnosis,
            Account = BankAccount.Of(
                Account?.BankName,
                Account?.AccountName,
                Account?.Account ?? before.Account.Number
            ),
            Requested = Fen(RequestedFen),
            Exclusions = Exclusions ?? new(null, null, null, null),
            Proofs = Proofs is null
                ? before.Proofs
                : Lines(
                    "proofs",
                    Proofs,
                    p => p is { Kind: { } kind, AttachmentId: { } id } ? new Proof(kind, id) : null,
                    missing
                ),
        };
        return Refusal.Of(missing) is { } refused ? refused : content;
    }

    /// <summary>Of the one of that name and relation; of two of them nobody knows which.</summary>
    private static string NumberOf(AidContent before, HouseholdMemberRequest? member) =>
        before.Members.Where(b => b.Name == Plain(member?.Name) && b.Relation == member?.Relation).Take(2).ToList()
            is [var one]
            ? one.IdentityNumber
            : "";

    private AidPerson ReadPerson(AidPerson before) =>
        new(
            Plain(Person?.Name),
            Person?.IdentityNumber is { } number ? IdentityNumber.Normalize(number) : before.IdentityNumber,
            Person?.Status,
            Person?.Post,
            Person?.Phone,
            Person?.Health,
            Person?.Disability,
            Person?.Marital,
            Person?.Insurance,
            Person?.Address,
            Person?.Housing,
            Person?.HousingArea
        );

    private static ImmutableArray<TTo> Lines<TFrom, TTo>(
        string field,
        IReadOnlyList<TFrom?>? lines,
        Func<TFrom?, TTo?> read,
        List<Refusal> missing
    )
        where TFrom : class
        where TTo : class
    {
        var all = (lines ?? []).Select(read).ToList();
        missing.AddRange(
            all.Select((one, i) => (one, i))
                .Where(l => l.one is null)
                .Select(l => Refusal.At($"{field}[{l.i}]", "form.required"))
        );
        return [.. all.OfType<TTo>()];
    }

    private static string Plain(string? text) => (text ?? "").Trim();

    private static Money? Fen(long? fen) => fen is { } amount ? new Money(amount) : null;
}

/// <param name="Version">Of the text that was read and ticked.</param>
public sealed record ConsentRequest(ConsentKind? Kind, string? Version);

/// <param name="Route"><c>self</c>, <c>behalf</c> or <c>emergency</c>.</param>
/// <param name="ApplicantId">For <c>behalf</c>, and for an <c>emergency</c> of somebody else.</param>
/// <param name="Text">Why it cannot wait; for an <c>emergency</c>.</param>
/// <param name="Consents">What was ticked, each on its own; refused where it is entered on his behalf: they take the signed paper.</param>
public sealed record AidRequest(
    string? Route,
    Guid? ApplicantId,
    string? Text,
    AidContentRequest? Content,
    IReadOnlyList<ConsentRequest?>? Consents
);

/// <param name="Version">The version that was seen; <c>If-Match</c> may say it instead.</param>
public sealed record AidDraftRequest(AidContentRequest? Content, long? Version);

public sealed record HintRequest(Guid? MemberId, string? Text);

/// <param name="Withdraw">True: the consent is taken back; as easy as given.</param>
/// <param name="Confirmed">The caller knows that an application in progress ends with the consent to collect.</param>
public sealed record AidConsentRequest(
    ConsentKind? Kind,
    string? Version,
    Guid? Paper,
    bool? Withdraw,
    bool? Confirmed = null
);

/// <param name="Field"><c>identity</c>, <c>identity:N</c>, <c>account</c>, <c>correction</c> or <c>diagnosis</c>.</param>
public sealed record UnmaskRequest(string? Field, Privacy.ViewPurpose? Purpose, string? Reason);

public sealed record CancelRequest(CancelReason? Why, string? Reason);

/// <param name="MemberId">Who is taken off; others are appointed from the beginning.</param>
public sealed record ReplaceRequest(Guid? MemberId, string? Reason);

public sealed record MoveSchoolRequest(Guid? SchoolId);

public sealed record InterruptionRequest(int? Workdays, string? Reason);

/// <param name="Anonymous">Nobody is kept of it; the receipt in the answer is the only way to ask what became of it.</param>
public sealed record ObjectionRequest(ObjectionGround? Ground, string? Text, bool? Anonymous);
