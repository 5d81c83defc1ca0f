using EduUnion.Domain.Aid;

namespace EduUnion.Host.Documents.Aid;

/// <summary>公示 (form 14): exactly the fields of <see cref="PublicNotice"/>, and no other.</summary>
internal static class NoticeSheet
{
    public static Sheet Of(AidFacts facts, string district, params IReadOnlyList<PublicNotice> notices)
    {
        var first = notices[0];
        return new(
            first.Internal ? "困难教职工帮扶内部公示" : "困难教职工帮扶公示",
            [
                new Prose(
                    $"经本人申请、入户调查和民主评议，拟对下列教职工给予帮扶，现予{(first.Internal ? "内部" : "")}公示。"
                        + $"公示期{Paper.Day(first.From)}至{Paper.Day(first.Through)}。"
                ),
                new Grid(
                    "公示名单",
                    [10, 26, 16, 24, 24],
                    [
                        new(
                            Cell.Of("序号"),
                            Cell.Of("编号"),
                            Cell.Of("姓名"),
                            Cell.Of("致困类别"),
                            Cell.Of("拟帮扶金额（元）")
                        ),
                        .. notices.Select(
                            (n, i) =>
                                new Row($"{i + 1}", n.Number, n.Name, facts.Term<CauseGroup>(n.Cause), $"{n.Amount}")
                        ),
                    ]
                )
                {
                    Headed = true,
                },
                new Prose($"对公示内容有异议的，可在公示期内实名或匿名提出。联系方式：{first.Contact}。"),
                new Signing(first.School, district, Paper.Day(first.From)) { Sealed = true },
            ]
        );
    }
}
