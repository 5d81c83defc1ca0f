using System.Text.Json;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.Motions;
using EduUnion.Host.Privacy;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Kind = EduUnion.Host.Web.Components.EntryKind;

namespace EduUnion.Host.Pages.Aid;

/// <summary>
/// The record of an application in words. Whoever sees it masked reads that something was done, not what was said; nobody
/// reads here who objected; the applicant reads what is addressed to him.
/// </summary>
public sealed class AidTimeline(Texts texts, StepWords steps)
{
    /// <summary>Saved drafts are no history.</summary>
    private static readonly string[] Silent = ["aid.save-draft", "aid.draft.save"];

    /// <summary>What was decided and said there is for the applicant too.</summary>
    private static readonly string[] ForApplicant =
    [
        "aid.formcheck",
        "aid.supplement",
        "aid.draft",
        "aid.account",
        "aid.account.check",
        "aid.confirm",
        "aid.trace",
        "aid.papers",
    ];

    /// <summary>How the money goes: all that is told to whoever only pays.</summary>
    private static readonly string[] OfPayment =
    [
        "aid.account",
        "aid.account.check",
        "aid.confirm",
        "aid.receipt",
        "aid.trace",
        "signal.fund.reserved",
        "signal.payment.listed",
        "signal.payment.unlisted",
        "signal.payment.sent",
        "signal.payment.paid",
        "signal.payment.bounced",
    ];

    private static readonly string[] Asides = ["task.copy", "copy.read", "task.ask", "question.answer"];

    public IReadOnlyList<TimelineEntry> Of(IEnumerable<CaseEntry> entries, AidView view) =>
        // Who sees its existence and state only reads no record: it would name people.
        [
            .. entries
                .Where(e => view.Sight != Sight.None && !Silent.Contains(e.Act))
                .Where(e => view.SeesCause || OfPayment.Contains(e.Act))
                // Who was asked and told beside the work is for those who work on it.
                .Where(e => view.Sight == Sight.Full || !Asides.Contains(e.Act))
                // Who looked, and why, is for the applicant and the auditor.
                .Where(e => view.MaySeeLooks || e.Events.All(v => v.Code != nameof(SensitiveDataViewed)))
                .Select(e => new TimelineEntry(e.At, KindOf(e), Text(e, Actor(e, view))) { Detail = Detail(e, view) }),
        ];

    private static Kind KindOf(CaseEntry entry) =>
        entry.Kind switch
        {
            _ when entry.Act == "aid.unmask" => Kind.View,
            _ when entry.Act is "signal.objection.filed" or "signal.objection.settled" => Kind.Hold,
            Cases.EntryKind.Decision => Kind.Decide,
            Cases.EntryKind.Mail => Kind.Mail,
            Cases.EntryKind.Clock => Kind.Clock,
            _ => Kind.Note,
        };

    /// <summary>What the applicant did himself, he did under the name that the viewer may read.</summary>
    private string? Actor(CaseEntry entry, AidView view) =>
        entry.Actor == view.Name(view.Application.ApplicantId) ? view.Applicant : TimelineWords.Who(entry, texts);

    private string Text(CaseEntry entry, string? actor) =>
        entry.Kind switch
        {
            Cases.EntryKind.Mail => texts[TimelineWords.MailKey(entry.Act)],
            Cases.EntryKind.Clock => texts["timeline.expired", texts["clock.name." + entry.Act["clock.".Length..]]],
            Cases.EntryKind.Command when entry.Act.StartsWith("signal.", StringComparison.Ordinal) => texts[
                "act." + entry.Act
            ],
            Cases.EntryKind.Command => texts["act." + entry.Act, actor],
            _ when entry.Outcome is null => texts["timeline.did", actor, steps.Step(entry.Act)],
            _ => texts["timeline.decided", actor, steps.Step(entry.Act), steps.Outcome(entry.Act, entry.Outcome)],
        };

    private string? Detail(CaseEntry entry, AidView view)
    {
        List<string?> said = [.. entry.Events.Select(e => Said(e, view))];
        var desk = new DeskWords(texts, steps);
        if (view.Sight == Sight.Full)
            said.AddRange(entry.Events.Select(e => desk.Said(entry, e)));
        if (view.Sight == Sight.Full || (view.IsOwn && ForApplicant.Contains(entry.Act)))
            said.Add(entry.Comment);
        var text = string.Join(texts["timeline.separator"], said.Where(s => !string.IsNullOrWhiteSpace(s)).Distinct());
        return text.Length == 0 ? null : text;
    }

    private string? Said(CaseEvent happened, AidView view)
    {
        switch (happened.Code)
        {
            case nameof(TaskUrged):
                return texts["timeline.urged", steps.Step(Read<TaskUrged>(happened).Step)];
            case nameof(DefinitionMoved):
                return DefinitionWords.Told(texts, Read<DefinitionMoved>(happened));
            case nameof(DefinitionMoveUndone):
                return DefinitionWords.Told(texts, Read<DefinitionMoveUndone>(happened));
            case nameof(AidReceived):
                return texts["aid.told.received", Read<AidReceived>(happened).Number];
            case nameof(SupplementAsked) when view.Sight is Sight.Full or Sight.Own:
                return Read<SupplementAsked>(happened).Reason;
            case nameof(AidRefused) when view.Sight is Sight.Full or Sight.Own:
                var refused = Read<AidRefused>(happened);
                return refused.Ceiling is { } beyond ? texts.Sentence(beyond) : refused.Reason;
            case nameof(ApprovalReturned):
                // A ceiling is a matter of sums; what an approver wrote is for those who work on it.
                var returned = Read<ApprovalReturned>(happened);
                return returned.Ceiling is { } above ? texts.Sentence(above)
                    : view.Sight == Sight.Full ? returned.Reason
                    : null;
            case nameof(AidCancelled) when view.Sight is Sight.Full or Sight.Own:
                return Read<AidCancelled>(happened).Reason;
            case nameof(SurveyorsAppointed):
                return Names(Read<SurveyorsAppointed>(happened).Surveyors, view);
            case nameof(NoticePublished):
                var notice = Read<NoticePublished>(happened).Notice;
                return texts[notice.Internal ? "aid.told.internal" : "aid.told.notice", notice.From, notice.Through];
            case nameof(AidReserved) when view.Sight is not Sight.Masked:
                return texts["aid.told.reserved", Read<AidReserved>(happened).Amount];
            case nameof(AidPaid):
                return texts["aid.told.paid", Read<AidPaid>(happened).On];
            case nameof(AidBounced) when view.Sight is not Sight.Masked:
                return Read<AidBounced>(happened).Reason;
            case nameof(AidObjectionSettled):
                return texts["aid.told.objection." + Read<AidObjectionSettled>(happened).Outcome];
            case nameof(SensitiveDataViewed):
                var viewed = Read<SensitiveDataViewed>(happened);
                return texts[
                    "aid.told.viewed",
                    SensitiveViews.LabelOf(viewed.Field, texts),
                    texts["viewpurpose." + viewed.Purpose],
                    viewed.Reason
                ];
            default:
                return ReturnWords.Said(happened, texts, steps, view.Sight is Sight.Full or Sight.Own);
        }
    }

    private string Names(IEnumerable<Guid> members, AidView view) =>
        string.Join(texts["clock.separator"], members.Select(m => view.Name(m)));

    private static T Read<T>(CaseEvent happened) => happened.Data.Deserialize<T>(CaseJson.Options)!;
}
