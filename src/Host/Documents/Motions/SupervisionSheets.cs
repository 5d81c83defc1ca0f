namespace EduUnion.Host.Documents.Motions;

/// <summary>督办单 (form 8), one a notice.</summary>
internal static class SupervisionSheets
{
    public static IEnumerable<Sheet> Of(MotionFacts facts) =>
        facts.Part!.Supervisions.Select(notice => new Sheet(
            "提案落实督办单",
            [
                new Prose($"{facts.Part.Host}：") { Flush = true },
                new Prose(
                    $"《{facts.Motion.Content.Title}》（{facts.Called}）答复中承诺的下列事项逾期未落实，请按新期限完成并报告。"
                ),
                new Grid(
                    "督办单",
                    [20, 30, 20, 30],
                    [
                        new(Cell.Of("事项"), Cell.Across(3, notice.Item)),
                        new(Cell.Of("责任人"), notice.Owner, Cell.Of("原期限"), Paper.Day(notice.DueBefore)),
                        new(Cell.Of("逾期天数"), $"{notice.DaysLate} 天", Cell.Of("新期限"), Paper.Day(notice.DueOn)),
                        new(Cell.Of("督办要求"), Cell.Across(3, notice.Text)) { Height = 30 },
                        new(Cell.Of("办理回报"), Cell.Across(3, "")) { Height = 40 },
                    ]
                ),
                new Signing($"签发人：{notice.By}", $"{facts.School}提案工作委员会", Paper.Day(notice.At))
                {
                    Sealed = true,
                },
            ]
        )
        {
            Letterhead = $"{facts.School}工会",
            Number = $"案号：{facts.Number}",
        });
}
