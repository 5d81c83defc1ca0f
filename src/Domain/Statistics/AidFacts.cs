using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;

namespace EduUnion.Domain.Statistics;

/// <summary>
/// What statistics know of one formally submitted application for aid: legal dates (Asia/Shanghai), ids and amounts, no
/// text, no income and no name. Made by <see cref="Of"/>; hints and drafts have no facts.
/// </summary>
/// <param name="SchoolId">The school at the time of the payment; unpaid, the present one.</param>
/// <param name="SubmittedOn">Of an emergency, the day on which it was asked for.</param>
public sealed record AidFacts(Guid Id, Guid SchoolId, Guid ApplicantId, CauseGroup Cause, DateOnly SubmittedOn)
{
    public bool IsEmergency { get; init; }
    public AidCategory? Category { get; init; }
    public Guid? FundId { get; init; }
    public Money Amount { get; init; }
    public DateOnly? AcceptedOn { get; init; }
    public DateOnly? ApprovedOn { get; init; }

    /// <summary>Null again when the transfer came back.</summary>
    public DateOnly? PaidOn { get; init; }
    public DateOnly? ConfirmedOn { get; init; }
    public DateOnly? RefusedOn { get; init; }
    public DateOnly? WithdrawnOn { get; init; }
    public DateOnly? CancelledOn { get; init; }

    /// <summary>The facts of an application; null when it never was submitted.</summary>
    public static AidFacts? Of(AidApplication aid)
    {
        if ((aid.SubmittedAt ?? (aid.Route == AidRoute.Emergency ? aid.OpenedAt : null)) is not { } submitted)
            return null;
        return new(
            aid.Id,
            aid.SchoolMoves.FirstOrDefault(m => ChinaTime.DateOf(m.At) > aid.PaidOn)?.From ?? aid.SchoolId,
            aid.ApplicantId,
            (aid.Content.MainCause ?? Aid.Cause.Other).Group(),
            // The papers of an emergency come after it.
            ChinaTime.DateOf(aid.Route == AidRoute.Emergency ? aid.OpenedAt : submitted)
        )
        {
            IsEmergency = aid.Route == AidRoute.Emergency,
            Category = aid.Category,
            FundId = aid.FundId,
            Amount = aid.Amount ?? Money.Zero,
            AcceptedOn = Day(aid.AcceptedAt),
            ApprovedOn = Day(aid.ApprovedAt),
            PaidOn = aid.PaidOn,
            ConfirmedOn = Day(aid.ConfirmedAt),
            RefusedOn = aid.State == AidState.Refused ? Day(aid.EndedAt) : null,
            WithdrawnOn = aid.State == AidState.Withdrawn ? Day(aid.EndedAt) : null,
            CancelledOn = aid.State == AidState.Cancelled ? Day(aid.EndedAt) : null,
        };
    }

    private static DateOnly? Day(DateTimeOffset? at) => at is { } instant ? ChinaTime.DateOf(instant) : null;
}

/// <summary>One entry of a person file's history, for statistics.</summary>
public sealed record FileStep(DateOnly On, string What, AidCategory Category)
{
    /// <summary>Of an exit: why.</summary>
    public ExitReason? Exit { get; init; }
}

/// <summary>What statistics know of one person file.</summary>
public sealed record FileFacts(Guid Id, Guid SchoolId, Guid MemberId, IReadOnlyList<FileStep> Steps)
{
    public static FileFacts Of(AidFile file) =>
        new(
            file.Id,
            file.SchoolId,
            file.MemberId,
            [.. file.History.Select(e => new FileStep(ChinaTime.DateOf(e.At), e.What, e.Category) { Exit = e.Exit })]
        );

    /// <summary>In the file on that day, frozen or not.</summary>
    public bool IsOpen(DateOnly day) => Steps.LastOrDefault(s => s.On <= day) is { What: not "exited" };

    public bool IsFrozen(DateOnly day) =>
        Steps.LastOrDefault(s => s.On <= day && s.What is "frozen" or "verified" or "category" or "exited")
            is { What: "frozen" };

    public AidCategory? Category(DateOnly day) => Steps.LastOrDefault(s => s.On <= day)?.Category;
}
