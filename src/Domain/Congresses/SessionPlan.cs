namespace EduUnion.Domain.Congresses;

/// <summary>
/// The days of a session and its collection window (domain §2.4), as they are to become. The window is told in instants
/// so that it may close in the afternoon.
/// </summary>
public sealed record SessionPlan(
    DateOnly OpensOn,
    DateOnly ClosesOn,
    DateTimeOffset CollectionOpensAt,
    DateTimeOffset CollectionClosesAt
)
{
    public static SessionPlan Of(CongressSession session) =>
        new(session.OpensOn, session.LastDay, session.CollectionOpensAt, session.CollectionClosesAt);

    /// <summary>
    /// Whether a session may be planned so. Refusals: <c>session.closes-before-opening</c>, <c>session.outside-term</c>,
    /// <c>session.overlap</c> and <c>session.window-overlap</c> (another session of the school), <c>session.window-reversed</c>,
    /// <c>session.window-after-opening</c> (a motion must be reviewed before the session), <c>session.window-past</c>; for a
    /// session that exists also <c>session.window-closed</c> and <c>session.window-opened</c>: what has happened is not
    /// planned again.
    /// </summary>
    /// <param name="others">The other sessions of the school.</param>
    /// <param name="opening">The first instant of the opening day.</param>
    public Refusal? Check(
        CongressTerm term,
        IEnumerable<CongressSession> others,
        CongressSession? before,
        DateTimeOffset opening,
        DateTimeOffset now
    ) => Refusal.Of([.. Days(term, others), .. Window(others, before, opening, now)]);

    private IEnumerable<Refusal> Days(CongressTerm term, IEnumerable<CongressSession> others)
    {
        if (ClosesOn < OpensOn)
            yield return Refusal.At("closesOn", "session.closes-before-opening");
        if (OpensOn < term.From || OpensOn > term.Until)
            yield return Refusal.At("opensOn", "session.outside-term", term.From, term.Until);
        else if (others.FirstOrDefault(o => o.OpensOn <= ClosesOn && OpensOn <= o.LastDay) is { } other)
            yield return Refusal.At("opensOn", "session.overlap", other.TermNumber, other.Number);
    }

    private IEnumerable<Refusal> Window(
        IEnumerable<CongressSession> others,
        CongressSession? before,
        DateTimeOffset opening,
        DateTimeOffset now
    )
    {
        var (opensMoved, closesMoved) = (
            before?.CollectionOpensAt != CollectionOpensAt,
            before?.CollectionClosesAt != CollectionClosesAt
        );
        if (before is not null && before.CollectionClosesAt <= now)
        {
            if (opensMoved || closesMoved)
                yield return Refusal.At("collectionClosesOn", "session.window-closed", before.CollectionClosesAt);
            else if (CollectionClosesAt > opening)
                yield return Refusal.At("opensOn", "session.window-after-opening");
            yield break;
        }
        if (before is not null && opensMoved && before.CollectionOpensAt <= now)
            yield return Refusal.At("collectionOpensOn", "session.window-opened", before.CollectionOpensAt);
        if (CollectionClosesAt <= CollectionOpensAt)
            yield return Refusal.At("collectionClosesOn", "session.window-reversed");
        else if (CollectionClosesAt > opening)
            yield return Refusal.At("collectionClosesOn", "session.window-after-opening");
        else if (closesMoved && before is not null && CollectionClosesAt <= now)
            yield return Refusal.At("collectionClosesOn", "session.window-past");
        else if (
            others.FirstOrDefault(o =>
                o.CollectionOpensAt < CollectionClosesAt && CollectionOpensAt < o.CollectionClosesAt
            ) is
            { } other
        )
            yield return Refusal.At("collectionOpensOn", "session.window-overlap", other.TermNumber, other.Number);
    }
}
