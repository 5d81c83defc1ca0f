using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

// Which method of the aggregate a task and outcome calls.
public sealed partial class AidCase
{
    public async Task<Outcome<Taken>> DecideAsync(
        TaskRow task,
        Decided decision,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        var actor = new Actor(
            decision.Deputy ?? decision.By,
            await cases.TiesAsync(application.ApplicantId, cancellation),
            decision.Deputy is null ? null : decision.By,
            IsOfDistrict(task)
        );
        return task.Name switch
        {
            "aid.draft" or "aid.supplement" => await DecideDraftAsync(task, decision, moment, cancellation),
            "aid.hint" or "aid.formcheck" => await DecideCheckAsync(task, actor, decision, moment, cancellation),
            "aid.appoint" or "aid.appoint.district" or "aid.survey" or "aid.survey.sign" => await DecideSurveyAsync(
                task,
                actor,
                decision,
                moment,
                cancellation
            ),
            "aid.publish" => Publish(actor, decision.Outcome == "internal", moment),
            "aid.approve.emergency" when decision.Outcome == "agree" => await ApproveEmergencyAsync(
                actor,
                decision,
                moment,
                cancellation
            ),
            _ when task.Name.StartsWith("aid.approve.", StringComparison.Ordinal) => decision.Outcome switch
            {
                "agree" => Made(application.Approve(actor, decision.Comment, moment.Now)),
                "return" => Made(application.ReturnApproval(actor, decision.Comment)),
                _ => Made(application.RefuseApproval(actor, decision.Comment, moment.Now)),
            },
            _ => await DecidePaymentAsync(task, actor, decision, moment, cancellation),
        };
    }

    private async Task<Outcome<Taken>> DecideDraftAsync(
        TaskRow task,
        Decided decision,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        if (decision.Outcome is "abandon" or "withdraw")
            return Made(application.Withdraw(decision.By, decision.Comment, moment.Now));
        // The form first: what is not complete is not compared with others.
        var submitted =
            task.Name == "aid.draft"
                ? application.Submit(decision.By, moment.Now, moment.Today)
                : application.Resubmit(null, decision.By, moment.Today);
        if (!submitted.IsOk)
            return submitted.Refusal;
        return await cases.Traces.NoteAsync(application, moment.Today, cancellation) is { } duplicate
            ? duplicate
            : new Taken(submitted.Value);
    }

    private async Task<Outcome<Taken>> DecideCheckAsync(
        TaskRow task,
        Actor actor,
        Decided decision,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        switch (task.Name, decision.Outcome)
        {
            case ("aid.hint", "dismiss"):
                return Made(application.DismissHint(actor, decision.Comment, moment.Now));
            case ("aid.hint", var way):
                return Made(application.FollowHint(actor, way == "behalf"));
            case (_, "supplement"):
                return Made(application.AskSupplement(actor, decision.Comment));
            case (_, "refuse"):
                return Made(application.RefuseForm(actor, decision.Comment, moment.Now));
            default:
                var fund = decision.Form.Id("fund")!.Value;
                if (!await IsFundAsync(fund, moment, cancellation))
                    return Refusal.At("fund", "form.choice-unknown");
                var accepted = application.Accept(actor, fund, moment.Now);
                if (!accepted.IsOk)
                    return accepted.Refusal;
                return await cases.Traces.NoteAsync(application, moment.Today, cancellation) is { } duplicate
                    ? duplicate
                    : new Taken(accepted.Value);
        }
    }

