using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Motions;

namespace EduUnion.Host.Cases;

// After the answer and beside the main process: feedback, promises, withdrawal, a new lead, the appeal, merging.
public sealed partial class MotionCase
{
    public Task<Outcome<Taken>> HearAsync(SignalRow signal, CaseMoment moment, CancellationToken cancellation) =>
        Task.FromResult(Hear(signal, moment));

    private Outcome<Taken> Hear(SignalRow signal, CaseMoment moment)
    {
        switch (signal.Kind)
        {
            case SignalRow.MainAnswered or SignalRow.MainWithdrawn when motion.MainId != signal.SourceId:
                return Refusal.Because("merge.not-following");
            case SignalRow.MainAnswered when motion.State == MotionState.Merged:
                // The answer that went out, whatever the main motion has come to since.
                var answers = MotionCases.MotionOf(moment.Other!).Parts.Where(p => p.Round == 1);
                return new Taken(motion.TakeAnswer([.. answers], moment.Now))
                {
                    Main = new MainMove.Answer("motion.follow", "delivered"),
                    Ends = [WithdrawalProcess],
                };
            case SignalRow.MainWithdrawn:
                return motion
                    .Unmerge()
                    .Then<Taken>(e => new Taken(e) { Main = new MainMove.Answer("motion.follow", "unmerged") });
            case SignalRow.SessionArchived:
                return motion.State is MotionState.Closed or MotionState.ClosedDissent
                    ? new Taken { Main = new MainMove.Answer("motion.archive", "archive") }
                    : Refusal.Because("motion.not-closed");
            case SignalRow.RepresentativeLeft when signal.SourceId == motion.ProposerId:
                var submitted = motion.SubmittedAt is not null;
                return motion.LoseLead(moment.Now) is { } left
                    ? new Taken(left) { Ends = [WithdrawalProcess], Starts = submitted ? LeadProcess : null }
                    : Refusal.Because("motion.wrong-state");
            case SignalRow.RepresentativeLeft:
                return motion.LoseCosigner(signal.SourceId, MinimumCosigners(moment), moment.Now) is { } lost
                    ? new Taken(lost)
                    : Refusal.Because("motion.wrong-state");
            default:
                return Refusal.Because("motion.wrong-state");
        }
    }

    /// <summary>May this motion be merged into the one that is locked with it?</summary>
    private Refusal? CheckMain(CaseMoment moment) =>
        moment.Other is { Kind: KindName } main
            ? MotionCases.MotionOf(main).CheckMain(motion)
            : Refusal.Because("merge.main-missing");

    private async Task<Taken> AnswerFollowUpAsync(OpenedStep step, CaseMoment moment, CancellationToken cancellation)
    {
        switch (step.Name)
        {
            case "motion.rated":
                var leads = motion.WhereFeedbackLeads(moment.Rules.Number("rehandle.max"));
                return leads == "meeting" ? new(motion.CallMeeting()) { Outcome = leads } : new() { Outcome = leads };
            case "motion.rehandle":
                var again = motion.Rehandle(_ => Guid.CreateVersion7(moment.Now), moment.Now);
                return new(again) { Routing = Ids("parts", again.Parts.Select(p => p.Id)) };
            case "motion.redelivered":
                return new(motion.Reply(moment.Now));
            case "motion.pledges":
                var followed = motion.Follow(_ => Guid.CreateVersion7(moment.Now), moment.Today);
                return new(followed.Ids.IsEmpty ? [] : [followed]) { Routing = Ids("items", followed.Ids) };
            case "motion.close":
                return new(motion.Close(moment.Now));
            case "motion.archived":
                return new(motion.Archive(moment.Now).Value) { Main = new MainMove.End("archived") };
            case "withdrawal.ask":
                var any = (await StandingCosignersAsync(moment, cancellation)).Count > 0;
                return new() { Outcome = any ? "offer" : "consent" };
            case "withdrawal.end":
                return new(motion.EndByWithdrawal(moment.Now))
                {
                    Main = new MainMove.End("withdrawn"),
                    TellsFollowers = SignalRow.MainWithdrawn,
                };
            case "lead.find":
                return new()
                {
                    Outcome = (await StandingCosignersAsync(moment, cancellation)).Count > 0 ? "offer" : "fallback",
                };
            case "lead.fallback":
                if (await DelegationHeadAsync(moment, cancellation) is not { } head || head == motion.ProposerId)
                    return new() { Outcome = "none" };
                return motion.FollowLead(head, moment.Now) is { IsOk: true } led
                    ? Led(led.Value) with
                    {
                        Outcome = "found",
                    }
                    // Somebody leads by now.
                    : new() { Outcome = "found" };
            case "appeal.reopen":
                return new(motion.Reopen(moment.Now)) { Main = new MainMove.Restart("review-phase") };
            case "appeal.uphold":
                return new() { Main = new MainMove.Answer("motion.rejected", "final") };
            case "withdrawal.refused":
                return new();
            default:
                throw new InvalidOperationException($"A motion has no automatic step {step.Name}.");
        }
    }

