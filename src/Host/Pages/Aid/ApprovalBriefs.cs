using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Parameters;

namespace EduUnion.Host.Pages.Aid;

/// <summary>One page on which an approver can decide: what was found, what the money is, why he is asked.</summary>
/// <param name="Cumulative">Paid and reserved of the person this year, this application apart.</param>
/// <param name="Most">Of emergency aid, of a person and year.</param>
public sealed record ApprovalBrief(
    AidView View,
    Reckoning Reckoning,
    IReadOnlyList<ObjectionLine> Objections,
    Money Cumulative,
    Money L1,
    Money L2,
    Money Most
)
{
    public Money This => View.Application.Amount ?? View.Application.Content.Requested ?? Money.Zero;

    public Money Sum => Cumulative + This;

    /// <summary>Who is asked now; null = nobody, or emergency aid.</summary>
    public Approver? Level => View.Application.Pending;
}

/// <summary>Puts a brief together.</summary>
public sealed class ApprovalBriefs(ClaimBook claims, RuleBook rules, Timelines timelines)
{
    public async Task<ApprovalBrief> OfAsync(AidView view, Viewer viewer, CancellationToken cancellation)
    {
        var aid = view.Application;
        var ruled = await rules.ForAsync(view.Row.SchoolId, view.Row.RulesAt, cancellation);
        var cumulative = await claims.CumulativeAsync(aid.ApplicantId, viewer.Today.Year, cancellation);
        // Once it is reserved it is in the sum itself, of the year in which it counts.
        if (view.Claim is { State: not Domain.Funds.ClaimState.Cancelled } claim && claim.Year == viewer.Today.Year)
            cumulative -= claim.Amount;
        return new ApprovalBrief(
            view,
            Reckoning.Of(aid.Content, ruled),
            ObjectionLine.Of(await timelines.OfAsync(view.Row.Id, cancellation)),
            cumulative,
            view.Fund?.Limits.SchoolLevel ?? ruled.Amount("approve.l1"),
            view.Fund?.Limits.OfficerLevel ?? ruled.Amount("approve.l2"),
            ruled.Amount("emergency.max")
        );
    }
}