    private async Task<Outcome<Taken>> DecideSurveyAsync(
        TaskRow task,
        Actor actor,
        Decided decision,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        var form = decision.Form;
        // A relation that was declared after he was appointed: he can only say so.
        if (
            task.Name is "aid.survey" or "aid.survey.sign"
            && decision.Outcome is not ("recuse" or "handback")
            && application.RecusalOf(decision.By, Duty.Survey, actor.Ties) is not null
        )
            return Refusal.Forbidden("aid.recused");
        switch (task.Name, decision.Outcome)
        {
            case (_, "district"):
                return Made(application.AskDistrict(actor, decision.Comment));
            case ("aid.appoint.district", "return"):
                return Made(application.ReturnAppointment(actor, decision.Comment));
            case (_, "appoint"):
                var surveyors = form.Ids("surveyors").Distinct().ToList();
                var least = moment.Rules.Number("aid.surveyors_min");
                if (surveyors.Count < least)
                    return Refusal.At("surveyors", "survey.surveyors-missing", least);
                return await AreMembersAsync(surveyors, PlacesOf(task), moment.Today, cancellation)
                    ? Made(application.Appoint(actor, surveyors))
                    : Refusal.At("surveyors", "form.choice-unknown");
            case (_, "handback"):
                return Made(application.HandBack(decision.By, decision.Comment));
            case (_, "recuse"):
                var relation = Enum.Parse<Relation>(form.Text("relation")!);
                return Made(application.Recuse(decision.By, relation, decision.Comment, moment.Now));
            case ("aid.survey", _):
                return Made(
                    application.RecordSurvey(
                        decision.By,
                        new SurveyForm(
                            form.Date("visitedOn")!.Value,
                            form.Text("place")!,
                            form.Text("mode") == "phone" ? SurveyMode.Phone : SurveyMode.Home,
                            form.Text("phoneReason"),
                            form.Text("people")!,
                            form.Text("housing") ?? "",
                            form.Text("incomeCheck")!,
                            form.Text("observations")!,
                            form.Text("conclusion") == "doubts" ? SurveyConclusion.Doubts : SurveyConclusion.Supports,
                            form.Text("suggestion")
                        ),
                        ChinaTime.DateOf(application.AcceptedAt!.Value),
                        moment.Now,
                        moment.Today
                    )
                );
            case (_, "return"):
                return Made(application.ReturnSurvey(decision.By, decision.Comment));
            default:
                return Made(application.SignSurvey(decision.By, moment.Now));
        }
    }

    /// <param name="sensitive">The cause must not be made public; why stands in the journal.</param>
    private Outcome<Taken> Publish(Actor actor, bool sensitive, CaseMoment moment)
    {
        var school = cases.Organisations.Find(application.SchoolId)!;
        var again = application.Notices.Length > 0;
        return Made(
            application.Publish(
                actor,
                school.Name,
                school.Phone ?? "",
                moment.Today,
                moment.Calendar.AddWorkdays(moment.Today, NoticeWorkdays(again, moment), VacationRuleOf(moment)),
                sensitive
            )
        );
    }

    private async Task<Outcome<Taken>> ApproveEmergencyAsync(
        Actor actor,
        Decided decision,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        var fund = decision.Form.Id("fund")!.Value;
        if (!await IsFundAsync(fund, moment, cancellation))
            return Refusal.At("fund", "form.choice-unknown");
        var agreed = application.ApproveEmergency(
            actor,
            decision.Form.Money("amount")!.Value,
            await EmergencyLeftAsync(moment, cancellation),
            fund,
            decision.Comment,
            moment.Now
        );
        if (!agreed.IsOk)
            return agreed.Refusal;
        return await cases.Traces.NoteAsync(application, moment.Today, cancellation) is { } duplicate
            ? duplicate
            : new Taken(agreed.Value);
    }

    /// <summary>What is left of the year's most for emergencies: one chair's word must not add up beyond it.</summary>
    private async Task<Money> EmergencyLeftAsync(CaseMoment moment, CancellationToken cancellation)
    {
        var most = moment.Rules.Amount("emergency.max");
        await cases.Db.LockPersonYearAsync(application.ApplicantId, moment.Today.Year, cancellation);
        var given = await cases.Claims.EmergenciesAsync(application.ApplicantId, moment.Today.Year, cancellation);
        return given < most ? most - given : Money.Zero;
    }

