using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Workflows.Clocks;

namespace EduUnion.Host.Aid;

// What meetings, objections, funds and payments tell.
public sealed partial class AidCase
{
    public async Task<Outcome<Taken>> HearAsync(SignalRow signal, CaseMoment moment, CancellationToken cancellation)
    {
        switch (signal.Kind)
        {
            case SignalRow.AssessmentDecided:
                return await cases.Meetings.ResultAsync(signal.SourceId, cancellation) is { } result
                    ? Goes(application.Assess(result, moment.Now), "aid.assess", result.Passed ? "pass" : "fail")
                    : Refusal.Because("assessment.line-unknown");
            case SignalRow.ObjectionFiled:
                return application.Hold(signal.SourceId).Then<Taken>(e => new Taken(e) { Holds = true });
            case SignalRow.ObjectionSettled:
                return await SettleAsync(cases.ObjectionOf(moment.Other!).Settlement!, moment, cancellation);
            case SignalRow.NoticeInterrupted:
                return await InterruptAsync(signal.SourceId, moment, cancellation);
            case SignalRow.HolderDied:
                return await EndForDeathAsync(moment, cancellation);
            case SignalRow.FundReserved:
                return Goes(application.Fund(), "aid.queue", "funded");
            case SignalRow.PaymentListed:
                return Made(application.List());
            case SignalRow.PaymentUnlisted:
                return Made(application.Unlist());
            case SignalRow.PaymentSent:
                return Made(application.Send());
            case SignalRow.PaymentPaid:
                return await PaidAsync(moment, cancellation);
            case SignalRow.PaymentBounced:
                var late = application.State != AidState.Sent;
                var claim = await cases.Claims.OfCaseAsync(application.Id, cancellation);
                if (late)
                    await cases.Files.ChangeAsync<bool>(
                        application.ApplicantId,
                        file =>
                        {
                            file.Unaid(application.Id);
                            return true;
                        },
                        cancellation
                    );
                return application
                    .Bounce(claim?.BounceReason ?? "")
                    .Then<Taken>(e => new Taken(e)
                    {
                        // It had been said to be paid: what was asked since is asked no more.
                        Main = late ? new MainMove.Restart("account") : new MainMove.Answer("aid.pay", "bounced"),
                    });
            default:
                return Refusal.Because("signal.unknown", signal.Kind);
        }
    }

    private async Task<Outcome<Taken>> PaidAsync(CaseMoment moment, CancellationToken cancellation)
    {
        var paid = application.Pay(moment.Today);
        if (!paid.IsOk)
            return paid.Refusal;
        await cases.Files.ChangeAsync<FileAided>(
            application.ApplicantId,
            file =>
                file.Aided(
                    new FileAid(application.Id, application.FundId!.Value, application.Amount!.Value, moment.Today)
                ),
            cancellation
        );
        return new Taken(paid.Value) { Main = new MainMove.Answer("aid.pay", "paid") };
    }

    private async Task<Outcome<Taken>> SettleAsync(
        ObjectionSettled settlement,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        var noticed = application.State == AidState.Notice;
        var settled = application.SettleObjection(settlement, moment.Now);
        if (!settled.IsOk)
            return settled.Refusal;
        object[] events = [settled.Value];
        // The days of the hold come after the notice's last day.
        if (!application.IsHeld && application.State == AidState.Notice && ResumedNotice(moment) is { } through)
            events = [.. events, application.ProlongNotice(through).Value];
        await cases.Notices.ShowAsync(application, moment.Rules, moment.Now, cancellation);
        return new Taken([.. events])
        {
            Holds = application.IsHeld ? null : false,
            Main = settlement.Outcome switch
            {
                ObjectionOutcome.Adjusted => noticed
                    ? new MainMove.Answer("aid.notice", "again")
                    : new MainMove.Restart("publish"),
                ObjectionOutcome.Upheld => noticed
                    ? new MainMove.Answer("aid.notice", "cancelled")
                    : new MainMove.End("objection"),
                _ => null,
            },
        };
    }

    /// <summary>The notice's last day once its clock goes on.</summary>
    private DateOnly? ResumedNotice(CaseMoment moment) =>
        NoticeClock is { } clock ? Clock.Due(clock.InputsOf().ResumeAfter(moment.Today), moment.Calendar).On : null;

    private static Outcome<Taken> Goes<T>(Outcome<T> made, string step, string outcome)
        where T : AidEvent => made.Then<Taken>(e => new Taken(e) { Main = new MainMove.Answer(step, outcome) });
}
