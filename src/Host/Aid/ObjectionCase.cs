using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Privacy;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>Reads objections as cases; each with the application it is about.</summary>
public sealed class ObjectionCases(AidCases aid, ObjectionReceipts receipts, Vault vault) : ICaseKind
{
    public string Name => ObjectionCase.KindName;

    public ICase Read(CaseRow row) => Of(aid.ObjectionOf(row));

    public ObjectionCase Of(Objection objection) => new(objection, this);

    internal AidCases Aid => aid;

    internal ObjectionReceipts Receipts => receipts;

    internal string Seal(Objection objection) =>
        vault.Seal(JsonSerializer.Serialize(objection, CaseJson.Options), objection.Id);

    /// <summary>The application as it stands; not locked, for the objection holds it.</summary>
    internal AidApplication ApplicationOf(Objection objection) =>
        aid.ApplicationOf(aid.Db.Set<CaseRow>().AsNoTracking().Single(c => c.Id == objection.ApplicationId));
}

/// <summary>
/// An objection to a public notice as a case of its own. Handled by the school union's chair, or by the district where the
/// chair surveyed, published, is related or is the applicant (domain §3.3.6).
/// </summary>
public sealed partial class ObjectionCase(Objection objection, ObjectionCases cases) : ICase
{
    public const string KindName = "objection";

    private readonly AidApplication _application = cases.ApplicationOf(objection);

    public Objection Objection => objection;

    public AidApplication Application => _application;

    public string Kind => KindName;

    public string Process => KindName;

    public bool IsConfidential => true;

    public void Describe(CaseRow row)
    {
        row.Title = "公示异议";
        row.State = objection.State.ToString();
        // Nobody stands on the row of an anonymous one.
        row.StarterId = objection.FiledById ?? Guid.Empty;
        row.MainId = null;
        row.ClosedAt = objection.SettledAt;
        row.Aggregate = cases.Seal(objection);
    }

    public IEnumerable<(PartyRole Role, Guid PartyId)> Parties() =>
        [
            (PartyRole.Subject, _application.ApplicantId),
            .. objection.Investigators.Select(i => (PartyRole.Investigator, i)),
            .. new[] { _application.ApplicantId, _application.PublisherId, objection.FiledById }
                .OfType<Guid>()
                .Concat(_application.EverSurveyed)
                .Concat(_application.Content.Members.Select(m => m.MemberId).OfType<Guid>())
                .Concat(_application.Recusals.Select(r => r.MemberId))
                .Distinct()
                .Select(m => (PartyRole.Recused, m)),
            .. _application.Has(Domain.Aid.ConsentKind.Transfer)
                ? [(PartyRole.District, cases.Aid.Organisations.Path(_application.SchoolId)[^1])]
                : Array.Empty<(PartyRole, Guid)>(),
        ];

    public async Task<IReadOnlyList<Asked>> AskAsync(OpenedStep step, CaseMoment moment, CancellationToken cancellation)
    {
        var outcomes = step.Payload.Outcomes;
        if (step.Payload.Who!.List is { } list)
            return
            [
                .. (list == "investigators" ? objection.Investigators : objection.Coinvestigators).Select(
                    m => new Asked(step.Name, outcomes) { MemberId = m }
                ),
            ];
        var actor = await TiesAsync(cancellation);
        var (office, at) = await new OfficeLadder(cases.Aid.Offices, cases.Aid.Organisations).FreeAsync(
            Office.SchoolUnionChair,
            _application.SchoolId,
            m => objection.CheckHandler(_application, new Actor(m, actor)) is not null,
            moment.Today,
            cancellation
        );
        return [new Asked(step.Name, outcomes) { Office = office, OrganisationId = at }];
    }

