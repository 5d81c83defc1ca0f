using EduUnion.Domain.Aid;
using EduUnion.Host.Web;

namespace EduUnion.Host.Pages.Aid;

/// <summary>A consent that was given, and the page on which it is taken back.</summary>
/// <param name="Withdraw">Null: it is taken back already, or it is not the viewer's.</param>
public sealed record ConsentLine(
    string Title,
    string Version,
    DateTimeOffset At,
    DateTimeOffset? WithdrawnAt,
    string? Withdraw
)
{
    /// <summary>All that were ever given, the latest first.</summary>
    public static IReadOnlyList<ConsentLine> Of(AidApplication application, Guid viewer, Texts texts) =>
        [
            .. application
                .Consents.Reverse()
                .Select(c => new ConsentLine(
                    texts["consent." + c.Kind],
                    c.Version,
                    c.At,
                    c.WithdrawnAt,
                    c.IsGiven && viewer == application.ApplicantId
                        ? $"/aid/{application.Id}/do/{CaseActs.WithdrawConsent}?item={c.Kind}"
                        : null
                )),
        ];
}
