using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Workflows.Clocks;

namespace EduUnion.Host.Aid;

/// <summary>An application for aid as a case: who its roles are, which method of the aggregate a step and outcome calls.</summary>
public sealed partial class AidCase(AidApplication application, AidCases cases) : ICase
{
    public const string KindName = "aid";
    public const string EmergencyProcess = "aid-emergency";

    private readonly OfficeLadder _ladder = new(cases.Offices, cases.Organisations);

    public AidApplication Application => application;

    public string Kind => KindName;

    public string Process => application.Route == AidRoute.Emergency ? EmergencyProcess : KindName;

    public bool IsConfidential => true;

    /// <summary>Neither title nor category tells who it is about or why.</summary>
    public void Describe(CaseRow row)
    {
        row.Title = application.Route == AidRoute.Emergency ? "急难帮扶" : "困难帮扶";
        row.State = application.State.ToString();
        row.Number = application.Number;
        row.SchoolId = application.SchoolId;
        row.StarterId = application.ApplicantId;
        row.ClosedAt = application.IsEnded ? application.EndedAt ?? row.ClosedAt ?? row.ChangedAt : null;
        row.Aggregate = cases.Seal(application);
    }

    public IEnumerable<(PartyRole Role, Guid PartyId)> Parties() =>
        [
            (PartyRole.Subject, application.ApplicantId),
            .. application.EnteredById is { } author ? [(PartyRole.Author, author)] : Array.Empty<(PartyRole, Guid)>(),
            .. application.ReporterId is { } reporter
                ? [(PartyRole.Reporter, reporter)]
                : Array.Empty<(PartyRole, Guid)>(),
            .. application.EverSurveyed.Select(s => (PartyRole.Surveyor, s)),
            .. application.Investigators.Select(i => (PartyRole.Investigator, i)),
            .. application
                .Content.Members.Select(m => m.MemberId)
                .OfType<Guid>()
                .Concat(application.Recusals.Select(r => r.MemberId))
                .Distinct()
                .Select(m => (PartyRole.Recused, m)),
            .. application.Has(ConsentKind.Transfer)
                ? [(PartyRole.District, DistrictId)]
                : Array.Empty<(PartyRole, Guid)>(),
        ];

    public async Task<IReadOnlyList<Asked>> AskAsync(OpenedStep step, CaseMoment moment, CancellationToken cancellation)
    {
        var outcomes = Offer(step);
        var who = step.Payload.Who!;
        if (who.Role is { } role)
            return [Named(role == "author" ? application.AuthorId : application.ApplicantId)];
        if (who.List is "surveyors" or "cosurveyors")
            return [.. (who.List == "surveyors" ? application.Surveyors : application.Cosurveyors).Select(Named)];
        var ties = await cases.TiesAsync(application.ApplicantId, cancellation);
        if (who.List == "chairs")
            return [.. (await ChairsAsync(ties, moment, cancellation)).Select(Named)];
        Office[] asked =
            who.List == "publishers"
                ? [Office.SchoolUnionChair, Office.DistrictOfficer]
                : [Enum.Parse<Office>(who.Office!)];
        // Without the consent nothing is shown to the district that the school can do itself.
        if (!application.Has(ConsentKind.Transfer) && (who.List == "publishers" || step.Name == "aid.account.check"))
            asked = [Office.SchoolUnionChair];
        var places = new List<(Office Office, Guid At)>();
        foreach (var office in asked)
            places.Add(
                await _ladder.FreeAsync(
                    office,
                    application.SchoolId,
                    m => application.RecusalOf(m, DutyOf(step.Name), ties) is not null,
                    moment.Today,
                    cancellation
                )
            );
        return
        [
            .. places
                .Distinct()
                .Select(p => new Asked(step.Name, outcomes) { Office = p.Office, OrganisationId = p.At }),
        ];

        Asked Named(Guid member) => new(step.Name, outcomes) { MemberId = member };
    }

    public async Task<Func<Guid, Refusal?>> SeparationAsync(
        OpenedStep step,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var ties = await cases.TiesAsync(application.ApplicantId, cancellation);
        var people = await cases.PeopleOfAidAsync(application.SchoolId, today, cancellation);
        return member =>
            application.RecusalOf(member, DutyOf(step.Name), ties) is not null ? Refusal.Because("task.separation")
            : people.Contains(member) ? null
            : Refusal.Because("task.not-of-office");
    }

    public Task<ClockPlan> PlanAsync(
        string clock,
        OpenedStep step,
        CaseMoment moment,
        CancellationToken cancellation
    ) => Task.FromResult(new ClockPlan(Plan(clock, moment)));

    public IEnumerable<object> Expire(TaskRow task, CaseMoment moment) => [];

    private ClockInputs Plan(string clock, CaseMoment moment)
    {
        var plain = new ClockInputs(moment.Today)
        {
            VacationRule = VacationRuleOf(moment),
            Workdays = clock == "followup" ? 0 : moment.Rules.Workdays(clock),
        };
        switch (clock)
        {
            // Also after a replacement: the applicant waits no longer because a surveyor stood too near.
            case "aid.survey" when application.AcceptedAt is { } accepted:
                return plain with { Start = ChinaTime.DateOf(accepted) };
            case "notice":
                var notice = application.Notice!;
                return plain with { Start = notice.From, Workdays = NoticeWorkdays(notice.Again, moment) };
            case "emergency.review" when application.PaidOn is { } paid:
                return plain with { Start = paid };
            case "followup":
                var last = (application.PaidOn ?? moment.Today).AddDays(moment.Rules.Number("followup.days"));
                while (!moment.Calendar.IsWorkday(last))
                    last = last.AddDays(1);
                return plain with { Until = MotionCase.EndOf(last) };
            default:
                return plain;
        }
    }

    private ImmutableArray<string> Offer(OpenedStep step) =>
        [
            .. step
                .Payload.Outcomes.Where(o => step.Spec.Outcome(o) is { Derived: false })
                .Where(o => (step.Name, o) != ("aid.formcheck", "supplement") || application.Supplements == 0),
        ];

    /// <summary>The chairs' meeting (主席办公会), whoever must stand aside left out; nobody left: the chair, who is refused.</summary>
    private async Task<IReadOnlyList<Guid>> ChairsAsync(Ties ties, CaseMoment moment, CancellationToken cancellation)
    {
        var all = new List<Guid>();
        foreach (var office in new[] { Office.DistrictChair, Office.DistrictViceChair })
            all.AddRange(await cases.Offices.HoldersAsync(office, DistrictId, moment.Today, cancellation));
        var free = all.Distinct().Where(m => application.RecusalOf(m, Duty.Approve, ties) is null).ToList();
        return free.Count > 0 ? free : all;
    }

    private static Duty DutyOf(string step) =>
        step.StartsWith("aid.approve.", StringComparison.Ordinal) ? Duty.Approve : Duty.Handle;

    internal static int NoticeWorkdays(bool again, CaseMoment moment) =>
        moment.Rules.Workdays(again ? "renotice" : "notice");

    internal static VacationRule VacationRuleOf(CaseMoment moment) =>
        moment.Rules.Text("suspend.other") switch
        {
            "SUSPEND" => VacationRule.Suspend,
            "EXTEND_IF_ENDS_INSIDE" => VacationRule.ExtendIfEndsInside,
            _ => VacationRule.None,
        };

    private Guid DistrictId => cases.Organisations.Path(application.SchoolId)[^1];
}
