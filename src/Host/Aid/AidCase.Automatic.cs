using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;

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
            case "aid.close":
                return new(application.Close(moment.Now).Value);
            default:
                // aid.withdraw and aid.refuse: the aggregate has ended already.
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
        var (l1, l2, joint) = LevelsOf(moment);
        var before = await cases.Claims.CumulativeAsync(application.ApplicantId, moment.Today.Year, cancellation);
        var routed = application.RouteApproval(before + application.Amount!.Value, l1, l2, joint).Value;
        return new(routed) { Outcome = routed.Next?.ToString().ToLowerInvariant() ?? "enough" };
    }

    private async Task<Taken> ReserveAsync(CaseMoment moment, CancellationToken cancellation)
    {
        var (l1, l2, joint) = LevelsOf(moment);
        var file = await cases.Files.OpenAsync(application, moment.Now, moment.Today, cancellation);
        if (!file.IsOk)
            return Exceeded(file.Refusal, moment);
        var year = moment.Today.Year;
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
                file.Value,
                (content.MainCause ?? Cause.Other).ToString(),
                application.Amount!.Value,
                year,
                content.Account.AccountName,
                content.Account.BankName,
                content.Account.Number
            ),
            cumulative => application.Covers(cumulative, l1, l2, joint),
            moment.Now,
            cancellation
        );
        if (said is Reservation.Ceiling(var why))
            return Exceeded(why, moment);
        if (said is Reservation.Climbs)
            return new() { Outcome = "climb" };
        var sum = await cases.Claims.CumulativeAsync(application.ApplicantId, year, cancellation);
        AidEvent done =
            said is Reservation.Waiting
                ? application.Queue(file.Value, sum, l1, l2, joint, moment.Now).Value
                : application.Reserve(file.Value, sum, l1, l2, joint, moment.Now).Value;
        return new([.. numbered is null ? Array.Empty<object>() : [numbered], done])
        {
            Outcome = said is Reservation.Waiting ? "waiting" : "reserved",
        };
    }

    /// <summary>The committee assesses it again; what cannot wait for a committee is not given.</summary>
    private Taken Exceeded(Refusal why, CaseMoment moment) =>
        new(
            application.Route == AidRoute.Emergency
                ? application.RefuseForCeiling(why.Code, moment.Now).Value
                : application.ReturnForCeiling(why.Code).Value
        )
        {
            Outcome = "ceiling",
        };

    private static (Money L1, Money L2, bool Joint) LevelsOf(CaseMoment moment) =>
        (moment.Rules.Amount("approve.l1"), moment.Rules.Amount("approve.l2"), moment.Rules.Flag("approve.joint"));

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
