using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Funds;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

// What the program itself does: automatic steps, and steps decided by a clock.
public sealed partial class AidCase
{
    public async Task<Taken> AnswerAsync(OpenedStep step, CaseMoment moment, CancellationToken cancellation)
    {
        switch (step.Name)
        {
            case "aid.begin":
                return new() { Outcome = application.Route.ToString().ToLowerInvariant() };
            case "aid.receive":
                return new(application.Receive(await NextNumberAsync(moment, cancellation)));
            case "aid.published":
                await cases.Notices.ShowAsync(application, moment.Rules, moment.Now, cancellation);
                return new();
            case "aid.route":
                return await RouteAsync(moment, cancellation);
            case "aid.reserve":
                return await ReserveAsync(moment, cancellation);
            // An after-review that failed, or an objection that was upheld, has ended it already.
            case "aid.close" when !application.IsEnded:
                return new(application.Close(moment.Now).Value);
            default:
                // aid.withdraw, aid.refuse, aid.close: the aggregate has ended already.
                return new();
        }
    }

    public async Task<Outcome<Taken>> ConcludeAsync(
        OpenedStep step,
        string outcome,
        IReadOnlyList<TaskRow> votes,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        switch (step.Name, outcome)
        {
            case ("aid.supplement", _):
                return Made(application.LapseSupplement(moment.Now));
            case ("aid.notice", _):
                // A hold has moved the clock, which is the truth; the notice says the same day.
                var last = ChinaTime.DateOf(moment.Now).AddDays(-1);
                if (last > application.Notice?.Through)
                    application.ProlongNotice(last);
                var over = application.NoticeOver(moment.Now, moment.Today);
                if (!over.IsOk)
                    return over.Refusal;
                await cases.Notices.ShowAsync(application, moment.Rules, moment.Now, cancellation);
                return new Taken(over.Value);
            default:
                return new Taken();
        }
    }

    private async Task<Taken> RouteAsync(CaseMoment moment, CancellationToken cancellation)
    {
        var (l1, l2, joint) = await LevelsAsync(moment, cancellation);
        var before = await cases.Claims.CumulativeAsync(application.ApplicantId, moment.Today.Year, cancellation);
        var routed = application.RouteApproval(before + application.Amount!.Value, l1, l2, joint).Value;
        return new(routed) { Outcome = routed.Next?.ToString().ToLowerInvariant() ?? "enough" };
    }

    private async Task<Taken> ReserveAsync(CaseMoment moment, CancellationToken cancellation)
    {
        var year = moment.Today.Year;
        // One person's cases one after the other: they share a file and a sum.
        await cases.Db.LockPersonYearAsync(application.ApplicantId, year, cancellation);
        var (l1, l2, joint) = await LevelsAsync(moment, cancellation);
        if (await cases.Files.RefusedAsync(application, moment.Now, moment.Today, cancellation) is { } closed)
            return Exceeded(closed, moment);
        if (await SuccessorAsync(year, cancellation) is { } thisYears)
            application.TakeFund(thisYears);
        var content = application.Content;
        // An emergency has no number yet: it is numbered with its money.
        var numbered = application.Number is null
            ? application.Receive(await NextNumberAsync(moment, cancellation))
            : null;
        var said = await cases.Claims.ReserveAsync(
            new ClaimRequest(
                application.Id,
                application.FundId!.Value,
                application.ApplicantId,
                application.SchoolId,
                application.Number!,
                FileNumber: "",
                (content.MainCause ?? Cause.Other).ToString(),
                application.Amount!.Value,
                year,
                content.Account.AccountName,
                content.Account.BankName,
                content.Account.Number
            )
            {
                Emergency = application.Route == AidRoute.Emergency,
            },
            cumulative => application.Covers(cumulative, l1, l2, joint),
            moment.Now,
            cancellation
        );
        object[] before = numbered is null ? [] : [numbered];
        if (said is Reservation.Ceiling(var why))
        {
            var exceeded = Exceeded(why, moment);
            return exceeded with { Events = [.. before, .. exceeded.Events] };
        }
        if (said is Reservation.Climbs)
            return new([.. before]) { Outcome = "climb" };
        // Only who is granted something has a file (先建档、后帮扶), before anything is paid.
        var file = await cases.Files.OpenAsync(application, moment.Now, moment.Today, cancellation);
        await cases.Claims.FileAsync(application.Id, file, cancellation);
        var sum = await cases.Claims.CumulativeAsync(application.ApplicantId, year, cancellation);
        AidEvent done =
            said is Reservation.Waiting
                ? application.Queue(file, sum, l1, l2, joint, moment.Now).Value
                : application.Reserve(file, sum, l1, l2, joint, moment.Now).Value;
        return new([.. before, done]) { Outcome = said is Reservation.Waiting ? "waiting" : "reserved" };
    }

    /// <summary>The committee assesses it again; what cannot wait for a committee is not given.</summary>
    private Taken Exceeded(Refusal why, CaseMoment moment) =>
        new(
            application.Route == AidRoute.Emergency
                ? application.RefuseForCeiling(CeilingReached.Of(why), moment.Now).Value
                : application.ReturnForCeiling(CeilingReached.Of(why)).Value
        )
        {
            Outcome = "ceiling",
        };

    /// <summary>Accepted in December, reserved in January: the same fund of this year; null = it is of this year, or there is none.</summary>
    private Task<Guid?> SuccessorAsync(int year, CancellationToken cancellation) =>
        (
            from chosen in cases.Db.Set<Fund>()
            join own in cases.Db.Set<Fund>()
                on new { chosen.OrganisationId, chosen.Code } equals new { own.OrganisationId, own.Code }
            where chosen.Id == application.FundId && chosen.Year != year && own.Year == year
            select (Guid?)own.Id
        ).FirstOrDefaultAsync(cancellation);

    /// <summary>The fund's own thresholds where it has any, else the parameters'.</summary>
    private async Task<(Money L1, Money L2, bool Joint)> LevelsAsync(CaseMoment moment, CancellationToken cancellation)
    {
        var limits = await cases
            .Db.Set<Fund>()
            .AsNoTracking()
            .Where(f => f.Id == application.FundId)
            .Select(f => f.Limits)
            .FirstOrDefaultAsync(cancellation);
        var l1 = limits?.SchoolLevel ?? moment.Rules.Amount("approve.l1");
        var l2 = limits?.OfficerLevel ?? moment.Rules.Amount("approve.l2");
        return (l1, l2 < l1 ? l1 : l2, moment.Rules.Flag("approve.joint"));
    }

    private Task<string> NextNumberAsync(CaseMoment moment, CancellationToken cancellation) =>
        AidCounter.NextAsync(
            cases.Db,
            application.SchoolId,
            cases.Organisations.Find(application.SchoolId)!.Code,
            "BF",
            moment.Today.Year,
            cancellation
        );
}
