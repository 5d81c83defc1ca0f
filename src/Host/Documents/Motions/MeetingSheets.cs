namespace EduUnion.Host.Documents.Motions;

/// <summary>面商记录 (form 5), one sheet a meeting.</summary>
internal static class MeetingSheets
{
    public static IEnumerable<Sheet> Of(MotionFacts facts) =>
        facts.Part!.Meetings.Select(meeting => new Sheet(
            "提案面商记录",
            [
                new Grid(
                    "面商记录",
                    [18, 32, 18, 32],
                    [
                        new(Cell.Of("案名"), Cell.Across(3, facts.Motion.Content.Title)),
                        new(Cell.Of("主办"), facts.Part.Host, Cell.Of("提案人"), facts.Proposer.Name),
                        new(Cell.Of("时间"), Paper.Day(meeting.On), Cell.Of("方式"), meeting.Mode),
                        new(Cell.Of("地点"), Cell.Across(3, meeting.Place ?? "")),
                        new(Cell.Of("参加人员"), Cell.Across(3, meeting.People)),
                        new(Cell.Of("面商要点"), Cell.Across(3, meeting.Gist)) { Height = 60 },
                        new(Cell.Of("记录人"), meeting.Recorder, Cell.Of("提案人确认"), "") { Height = 14 },
                    ]
                ),
                new Foot("提案人确认：签名表示与会并了解面商内容，不表示对答复满意。"),
            ]
        )
        {
            Number = $"案号：{facts.Number}",
        });
}
