using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>How an application begins, is written, submitted and withdrawn. Every method is one step with one commit.</summary>
public sealed class AidCommands(
    EduUnionDb db,
    CaseSteps steps,
    AidCases cases,
    AidDuty duty,
    HouseholdLinks households,
    OrganisationBook organisations,
    TimeProvider time
)
{
    /// <summary>
    /// The member's own application: a draft, with whatever consents he ticks at once. Refusals: <c>aid.no-school</c>, those
    /// of <see cref="AidApplication.Open"/>, <see cref="HouseholdLinks.CheckAsync"/> and
    /// <see cref="AidApplication.GiveConsent"/>.
    /// </summary>
    /// <param name="consents">Kind and version of each consent that was ticked.</param>
    public Task<Outcome<StepDone>> ApplyAsync(
        AidContent content,
        IReadOnlyDictionary<ConsentKind, string> consents,
        Asker asker,
        CancellationToken cancellation
    ) => OpenAsync(AidRoute.Self, asker.MemberId, null, content, consents, asker, cancellation);

    /// <summary>
    /// A hint (线索) of a group leader or the school union's chair; it tells nothing but what he knows. Refusals:
    /// <c>aid.not-reporter</c> (403), <c>aid.no-school</c>, <c>aid.text-missing</c>.
    /// </summary>
    public async Task<Outcome<StepDone>> ReportAsync(
        Guid member,
        string? text,
        Asker asker,
        CancellationToken cancellation
    )
    {
        if (await SchoolOfAsync(member, cancellation) is not { } school)
            return Refusal.Because("aid.no-school");
        if (!await duty.HoldsAsync(asker.MemberId, school, cancellation, Office.GroupLeader, Office.SchoolUnionChair))
            return Refusal.Forbidden("aid.not-reporter");
        return await OpenAsync(AidRoute.Hint, member, text, AidContent.Empty, NoConsents, asker, cancellation);
    }

    /// <summary>
    /// The school union's chair enters it for the applicant. His consents rest on the paper that he signed, which is given
    /// to the draft: here they are refused. Refusals: <c>aid.not-chair</c> (403), <c>aid.consent-paper-missing</c>, and those
    /// of <see cref="ApplyAsync"/>.
    /// </summary>
    public async Task<Outcome<StepDone>> ApplyForAsync(
        Guid applicant,
        AidContent content,
        IReadOnlyDictionary<ConsentKind, string> consents,
        Asker asker,
        CancellationToken cancellation
    )
    {
        if (await SchoolOfAsync(applicant, cancellation) is not { } school)
            return Refusal.Because("aid.no-school");
        return await duty.HoldsAsync(asker.MemberId, school, cancellation, Office.SchoolUnionChair)
            ? await OpenAsync(AidRoute.Behalf, applicant, null, content, consents, asker, cancellation)
            : Refusal.Forbidden("aid.not-chair");
    }

    /// <summary>
    /// Emergency aid (急难), asked by the member himself or by the school union's chair; the chair decides at once. Refusals:
    /// those of <see cref="ApplyForAsync"/>.
    /// </summary>
    public async Task<Outcome<StepDone>> AskEmergencyAsync(
        Guid applicant,
        string? text,
        AidContent content,
        IReadOnlyDictionary<ConsentKind, string> consents,
        Asker asker,
        CancellationToken cancellation
    )
    {
        if (await SchoolOfAsync(applicant, cancellation) is not { } school)
            return Refusal.Because("aid.no-school");
        if (
            asker.MemberId != applicant
            && !await duty.HoldsAsync(asker.MemberId, school, cancellation, Office.SchoolUnionChair)
        )
            return Refusal.Forbidden("aid.not-chair");
        return await OpenAsync(AidRoute.Emergency, applicant, text, content, consents, asker, cancellation);
    }

    /// <summary>
    /// Keeps the draft as far as it is. Refusals: <c>case.unknown</c>, <c>case.stale</c> (412), those of
    /// <see cref="HouseholdLinks.CheckAsync"/> and <see cref="AidApplication.SaveDraft"/>.
    /// </summary>
    public Task<Outcome<StepDone>> SaveDraftAsync(
        Guid id,
        AidContent content,
        long? version,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ByAuthorAsync(
            id,
            "aid.save-draft",
            asker,
            async (work, application) =>
                version is { } seen && seen != work.Row.Version
                    ? new Refusal("case.stale", RefusalKind.Stale)
                    : await households.CheckAsync(
                        content,
                        application.Content,
                        application.ApplicantId,
                        work.Moment.Today,
                        cancellation
                    ) ?? Made(work, application.SaveDraft(content, asker.MemberId, work.Moment.Today)),
            cancellation
        );

    /// <summary>Gives one of the three consents, on behalf with the paper among the documents of the case. Refusals: those of <see cref="AidApplication.GiveConsent"/>.</summary>
    public Task<Outcome<StepDone>> GiveConsentAsync(
        Guid id,
        ConsentKind kind,
        string version,
        Guid? paper,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ByAuthorAsync(
            id,
            "aid.give-consent",
            asker,
            async (work, application) =>
            {
                var waited = kind == ConsentKind.Transfer && !application.Has(kind);
                // Only what he signed and what lies with the case; to the aggregate anything else is no paper.
                var signed = await cases.DocumentAsync(id, paper, nameof(ProofKind.ConsentForm), cancellation);
                var given = application.GiveConsent(kind, version, asker.MemberId, signed, work.Moment.Now);
                if (Made(work, given) is { } refused)
                    return refused;
                // What the district is asked could not be done before.
                if (waited)
                    work.TellAgain(AidCase.IsOfDistrict);
                return null;
            },
            cancellation
        );

    /// <summary>
    /// Takes a consent back. Without the one to collect, an application in progress is withdrawn in the same commit, and the
    /// applicant must have been told so. Refusals: <c>aid.consent-ends-application</c> at <c>confirmed</c> (not confirmed),
    /// those of <see cref="AidApplication.WithdrawConsent"/>, <c>payment.sent</c>.
    /// </summary>
    /// <param name="confirmed">He knows that the application ends with it.</param>
    public Task<Outcome<StepDone>> WithdrawConsentAsync(
        Guid id,
        ConsentKind kind,
        bool confirmed,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ByAuthorAsync(
            id,
            "aid.withdraw-consent",
            asker,
            async (work, application) =>
            {
                var ends = kind == ConsentKind.Collection && application.EndsWithCollection;
                if (Made(work, application.WithdrawConsent(kind, asker.MemberId, work.Moment.Now)) is { } refused)
                    return refused;
                if (ends && !confirmed)
                    return Refusal.At("confirmed", "aid.consent-ends-application");
                if (ends)
                    return Made(work, application.Withdraw(asker.MemberId, null, work.Moment.Now))
                        ?? await work.EndAidAsync(cases, "withdrawn", cancellation);
                // What is public without his consent comes down at once.
                await cases.Notices.ShowAsync(application, work.Moment.Rules, work.Moment.Now, cancellation);
                return null;
            },
            cancellation
        );

    /// <summary>
    /// Submits or submits again: the decision of the author's own task, found for him. Refusals: <c>case.unknown</c>, those
    /// of <see cref="CaseSteps.DecideAsync"/> and <see cref="AidApplication.Submit"/>, <c>aid.duplicate</c>.
    /// </summary>
    public async Task<Outcome<StepDone>> SubmitAsync(Guid id, Asker asker, CancellationToken cancellation)
    {
        var task = await db.Set<TaskRow>()
            .AsNoTracking()
            .Where(t => t.CaseId == id && t.MemberId == asker.MemberId)
            .Where(t => t.Name == "aid.draft" || t.Name == "aid.supplement")
            .OrderBy(t => t.State == TaskState.Open ? 0 : 1)
            .ThenByDescending(t => t.OpenedAt)
            .FirstOrDefaultAsync(cancellation);
        if (task is null)
            return Refusal.Missing("case.unknown");
        var outcome = task.Name == "aid.draft" ? "submit" : "resubmit";
        return await steps.DecideAsync(new Decision(task.Id, outcome, null, null, null), asker, cancellation);
    }

    /// <summary>
    /// The applicant withdraws, until it is approved. Refusals: those of <see cref="AidApplication.Withdraw"/>, and
    /// <c>payment.sent</c>.
    /// </summary>
    public Task<Outcome<StepDone>> WithdrawAsync(
        Guid id,
        string? reason,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ByAuthorAsync(
            id,
            "aid.withdraw",
            asker,
            async (work, application) =>
            {
                if (Made(work, application.Withdraw(asker.MemberId, reason, work.Moment.Now)) is { } refused)
                    return refused;
                return await work.EndAidAsync(cases, "withdrawn", cancellation);
            },
            cancellation
        );

    /// <summary>
    /// Emergency aid: the papers after the money, with all that was not asked before. Refusals: those of
    /// <see cref="AidApplication.HandInPapers"/>.
    /// </summary>
    public Task<Outcome<StepDone>> HandInPapersAsync(
        Guid id,
        AidContent content,
        Asker asker,
        CancellationToken cancellation
    ) =>
        ByAuthorAsync(
            id,
            "aid.hand-in-papers",
            asker,
            async (work, application) =>
            {
                if (
                    await households.CheckAsync(
                        content,
                        application.Content,
                        application.ApplicantId,
                        work.Moment.Today,
                        cancellation
                    ) is
                    { } unknown
                )
                    return unknown;
                var handed = application.HandInPapers(content, asker.MemberId, work.Moment.Now, work.Moment.Today);
                if (Made(work, handed) is { } refused)
                    return refused;
                if (await cases.Traces.NoteAsync(application, work.Moment.Today, cancellation) is { } duplicate)
                    return duplicate;
                await work.ApplyAsync(
                    new Taken { Main = new MainMove.Answer("aid.papers", "submit") },
                    null,
                    cancellation
                );
                return null;
            },
            cancellation
        );

    private static readonly IReadOnlyDictionary<ConsentKind, string> NoConsents = new Dictionary<ConsentKind, string>();

    private async Task<Outcome<StepDone>> OpenAsync(
        AidRoute route,
        Guid applicant,
        string? text,
        AidContent content,
        IReadOnlyDictionary<ConsentKind, string> consents,
        Asker asker,
        CancellationToken cancellation
    )
    {
        if (await SchoolOfAsync(applicant, cancellation) is not { } school)
            return Refusal.Because("aid.no-school");
        var now = time.GetUtcNow();
        var today = ChinaTime.DateOf(now);
        if (await households.CheckAsync(content, AidContent.Empty, applicant, today, cancellation) is { } unknown)
            return unknown;
        var id = Guid.CreateVersion7(now);
        var opened = AidApplication.Open(id, route, school, applicant, asker.MemberId, text, content, now, today);
        if (!opened.IsOk)
            return opened.Refusal;
        var (application, begun) = opened.Value;
        var events = new List<object> { begun };
        foreach (var (kind, version) in consents)
        {
            var given = application.GiveConsent(kind, version, asker.MemberId, null, now);
            if (!given.IsOk)
                return given.Refusal;
            events.Add(given.Value);
        }
        var row = new CaseRow
        {
            Id = id,
            Kind = AidCase.KindName,
            SchoolId = school,
            StarterId = applicant,
            RulesAt = now,
            OpenedAt = now,
        };
        var @case = cases.Of(application);
        return await steps.StartAsync(row, @case, @case.Process, events, asker, cancellation);
    }

    private Task<Outcome<StepDone>> ByAuthorAsync(
        Guid id,
        string act,
        Asker asker,
        Func<CaseWork, AidApplication, Task<Refusal?>> change,
        CancellationToken cancellation
    ) =>
        steps.CommandAsync(
            id,
            asker,
            act,
            async work =>
                // Whoever else asks does not learn that there is an application.
                work.Case
                    is AidCase { Application: var application }
                && (application.ApplicantId == asker.MemberId || application.EnteredById == asker.MemberId)
                    ? await change(work, application)
                    : Refusal.Missing("case.unknown"),
            cancellation
        );

    internal static Refusal? Made<T>(CaseWork work, Outcome<T> made)
        where T : AidEvent
    {
        if (made.IsOk)
            work.Happened(made.Value);
        return made.Refusal;
    }

    private async Task<Guid?> SchoolOfAsync(Guid member, CancellationToken cancellation)
    {
        var at = await db.Set<Member>()
            .Where(m => m.Id == member)
            .Select(m => (Guid?)m.OrganisationId)
            .FirstOrDefaultAsync(cancellation);
        return at is { } id
            ? organisations
                .Path(id)
                .Select(o => organisations.Find(o)!)
                .FirstOrDefault(o => o.Kind == OrganisationKind.School)
                ?.Id
            : null;
    }
}