    private Outcome<Taken> DecideFollowUp(TaskRow task, Decided decision, CaseMoment moment)
    {
        var form = decision.Form;
        switch (task.Name, decision.Outcome)
        {
            case ("motion.delegation", var opinion):
                return motion
                    .SpeakForDelegation(new(opinion == "support", decision.Comment?.Trim(), decision.By, moment.Now))
                    .Then<Taken>(e => new Taken(e));
            case ("motion.feedback", _):
                return motion
                    .Rate(
                        Enum.Parse<Satisfaction>(form.Text("manner")!),
                        Enum.Parse<Satisfaction>(form.Text("result")!),
                        decision.Comment,
                        decision.By,
                        moment.Now
                    )
                    .Then<Taken>(e => new Taken(e));
            case ("motion.discontent", var answer):
                return motion
                    .ReviewDiscontent(answer == "rehandle", decision.Comment, decision.By, moment.Now)
                    .Then<Taken>(e => new Taken(e));
            case ("motion.explain", _):
                return motion
                    .Explain(Meeting(decision, moment), moment.Today, moment.Now)
                    .Then<Taken>(e => new Taken(e));
            case ("motion.dispute", _):
                return motion.MinuteDispute(Meeting(decision, moment), moment.Today).Then<Taken>(e => new Taken(e));
            case ("commitment.report", _):
                return motion
                    .Report(task.Part!.Value, true, form.Text("text"), decision.By, moment.Now)
                    .Then<Taken>(e => new Taken(e));
            case ("commitment.verify", var finding):
                var found = finding switch
                {
                    "verify" => CommitmentState.Verified,
                    "explain" => CommitmentState.Explained,
                    _ => CommitmentState.Open,
                };
                return motion
                    .Settle(task.Part!.Value, found, decision.Comment, decision.By, moment.Now)
                    .Then<Taken>(e => new Taken(e));
            case ("withdrawal.takeover", "takeover"):
                return motion.TakeOver(decision.By, moment.Now).Then<Taken>(e => Led(e) with { Ends = [LeadProcess] });
            case ("withdrawal.takeover", _):
                // The last who declines leaves nobody to wait for.
                return motion
                    .DeclineTakeOver(decision.By)
                    .Then<Taken>(e => new Taken(e) { CountsForStep = e.ByAll, Outcome = "lapse" });
            case ("withdrawal.consent", var consent):
                return motion
                    .DecideWithdrawal(consent == "agree", decision.Comment, moment.Now)
                    .Then<Taken>(e => new Taken(e));
            case ("lead.offer", "accept"):
                return motion.FollowLead(decision.By, moment.Now).Then<Taken>(e => Led(e));
            case ("lead.offer", _):
                return new Taken();
            case ("lead.name", _):
                return motion.FollowLead(form.Id("member")!.Value, moment.Now).Then<Taken>(e => Led(e));
            case ("appeal.decide", var ruling):
                return motion
                    .DecideAppeal(ruling == "reopen", decision.Comment, decision.By, moment.Now)
                    .Then<Taken>(e => new Taken(e));
            default:
                throw new InvalidOperationException($"A motion has no task {task.Name} with {decision.Outcome}.");
        }
    }

    private FollowUpMeeting Meeting(Decided decision, CaseMoment moment) =>
        new(
            motion.Forms[^1].Round,
            decision.Form.Date("metOn")!.Value,
            decision.Form.Text("place"),
            decision.Form.Text("people")!,
            decision.Form.Text("minutes")!,
            decision.By,
            moment.Now
        );

    private static Taken Led(LeadChanged changed) =>
        new(changed) { Readdresses = (changed.Change.From, changed.Change.To) };

    private static ImmutableDictionary<string, JsonElement> Ids(string name, IEnumerable<Guid> ids) =>
        ImmutableDictionary.CreateRange([KeyValuePair.Create(name, JsonSerializer.SerializeToElement(ids))]);

    /// <summary>Who has co-signed and still is a representative, the first who signed first.</summary>
    private async Task<IReadOnlyList<Guid>> StandingCosignersAsync(CaseMoment moment, CancellationToken cancellation)
    {
        var signed = motion
            .Cosigners.Where(c => c.State == CosignState.Confirmed)
            .OrderBy(c => c.AnsweredAt)
            .Select(c => c.MemberId)
            .ToList();
        var standing = await congresses.StandingAsync(signed, motion.SchoolId, moment.Today, cancellation);
        return [.. signed.Where(standing.Contains)];
    }

    /// <summary>The head of the proposer's delegation in the session's term; null when there is none who still stands.</summary>
    private async Task<Guid?> DelegationHeadAsync(CaseMoment moment, CancellationToken cancellation)
    {
        var head = await congresses.DelegationHeadAsync(
            (await SessionAsync(cancellation)).TermId,
            motion.LeadChanges.IsEmpty ? motion.ProposerId : motion.LeadChanges[0].From,
            cancellation
        );
        return
            head is { } member
            && await congresses.IsRepresentativeAsync(member, motion.SchoolId, moment.Today, cancellation)
            ? member
            : null;
    }

    private async Task<Guid> MemberOfAsync(string role, CaseMoment moment, CancellationToken cancellation) =>
        role switch
        {
            "proposer" => motion.ProposerId,
            "delegationHead" => (await DelegationHeadAsync(moment, cancellation))!.Value,
            "firstCosigner" => (await StandingCosignersAsync(moment, cancellation))[0],
            _ => throw new InvalidOperationException($"A motion has no role {role}."),
        };
}
