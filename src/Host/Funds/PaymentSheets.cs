using System.Globalization;
using EduUnion.Domain.Funds;
using EduUnion.Host.Documents;

namespace EduUnion.Host.Funds;

/// <summary>发放清册 and 发放签收表 (form 16). Of an account only its last digits are printed.</summary>
internal static class PaymentSheets
{
    public static Paper Of(BatchView view, string organisation)
    {
        var lines = view.Lines.Where(l => l.Line.State != LineState.Removed).ToList();
        var batch = view.Batch;
        return new($"发放清册 {batch.Number}", [Register(), Receipts()]) { Landscape = true };

        Sheet Register() =>
            new(
                "困难帮扶资金发放清册",
                [
                    new Grid(
                        "发放清册",
                        [6, 17, 24, 17, 10, 26],
                        [
                            Heads("序号", "姓名", "档案号", "金额（元）", "尾号", "付款编号"),
                            .. lines.Select(l => new Row(
                                Text(l.Line.Position),
                                l.Member,
                                l.Claim.FileNumber,
                                $"{l.Line.Amount}",
                                l.Line.Tail,
                                l.Line.Reference
                            )),
                            new Row(
                                Cell.Of("合计"),
                                Cell.Across(2, $"共 {lines.Count} 笔"),
                                $"{batch.Total}",
                                Cell.Across(2, CapitalAmount.Of(batch.Total))
                            ),
                        ]
                    )
                    {
                        Headed = true,
                    },
                    new Signing(
                        $"制表：{view.MadeBy}　{Paper.Day(batch.MadeAt)}",
                        $"复核发出：{view.ReleasedBy ?? "　　　　"}　{Paper.Day(batch.ReleasedAt)}",
                        "审批：　　　　　　　　　年　月　日"
                    )
                    {
                        Sealed = true,
                    },
                ]
            )
            {
                Number = $"批次号：{batch.Number}",
                Remark = $"资金来源：{view.Fund.Name}（{organisation}）",
            };

        Sheet Receipts() =>
            new(
                "困难帮扶资金发放签收表",
                [
                    new Grid(
                        "发放签收表",
                        [8, 20, 26, 18, 28],
                        [
                            Heads("序号", "姓名", "单位", "金额（元）", "本人签收、日期"),
                            .. lines.Select(l => new Row(
                                Text(l.Line.Position),
                                l.Member,
                                l.School,
                                $"{l.Line.Amount}",
                                ""
                            )
                            {
                                Height = 10,
                            }),
                        ]
                    )
                    {
                        Headed = true,
                    },
                ]
            )
            {
                Number = $"批次号：{batch.Number}",
            };
    }

    private static Row Heads(params IReadOnlyList<string> heads) => new([.. heads.Select(Cell.Of)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