    public async Task<Func<Guid, Refusal?>> SeparationAsync(
        OpenedStep step,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var ties = await TiesAsync(cancellation);
        var people = await cases.Aid.PeopleOfAidAsync(_application.SchoolId, today, cancellation);
        return member =>
            objection.CheckHandler(_application, new Actor(member, ties)) is not null
                ? Refusal.Because("task.separation")
            : people.Contains(member) ? null
            : Refusal.Because("task.not-of-office");
    }

    public Task<ClockPlan> PlanAsync(
        string clock,
        OpenedStep step,
        CaseMoment moment,
        CancellationToken cancellation
    ) =>
        Task.FromResult(
            new ClockPlan(
                new ClockInputs(ChinaTime.DateOf(objection.FiledAt))
                {
                    VacationRule = AidCase.VacationRuleOf(moment),
                    Workdays = moment.Rules.Workdays(clock),
                }
            )
        );

    public async Task<Outcome<Taken>> DecideAsync(
        TaskRow task,
        Decided decision,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        var actor = new Actor(
            decision.Deputy ?? decision.By,
            await TiesAsync(cancellation),
            decision.Deputy is null ? null : decision.By
        );
        var form = decision.Form;
        switch (task.Name, decision.Outcome)
        {
            case ("objection.assign", _):
                return Made(objection.Assign(_application, actor, form.Ids("investigators")));
            case (_, "handback"):
                return Made(objection.HandBack(decision.By, decision.Comment));
            case ("objection.investigate", _):
                return Made(
                    objection.Investigate(
                        decision.By,
                        form.Date("visitedOn")!.Value,
                        form.Text("people")!,
                        form.Text("finding")!,
                        ChinaTime.DateOf(objection.FiledAt),
                        moment.Now,
                        moment.Today
                    )
                );
            case ("objection.sign", "sign"):
                return Made(objection.Sign(decision.By, moment.Now));
            case ("objection.sign", _):
                return Made(objection.Return(decision.By, decision.Comment));
            case ("objection.decide", var outcome):
                return Made(
                    objection.Settle(
                        _application,
                        actor,
                        outcome switch
                        {
                            "adjust" => ObjectionOutcome.Adjusted,
                            "cancel" => ObjectionOutcome.Upheld,
                            _ => ObjectionOutcome.Unfounded,
                        },
                        form.Money("amount"),
                        form.Text("category") is { } category ? Enum.Parse<AidCategory>(category) : null,
                        decision.Comment,
                        moment.Now
                    )
                );
            default:
                throw new InvalidOperationException($"An objection has no task {task.Name}.");
        }
    }

    public IEnumerable<object> Expire(TaskRow task, CaseMoment moment) => [];

    public Task<Outcome<Taken>> ConcludeAsync(
        OpenedStep step,
        string outcome,
        IReadOnlyList<TaskRow> votes,
        CaseMoment moment,
        CancellationToken cancellation
    ) => Task.FromResult<Outcome<Taken>>(new Taken());

    public Task<Taken> AnswerAsync(OpenedStep step, CaseMoment moment, CancellationToken cancellation)
    {
        if (step.Name == "objection.open" && objection.IsAnonymous)
            cases.Receipts.Note(objection.Id);
        return Task.FromResult(
            step.Name switch
            {
                "objection.open" => new Taken { Tells = [(_application.Id, SignalRow.ObjectionFiled)] },
                "objection.close" => new Taken { Tells = [(_application.Id, SignalRow.ObjectionSettled)] },
                _ => new Taken(),
            }
        );
    }

    public Task<Outcome<Taken>> HearAsync(SignalRow signal, CaseMoment moment, CancellationToken cancellation) =>
        Task.FromResult<Outcome<Taken>>(Refusal.Because("signal.unknown", signal.Kind));

    private Task<Ties> TiesAsync(CancellationToken cancellation) =>
        cases.Aid.TiesAsync(_application.ApplicantId, cancellation);

    private static Outcome<Taken> Made<T>(Outcome<T> made)
        where T : ObjectionEvent => made.Then<Taken>(e => new Taken(e));
}
