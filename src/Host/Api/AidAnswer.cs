using EduUnion.Domain.Aid;
using EduUnion.Host.Pages.Aid;
using EduUnion.Host.Web;

namespace EduUnion.Host.Api;

/// <summary>An application as far as the caller may see it (domain §5).</summary>
/// <param name="Applicant">Masked, but for the applicant himself.</param>
/// <param name="Sight"><c>Own</c>, <c>Full</c>, <c>Bank</c>, <c>Masked</c> or <c>None</c>: how much of it the caller sees.</param>
/// <param name="HeldAt">Since when an objection holds it.</param>
/// <param name="Duplicates">Other applications of the same people this year, or of the same account; none is named.</param>
public sealed record AidAnswer(
    Guid Id,
    string? Number,
    string? FileNumber,
    AidRoute Route,
    AidState State,
    long Version,
    Named School,
    string Applicant,
    Sight Sight,
    DateTimeOffset OpenedAt,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset? HeldAt,
    DateTimeOffset? EndedAt,
    string? EndReason,
    CancelReason? CancelledFor,
    string? SupplementReason,
    AidCategory? Category,
    long? AmountFen,
    AidContentAnswer? Content,
    ReckoningAnswer? Reckoning,
    IReadOnlyList<ConsentAnswer>? Consents,
    IReadOnlyList<SurveyAnswer>? Surveys,
    AssessmentAnswer? Assessment,
    IReadOnlyList<NoticeRound> Notices,
    IReadOnlyList<ApprovalAnswer>? Approvals,
    AidPaymentAnswer? Payment,
    IReadOnlyList<EarlierAnswer>? Earlier,
    int? Duplicates,
    IReadOnlyList<OpenTask> Tasks,
    IReadOnlyList<ClockAnswer> Clocks
)
{
    internal static AidAnswer Of(AidView view, Reckoning reckoning, Texts texts)
    {
        var (aid, sight) = (view.Application, view.Sight);
        var whole = sight is Sight.Own or Sight.Full;
        return new(
            aid.Id,
            aid.Number,
            whole ? aid.FileNumber : null,
            aid.Route,
            aid.State,
            view.Row.Version,
            new(view.Row.SchoolId, view.School),
            view.Applicant,
            sight,
            aid.OpenedAt,
            aid.SubmittedAt,
            aid.AcceptedAt,
            view.Row.HeldAt,
            aid.EndedAt,
            whole ? texts.EndReason(aid) : null,
            aid.CancelledFor,
            whole ? aid.SupplementReason : null,
            view.SeesCause ? aid.Category : null,
            sight == Sight.None ? null : aid.Amount?.Fen,
            AidContentAnswer.Of(aid.Content, sight),
            whole ? ReckoningAnswer.Of(reckoning) : null,
            whole ? [.. aid.Consents.Select(ConsentOf)] : null,
            // The applicant reads the result of the survey, not what the surveyors wrote (domain §5).
            sight == Sight.Full
                ? [.. aid.Surveys.Select(s => SurveyOf(s, view))]
                : null,
            view.SeesCause && aid.Assessment is { } result
                ? new(
                    result.Passed,
                    result.Category,
                    result.Amount.Fen,
                    result.Eligible,
                    result.Present,
                    result.Yes,
                    result.No,
                    result.Abstained,
                    result.DecidedOn
                )
                : null,
            [.. aid.Notices.Select(n => new NoticeRound(n.Round, n.From, n.Through, n.Internal, n.EndedAt))],
            whole
                ?
                [
                    .. aid.Approvals.Select(a => new ApprovalAnswer(
                        a.Round,
                        a.Level,
                        view.Name(a.By),
                        a.Amount.Fen,
                        sight == Sight.Full ? a.Text : null,
                        a.At
                    )),
                ]
                : null,
            view.Claim is { } c
                ? new(
                    c.FundName,
                    c.Amount.Fen,
                    c.State,
                    c.Place,
                    c.BatchNumber,
                    c.Line,
                    c.BounceReason,
                    c.Tail,
                    c.ChangedAt
                )
                : null,
            sight == Sight.Full
                ? [.. view.Earlier.Select(e => new EarlierAnswer(e.Number, e.Fund, e.Amount.Fen, e.State))]
                : null,
            sight == Sight.Full ? view.Duplicates.Count : null,
            [
                .. view.Tasks.Select(t => new OpenTask(
                    t.Row.Id,
                    t.Row.Name,
                    t.Who,
                    t.Mine,
                    t.Mine ? t.Row.OfferedOutcomes : [],
                    t.Row.Part,
                    t.Clock?.Row.DueOn,
                    t.Row.Version
                )),
            ],
            [.. view.Clocks.Select(TaskDetails.Of)]
        );
    }

    private static ConsentAnswer ConsentOf(Consent consent) =>
        new(consent.Kind, consent.Version, consent.At, consent.WithdrawnAt, consent.PaperId is not null);

    private static SurveyAnswer SurveyOf(SurveyRecord survey, AidView view) =>
        new(
            survey.Revision,
            survey.Form.VisitedOn,
            survey.Form.Mode,
            survey.Form.Place,
            survey.Form.PhoneReason,
            survey.Form.People,
            survey.Form.Housing,
            survey.Form.IncomeCheck,
            survey.Form.Observations,
            survey.Form.Conclusion,
            survey.Form.Suggestion,
            survey.IsReturned,
            [.. survey.Signatures.Select(s => new SignatureAnswer(view.Name(s.By), s.At))]
        );
}

public sealed record NoticeRound(int Round, DateOnly From, DateOnly Through, bool Internal, DateTimeOffset? EndedAt);
