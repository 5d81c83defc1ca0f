namespace EduUnion.Host.Documents.Motions;

/// <summary>提案审查表 (form 2). A standard is ticked only where the decision says so; the rest is for the hand.</summary>
internal static class ReviewSheet
{
    private static readonly (string Words, string[] FailedBy)[] Standards =
    [
        ("属于学校职权范围，可作提案", ["beyondPower", "lowerUnit", "party", "court", "personal", "academic"]),
        ("符合法律法规和政策", ["unlawful"]),
        ("一事一案，案由、方案齐全，有价值、可办理", ["form"]),
    ];

    public static Sheet Of(MotionFacts facts)
    {
        var review = facts.Review!;
        return new(
            $"{facts.School}教职工代表大会提案审查表",
            [
                new Grid(
                    "提案审查表",
                    [18, 32, 18, 32],
                    [
                        new(Cell.Of("案名"), Cell.Across(3, facts.Motion.Content.Title)),
                        new(Cell.Of("届次"), facts.Congress, Cell.Of("类别"), facts.Category),
                        new(Cell.Of("提案人"), facts.Proposer.Name, Cell.Of("附议人"), $"{facts.Cosigners.Count} 人"),
                        new(
                            Cell.Of("审查标准"),
                            Cell.Across(
                                3,
                                string.Join('\n', Standards.Select(s => Judged(s.Words, s.FailedBy, review)))
                            )
                        ),
                        new(
                            Cell.Of("秘书建议"),
                            Cell.Across(3, Joined(review.Recommended, review.RecommendationReason))
                        ),
                        new(
                            Cell.Of("建议主办"),
                            review.RecommendedHost ?? "",
                            Cell.Of("建议协办"),
                            review.RecommendedCohandlers
                        ),
                        new(Cell.Of("结论"), Cell.Across(3, Conclusion(facts, review))),
                        new(Cell.Of("理由"), Cell.Across(3, review.Reason ?? "")) { Height = 14 },
                    ]
                ),
                new Grid(
                    "委员意见",
                    [20, 20, 35, 25],
                    [
                        new(Cell.Of("委员"), Cell.Of("意见"), Cell.Of("说明"), Cell.Of("日期")),
                        .. review.Votes.Select(v => new Row(v.Name, v.Outcome, v.Comment ?? "", Paper.Day(v.At))),
                    ]
                )
                {
                    Headed = true,
                },
                .. review.Signers.Count > 0 ? [Signers(review)] : Array.Empty<Block>(),
                .. review.CountedVote is { } counted ? [new Prose(counted) { Flush = true }] : Array.Empty<Block>(),
                new Signing("提案工作委员会主任：　　　　　　　", Paper.Day((DateOnly?)null)),
            ]
        )
        {
            Number = $"收件号：{facts.Motion.ReceiptNumber}",
            Remark = facts.Motion.ReceiptNumber == facts.Number ? "" : $"案号：{facts.Number}",
        };
    }

    private static Grid Signers(ReviewFacts review) =>
        new(
            "会签意见",
            [20, 20, 35, 25],
            [
                new(Cell.Of("会签人"), Cell.Of("意见"), Cell.Of("说明"), Cell.Of("日期")),
                .. review.Signers.Select(v => new Row(v.Name, v.Outcome, v.Comment ?? "", Paper.Day(v.At))),
            ]
        )
        {
            Headed = true,
        };

    private static string Judged(string standard, string[] failedBy, ReviewFacts review) =>
        review switch
        {
            { Outcome: "file" } => "✔ ",
            { Outcome: "reject", ReasonCode: { } code } when failedBy.Contains(code) => "✘ ",
            _ => "□ ",
        } + standard;

    private static string Conclusion(MotionFacts facts, ReviewFacts review)
    {
        var main = facts.Motion.MainNumber is { } number ? $"并案（主案 {number}）" : "并案";
        return string.Join('　', Tick("file", "立案"), Tick("merge", main), Tick("return", "退回补充修改"))
            + "\n"
            + string.Join(
                '　',
                Tick("opinion", "转为意见建议"),
                Tick("reject", "不予立案"),
                Tick("dispute", "提请主席团裁定")
            );

        string Tick(string outcome, string word) => Paper.Tick(review.Outcome == outcome, word);
    }

    private static string Joined(params IEnumerable<string?> words) =>
        string.Join('，', words.Where(w => !string.IsNullOrEmpty(w)));
}
