using EduUnion.Host.Web;

namespace EduUnion.Host.Documents.Motions;

/// <summary>退回改派申请单 and 延期申请单 (form 4): one sheet a request, with what was decided on it.</summary>
internal static class RequestSheets
{
    public static IEnumerable<Sheet> Returns(MotionFacts facts) =>
        facts.Part!.Returns.Select(back => new Sheet(
            "提案退回改派申请单",
            [
                new Grid(
                    "退回改派申请单",
                    [20, 30, 20, 30],
                    [
                        .. Head(facts),
                        new(Cell.Of("申请部门"), back.Department, Cell.Of("申请日期"), Paper.Day(back.At)),
                        new(Cell.Of("申请人"), Cell.Across(3, back.By)),
                        new(Cell.Of("退回理由"), Cell.Across(3, back.Reason)) { Height = 40 },
                        new(Cell.Of("审批意见"), Cell.Across(3, Reassigned(facts, back))) { Height = 30 },
                    ]
                ),
                new Signing("审批人：　　　　　　　", Paper.Day((DateOnly?)null)),
            ]
        )
        {
            Number = $"案号：{facts.Number}",
        });

    public static IEnumerable<Sheet> Extensions(MotionFacts facts) =>
        facts.Part!.Extensions.Select(asked => new Sheet(
            "提案延期答复申请单",
            [
                new Grid(
                    "延期答复申请单",
                    [20, 30, 20, 30],
                    [
                        .. Head(facts),
                        new(Cell.Of("申请部门"), facts.Part.Host, Cell.Of("申请日期"), Paper.Day(asked.At)),
                        new(
                            Cell.Of("原答复期限"),
                            Paper.Day(facts.Part.OriginalDue ?? facts.Part.AnswerDue),
                            Cell.Of("拟延长"),
                            $"{asked.Workdays} 个工作日"
                        ),
                        new(Cell.Of("申请人"), Cell.Across(3, asked.By)),
                        new(Cell.Of("延期理由"), Cell.Across(3, asked.Reason)) { Height = 40 },
                        new(Cell.Of("审批意见"), Cell.Across(3, Decided(facts.Part, asked))) { Height = 30 },
                    ]
                ),
                new Signing(
                    asked.DecidedBy.Length > 0 ? $"审批人：{asked.DecidedBy}" : "审批人：　　　　　　　",
                    Paper.Day(asked.DecidedAt)
                ),
            ]
        )
        {
            Number = $"案号：{facts.Number}",
        });

    private static Row[] Head(MotionFacts facts) =>
        [
            new(Cell.Of("案名"), Cell.Across(3, facts.Motion.Content.Title)),
            new(
                Cell.Of("交办日期"),
                Paper.Day(facts.Part!.Handling.AssignedAt),
                Cell.Of("协办"),
                facts.Part.Cohandlers
            ),
        ];

    /// <summary>Only the last return can have led to the present host.</summary>
    private static string Reassigned(MotionFacts facts, ReturnFacts back) =>
        facts.Part!.Returns[^1] == back && facts.Part.Handling.AssignedAt > back.At
            ? $"{(facts.Part.Handling.Ruled ? "裁定" : "改派")}{facts.Part.Host}主办，{Paper.Day(facts.Part.Handling.AssignedAt)}起重新计算期限。"
            : "";

    private static string Decided(PartFacts part, ExtensionFacts asked) =>
        asked switch
        {
            { Granted: { } days } =>
                $"{Paper.Tick(true, "同意")}延长 {days} 个工作日，新期限 {Paper.Day(part.AnswerDue)}\n{Paper.Tick(false, "不同意")}",
            { DecidedAt: not null } => $"{Paper.Tick(false, "同意")}\n{Paper.Tick(true, "不同意")}",
            _ => $"{Paper.Tick(false, "同意")}\n{Paper.Tick(false, "不同意")}",
        };
}
