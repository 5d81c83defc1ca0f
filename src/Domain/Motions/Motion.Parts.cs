using System.Collections.Immutable;
using static EduUnion.Domain.Motions.HandlingState;

namespace EduUnion.Domain.Motions;

// The parts of a motion: assignment, receipt, opinions, meeting, answer (domain §2.6, §2.7).
public sealed partial class Motion
{
    public Handling Part(Guid id) =>
        Parts.FirstOrDefault(p => p.Id == id) ?? throw new InvalidOperationException($"Motion {Id} has no part {id}.");

    /// <summary>
    /// Assigns hosts and co-handlers (交办). Refusals: <c>motion.wrong-state</c>, <c>motion.host-missing</c>,
    /// <c>motion.host-twice</c>, <c>motion.host-is-cohandler</c>.
    /// </summary>
    public Outcome<MotionAssigned> Assign(ImmutableArray<Handling> parts)
    {
        if (Illegal(MotionState.Assigned) is { } illegal)
            return illegal;
        if (parts.IsEmpty)
            return Refusal.At("parts", "motion.host-missing");
        if (parts.Select(p => p.HostId).Distinct().Count() != parts.Length)
            return Refusal.At("parts", "motion.host-twice");
        if (parts.Any(p => p.CohandlerIds.Contains(p.HostId)))
            return Refusal.At("parts", "motion.host-is-cohandler");
        Parts = parts;
        State = MotionState.Assigned;
        return new MotionAssigned(parts);
    }

    /// <summary>Receipt by the host (签收, M-10).</summary>
    public Outcome<HandlingAccepted> Accept(Guid part, Guid by, DateTimeOffset now)
    {
        if (Part(part).State != HandlingState.Assigned)
            return Refusal.Because("handling.wrong-state");
        Change(part, p => p with { State = HandlingState.Handling, AcceptedAt = now, ContactId = by });
        if (State == MotionState.Assigned)
            State = MotionState.Handling;
        return new HandlingAccepted(part);
    }

    /// <summary>May this host still say "not ours"? Twice per part, never after a final ruling, within the period (M-11).</summary>
    public bool MayReturn(Guid part, int maximum, DateOnly until, DateOnly today) =>
        !Part(part).Ruled && Part(part).Returns.Length < maximum && today <= until;

