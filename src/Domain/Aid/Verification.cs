using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Aid.VerificationState;

namespace EduUnion.Domain.Aid;

/// <summary>
/// The yearly re-verification of a file (年度复核, domain §3.5), a case of its own, each November. Refused in any other state
/// than the act belongs to: <c>verification.wrong-state</c>.
/// </summary>
public sealed class Verification
{
    /// <summary>Every legal move. Confirmed late is confirmed too: a frozen file is thawed by the decision.</summary>
    private static readonly ImmutableDictionary<VerificationState, VerificationState[]> Moves = new Dictionary<
        VerificationState,
        VerificationState[]
    >
    {
        [Asked] = [Confirmed, Lapsed, Cancelled],
        [Confirmed] = [Decided, Cancelled],
        [Lapsed] = [Confirmed],
    }.ToImmutableDictionary();

    [JsonConstructor]
    private Verification() { }

    [JsonInclude]
    public Guid Id { get; private set; }

    [JsonInclude]
    public Guid FileId { get; private set; }

    [JsonInclude]
    public Guid MemberId { get; private set; }

    [JsonInclude]
    public int Year { get; private set; }

    [JsonInclude]
    public VerificationState State { get; private set; }

    /// <summary>The category before it.</summary>
    [JsonInclude]
    public AidCategory Category { get; private set; }

    /// <summary>Null = nothing has changed, or nothing is said yet.</summary>
    [JsonInclude]
    public VerificationForm? Form { get; private set; }

    [JsonInclude]
    public DateTimeOffset? ConfirmedAt { get; private set; }

    [JsonInclude]
    public VerificationDecided? Decision { get; private set; }

    [JsonInclude]
    public Guid? DecidedBy { get; private set; }

    [JsonInclude]
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>
    /// Asks the holder of a file. Refusals: <c>verification.file-exited</c>, <c>verification.done</c> (this year already).
    /// </summary>
    public static Outcome<(Verification Verification, VerificationAsked Event)> Ask(Guid id, AidFile file, int year)
    {
        if (file.State == FileState.Exited)
            return Refusal.Because("verification.file-exited");
        if (file.State == FileState.Active && file.VerifiedYear >= year)
            return Refusal.Because("verification.done", year);
        var verification = new Verification
        {
            Id = id,
            FileId = file.Id,
            MemberId = file.MemberId,
            Year = year,
            Category = file.Category,
            State = Asked,
        };
        return (verification, new VerificationAsked(year));
    }

    /// <summary>
    /// The holder says that nothing has changed (null), or what. Refusals: <c>verification.wrong-state</c>,
    /// <c>verification.not-holder</c> (403), <c>aid.amount-invalid</c>, at <c>members</c>:
    /// <c>verification.members-invalid</c>, at <c>note</c>: <c>aid.field-missing</c>, <c>aid.field-too-long</c>.
    /// </summary>
    public Outcome<VerificationConfirmed> Confirm(Guid by, VerificationForm? changed, DateTimeOffset now)
    {
        if (Illegal(Confirmed) is { } illegal)
            return illegal;
        if (by != MemberId)
            return Refusal.Forbidden("verification.not-holder");
        if (changed is not null)
        {
            var check = new FieldCheck(complete: true);
            check.Amount("yearlyIncome", changed.YearlyIncome);
            check.Amount("yearlySpending", changed.YearlySpending);
            if (changed.Members is < 1 or > AidContent.MembersMax + 1)
                check.Add(Refusal.At("members", "verification.members-invalid", AidContent.MembersMax + 1));
            check.Text("note", changed.Note, 1000);
            if (check.Refusal is { } wrong)
                return wrong;
        }
        Form = changed;
        ConfirmedAt = now;
        State = Confirmed;
        return new VerificationConfirmed(changed);
    }

    /// <summary>
    /// The chair decides; the caller writes it into the file. Refusals: <c>verification.wrong-state</c>,
    /// <c>aid.recused</c> (the holder, or a relative), <c>form.reason-missing</c> (to change or to leave),
    /// <c>verification.category-missing</c> and <c>verification.category-same</c> at <c>category</c>,
    /// <c>verification.exit-missing</c> at <c>exit</c>.
    /// </summary>
    public Outcome<VerificationDecided> Decide(
        Actor actor,
        VerificationOutcome outcome,
        AidCategory? category,
        ExitReason? exit,
        string? reason,
        DateTimeOffset now
    )
    {
        if (Illegal(Decided) is { } illegal)
            return illegal;
        if (IsRecused(actor.Id, actor.Ties) || (actor.ActingFor is { } other && IsRecused(other, actor.Ties)))
            return Refusal.Forbidden("aid.recused");
        if (outcome == VerificationOutcome.Change && category is null)
            return Refusal.At("category", "verification.category-missing");
        if (outcome == VerificationOutcome.Change && category == Category)
            return Refusal.At("category", "verification.category-same");
        if (outcome == VerificationOutcome.Exit && exit is null)
            return Refusal.At("exit", "verification.exit-missing");
        if (outcome != VerificationOutcome.Keep && string.IsNullOrWhiteSpace(reason))
            return Refusal.At("reason", "form.reason-missing");
        Decision = new VerificationDecided(
            outcome,
            outcome == VerificationOutcome.Change ? category!.Value : Category,
            outcome == VerificationOutcome.Exit ? exit : null,
            string.IsNullOrWhiteSpace(reason) ? null : reason.Trim()
        );
        DecidedBy = actor.Id;
        DecidedAt = now;
        State = Decided;
        return Decision;
    }

    /// <summary>Nobody confirmed by 31 December: the file is frozen. Refusal: <c>verification.wrong-state</c>.</summary>
    public Outcome<VerificationLapsed> Lapse()
    {
        if (Illegal(Lapsed) is { } illegal)
            return illegal;
        State = Lapsed;
        return new VerificationLapsed(Year);
    }

    /// <summary>The holder has died: nobody is asked any more. Refusal: <c>verification.wrong-state</c>.</summary>
    public Outcome<VerificationCancelled> Cancel()
    {
        if (Illegal(Cancelled) is { } illegal)
            return illegal;
        State = Cancelled;
        return new VerificationCancelled();
    }

    private bool IsRecused(Guid member, Ties ties) => member == MemberId || ties.Related.Contains(member);

    private Refusal? Illegal(VerificationState to) =>
        Moves.TryGetValue(State, out var next) && next.Contains(to)
            ? null
            : Refusal.Because("verification.wrong-state");
}
