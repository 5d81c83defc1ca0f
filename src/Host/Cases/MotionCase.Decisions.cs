using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Organisations;

namespace EduUnion.Host.Cases;

// Which method of the aggregate a task and outcome calls.
public sealed partial class MotionCase
{
    public async Task<Outcome<Taken>> DecideAsync(
        TaskRow task,
        Decided decision,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        // Who files, signs or leads is a representative at that moment (M-01), whatever he was when he was asked.
        Guid? acts = (task.Name, decision.Outcome) switch
        {
            ("motion.gather", "submit") or ("motion.cosign", "confirm") => decision.By,
            ("lead.offer", "accept") or ("withdrawal.takeover", "takeover") => decision.By,
            ("lead.name", _) => decision.Form.Id("member"),
            _ => null,
        };
        if (
            acts is { } member
            && !await congresses.IsRepresentativeAsync(member, motion.SchoolId, moment.Today, cancellation)
        )
            return task.Name == "lead.name"
                ? Refusal.At("member", "form.choice-unknown")
                : Refusal.Forbidden("motion.not-representative");
        return Decide(task, decision, moment);
    }

    public async Task<Refusal?> CheckAsync(
        TaskRow task,
        Decided decision,
        CaseMoment moment,
        CancellationToken cancellation
    )
    {
        var copy = MotionCases.MotionOf(JsonSerializer.Serialize(motion, CaseJson.Options));
        var tried = await new MotionCase(copy, congresses, offices, organisations).DecideAsync(
            task,
            decision,
            moment,
            cancellation
        );
        return tried.Refusal;
    }

    private Outcome<Taken> Decide(TaskRow task, Decided decision, CaseMoment moment)
    {
        // Separation (domain §5): who proposed a motion does not handle it, whatever office he holds.
        if (
            decision.Deputy == motion.ProposerId
            || (
                decision.By == motion.ProposerId
                && (task.MemberId is null || task.IsHandedOn || task.Name == "motion.review")
            )
        )
            return Refusal.Forbidden("task.proposer-handles-own");
        // Rights end with the mandate (scenario 7); what is asked waits for whoever leads next.
        if (motion.LeadLeftAt is not null && decision.By == motion.ProposerId && task.MemberId == decision.By)
            return Refusal.Forbidden("motion.lead-left");
        return task.Part is { } part && motion.Parts.Any(p => p.Id == part)
            ? DecidePart(part, task, decision, moment)
            : DecideMotion(task, decision, moment);
    }

    private Outcome<Taken> DecideMotion(TaskRow task, Decided decision, CaseMoment moment)
    {
        var form = decision.Form;
        var minimum = MinimumCosigners(moment);
        switch (task.Name, decision.Outcome)
        {
            case ("motion.gather", "submit"):
                return motion.Submit(minimum, collecting: true, moment.Now).Then<Taken>(e => new Taken(e));
            case ("motion.cosign", var answer):
                var state = answer == "confirm" ? CosignState.Confirmed : CosignState.Declined;
                return motion
                    .Cosign(decision.By, state, minimum, moment.Now)
                    .Then<Taken>(e => new Taken(e) { CountsForStep = false });
            case ("motion.lapsed", "opinion"):
                return motion.AcceptConversion().Then<Taken>(e => new Taken(e));
            // Abandoning takes effect in the automatic step behind it.
            case ("motion.gather" or "motion.lapsed", "abandon"):
                return new Taken();
            case ("motion.check", _):
                if (CheckDepartments([form.Id("host"), .. form.Ids("cohandlers").Select(d => (Guid?)d)]) is { } unknown)
                    return unknown with { Field = "host" };
                return motion
                    .Recommend(
                        new Recommendation(
                            form.Text("recommendation")!,
                            form.Text("reasonCode"),
                            form.Text("recommendationReason"),
                            form.Id("host"),
                            form.Ids("cohandlers"),
                            decision.By,
                            form.Text("recommendation") == "merge" ? form.Id("main") : null
                        )
                    )
                    .Then<Taken>(e => new Taken(e));
            case ("motion.review", "merge") when CheckMain(moment) is { } unfit:
                return unfit;
            case ("motion.review", var vote):
                return motion
                    .Vote(vote, form.Text("reasonCode"), decision.Comment, minimum)
                    .Then<Taken>(e => new Taken(e));
            case ("motion.presidium", var ruling):
                return motion
                    .Decide(ruling, form.Text("reasonCode"), decision.Comment, minimum)
                    .Then<Taken>(e => new Taken(e));
            case ("motion.revise", _):
                return motion.Resubmit(null, moment.Now).Then<Taken>(e => new Taken(e));
            case ("motion.assign", _):
                return Assign(form.Parts("parts"), moment);
            default:
                return DecideFollowUp(task, decision, moment);
        }
    }

