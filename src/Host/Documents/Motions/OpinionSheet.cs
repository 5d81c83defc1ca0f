namespace EduUnion.Host.Documents.Motions;

/// <summary>协办意见, with the letter's file and never sent with it: the co-handlers told them to the host (M-12).</summary>
internal static class OpinionSheet
{
    public static Sheet Of(MotionFacts facts) =>
        new(
            "协办意见（内部留存，不随函送达）",
            [
                new Grid(
                    "协办意见",
                    [22, 54, 24],
                    [
                        new(Cell.Of("协办部门"), Cell.Of("意见"), Cell.Of("日期")),
                        .. facts.Part!.Opinions.Select(o => new Row(o.Department, o.Text, Paper.Day(o.At))),
                    ]
                )
                {
                    Headed = true,
                },
            ]
        )
        {
            Number = $"案号：{facts.Number}",
            Remark = $"主办：{facts.Part.Host}",
        };
}
