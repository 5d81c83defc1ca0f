using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Workflows.Clocks;

namespace EduUnion.Host.Aid;

/// <summary>
/// What happens to people while their application runs (domain §3.4): a death, leaving the district, another school; and to
/// a notice that could not be seen. Each is one step with one commit, by the school union's chair or the district.
/// </summary>
public sealed class AidLifeCommands(CaseSteps steps, AidCases cases, AidDuty duty)
{
    /// <summary>
    /// Ends the application because its applicant died, left the district, or showed false papers. What is approved ends by
    /// the district's decision only (<c>aid.district-decides</c>, 403). A death ends every other open case of the person
    /// with it. Refusals: <c>case.unknown</c>,
    /// <c>aid.not-chair</c> (403), <c>payment.sent</c> (409), those of <see cref="AidApplication.Cancel"/>.
    /// </summary>
    public Task<Outcome<StepDone>> CancelAsync(
        Guid id,
        CancelReason why,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ByUnionAsync(
            id,
            "aid.cancel",
            asker,
            async (work, application, atDistrict) =>
            {
                // These two are given by an objection and by the administrator.
                if (why is CancelReason.ObjectionUpheld or CancelReason.Terminated)
                    return Refusal.At("why", "form.choice-unknown");
                var approved =
                    application.State is AidState.Waiting or AidState.Approved or AidState.Listed or AidState.Bounced;
                if (approved && !atDistrict)
                    return Refusal.Forbidden("aid.district-decides");
                var moment = work.Moment;
                if (AidCommands.Made(work, application.Cancel(why, reason, moment.Now)) is { } refused)
                    return refused;
                ExitReason? exit = why switch
                {
                    CancelReason.Died => ExitReason.Died,
                    CancelReason.LeftDistrict => ExitReason.LeftDistrict,
                    CancelReason.FalsePapers => ExitReason.FalsePapers,
                    _ => null,
                };
                if (exit is { } left)
                    await cases.Files.ChangeAsync(
                        application.ApplicantId,
                        file => file.Exit(left, reason, asker.MemberId, application.Id, moment.Now, moment.Today),
                        cancellation
                    );
                if (why == CancelReason.Died)
                    await cases.Db.TellDeathAsync(application.ApplicantId, application.Id, moment.Now, cancellation);
                return await work.EndAidAsync(cases, "cancelled", cancellation);
            },
            cancellation
        );

    /// <summary>
    /// The applicant goes to another school of the district: case and file follow him, what is asked of the old school is
    /// asked of the new one. Refusals: <c>case.unknown</c>, <c>aid.not-chair</c> (403), <c>organisation.unknown</c>, those
    /// of <see cref="AidApplication.MoveSchool"/>.
    /// </summary>
    public Task<Outcome<StepDone>> MoveSchoolAsync(Guid id, Guid school, Asker asker, CancellationToken cancellation) =>
        ByUnionAsync(
            id,
            "aid.move-school",
            asker,
            async (work, application, _) =>
            {
                var old = application.SchoolId;
                if (
                    cases.Organisations.Find(school) is not { Kind: Domain.Organisations.OrganisationKind.School } place
                    || cases.Organisations.Path(old)[^1] != place.ParentId
                )
                    return Refusal.At("school", "organisation.unknown");
                if (AidCommands.Made(work, application.MoveSchool(school, work.Moment.Now)) is { } refused)
                    return refused;
                await cases.Files.ChangeAsync(
                    application.ApplicantId,
                    file => file.MoveSchool(school, asker.MemberId, work.Moment.Now, work.Moment.Today),
                    cancellation
                );
                await cases.Claims.MoveSchoolAsync(id, school, cancellation);
                // The new school confirms what is being approved; what else is open is asked up the new school's ladder.
                if (application.State == AidState.ApprovalSchool)
                    await work.ApplyAsync(new Taken { Main = new MainMove.Restart("route") }, null, cancellation);
                else
                    await work.ReaskAsync(cancellation);
                return null;
            },
            cancellation
        );

    /// <summary>
    /// The notice could not be seen for so many working days and lasts that much longer. Refusals: <c>case.unknown</c>,
    /// <c>aid.not-chair</c> (403), those of <see cref="AidApplication.InterruptNotice"/>.
    /// </summary>
    public Task<Outcome<StepDone>> InterruptNoticeAsync(
        Guid id,
        int workdays,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ByUnionAsync(
            id,
            "aid.interrupt-notice",
            asker,
            async (work, application, _) =>
            {
                if (work.ClockOf("notice", null) is not { } clock || workdays is < 1 or > 60)
                    return Refusal.Because("aid.interruption-invalid");
                var longer = clock.InputsOf().Extend(workdays, work.Moment.Today);
                // While an objection holds it nobody knows the last day yet.
                var through = Clock.Due(longer.ResumeAfter(work.Moment.Today), work.Moment.Calendar).On!.Value;
                var interrupted = application.InterruptNotice(workdays, through, reason ?? "", work.Moment.Now);
                if (AidCommands.Made(work, interrupted) is { } refused)
                    return refused;
                work.SetClock(clock, _ => longer);
                await cases.Notices.ShowAsync(application, work.Moment.Rules, work.Moment.Now, cancellation);
                return null;
            },
            cancellation
        );

    private Task<Outcome<StepDone>> ByUnionAsync(
        Guid id,
        string act,
        Asker asker,
        Func<CaseWork, AidApplication, bool, Task<Refusal?>> change,
        CancellationToken cancellation
    ) =>
        steps.CommandAsync(
            id,
            asker,
            act,
            async work =>
            {
                if (work.Case is not AidCase { Application: var application })
                    return Refusal.Missing("case.unknown");
                var school = application.SchoolId;
                var atDistrict = await duty.HoldsAsync(
                    asker.MemberId,
                    school,
                    cancellation,
                    Office.DistrictOfficer,
                    Office.DistrictChair
                );
                if (
                    !atDistrict && !await duty.HoldsAsync(asker.MemberId, school, cancellation, Office.SchoolUnionChair)
                )
                    return Refusal.Missing("case.unknown");
                var ties = await cases.TiesAsync(application.ApplicantId, cancellation);
                return application.RecusalOf(asker.MemberId, Duty.Handle, ties) is null
                    ? await change(work, application, atDistrict)
                    : Refusal.Forbidden("aid.recused");
            },
            cancellation
        );
}
