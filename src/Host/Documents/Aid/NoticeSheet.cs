using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Web;

namespace EduUnion.Host.Documents.Aid;

/// <summary>公示 (form 14): exactly the fields of a notice as it is shown, and no other.</summary>
internal static class NoticeSheet
{
    public static Sheet Of(AidFacts facts, ShownNotice notice) =>
        new(
            notice.Internal ? "困难教职工帮扶内部公示" : "困难教职工帮扶公示",
            [
                new Prose(
                    $"经本人申请、入户调查和民主评议，拟对下列教职工给予帮扶，现予{(notice.Internal ? "内部" : "")}公示。"
                        + $"公示期{Paper.Day(notice.From)}至{Paper.Day(notice.Through)}。"
                ),
                new Grid(
                    "公示名单",
                    [28, 18, 24, 30],
                    [
                        new(Cell.Of("编号"), Cell.Of("姓名"), Cell.Of("致困类别"), Cell.Of("拟帮扶金额")),
                        new Row(
                            notice.Number,
                            notice.Name,
                            facts.Term(notice.Cause),
                            NoticeWords.Amount(facts.Texts, notice.Amount, Texts.Chinese)
                        ),
                    ]
                )
                {
                    Headed = true,
                },
                new Prose($"对公示内容有异议的，可在公示期内实名或匿名提出。联系方式：{notice.Contact}。"),
                new Signing($"{notice.School}工会", Paper.Day(notice.From)) { Sealed = true },
            ]
        );
}
