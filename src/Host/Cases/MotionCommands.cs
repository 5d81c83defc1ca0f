using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Host.Congresses;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Engine;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>What may be done to a motion beside deciding a task. Every method is one step with one commit.</summary>
public sealed class MotionCommands(
    EduUnionDb db,
    CaseSteps steps,
    MotionFrame frame,
    MotionCases motions,
    CongressBook congresses,
    Parameters.RuleBook rules,
    TimeProvider time
)
{
    /// <summary>
    /// Files a draft in a session and starts its process; <paramref name="collective"/> = for the delegation that the member
    /// heads (代表团集体提案, M-01), else <c>motion.not-delegation-head</c>. Refusals: <c>motion.session-unknown</c> (404),
    /// <c>motion.not-representative</c> (403, M-01), <c>motion.collection-not-open</c>, <c>motion.collection-closed</c>
    /// (M-02, domain §2.4), and those of the text.
    /// </summary>
    public async Task<Outcome<StepDone>> CreateAsync(
        Guid sessionId,
        MotionContent content,
        Asker asker,
        CancellationToken cancellation,
        bool collective = false
    )
    {
        var now = time.GetUtcNow();
        var session = await congresses.FindSessionAsync(sessionId, cancellation);
        if (session is null)
            return Refusal.Missing("motion.session-unknown");
        if (
            !await congresses.IsRepresentativeAsync(
                asker.MemberId,
                session.SchoolId,
                ChinaTime.DateOf(now),
                cancellation
            )
        )
            return Refusal.Forbidden("motion.not-representative");
        var intersession = (await rules.ForAsync(session.SchoolId, now, cancellation)).Flag("motion.intersession");
        if (now < session.CollectionOpensAt)
            return Refusal.Because("motion.collection-not-open", session.CollectionOpensAt);
        if (now >= session.CollectionClosesAt && !intersession)
            // The first answer to a request that is repeated later is still its answer.
            return await steps.RefuseAsync(Refusal.Because("motion.collection-closed"), asker, cancellation);
        var delegation = collective
            ? await congresses.DelegationHeadedByAsync(session.TermId, asker.MemberId, cancellation)
            : null;
        if (collective && delegation is null)
            return Refusal.Forbidden("motion.not-delegation-head");
        var id = Guid.CreateVersion7(now);
        var created = Motion.Create(id, session.SchoolId, sessionId, asker.MemberId, content, delegation);
        if (!created.IsOk)
            return created.Refusal;
        var row = new CaseRow
        {
            Id = id,
            Kind = MotionCase.KindName,
            SchoolId = session.SchoolId,
            SessionId = sessionId,
            StarterId = asker.MemberId,
            RulesAt = now,
            OpenedAt = now,
        };
        var (motion, drafted) = created.Value;
        return await steps.StartAsync(row, motions.Of(motion), "motion", [drafted], asker, cancellation);
    }

    /// <summary>
    /// Changes the text. Refusals: <c>motion.not-yours</c>, <c>motion.not-editable</c>, <c>motion.already-cosigned</c>,
    /// <c>case.stale</c> (412), and those of the text. Whoever is being asked to co-sign is shown the new text: his form of
    /// the old one is refused.
    /// </summary>
    public Task<Outcome<StepDone>> ReviseAsync(
        Guid id,
        MotionContent content,
        long? version,
        Asker asker,
        CancellationToken cancellation
    ) =>
        frame.ByLeadAsync(
            id,
            "motion.revise-text",
            asker,
            (work, motion) =>
            {
                if (version is { } seen && seen != work.Row.Version)
                    return Task.FromResult<Refusal?>(new Refusal("case.stale", RefusalKind.Stale));
                var revised = motion.Revise(content);
                if (!revised.IsOk)
                    return Task.FromResult<Refusal?>(revised.Refusal);
                work.Happened(revised.Value);
                foreach (var task in work.Row.Tasks.Where(t => t.Name == "motion.cosign"))
                    task.Version++;
                return Task.FromResult<Refusal?>(null);
            },
            cancellation
        );

    /// <summary>
    /// Invites representatives to co-sign (M-02, M-03); each gets a task and a clock of his own. Refusals:
    /// <c>motion.not-yours</c>, <c>motion.invitee-not-representative</c>, and those of <see cref="Motion.Invite"/>.
    /// </summary>
    public Task<Outcome<StepDone>> InviteAsync(
        Guid id,
        IReadOnlyCollection<Guid> memberIds,
        Asker asker,
        CancellationToken cancellation
    ) =>
        frame.ByLeadAsync(
            id,
            "motion.invite",
            asker,
            async (work, motion) =>
            {
                if (work.Row.Tasks.Any(t => t.Name == "motion.gather" && work.IsOver(t)))
                    return Refusal.Because("motion.collection-closed");
                foreach (var member in memberIds.Distinct())
                    if (
                        !await congresses.IsRepresentativeAsync(
                            member,
                            motion.SchoolId,
                            work.Moment.Today,
                            cancellation
                        )
                    )
                        return Refusal.At("memberIds", "motion.invitee-not-representative");
                var invited = motion.Invite(memberIds, work.Moment.Now);
                if (!invited.IsOk)
                    return invited.Refusal;
                work.Happened(invited.Value);
                var gather = work.OpenStepNamed("motion.gather") ?? work.OpenStepNamed("motion.revise")!;
                foreach (var member in invited.Value.MemberIds)
                {
                    var asked = new Asked("motion.cosign", ["confirm", "decline"]) { MemberId = member };
                    work.Tell(gather, await work.AskAsync(gather, asked, "cosign", cancellation));
                }
                return null;
            },
            cancellation
        );

    /// <summary>A co-signer takes his signature back, until the filing decision (M-02).</summary>
    public Task<Outcome<StepDone>> WithdrawCosignatureAsync(Guid id, Asker asker, CancellationToken cancellation) =>
        frame.OnAsync(
            id,
            "motion.withdraw-cosignature",
            asker,
            (work, @case) =>
            {
                var minimum = work.Moment.Rules.Number("motion.min_cosigners");
                var done = @case.Motion.Cosign(asker.MemberId, CosignState.Withdrawn, minimum, work.Moment.Now);
                if (done.IsOk)
                    work.Happened(done.Value);
                return Task.FromResult(done.Refusal);
            },
            cancellation
        );

    /// <summary>
    /// Submits, or abandons before submission: the decision of the proposer's own task, found for him. Refusals:
    /// <c>motion.not-yours</c>, <c>motion.already-submitted</c> (409), and those of <see cref="CaseSteps.DecideAsync"/>.
    /// </summary>
    public async Task<Outcome<StepDone>> DecideGatherAsync(
        Guid id,
        string outcome,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var mine = db.Set<TaskRow>()
            .AsNoTracking()
            .Where(t => t.CaseId == id && t.MemberId == asker.MemberId && t.Case.StarterId == asker.MemberId)
            .Where(t => t.Name == "motion.gather" || t.Name == "motion.lapsed");
        var task = await mine.OrderBy(t => t.State == TaskState.Open ? 0 : 1)
            .ThenByDescending(t => t.OpenedAt)
            .FirstOrDefaultAsync(cancellation);
        return task is null
            ? Refusal.Missing("case.unknown")
            : await steps.DecideAsync(new Decision(task.Id, outcome, null, null, null), asker, cancellation);
    }

    /// <summary>
    /// Gives the motion up before it is submitted. Refusals: <c>motion.submitted</c> once it is, and those of
    /// <see cref="DecideGatherAsync"/>.
    /// </summary>
    public async Task<Outcome<StepDone>> AbandonAsync(Guid id, Asker asker, CancellationToken cancellation)
    {
        var done = await DecideGatherAsync(id, "abandon", asker, cancellation);
        if (done.IsOk || done.Refusal is not { Kind: RefusalKind.Conflict })
            return done;
        var abandoned = nameof(MotionState.Withdrawn);
        return await db.Set<CaseRow>().AnyAsync(c => c.Id == id && c.State == abandoned, cancellation)
            ? done
            : Refusal.Because("motion.submitted");
    }

    /// <summary>
    /// The host asks for a later answer (延期, M-21): starts the side process that the committee chair decides. Refusals:
    /// <c>task.not-yours</c>, <c>handling.unknown</c> (404), and those of <see cref="Motion.AskExtension"/>.
    /// </summary>
    public Task<Outcome<StepDone>> AskExtensionAsync(
        Guid id,
        Guid part,
        int workdays,
        string reason,
        Asker asker,
        CancellationToken cancellation
    ) =>
        frame.ByHostAsync(
            id,
            "extension.ask",
            asker,
            motion => motion.Parts.FirstOrDefault(p => p.Id == part),
            "handling.unknown",
            async (work, motion) =>
            {
                if (Remark.Check("reason", reason) is { } unreadable)
                    return unreadable;
                var clock = work.Row.Clocks.FirstOrDefault(c => c.Name == "answer" && c.Part == part);
                if (clock?.DueOn is not { } due)
                    return Refusal.Because("extension.no-clock");
                var before = work.Moment.Rules.Workdays("ext.ask_before");
                var asked = motion.AskExtension(
                    part,
                    new ExtensionRequest(asker.MemberId, work.Moment.Now, workdays, reason),
                    work.Moment.Rules.Number("ext.max_times"),
                    work.Moment.Rules.Workdays("ext.max"),
                    work.Moment.Calendar.BackWorkdays(due, before, Clocks.ClockFace.InputsOf(clock).VacationRule),
                    work.Moment.Today
                );
                if (!asked.IsOk)
                    return asked.Refusal;
                work.Happened(asked.Value);
                await work.RunAsync(
                    new Stimulus.Start(MotionCase.ExtensionProcess, CaseWork.InputOf(part)),
                    cancellation
                );
                return null;
            },
            cancellation,
            part
        );
}
