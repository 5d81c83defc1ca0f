using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

// What comes from outside while it runs: the site was down, the applicant has died.
public sealed partial class AidCase
{
    /// <summary>
    /// The notice lasts longer by the working days that nobody could see it; those on which an objection held it were not
    /// counted anyway. Nothing where it is not up any more.
    /// </summary>
    private async Task<Outcome<Taken>> InterruptAsync(Guid outageId, CaseMoment moment, CancellationToken cancellation)
    {
        var outage = await cases.Db.Set<Outage>().AsNoTracking().SingleAsync(o => o.Id == outageId, cancellation);
        if (application is not { State: AidState.Notice, Notice: { } notice } || NoticeClock is not { } clock)
            return new Taken();
        var inputs = clock.InputsOf();
        var days = outage
            .WorkdaysAfter(notice.From, moment.Calendar, moment.Rules.Number("notice.outage_hours"))
            .Count(d => !inputs.Pauses.Any(p => p.Contains(d)));
        if (days == 0)
            return new Taken();
        var longer = inputs.Extend(days, moment.Today);
        var interrupted = application.InterruptNotice(
            days,
            Clock.Due(longer.ResumeAfter(moment.Today), moment.Calendar).On!.Value,
            $"系统中断：{Moment(outage.From)}至{Moment(outage.Until)}",
            moment.Now
        );
        if (!interrupted.IsOk)
            return interrupted.Refusal;
        await cases.Notices.ShowAsync(application, moment.Rules, moment.Now, cancellation);
        return new Taken(interrupted.Value) { ClockChange = ("notice", i => i.Extend(days, moment.Today)) };

        static string Moment(DateTimeOffset at) =>
            at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Whatever is not approved ends with the applicant; what is approved ends by the district's decision alone, and what the
    /// bank has is paid (domain §3.4). Refusal: <c>aid.district-decides</c>.
    /// </summary>
    private async Task<Outcome<Taken>> EndForDeathAsync(CaseMoment moment, CancellationToken cancellation)
    {
        if (application is { State: AidState.Confirmed, Route: AidRoute.Emergency })
            return new Taken(application.CloseForDeath(moment.Now).Value) { Main = new MainMove.End("closed") };
        if (
            application.IsEnded
            || application.State is AidState.Sent or AidState.Paid or AidState.Missing or AidState.Confirmed
        )
            return new Taken();
        if (application.State is AidState.Waiting or AidState.Approved or AidState.Listed or AidState.Bounced)
            return Refusal.Forbidden("aid.district-decides");
        var cancelled = application.Cancel(CancelReason.Died, "本人去世。", moment.Now);
        if (!cancelled.IsOk)
            return cancelled.Refusal;
        await cases.Notices.ShowAsync(application, moment.Rules, moment.Now, cancellation);
        return new Taken(cancelled.Value) { Main = new MainMove.End("cancelled"), Holds = false };
    }

    private ClockRow? NoticeClock =>
        cases
            .Db.Set<ClockRow>()
            .Local.FirstOrDefault(c => c.CaseId == application.Id && c is { Name: "notice", StoppedAt: null });
}
