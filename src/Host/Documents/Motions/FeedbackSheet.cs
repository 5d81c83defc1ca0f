using EduUnion.Domain.Motions;

namespace EduUnion.Host.Documents.Motions;

/// <summary>征询意见表 (form 7): blank for the hand, or as it was given.</summary>
internal static class FeedbackSheet
{
    private static readonly string[] Modes = ["meeting", "phone", "visit"];

    /// <summary>Every form that was returned, and a blank one while one is wanted.</summary>
    public static IEnumerable<Sheet> All(MotionFacts facts) =>
        facts
            .Feedbacks.Select(given => Of(facts, given))
            .Concat(facts.Motion.Forms[^1].IsOpen || facts.Feedbacks.Count == 0 ? [Of(facts, null)] : []);

    public static Sheet Of(MotionFacts facts, FeedbackFacts? given) =>
        new(
            given?.Round > 1 ? $"征询意见表（第{given.Round}次）" : "征询意见表",
            [
                new Grid(
                    $"{facts.Called}征询意见表",
                    [22, 32, 14, 32],
                    [
                        new(Cell.Of("案号"), facts.Number, Cell.Of("主办"), facts.Hosts),
                        new(Cell.Of("案名"), Cell.Across(3, facts.Motion.Content.Title)),
                        new(Cell.Of("沟通方式"), Cell.Across(3, Contacts(facts))),
                        new(Cell.Of("办理态度"), Cell.Across(3, Grades(facts, given?.Manner))),
                        new(Cell.Of("办理结果"), Cell.Across(3, Grades(facts, given?.Result))),
                        new(Cell.Of("理由\n（不满意时必填）"), Cell.Across(3, given?.Reason ?? "")) { Height = 45 },
                        new(Cell.Of("签名"), given?.By ?? "", Cell.Of("日期"), Paper.Day(given?.At)) { Height = 14 },
                    ]
                ),
                new Foot($"请在收到答复后 {facts.FeedbackWorkdays} 个工作日内交回校工会，也可登录系统填写。"),
            ]
        )
        {
            Number = facts.Congress,
            Remark = facts.Called,
        };

    /// <summary>Left to the proposer's pen on the blank form: it is he who says how he was spoken to.</summary>
    private static string Contacts(MotionFacts facts) =>
        string.Join(
            '　',
            Modes.Select(m => Paper.Tick(false, facts.Words("option.mode." + m))).Append(Paper.Tick(false, "没有沟通"))
        );

    private static string Grades(MotionFacts facts, Satisfaction? chosen) =>
        string.Join(
            '　',
            Enum.GetValues<Satisfaction>().Select(g => Paper.Tick(g == chosen, facts.Words("option.result." + g)))
        );
}