    /// <summary>
    /// "Not ours" (退回改派). <paramref name="until"/> = last day of the period after assignment. Refusals:
    /// <c>handling.return-exhausted</c>, <c>handling.return-too-late</c>, <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<HandlingReturned> Return(
        Guid part,
        Guid by,
        string? reason,
        int maximum,
        DateOnly until,
        DateTimeOffset now,
        DateOnly today
    )
    {
        var current = Part(part);
        if (current.State != HandlingState.Assigned)
            return Refusal.Because("handling.wrong-state");
        if (current.Ruled || current.Returns.Length >= maximum)
            return Refusal.Because("handling.return-exhausted");
        if (today > until)
            return Refusal.Because("handling.return-too-late", until);
        if (Blank(reason))
            return Refusal.At("comment", "form.reason-missing");
        var returned = new HandlingReturn(current.HostId, by, now, reason!.Trim());
        Change(
            part,
            p => p.WithoutOpenRequest(now) with { State = TransferRequested, Returns = p.Returns.Add(returned) }
        );
        return new HandlingReturned(part, returned);
    }

    /// <summary>
    /// A new host after "not ours" (改派), or the chair's final ruling (裁定); the period starts afresh with
    /// <paramref name="now"/>. Refusals: <c>handling.wrong-state</c>, <c>motion.host-is-cohandler</c>,
    /// <c>motion.host-twice</c>, <c>handling.same-host</c> (a plain re-assignment must name another department).
    /// </summary>
    public Outcome<HandlingReassigned> Reassign(
        Guid part,
        Guid hostId,
        ImmutableArray<Guid> cohandlerIds,
        bool ruling,
        DateTimeOffset now
    )
    {
        var current = Part(part);
        if (current.State != TransferRequested)
            return Refusal.Because("handling.wrong-state");
        if (cohandlerIds.Contains(hostId))
            return Refusal.At("cohandlers", "motion.host-is-cohandler");
        if (Parts.Any(p => p.Id != part && p.HostId == hostId))
            return Refusal.At("host", "motion.host-twice");
        if (!ruling && hostId == current.HostId)
            return Refusal.At("host", "handling.same-host");
        Change(
            part,
            p =>
                p with
                {
                    State = HandlingState.Assigned,
                    HostId = hostId,
                    CohandlerIds = cohandlerIds,
                    Ruled = ruling,
                    AssignedAt = now,
                }
        );
        return new HandlingReassigned(part, hostId, cohandlerIds, ruling);
    }

    /// <summary>A co-handler's opinion. Refusals: <c>handling.not-cohandler</c>.</summary>
    public Outcome<CohandlerOpinionGiven> GiveOpinion(Guid part, CohandlerOpinion opinion)
    {
        if (!Part(part).CohandlerIds.Contains(opinion.DepartmentId))
            return Refusal.Because("handling.not-cohandler");
        Change(part, p => p with { Opinions = p.Opinions.Add(opinion) });
        return new CohandlerOpinionGiven(part, opinion);
    }

    /// <summary>A meeting with the proposer. Refusal: <c>handling.meeting-in-future</c>, <c>handling.meeting-too-early</c>.</summary>
    public Outcome<ProposerMet> Meet(Guid part, ProposerMeeting meeting, DateOnly today, DateOnly assignedOn)
    {
        if (meeting.MetOn > today)
            return Refusal.At("metOn", "handling.meeting-in-future");
        if (meeting.MetOn < assignedOn)
            return Refusal.At("metOn", "handling.meeting-too-early", assignedOn);
        Change(part, p => p with { Meetings = p.Meetings.Add(meeting) });
        return new ProposerMet(part, meeting);
    }

    /// <summary>
    /// The answer as drafted by the department (M-24). Refusals: <c>answer.commitments-missing</c> (class B),
    /// <c>answer.commitments-unexpected</c> (C, D), <c>answer.commitment-in-past</c>,
    /// <c>answer.reconsider-missing</c> (class C), <c>handling.wrong-state</c>.
    /// </summary>
    public Outcome<AnswerDrafted> DraftAnswer(
        Guid part,
        AnswerClass @class,
        string text,
        DateOnly? reconsiderOn,
        ImmutableArray<Commitment> commitments,
        Guid by,
        DateTimeOffset now,
        DateOnly today
    )
    {
        var current = Part(part);
        if (current.State != HandlingState.Handling)
            return Refusal.Because("handling.wrong-state");
        if (@class == AnswerClass.B && commitments.IsEmpty)
            return Refusal.At("commitments", "answer.commitments-missing");
        if (@class is AnswerClass.C or AnswerClass.D && !commitments.IsEmpty)
            return Refusal.At("commitments", "answer.commitments-unexpected");
        if (commitments.Any(c => c.DueOn < today))
            return Refusal.At("commitments", "answer.commitment-in-past");
        if (@class == AnswerClass.C && reconsiderOn is null)
            return Refusal.At("reconsiderOn", "answer.reconsider-missing");
        if (reconsiderOn <= today)
            return Refusal.At("reconsiderOn", "answer.reconsider-in-past");
        var draft = new AnswerDraft(
            (current.Answer?.Revision ?? 0) + 1,
            @class,
            text,
            reconsiderOn,
            commitments,
            by,
            now
        );
        // A new revision has no signatures: whoever signed the last one signed another text.
        Change(
            part,
            p => p with { State = Signing, Answer = draft, SignedBy = null, ReviewedBy = null, CheckedBy = null }
        );
        return new AnswerDrafted(part, draft);
    }

    /// <summary>The department head signs (签发).</summary>
    public AnswerSigned Sign(Guid part, Guid by, DateTimeOffset now)
    {
        Change(part, p => p with { SignedBy = new Signature(by, now) });
        return new AnswerSigned(part);
    }

    /// <summary>The school leader in charge agrees (分管领导审阅).</summary>
    public AnswerReviewed ReviewAnswer(Guid part, Guid by, DateTimeOffset now)
    {
        Change(part, p => p with { ReviewedBy = new Signature(by, now) });
        return new AnswerReviewed(part);
    }

    /// <summary>The secretary finds the form in order (格式核对).</summary>
    public AnswerChecked CheckAnswer(Guid part, Guid by, DateTimeOffset now)
    {
        Change(part, p => p with { CheckedBy = new Signature(by, now) });
        return new AnswerChecked(part);
    }

    /// <summary>Back to the draft from the head, the leader or the form check. Refusal <c>form.reason-missing</c>.</summary>
    public Outcome<AnswerReturned> ReturnAnswer(Guid part, string from, string? reason)
    {
        if (Part(part).State != Signing)
            return Refusal.Because("handling.wrong-state");
        if (Blank(reason))
            return Refusal.At("comment", "form.reason-missing");
        Change(part, p => p with { State = HandlingState.Handling });
        return new AnswerReturned(part, from, reason!.Trim());
    }

    /// <summary>The answer goes out to the proposer and the co-signers (送达).</summary>
    public AnswerDelivered Deliver(Guid part, DateTimeOffset now)
    {
        Change(part, p => p.WithoutOpenRequest(now) with { State = Delivered, DeliveredAt = now });
        return new AnswerDelivered(part, Part(part).Answer!.Class);
    }

    /// <summary>
    /// The host asks for more time (延期, M-21). <paramref name="lastDay"/> = last day on which it may be asked. Refusals:
    /// <c>extension.used</c>, <c>extension.too-late</c>, <c>extension.too-long</c>, <c>extension.workdays-missing</c>,
    /// <c>form.reason-missing</c>, <c>handling.wrong-state</c>.
    /// </summary>
    public Outcome<ExtensionAsked> AskExtension(
        Guid part,
        ExtensionRequest request,
        int maximumTimes,
        int maximumWorkdays,
        DateOnly lastDay,
        DateOnly today
    )
    {
        var current = Part(part);
        if (current.State is Delivered or TransferRequested)
            return Refusal.Because("handling.wrong-state");
        if (current.ExtensionsUsed >= maximumTimes)
            return Refusal.Because("extension.used", maximumTimes);
        if (today > lastDay)
            return Refusal.Because("extension.too-late", lastDay);
        if (request.Workdays < 1)
            return Refusal.At("workdays", "extension.workdays-missing");
        if (request.Workdays > maximumWorkdays)
            return Refusal.At("workdays", "extension.too-long", maximumWorkdays);
        if (Blank(request.Reason))
            return Refusal.At("reason", "form.reason-missing");
        Change(part, p => p with { Extensions = p.Extensions.Add(request) });
        return new ExtensionAsked(part, request.Workdays, request.Reason.Trim());
    }

    /// <summary>
    /// The chair grants (at most what was asked) or refuses; silence refuses (M-21). Refusals: <c>extension.not-open</c>,
    /// <c>extension.too-long</c>.
    /// </summary>
    public Outcome<ExtensionDecided> DecideExtension(
        Guid part,
        Guid? by,
        int? workdays,
        string? reason,
        DateTimeOffset now
    )
    {
        var open = Part(part).Extensions.FirstOrDefault(e => e.DecidedAt is null);
        if (open is null)
            return Refusal.Because("extension.not-open");
        if (workdays is < 1)
            return Refusal.At("workdays", "extension.workdays-missing");
        if (workdays > open.Workdays)
            return Refusal.At("workdays", "extension.too-long", open.Workdays);
        var decided = open with { DecidedAt = now, DecidedBy = by, GrantedWorkdays = workdays };
        Change(part, p => p with { Extensions = p.Extensions.Replace(open, decided) });
        return new ExtensionDecided(part, workdays, reason);
    }

    private void Change(Guid part, Func<Handling, Handling> change) =>
        Parts = [.. Parts.Select(p => p.Id == part ? change(p) : p)];
}
