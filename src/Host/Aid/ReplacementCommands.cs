using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;

namespace EduUnion.Host.Aid;

/// <summary>
/// Whoever appointed takes somebody off who fell ill, left or stands too near and does not say so himself; others are
/// appointed from the beginning. Each is one step with one commit.
/// </summary>
public sealed class ReplacementCommands(CaseSteps steps, AidCases cases, AidDuty duty)
{
    /// <summary>
    /// By the school union's chair or the district. Refusals: <c>case.unknown</c>, those of
    /// <see cref="AidApplication.ReplaceSurveyor"/>.
    /// </summary>
    public Task<Outcome<StepDone>> ReplaceSurveyorAsync(
        Guid id,
        Guid member,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) =>
        steps.CommandAsync(
            id,
            asker,
            "aid.replace-surveyor",
            async work =>
            {
                if (work.Case is not AidCase { Application: var application })
                    return Refusal.Missing("case.unknown");
                if (await ActorAsync(application, asker, cancellation) is not { } actor)
                    return Refusal.Missing("case.unknown");
                var replaced = application.ReplaceSurveyor(actor, member, reason);
                if (!replaced.IsOk)
                    return replaced.Refusal;
                work.Happened(replaced.Value);
                await work.ApplyAsync(new Taken { Main = new MainMove.Restart("appoint") }, null, cancellation);
                return null;
            },
            cancellation
        );

    /// <summary>
    /// By whoever may handle the objection. Refusals: <c>case.unknown</c>, those of <see cref="Objection.Replace"/>.
    /// </summary>
    public Task<Outcome<StepDone>> ReplaceInvestigatorAsync(
        Guid id,
        Guid member,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) =>
        steps.CommandAsync(
            id,
            asker,
            "objection.replace-investigator",
            async work =>
            {
                if (work.Case is not ObjectionCase { Application: var application, Objection: var objection })
                    return Refusal.Missing("case.unknown");
                if (await ActorAsync(application, asker, cancellation) is not { } actor)
                    return Refusal.Missing("case.unknown");
                // An objection is the district's to handle where the chair may not: no consent hinders it.
                var by = actor with
                {
                    AtDistrict = false,
                };
                var replaced = objection.Replace(application, by, member, reason);
                if (!replaced.IsOk)
                    return replaced.Refusal;
                work.Happened(replaced.Value);
                await work.ApplyAsync(new Taken { Main = new MainMove.Restart("assign") }, null, cancellation);
                return null;
            },
            cancellation
        );

    private async Task<Actor?> ActorAsync(AidApplication application, Asker asker, CancellationToken cancellation)
    {
        var ties = await cases.TiesAsync(application.ApplicantId, cancellation);
        if (await duty.HoldsAsync(asker.MemberId, application.SchoolId, cancellation, Office.SchoolUnionChair))
            return new Actor(asker.MemberId, ties);
        return await duty.HoldsAsync(
            asker.MemberId,
            application.SchoolId,
            cancellation,
            Office.DistrictOfficer,
            Office.DistrictChair
        )
            ? new Actor(asker.MemberId, ties, AtDistrict: true)
            : null;
    }
}
