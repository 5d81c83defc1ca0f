using EduUnion.Domain.Funds;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Pages.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;

namespace EduUnion.Host.Pages.Payments;

/// <summary>Approved amounts and how far their money is; a school's chair sees those of his school.</summary>
[Authorize(Policies.Funds)]
public sealed class ClaimsModel(FundAccess access, FundBook book, PaymentBook payments, Texts texts)
    : FundPage(access, book, texts)
{
    private const int Length = 25;

    public ClaimState? State { get; private set; }
    public Slice<ClaimItem> Claims { get; private set; } = new([], null);
    public Pager Pager { get; private set; } = new(null, null);

    public Facets Facets =>
        new(
            "claims",
            [
                new(
                    "state",
                    Words["payments.state"],
                    Words["payments.state.all"],
                    [.. Enum.GetValues<ClaimState>().Select(s => new Choice($"{s}", Words[$"funds.claim.{s}"]))],
                    State?.ToString()
                ),
            ]
        );

    public async Task OnGetAsync(string? state, string? after, CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        State = Enum.TryParse<ClaimState>(state, out var wanted) ? wanted : null;
        Claims = await payments.ClaimsAsync(Sight, State, after, Length, cancellation);
        Pager = Paging.Of(Request, [new("state", State?.ToString())], Claims.Next);
    }
}
