using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace EduUnion.Domain.Aid;

public enum Ballot
{
    /// <summary>同意.</summary>
    Yes,

    /// <summary>不同意.</summary>
    No,

    /// <summary>弃权.</summary>
    Abstain,
}

/// <summary>A vote as it was cast by the member himself, or entered from his paper ballot.</summary>
public sealed record BallotCast(Guid MemberId, Ballot Ballot, Guid EnteredBy, DateTimeOffset At);

/// <summary>Category and amount on which a line is voted; fixed before the first ballot.</summary>
/// <param name="Reason">Why it departs from the suggestion.</param>
public sealed record AssessmentProposal(AidCategory Category, Money Amount, string? Reason, Guid By);

/// <summary>A member who neither sees the line nor votes on it, and is not counted.</summary>
/// <param name="Reason">His own words, where he declared it himself.</param>
public sealed record LineRecusal(Guid MemberId, RecusalGround Ground, Relation? Relation = null, string? Reason = null);

/// <summary>
/// One application before the committee. Quorum: two thirds of the members who are not recused from it are present.
/// Passed: more than half of those present and not recused say yes; who says nothing has not said yes.
/// </summary>
public sealed record AssessmentLine(Guid Id, Guid CaseId, Guid ApplicantId, string Code, AidCategory? Suggested)
{
    /// <summary>What the applicant asks for, or what an emergency was paid.</summary>
    public Money? Requested { get; init; }
    public ImmutableArray<LineRecusal> Recusals { get; init; } = [];
    public AssessmentProposal? Proposal { get; init; }
    public ImmutableArray<BallotCast> Ballots { get; init; } = [];
    public AssessmentResult? Result { get; init; }

    /// <summary>A line for an application, with everybody of the committee recused who stands too near.</summary>
    public static AssessmentLine Of(
        Guid id,
        AidApplication application,
        AidCategory? suggested,
        IEnumerable<Guid> members,
        Ties ties
    ) =>
        new(id, application.Id, application.ApplicantId, application.Number ?? "", suggested)
        {
            Requested = application.IsAfterReview ? application.Amount : application.Content.Requested,
            Recusals = RecusalsOf(application, members, ties),
        };

    /// <summary>Who of the committee stands too near, as it is known now.</summary>
    public static ImmutableArray<LineRecusal> RecusalsOf(
        AidApplication application,
        IEnumerable<Guid> members,
        Ties ties
    ) =>
        [
            .. members
                .Select(m => (Member: m, Ground: application.RecusalOf(m, Duty.Assess, ties)))
                .Where(r => r.Ground is not null)
                .Select(r => new LineRecusal(r.Member, r.Ground!.Value)),
        ];

    /// <summary>The line with the recusals of now, and with those that members declared on it.</summary>
    public AssessmentLine Rechecked(ImmutableArray<LineRecusal> derived)
    {
        // What was declared on the line has the member's own words.
        var declared = Recusals.Where(r => r is { Ground: RecusalGround.Declared, Reason: not null }).ToList();
        var now = this with
        {
            Recusals = [.. derived.Where(d => declared.All(r => r.MemberId != d.MemberId)), .. declared],
        };
        return now with { Ballots = [.. Ballots.Where(b => !now.IsRecused(b.MemberId))] };
    }

    public bool IsRecused(Guid member) => member == ApplicantId || Recusals.Any(r => r.MemberId == member);

    /// <summary>Members of the committee who may vote on it.</summary>
    public int Eligible(IEnumerable<Guid> members) => members.Count(m => !IsRecused(m));

    /// <summary>Those of them who are there.</summary>
    public int Present(IEnumerable<Guid> attendees) => attendees.Count(m => !IsRecused(m));

    public bool HasQuorum(IReadOnlyCollection<Guid> members, IReadOnlyCollection<Guid> attendees) =>
        Eligible(members) > 0 && 3 * Present(attendees) >= 2 * Eligible(members);

    public int Count(Ballot ballot) => Ballots.Count(b => b.Ballot == ballot);

    [JsonIgnore]
    public bool IsVotedOn => !Ballots.IsEmpty;
}
