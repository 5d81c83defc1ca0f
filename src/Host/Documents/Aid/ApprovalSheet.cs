using EduUnion.Domain.Aid;

namespace EduUnion.Host.Documents.Aid;

/// <summary>帮扶申请审批表 (form 12): from the application to the approved amount on one page.</summary>
internal static class ApprovalSheet
{
    /// <param name="fund">Name of the fund; empty as long as none is chosen.</param>
    public static Sheet Of(AidFacts facts, AidApplication application, string fund)
    {
        var content = application.Content;
        return new(
            "困难教职工帮扶申请审批表",
            [
                new Grid(
                    "帮扶申请审批表",
                    [18, 32, 18, 32],
                    [
                        new(Cell.Of("申请人"), facts.Person(content.Person.Name), Cell.Of("学校"), facts.School),
                        new(
                            Cell.Of("致困原因"),
                            string.Join(
                                '、',
                                content
                                    .SecondaryCauses.Select(c => (Cause?)c)
                                    .Prepend(content.MainCause)
                                    .Select(c => facts.Term(c))
                            ),
                            Cell.Of("申请金额"),
                            AidFacts.Yuan(content.Requested)
                        ),
                        new(
                            Cell.Of("申请日期"),
                            Paper.Day(application.SubmittedAt),
                            Cell.Of("受理日期"),
                            Paper.Day(application.AcceptedAt)
                        ),
                        new(Cell.Of("收支测算"), Cell.Across(3, Arithmetic(content))),
                        new(Cell.Of("入户意见"), Cell.Across(3, Survey(facts, application))) { Height = 16 },
                        new(Cell.Of("评议意见"), Cell.Across(3, Assessment(facts, application))) { Height = 16 },
                        new(Cell.Of("公示结果"), Cell.Across(3, Notices(application))) { Height = 10 },
                    ]
                ),
                Approvals(facts, application),
                new Grid(
                    "批准",
                    [18, 32, 18, 32],
                    [
                        new(
                            Cell.Of("困难类别"),
                            facts.Term(application.Category),
                            Cell.Of("批准金额"),
                            application.ApprovedAt is null ? "" : AidFacts.Yuan(application.Amount)
                        ),
                        new(
                            Cell.Of("资金来源"),
                            fund,
                            Cell.Of("批准日期"),
                            application.ApprovedAt is null ? "" : Paper.Day(application.ApprovedAt)
                        ),
                    ]
                ),
            ]
        )
        {
            Number = $"编号：{application.Number}",
            Remark = application.FileNumber is { } file ? $"档案号：{file}" : "",
        };
    }

    private static string Arithmetic(AidContent content) =>
        NetIncome.Of(content) is { } net
            ? $"家庭年收入 {net.Income} 元，致困必要支出 {net.Spent} 元，家庭人口 {net.Members} 人。\n"
                + $"人均月净收入：({net.Income} − {net.Spent}) ÷ 12 ÷ {net.Members} = {net.Monthly} 元"
            : "";

    private static string Survey(AidFacts facts, AidApplication application) =>
        application.Survey is { } survey
            ? $"{facts.Term(survey.Form.Conclusion)}。{survey.Form.Suggestion}\n"
                + string.Join('　', survey.Signatures.Select(s => $"{facts.Name(s.By)} {Paper.Day(s.At)}"))
            : "";

    private static string Assessment(AidFacts facts, AidApplication application) =>
        application.Assessment is { } result
            ? $"{(result.Passed ? "通过" : "未通过")}：{facts.Term(result.Category)}，{result.Amount} 元。"
                + $"应参加表决 {result.Eligible} 人，到会 {result.Present} 人，"
                + $"同意 {result.Yes} 票，不同意 {result.No} 票，弃权 {result.Abstained} 票。"
                + $"{Paper.Day(result.DecidedOn)}"
                + (result.Reason is { } reason ? $"\n{reason}" : "")
            : "";

    private static string Notices(AidApplication application) =>
        string.Join(
            '\n',
            application.Notices.Select(n =>
                $"{(n.Internal ? "内部公示" : "公示")}{Paper.Day(n.From)}至{Paper.Day(n.Through)}"
                + (
                    n.IsUp ? "，公示中"
                    : application.Investigators.IsEmpty ? "，无异议"
                    : "，异议已处理"
                )
            )
        );

    /// <summary>Those of the last round; what a return made void is not printed.</summary>
    private static Grid Approvals(AidFacts facts, AidApplication application)
    {
        var given = application.Approvals.Where(a => a.Round == application.Round).ToList();
        return new(
            "各级审批",
            [26, 34, 18, 22],
            [
                new(Cell.Of("审批"), Cell.Of("意见"), Cell.Of("签名"), Cell.Of("日期")),
                .. given.Count == 0
                    ? [new Row("", "", "", "") { Height = 16 }]
                    : given.Select(a => new Row(
                        facts.Term(a.Level),
                        string.Join('。', new[] { "同意", a.Text }.Where(t => !string.IsNullOrEmpty(t))),
                        facts.Name(a.By) + (a.ActingFor is { } other ? $"（代{facts.Name(other)}）" : ""),
                        Paper.Day(a.At)
                    )),
            ]
        )
        {
            Headed = true,
        };
    }
}
