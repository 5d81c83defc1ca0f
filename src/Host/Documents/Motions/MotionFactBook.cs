using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Parameters;
using EduUnion.Domain.People;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Workflows.Catalogue;
using Microsoft.EntityFrameworkCore;
using DeskPart = EduUnion.Workflows.Steps.DeskPart;

namespace EduUnion.Host.Documents.Motions;

/// <summary>Looks up what the forms say: the one place where the aggregate meets the documents.</summary>
public sealed class MotionFactBook(
    EduUnionDb db,
    MemberBook members,
    CongressBook congresses,
    OrganisationBook organisations,
    OfficeBook offices,
    RuleBook rules,
    CalendarBook calendars,
    Texts texts
)
{
    /// <summary>PostgreSQL keeps microseconds, the aggregate ticks.</summary>
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    public async Task<MotionFacts> OfAsync(
        MotionView view,
        Handling? part,
        Insight insight,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var motion = view.Motion;
        var votes = insight.HoldsOffice ? await VotesAsync(motion.Id, cancellation) : [];
        var leaders = part is null
            ? []
            : await offices.HoldersAsync(Office.SchoolLeader, part.HostId, viewer.Today, cancellation);
        var deputised = await DeputisedAsync(motion.Id, cancellation);
        var names = await NamesAsync(
            motion,
            votes
                .SelectMany(v => new[] { v.DecidedBy!.Value, v.DecidedForId ?? v.DecidedBy!.Value })
                .Concat(deputised.Select(d => d.DecidedBy!.Value))
                .Concat(leaders),
            cancellation
        );
        var ruled = await rules.ForAsync(view.Row.SchoolId, view.Row.RulesAt, cancellation);
        var delegations = (
            await congresses.RepresentativesAsync(view.Session.TermId, viewer.Today, cancellation)
        ).ToDictionary(r => r.MemberId, r => r.Delegation);
        var collective = motion.DelegationId is null ? "" : "（集体提案）";
        return new MotionFacts
        {
            Motion = motion,
            School = organisations.Find(motion.SchoolId)?.Name ?? "",
            Congress =
                $"第{Numerals.Chinese(view.Session.TermNumber)}届第{Numerals.Chinese(view.Session.Number)}次教代会",
            Number = motion.Number ?? motion.ReceiptNumber ?? "",
            Called = AnswerLetter.Called(motion),
            Ordinal = Ordinal(motion.Number ?? motion.ReceiptNumber),
            Category = motion.Content.Category.Length > 0 ? Word("category." + motion.Content.Category) : "",
            Proposer = new Signatory(
                names.GetValueOrDefault(motion.ProposerId, ""),
                delegations.GetValueOrDefault(motion.ProposerId) + collective,
                motion.SubmittedAt
            ),
            Cosigners =
            [
                .. motion
                    .Cosigners.Where(c => c.State == CosignState.Confirmed)
                    .Select(c => new Signatory(
                        names.GetValueOrDefault(c.MemberId, ""),
                        delegations.GetValueOrDefault(c.MemberId),
                        c.AnsweredAt
                    )),
            ],
            Hosts = Departments(view, motion.CurrentParts.Select(p => p.HostId)),
            FeedbackWorkdays = ruled.Workdays("feedback"),
            Feedbacks =
            [
                .. motion
                    .Forms.Where(f => f.Rating is not null)
                    .Select(f => new FeedbackFacts(
                        f.Round,
                        f.Rating!.Manner,
                        f.Rating.Result,
                        f.Rating.Reason,
                        names.GetValueOrDefault(f.Rating.By, ""),
                        f.Rating.At
                    )),
            ],
            Words = Word,
            Review =
                motion.Recommendation is { } recommended && insight.HoldsOffice
                    ? Review(view, recommended, votes, names)
                    : null,
            Part = part is null
                ? null
                : Part(
                    view,
                    part,
                    insight,
                    names,
                    deputised,
                    string.Join('、', leaders.Select(l => names.GetValueOrDefault(l, ""))),
                    await calendars.ForAsync(view.Row.SchoolId, cancellation),
                    ruled
                ),
        };
    }

    private PartFacts Part(
        MotionView view,
        Handling part,
        Insight insight,
        Dictionary<Guid, string> names,
        IReadOnlyList<TaskRow> deputised,
        string leaders,
        WorkingCalendar calendar,
        Rules ruled
    )
    {
        var motion = view.Motion;
        var round = motion.Parts.Where(p => p.Round == part.Round).ToList();
        var answer = Clock("answer");
        return new PartFacts
        {
            Handling = part,
            Ordinal = round.Count > 1 ? round.IndexOf(part) + 1 : 0,
            Host = Department(part.HostId),
            Cohandlers = Departments(view, part.CohandlerIds),
            Leaders = leaders,
            Phone = organisations.Find(part.HostId)?.Phone ?? organisations.Find(motion.SchoolId)?.Phone ?? "",
            Contact = Name(part.ContactId),
            SignedBy = part.SignedBy is { } signed
                ? Did(signed.By, signed.At)
                    + (signed.InsteadOf is { } absent ? $"（代{Name(absent)}）" : "")
                    + (signed.Revision is { } earlier ? $"（签于第{earlier}稿）" : "")
                : "",
            ReceiptDue = Clock("receipt")?.Due.On,
            ReturnUntil = part.Ruled
                ? null
                : calendar.AddWorkdays(
                    ChinaTime.DateOf(part.AssignedAt),
                    ruled.Workdays("transfer"),
                    answer?.Inputs.VacationRule ?? VacationRule.None
                ),
            AnswerDue = answer?.Due.On,
            OriginalDue = answer?.Due.OriginalOn is { } original && original != answer.Due.On ? original : null,
            Provisional = answer?.Due.Provisional == true,
            Opinions = insight.ReadsOpinions(part)
                ? [.. part.Opinions.Select(o => new OpinionFacts(Department(o.DepartmentId), o.At, o.Text))]
                : [],
            Meetings = insight.ReadsMeetings(part)
                ?
                [
                    .. part.Meetings.Select(m => new MeetingFacts(
                        m.MetOn,
                        Word("option.mode." + m.Mode),
                        m.Place,
                        m.People,
                        m.Gist,
                        Did(m.By, m.At)
                    )),
                ]
                : [],
            Returns =
            [
                .. part.Returns.Select(r => new ReturnFacts(Department(r.HostId), Did(r.By, r.At), r.At, r.Reason)),
            ],
            Extensions = insight.ReadsMeetings(part)
                ?
                [
                    .. part.Extensions.Select(e => new ExtensionFacts(
                        Name(e.By),
                        e.At,
                        e.Workdays,
                        e.Reason,
                        e.DecidedAt,
                        e is { DecidedAt: { } decided, DecidedBy: { } by } ? Did(by, decided) : "",
                        e.GrantedWorkdays
                    )),
                ]
                : [],
            Supervisions =
            [
                .. motion
                    .Commitments.Where(c => c.Part == part.Id)
                    .SelectMany(c => c.Notices.Select(n => (Promise: c, Notice: n)))
                    .Select(s => new SupervisionFacts(
                        s.Promise.Item,
                        s.Promise.Owner,
                        s.Notice.DueBefore,
                        ChinaTime.DateOf(s.Notice.At).DayNumber - s.Notice.DueBefore.DayNumber,
                        s.Notice.DueOn,
                        s.Notice.Text,
                        Name(s.Notice.By),
                        s.Notice.At
                    )),
            ],
        };

        string Department(Guid id) => view.Departments.GetValueOrDefault(id, "");
        // 乙（代甲）: the aggregate knows in whose capacity it was decided, the task who did it.
        string Did(Guid by, DateTimeOffset at) =>
            deputised.FirstOrDefault(t => t.DecidedForId == by && (t.ClosedAt!.Value - at).Duration() < Instant)
                is { } task
                ? $"{Name(task.DecidedBy)}（代{Name(by)}）"
                : Name(by);
        string Name(Guid? id) => id is { } member ? names.GetValueOrDefault(member, "") : "";
        // A new host has a clock of his own, and so has a re-handling; the latest is this one's.
        ClockView? Clock(string name) =>
            view.Clocks.Where(c => c.Row.Name == name && c.Row.Part == part.Id).MaxBy(c => c.Row.StartedAt);
    }

    private ReviewFacts Review(
        MotionView view,
        Recommendation recommended,
        IReadOnlyList<TaskRow> votes,
        Dictionary<Guid, string> names
    )
    {
        var review = view.Motion.Review;
        var counted = view.Motion.CountedVote;
        return new ReviewFacts
        {
            Recommended = Word("option.recommendation." + recommended.Outcome),
            RecommendedHost = recommended.HostId is { } host ? view.Departments.GetValueOrDefault(host) : null,
            RecommendedCohandlers = Departments(view, recommended.CohandlerIds),
            RecommendationReason = recommended.Reason,
            Votes =
            [
                .. votes
                    .Where(v => v.Desk == DeskPart.Own)
                    .Select(v => new CommitteeVote(
                        names.GetValueOrDefault(v.DecidedBy!.Value, "")
                            + (
                                v.DecidedForId is { } principal ? $"（代{names.GetValueOrDefault(principal, "")}）" : ""
                            ),
                        Word("outcome." + v.Outcome),
                        v.Comment,
                        v.ClosedAt!.Value
                    )),
            ],
            Signers =
            [
                .. votes
                    .Where(v => v.Desk != DeskPart.Own)
                    .Select(v => new CommitteeVote(
                        names.GetValueOrDefault(v.DecidedBy!.Value, ""),
                        Word($"outcome.{OfficeSteps.Sign}.{v.Outcome}"),
                        v.Comment,
                        v.ClosedAt!.Value
                    )),
            ],
            CountedVote = counted is null
                ? null
                : $"{Paper.Day(counted.MetOn)}会议表决：{Word("outcome." + counted.Outcome)}，赞成 {counted.For} 票，反对 {counted.Against} 票，弃权 {counted.Abstained} 票",
            Outcome = review?.Outcome,
            ReasonCode = review?.ReasonCode,
            Reason = string.Join(
                '：',
                new[]
                {
                    review?.ReasonCode is { } code ? Word("option.reasonCode." + code) : null,
                    review?.Reason,
                }.OfType<string>()
            ),
        };
    }

    /// <summary>
    /// Who of the committee and the presidium decided what, and who signed with them or with the secretary (会签); tasks
    /// that were dropped say nothing.
    /// </summary>
    private async Task<IReadOnlyList<TaskRow>> VotesAsync(Guid id, CancellationToken cancellation) =>
        await db.Set<TaskRow>()
            .AsNoTracking()
            .Where(t => t.CaseId == id && t.Part == null)
            .Where(t => t.Name == "motion.review" || t.Name == "motion.presidium" || t.Name == OfficeSteps.Sign)
            .Where(t => t.State == TaskState.Decided && t.DecidedBy != null && t.ClosedAt != null)
            .OrderBy(t => t.ClosedAt)
            .ToListAsync(cancellation);

    /// <summary>What deputies decided for others in this case.</summary>
    private async Task<IReadOnlyList<TaskRow>> DeputisedAsync(Guid id, CancellationToken cancellation) =>
        await db.Set<TaskRow>()
            .AsNoTracking()
            .Where(t => t.CaseId == id && t.DecidedForId != null && t.State == TaskState.Decided)
            .ToListAsync(cancellation);

    private async Task<Dictionary<Guid, string>> NamesAsync(
        Motion motion,
        IEnumerable<Guid> others,
        CancellationToken cancellation
    )
    {
        IEnumerable<Guid?> named =
        [
            motion.ProposerId,
            .. motion.Cosigners.Select(c => (Guid?)c.MemberId),
            .. motion.Parts.SelectMany(p => new[] { p.ContactId, p.SignedBy?.By, p.SignedBy?.InsteadOf }),
            .. motion.Parts.SelectMany(p => p.Meetings).Select(m => (Guid?)m.By),
            .. motion.Parts.SelectMany(p => p.Returns).Select(r => (Guid?)r.By),
            .. motion.Parts.SelectMany(p => p.Extensions).SelectMany(e => new[] { e.By, e.DecidedBy }),
            .. motion.Forms.Select(f => f.Rating?.By),
            .. motion.Commitments.SelectMany(c => c.Notices).Select(n => (Guid?)n.By),
            .. others.Select(o => (Guid?)o),
        ];
        return await members.NamesAsync([.. named.OfType<Guid>().Distinct()], cancellation);
    }

    private string Word(string key) => texts.In(Texts.Chinese, key);

    private static string Departments(MotionView view, IEnumerable<Guid> ids) =>
        string.Join('、', ids.Select(d => view.Departments.GetValueOrDefault(d, "")));

    private static int Ordinal(string? number) =>
        int.TryParse(number?.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture, out var of) ? of : 0;
}
