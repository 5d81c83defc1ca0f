using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>What ends with an application that is given up or cancelled.</summary>
internal static class AidEnds
{
    /// <summary>Tells every open case of the person that he has died; the caller commits, each case ends by itself.</summary>
    public static async Task TellDeathAsync(
        this EduUnionDb db,
        Guid member,
        Guid? but,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        db.AddRange(
            (
                await db.Set<CaseRow>()
                    .Where(c => c.Kind == AidCase.KindName || c.Kind == VerificationCase.KindName)
                    .Where(c => c.StarterId == member && c.ClosedAt == null && c.Id != but)
                    // Told before: what it has refused then, it need not refuse again.
                    .Where(c => !db.Set<SignalRow>().Any(s => s.CaseId == c.Id && s.Kind == SignalRow.HolderDied))
                    .OrderBy(c => c.Id)
                    .Select(c => c.Id)
                    .ToListAsync(cancellation)
            ).Select(id => SignalRow.To(id, SignalRow.HolderDied, member, now))
        );

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
