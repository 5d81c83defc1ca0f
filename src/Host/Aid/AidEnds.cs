using EduUnion.Domain;
using EduUnion.Host.Cases;

namespace EduUnion.Host.Aid;

/// <summary>What ends with an application that is given up or cancelled.</summary>
internal static class AidEnds
{
    /// <summary>
    /// The process stops, the money goes back, the notice comes down. Refusals: <c>payment.sent</c> (409): the bank has it.
    /// </summary>
    public static async Task<Refusal?> EndAidAsync(
        this CaseWork work,
        AidCases cases,
        string reason,
        CancellationToken cancellation
    )
    {
        var application = ((AidCase)work.Case).Application;
        // What an emergency was paid stays paid, whatever its review comes to.
        if (!application.IsAfterReview)
        {
            var released = await cases.Claims.ReleaseAsync(application.Id, reason, work.Moment.Now, cancellation);
            if (!released.IsOk)
                return released.Refusal;
        }
        await cases.Notices.ShowAsync(application, work.Moment.Rules, work.Moment.Now, cancellation);
        await work.ApplyAsync(
            new Taken { Main = new MainMove.End(reason), Holds = work.Row.HeldAt is null ? null : false },
            null,
            cancellation
        );
        return null;
    }
}
