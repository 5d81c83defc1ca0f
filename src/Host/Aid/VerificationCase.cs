using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Privacy;
using EduUnion.Workflows.Clocks;

namespace EduUnion.Host.Aid;

/// <summary>Reads yearly re-verifications as cases.</summary>
public sealed class VerificationCases(AidCases aid, AidFiles files, Vault vault) : ICaseKind
{
    public string Name => VerificationCase.KindName;

    public ICase Read(CaseRow row) => Of(VerificationOf(row), row.SchoolId);

    public VerificationCase Of(Verification verification, Guid school) => new(verification, school, this);

    public Verification VerificationOf(CaseRow row) =>
        JsonSerializer.Deserialize<Verification>(vault.Open(row.Aggregate, row.Id), CaseJson.Options)!;

    internal AidCases Aid => aid;

    internal AidFiles Files => files;

    internal string Seal(Verification verification) =>
        vault.Seal(JsonSerializer.Serialize(verification, CaseJson.Options), verification.Id);
}

/// <summary>The yearly re-verification (年度复核) of a hardship file as a case; it ends with the year.</summary>
public sealed partial class VerificationCase(Verification verification, Guid school, VerificationCases cases) : ICase
{
    public const string KindName = "verification";

    public Verification Verification => verification;

    public string Kind => KindName;

    public string Process => KindName;

    public bool IsConfidential => true;

    public void Describe(CaseRow row)
    {
        row.Title = $"{verification.Year} 年度复核";
        row.State = verification.State.ToString();
        row.StarterId = verification.MemberId;
        row.ClosedAt = verification.State
            is VerificationState.Decided
                or VerificationState.Lapsed
                or VerificationState.Cancelled
            ? row.ClosedAt ?? row.ChangedAt
            : null;
        row.Aggregate = cases.Seal(verification);
    }

    public IEnumerable<(PartyRole Role, Guid PartyId)> Parties() => [(PartyRole.Subject, verification.MemberId)];

    public async Task<IReadOnlyList<Asked>> AskAsync(OpenedStep step, CaseMoment moment, CancellationToken cancellation)
    {
        var outcomes = step.Payload.Outcomes.Where(o => step.Spec.Outcome(o) is { Derived: false });
        var asked = new Asked(step.Name, [.. outcomes]);
        if (step.Payload.Who!.Role is not null)
            return [asked with { MemberId = verification.MemberId }];
        var ties = await cases.Aid.TiesAsync(verification.MemberId, cancellation);
        var (office, at) = await new OfficeLadder(cases.Aid.Offices, cases.Aid.Organisations).FreeAsync(
            Enum.Parse<Office>(step.Payload.Who.Office!),
            school,
            m => m == verification.MemberId || ties.Related.Contains(m),
            moment.Today,
            cancellation
        );
        return [asked with { Office = office, OrganisationId = at }];
    }

    public async Task<Func<Guid, Refusal?>> SeparationAsync(
        OpenedStep step,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var ties = await cases.Aid.TiesAsync(verification.MemberId, cancellation);
        var people = await cases.Aid.PeopleOfAidAsync(school, today, cancellation);
        return member =>
            member == verification.MemberId || ties.Related.Contains(member) ? Refusal.Because("task.separation")
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
                new ClockInputs(moment.Today)
                {
                    VacationRule = AidCase.VacationRuleOf(moment),
                    Until = MotionCase.EndOf(new DateOnly(verification.Year, 12, 31)),
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
        var form = decision.Form;
        if (task.Name == "verification.confirm")
            return Made(
                verification.Confirm(
                    decision.By,
                    decision.Outcome == "changed"
                        ? new VerificationForm(
                            form.Money("yearlyIncome")!.Value,
                            form.Money("yearlySpending")!.Value,
                            form.Number("members")!.Value,
                            form.Text("causeRemoved") == "yes",
                            form.Text("note")!
                        )
                        : null,
                    moment.Now
                )
            );
        var actor = new Actor(
            decision.Deputy ?? decision.By,
            await cases.Aid.TiesAsync(verification.MemberId, cancellation),
            decision.Deputy is null ? null : decision.By
        );
        var decided = verification.Decide(
            actor,
            decision.Outcome switch
            {
                "change" => VerificationOutcome.Change,
                "exit" => VerificationOutcome.Exit,
                _ => VerificationOutcome.Keep,
            },
            form.Text("category") is { } category ? Enum.Parse<AidCategory>(category) : null,
            form.Text("exit") is { } exit ? Enum.Parse<ExitReason>(exit) : null,
            decision.Comment,
            moment.Now
        );
        if (!decided.IsOk)
            return decided.Refusal;
        var refused = await cases.Files.ChangeAsync(
            verification.MemberId,
            file => Write(file, decided.Value, decision.By, moment),
            cancellation
        );
        return refused is null ? new Taken(decided.Value) : refused;
    }

    public IEnumerable<object> Expire(TaskRow task, CaseMoment moment) => [];

    public async Task<Outcome<Taken>> ConcludeAsync(
        OpenedStep step,
        string outcome,
        IReadOnlyList<TaskRow> votes,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        var lapsed = verification.Lapse();
        if (!lapsed.IsOk)
            return lapsed.Refusal;
        await cases.Files.ChangeAsync(
            verification.MemberId,
            file => file.Freeze(verification.Id, moment.Now),
            cancellation
        );
        return new Taken(lapsed.Value);
    }

    public Task<Taken> AnswerAsync(OpenedStep step, CaseMoment moment, CancellationToken cancellation) =>
        Task.FromResult(new Taken());

    public Task<Outcome<Taken>> HearAsync(SignalRow signal, CaseMoment moment, CancellationToken cancellation) =>
        Task.FromResult<Outcome<Taken>>(
            signal.Kind == SignalRow.HolderDied ? EndForDeath() : Refusal.Because("signal.unknown", signal.Kind)
        );

    // Decided or lapsed: nobody is asked anything, and nothing is to be ended.
    private Outcome<Taken> EndForDeath() =>
        verification.Cancel() is { IsOk: true } cancelled
            ? new Taken(cancelled.Value) { Main = new MainMove.End("cancelled") }
            : new Taken();

    private Outcome<FileEntered> Write(AidFile file, VerificationDecided decided, Guid by, CaseMoment moment) =>
        decided.Outcome == VerificationOutcome.Exit
            ? file.Exit(decided.Exit!.Value, decided.Reason, by, verification.Id, moment.Now, moment.Today)
            : file.Verify(decided.Category, decided.Reason, verification.Year, by, verification.Id, moment.Now);

    private static Outcome<Taken> Made<T>(Outcome<T> made)
        where T : VerificationEvent => made.Then<Taken>(e => new Taken(e));
}
