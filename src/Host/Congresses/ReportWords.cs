using EduUnion.Domain.Congresses;
using EduUnion.Host.Motions;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Congresses;

/// <summary>How sessions and their reports are called on pages.</summary>
public static class ReportWords
{
    public static Tag Standing(Texts texts, ReportStanding standing) =>
        new(
            texts["report.standing." + standing],
            standing switch
            {
                ReportStanding.Overdue => Status.Late,
                ReportStanding.Soon => Status.Soon,
                ReportStanding.Submitted => Status.Done,
                _ => Status.Wait,
            }
        );

    public static string Session(Texts texts, CongressSession session) =>
        texts["congress.session", Numerals.Here(session.TermNumber), Numerals.Here(session.Number)];

    /// <summary>62.5%, rounded half up to one decimal; "—" where there is nothing to divide by (domain §2.10).</summary>
    public static string Share(int? part, int? all) =>
        part is null || all is null or 0
            ? "—"
            : $"{decimal.Round(100m * part.Value / all.Value, 1, MidpointRounding.AwayFromZero):0.0}%";
}
