using EduUnion.Domain;
using EduUnion.Host.Sheets;
using EduUnion.Host.Web;

namespace EduUnion.Host.Pages.Aid;

/// <summary>The list of applications as a spreadsheet, without a column that tells who they are about.</summary>
public static class AidSheet
{
    public static byte[] Of(IReadOnlyList<AidItem> items, Texts texts)
    {
        string[] heads =
        [
            texts["aid.number"],
            texts["aid.school"],
            texts["aid.route"],
            texts["aid.cause"],
            texts["aid.category"],
            texts["aid.requested"],
            texts["aid.amount"],
            texts["aid.stateword"],
            texts["aid.opened"],
            texts["aid.money.paid"],
            texts["aid.ended"],
        ];
        return Workbook.Write(
            texts["aid.title"],
            heads,
            [
                .. items.Select(i =>
                    (IReadOnlyList<object?>)
                        [
                            i.Number,
                            i.School,
                            texts.Word<Domain.Aid.AidRoute>(i.Route),
                            texts.Word(i.Cause),
                            texts.Word(i.Category),
                            Yuan(i.Requested),
                            Yuan(i.Amount),
                            texts.Word<Domain.Aid.AidState>(i.State),
                            Dates.Machine(Dates.Of(i.OpenedAt)),
                            i.PaidOn is { } paid ? Dates.Machine(paid) : null,
                            i.EndedAt is { } ended ? Dates.Machine(Dates.Of(ended)) : null,
                        ]
                ),
            ]
        );
    }

    private static decimal? Yuan(Money? amount) => amount is { } said ? said.Fen / 100m : null;
}
