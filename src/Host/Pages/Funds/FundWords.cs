using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Funds;

/// <summary>States of money as words in a colour.</summary>
internal static class FundWords
{
    public static Tag Of(Texts texts, ClaimState state) =>
        new(
            texts[$"funds.claim.{state}"],
            state switch
            {
                ClaimState.Waiting => Status.Soon,
                ClaimState.Bounced => Status.Late,
                ClaimState.Paid => Status.Done,
                ClaimState.Cancelled => Status.None,
                _ => Status.Wait,
            }
        );

    public static Tag Of(Texts texts, LineState state) =>
        new(
            texts[$"payments.line.{state}"],
            state switch
            {
                LineState.Bounced or LineState.Returned => Status.Late,
                LineState.Paid => Status.Done,
                LineState.Removed => Status.None,
                _ => Status.Wait,
            }
        );

    public static Tag Of(Texts texts, BatchState state) =>
        new(
            texts[$"payments.batch.{state}"],
            state switch
            {
                BatchState.Made => Status.Mine,
                BatchState.Released => Status.Done,
                _ => Status.None,
            }
        );

    public static Tag Of(Texts texts, OrderState state) =>
        new(
            texts[$"funds.order.{state}"],
            state switch
            {
                OrderState.Proposed => Status.Mine,
                OrderState.Approved => Status.Done,
                _ => Status.Late,
            }
        );

    /// <summary>How much of what the fund has had is paid for good and how much is held, in thousandths.</summary>
    public static (int Paid, int Held) Shares(Balances at)
    {
        var (paid, whole) = (at.Paid - at.Returned, at.Opening + at.Income);
        return whole <= Money.Zero
            ? (0, 0)
            : ((int)(paid.Fen * 1000 / whole.Fen), (int)(at.Held.Fen * 1000 / whole.Fen));
    }
}
