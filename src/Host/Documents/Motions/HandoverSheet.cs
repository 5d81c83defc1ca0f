namespace EduUnion.Host.Documents.Motions;

/// <summary>承办通知单 (form 3, 交办单): absolute dates, and the receipt to be torn off by nobody: it is the last table.</summary>
internal static class HandoverSheet
{
    public static Sheet Of(MotionFacts facts)
    {
        var part = facts.Part!;
        return new(
            $"{(facts.Motion.IsOpinion ? "意见建议" : "提案")}承办通知单",
            [
                new Prose($"{part.Host}：") { Flush = true },
                new Prose(
                    $"《{facts.Motion.Content.Title}》（{facts.Called}）交由你部门主办，请按下列期限和要求办理。"
                ),
                new Grid(
                    "承办通知单",
                    [18, 32, 18, 32],
                    [
                        new(Cell.Of("案号"), facts.Number, Cell.Of("届次"), facts.Congress),
                        new(Cell.Of("案名"), Cell.Across(3, facts.Motion.Content.Title)),
                        new(Cell.Of("提案人"), facts.Proposer.Name, Cell.Of("类别"), facts.Category),
                        new(Cell.Of("主办"), part.Host, Cell.Of("协办"), part.Cohandlers),
                        new(
                            Cell.Of("分管领导"),
                            part.Leaders,
                            Cell.Of("交办日期"),
                            Paper.Day(part.Handling.AssignedAt)
                        ),
                        new(Cell.Of("答复期限"), Answer(part), Cell.Of("签收期限"), Paper.Day(part.ReceiptDue)),
                        new(
                            Cell.Of("退回期限"),
                            Cell.Across(
                                3,
                                $"{Paper.Day(part.ReturnUntil)}（认为不属于本部门职责的，说明理由退回，不得自行转交）"
                            )
                        ),
                        new(
                            Cell.Of("要求"),
                            Cell.Across(
                                3,
                                "1．答复前与提案人面商，并作记录。\n"
                                    + "2．有协办部门的，综合协办意见后拟写答复。\n"
                                    + "3．答复由部门负责人签发，分管校领导审阅，提案工作委员会核对后送达。\n"
                                    + "4．按 A、B、C、D 注明办理类别；B 类写明落实事项、责任人和完成日期，C 类说明原因和再次研究的日期。"
                            )
                        ),
                    ]
                ),
                new Signing($"{facts.School}提案工作委员会", Paper.Day(part.Handling.AssignedAt)) { Sealed = true },
                new Grid(
                    "回执",
                    [18, 32, 18, 32],
                    [
                        new(
                            Cell.Of("回执\n签收人"),
                            part.Handling.AcceptedAt is null ? "" : part.Contact,
                            Cell.Of("签收日期"),
                            Paper.Day(part.Handling.AcceptedAt)
                        )
                        {
                            Height = 14,
                        },
                    ]
                ),
            ]
        )
        {
            Letterhead = $"{facts.School}工会",
            Number = $"案号：{facts.Number}",
        };
    }

    private static string Answer(PartFacts part) =>
        Paper.Day(part.AnswerDue)
        + (part.Provisional ? "（暂定）" : "")
        + (part.OriginalDue is { } original ? $"\n（原定 {Paper.Day(original)}）" : "");
}
