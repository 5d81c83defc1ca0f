namespace EduUnion.Host.Documents.Motions;

/// <summary>提案表 (form 1): one matter, one form. Position and telephone are for the hand: the program does not keep them.</summary>
internal static class MotionSheet
{
    public static Sheet Of(MotionFacts facts) =>
        new(
            $"{facts.School}教职工代表大会{(facts.Motion.IsOpinion ? "意见建议" : "提案")}表",
            [
                new Grid(
                    "提案表",
                    [16, 34, 16, 34],
                    [
                        new(Cell.Of("届次"), facts.Congress, Cell.Of("类别"), facts.Category),
                        new(Cell.Of("案名"), Cell.Across(3, facts.Motion.Content.Title)),
                        new(Cell.Of("提案人"), facts.Proposer.Name, Cell.Of("代表团"), facts.Proposer.Delegation ?? ""),
                        new(Cell.Of("职务"), "", Cell.Of("电话"), ""),
                        new(Cell.Of("案由\n（案据）"), Cell.Across(3, facts.Motion.Content.Grounds)),
                        new(Cell.Of("建议方案"), Cell.Across(3, Numbered(facts.Motion.Content.Proposals))),
                        new(Cell.Of("附件"), Cell.Across(3, "")) { Height = 12 },
                        new(Cell.Of("提交日期"), Cell.Across(3, Paper.Day(facts.Motion.SubmittedAt))),
                    ]
                ),
                new Grid(
                    "附议人",
                    [16, 34, 25, 25],
                    [
                        new(Cell.Of("附议人"), Cell.Of("代表团"), Cell.Of("签名"), Cell.Of("日期")),
                        .. facts.Cosigners.Select(c => new Row(
                            c.Name,
                            c.Delegation ?? "",
                            "本人确认",
                            Paper.Day(c.On)
                        )),
                        // Who signs on paper needs a line to sign on.
                        .. Enumerable.Repeat(
                            new Row("", "", "", "") { Height = 10 },
                            Math.Max(0, 2 - facts.Cosigners.Count)
                        ),
                    ]
                )
                {
                    Headed = true,
                },
                new Foot("一事一案，一案一表。附议人在系统中本人确认的，与亲笔签名效力相同。"),
            ]
        )
        {
            Number = $"编号：{facts.Number}",
            Remark = facts.Motion.ReceiptNumber is { } receipt && receipt != facts.Number ? $"收件号：{receipt}" : "",
        };

    private static string Numbered(IEnumerable<string> proposals) =>
        string.Join('\n', proposals.Select((p, i) => $"{i + 1}．{p}"));
}
