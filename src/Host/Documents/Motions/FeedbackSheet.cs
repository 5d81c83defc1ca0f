namespace EduUnion.Host.Documents.Motions;

/// <summary>征询意见表 (form 7): blank for the hand, or as it was given.</summary>
internal static class FeedbackSheet
{
    public static Sheet Of(MotionFacts facts, FeedbackFacts? given) =>
        new(
            "征询意见表",
            [
                new Grid(
                    $"{facts.Called}征询意见表",
                    [20, 34, 16, 30],
                    [
                        new(Cell.Of("案号"), facts.Number, Cell.Of("主办"), facts.Part!.Host),
                        new(Cell.Of("案名"), Cell.Across(3, facts.Content.Title)),
                        new(Cell.Of("沟通方式"), Cell.Across(3, Contacts(facts.Part))),
                        new(Cell.Of("办理态度"), Cell.Across(3, Grades(given?.Attitude))),
                        new(Cell.Of("办理结果"), Cell.Across(3, Grades(given?.Result))),
                        new(Cell.Of("理由\n（不满意时必填）"), Cell.Across(3, given?.Reason ?? "")) { Height = 45 },
                        new(Cell.Of("签名"), given?.By ?? "", Cell.Of("日期"), Paper.Day(given?.At)) { Height = 14 },
                    ]
                ),
                new Foot($"请在收到答复后 {facts.Part.FeedbackWorkdays} 个工作日内交回校工会，也可登录系统填写。"),
            ]
        )
        {
            Number = facts.Congress,
            Remark = facts.Called,
        };

    private static string Contacts(PartFacts part)
    {
        var held = part.Meetings.Select(m => m.Mode).ToHashSet();
        return string.Join(
            '　',
            FeedbackFacts.Contacts.Select(mode => Paper.Tick(held.Contains(mode), mode)).Append(Paper.Tick(false, "没有沟通"))
        );
    }

    private static string Grades(string? chosen) =>
        string.Join('　', FeedbackFacts.Grades.Select(grade => Paper.Tick(grade == chosen, grade)));
}