    private Outcome<Taken> DecidePart(Guid part, TaskRow task, Decided decision, CaseMoment moment)
    {
        var form = decision.Form;
        switch (task.Name, decision.Outcome)
        {
            case ("handling.accept", "accept"):
                return motion.Accept(part, decision.By, moment.Now).Then<Taken>(e => new Taken(e));
            case ("handling.accept", _):
                return motion
                    .Return(
                        part,
                        decision.By,
                        decision.Comment,
                        moment.Rules.Number("transfer.max"),
                        ReturnUntil(part, moment),
                        moment.Now,
                        moment.Today
                    )
                    .Then<Taken>(e => new Taken(e));
            case ("handling.reassign" or "handling.ruling", _):
                var host = form.Id("host")!.Value;
                if (CheckDepartments([host, .. form.Ids("cohandlers").Select(d => (Guid?)d)]) is { } unknown)
                    return unknown with { Field = "host" };
                return motion
                    .Reassign(part, host, form.Ids("cohandlers"), task.Name == "handling.ruling", moment.Now)
                    .Then<Taken>(e => new Taken(e));
            case ("handling.opinion", _):
                var opinion = new CohandlerOpinion(
                    task.OrganisationId!.Value,
                    decision.By,
                    moment.Now,
                    form.Text("opinion")!
                );
                return motion.GiveOpinion(part, opinion).Then<Taken>(e => new Taken(e));
            case ("handling.meeting", _):
                var meeting = new ProposerMeeting(
                    decision.By,
                    moment.Now,
                    form.Date("metOn")!.Value,
                    form.Text("mode")!,
                    form.Text("place"),
                    form.Text("people")!,
                    form.Text("gist")!
                );
                return motion
                    .Meet(part, meeting, moment.Today, ChinaTime.DateOf(motion.Part(part).AssignedAt))
                    .Then<Taken>(e => new Taken(e));
            case ("handling.draft", _):
                return motion
                    .DraftAnswer(
                        part,
                        Enum.Parse<AnswerClass>(form.Text("class")!),
                        form.Text("text")!,
                        form.Date("reconsiderOn"),
                        form.Commitments("commitments"),
                        decision.By,
                        moment.Now,
                        moment.Today
                    )
                    .Then<Taken>(e => new Taken(e));
            case ("handling.sign", "sign"):
                return new Taken(motion.Sign(part, decision.By, moment.Now));
            case ("handling.leader", "agree"):
                return new Taken(motion.ReviewAnswer(part, decision.By, moment.Now));
            case ("handling.formcheck", "deliver"):
                return new Taken(motion.CheckAnswer(part, decision.By, moment.Now));
            case ("handling.sign" or "handling.leader" or "handling.formcheck", _):
                return motion.ReturnAnswer(part, task.Name, decision.Comment).Then<Taken>(e => new Taken(e));
            case ("extension.decide", "grant"):
                return motion
                    .DecideExtension(part, decision.By, form.Number("workdays"), decision.Comment, moment.Now)
                    .Then<Taken>(e => new Taken(e));
            case ("extension.decide", _):
                return motion
                    .DecideExtension(part, decision.By, null, decision.Comment, moment.Now)
                    .Then<Taken>(e => new Taken(e));
            default:
                throw new InvalidOperationException($"A part has no task {task.Name} with {decision.Outcome}.");
        }
    }

    private Outcome<Taken> Assign(ImmutableArray<PartValue> values, CaseMoment moment)
    {
        if (
            CheckDepartments([.. values.SelectMany(p => p.Cohandlers.Prepend(p.Host)).Select(d => (Guid?)d)]) is
            { } unknown
        )
            return unknown with { Field = "parts" };
        ImmutableArray<Handling> parts =
        [
            .. values.Select(p => new Handling(Guid.CreateVersion7(moment.Now), p.Host, p.Cohandlers, moment.Now)),
        ];
        var ids = JsonSerializer.SerializeToElement(parts.Select(p => p.Id));
        return motion
            .Assign(parts)
            .Then<Taken>(e => new Taken(e)
            {
                Routing = ImmutableDictionary.CreateRange([KeyValuePair.Create("parts", ids)]),
            });
    }

    /// <summary>Every named department must belong to the motion's own school.</summary>
    private Refusal? CheckDepartments(IEnumerable<Guid?> named) =>
        named.Where(d => d is not null).All(d => IsOwnDepartment(d!.Value))
            ? null
            : Refusal.Because("motion.department-unknown");

    private bool IsOwnDepartment(Guid id) =>
        organisations.Find(id) is { Kind: OrganisationKind.Department } department
        && department.ParentId == motion.SchoolId;
}