    private async Task<Outcome<Taken>> DecidePaymentAsync(
        TaskRow task,
        Actor actor,
        Decided decision,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        var form = decision.Form;
        switch (task.Name, decision.Outcome)
        {
            case ("aid.account", _):
                var account = BankAccount.Of(form.Text("bankName"), form.Text("accountName"), form.Text("account"));
                // Whatever else was posted in its place proves nothing.
                var proof = await cases.DocumentAsync(
                    application.Id,
                    form.Id("proof"),
                    AidDocuments.Account,
                    cancellation
                );
                return Made(application.CorrectAccount(account, proof, decision.By, moment.Now));
            case ("aid.account.check", "confirm"):
                var confirmed = application.ConfirmAccount(actor, moment.Now);
                if (!confirmed.IsOk)
                    return confirmed.Refusal;
                var now = application.Content.Account;
                var corrected = await cases.Claims.CorrectAccountAsync(
                    application.Id,
                    now.AccountName,
                    now.BankName,
                    now.Number,
                    moment.Now,
                    cancellation
                );
                return corrected.IsOk ? new Taken(confirmed.Value) : corrected.Refusal;
            case ("aid.account.check", _):
                return Made(application.ReturnAccount(actor, decision.Comment, moment.Now));
            case ("aid.confirm", "received"):
                return Made(application.Confirm(decision.By, moment.Now));
            case ("aid.confirm" or "aid.receipt", "missing"):
                return Made(application.ReportMissing(actor, decision.Comment));
            case ("aid.receipt", _):
                return Made(application.ConfirmOnPaper(actor, form.Date("signedOn")!.Value, moment.Now, moment.Today));
            case ("aid.trace", _):
                return Made(application.Trace(actor, decision.Comment));
            case ("aid.papers", _):
                return Made(application.HandInPapers(application.Content, decision.By, moment.Now, moment.Today));
            case ("aid.followup", _):
                return Made(
                    application.Visit(
                        actor,
                        form.Date("visitedOn")!.Value,
                        form.Text("mode") == "phone" ? FollowUpMode.Phone : FollowUpMode.Home,
                        form.Text("gist")!,
                        moment.Now,
                        moment.Today
                    )
                );
            default:
                throw new InvalidOperationException($"Aid has no task {task.Name} with {decision.Outcome}.");
        }
    }

    private static Outcome<Taken> Made<T>(Outcome<T> made)
        where T : AidEvent => made.Then<Taken>(e => new Taken(e));

    /// <summary>
    /// Asked of the district: by the process itself, or in the place of a school's chair who must stand aside. Either way it
    /// learns of the person, and takes nothing up without his consent to the transfer (PIPL art. 23).
    /// </summary>
    internal static bool IsOfDistrict(TaskRow task) =>
        task.Name == "aid.approve.joint"
        // A hint is no data of the person's own making, and he must not learn of it.
        || task.Name != "aid.hint"
            && task.Office is Office.DistrictOfficer or Office.DistrictChair or Office.DistrictViceChair;

    /// <summary>The school's own or the district's, of this year.</summary>
    private Task<bool> IsFundAsync(Guid fund, CaseMoment moment, CancellationToken cancellation)
    {
        var owners = cases.Organisations.Path(application.SchoolId);
        return cases
            .Db.Set<Fund>()
            .AnyAsync(
                f => f.Id == fund && owners.Contains(f.OrganisationId) && f.Year == moment.Today.Year,
                cancellation
            );
    }

    private async Task<bool> AreMembersAsync(
        IReadOnlyCollection<Guid> members,
        IReadOnlyCollection<Guid> places,
        DateOnly today,
        CancellationToken cancellation
    ) =>
        await cases
            .Db.Set<Member>()
            .ActiveOn(today)
            .CountAsync(m => members.Contains(m.Id) && places.Contains(m.OrganisationId), cancellation)
        == members.Count;

    /// <summary>From where one appoints: the school, its departments and the district's office; the district from all its schools.</summary>
    private List<Guid> PlacesOf(TaskRow task)
    {
        IReadOnlyList<Guid> schools =
            task.Name == "aid.appoint.district" ? cases.Organisations.Schools(DistrictId) : [application.SchoolId];
        return
        [
            DistrictId,
            .. schools,
            .. schools.SelectMany(s => cases.Organisations.Departments(s)).Select(d => d.Id),
        ];
    }
}
