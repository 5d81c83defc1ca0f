using EduUnion.Domain.Aid;
using EduUnion.Host.Web;

namespace EduUnion.Host.Documents.Aid;

/// <summary>
/// 评审会记录 with the table of ballots. Cases stand by their numbers; of a line, nothing is drawn for a reader who is
/// recused from it.
/// </summary>
internal static class MinutesSheet
{
    public static Sheet Of(AidFacts facts, AssessmentMeeting meeting, IReadOnlyList<AssessmentLine> lines) =>
        new(
            $"{facts.School}困难帮扶民主评议会记录",
            [
                new Grid(
                    "会议情况",
                    [18, 32, 18, 32],
                    [
                        new(
                            Cell.Of("时间"),
                            Dates.LongInstant(meeting.MeetsAt, Dates.Chinese),
                            Cell.Of("地点"),
                            meeting.Place
                        ),
                        new(
                            Cell.Of("主持人"),
                            facts.Name(meeting.LeaderId),
                            Cell.Of("应到／实到"),
                            $"{meeting.Members.Length} 人／{meeting.Attendees.Length} 人"
                        ),
                        new(Cell.Of("出席"), Cell.Across(3, facts.List(meeting.Attendees))),
                        new(Cell.Of("缺席"), Cell.Across(3, facts.List(meeting.Members.Except(meeting.Attendees)))),
                    ]
                ),
                Results(facts, meeting, lines),
                Ballots(facts, meeting, lines),
                new Prose("会议记录：") { Flush = true },
                new Prose([.. (meeting.Minutes ?? "").Split('\n')]),
                new Signing($"主持人：{facts.Name(meeting.LeaderId)}", Paper.Day(meeting.ClosedAt)),
            ]
        );

    private static Grid Results(AidFacts facts, AssessmentMeeting meeting, IReadOnlyList<AssessmentLine> lines) =>
        new(
            "评议结果",
            [24, 16, 20, 14, 12, 14],
            [
                new(
                    Cell.Of("编号"),
                    Cell.Of("困难类别"),
                    Cell.Of("建议金额（元）"),
                    Cell.Of("回避"),
                    Cell.Of("票数"),
                    Cell.Of("结果")
                ),
                .. lines.Select(l => new Row(
                    l.Code,
                    facts.Term(l.Proposal?.Category),
                    $"{l.Proposal?.Amount}",
                    $"{meeting.Members.Count(l.IsRecused)} 人",
                    $"{l.Count(Ballot.Yes)}:{l.Count(Ballot.No)}:{l.Count(Ballot.Abstain)}",
                    l.Result is { } result ? (result.Passed ? "通过" : "未通过") : "下次再议"
                )),
            ]
        )
        {
            Headed = true,
        };

    /// <summary>One row a member, one column a case; twelve columns fit.</summary>
    private static Grid Ballots(AidFacts facts, AssessmentMeeting meeting, IReadOnlyList<AssessmentLine> lines)
    {
        const int Columns = 12;
        var shown = lines.Take(Columns).ToList();
        var width = 76 / Math.Max(1, shown.Count);
        return new(
            "表决表（票数为同意:不同意:弃权）",
            [100 - width * shown.Count, .. shown.Select(_ => width)],
            [
                new Row([Cell.Of("委员"), .. shown.Select(l => Cell.Of(Short(l.Code)))]),
                .. meeting.Members.Select(m => new Row([
                    facts.Name(m),
                    .. shown.Select(l => (Cell)Voted(facts, meeting, l, m)),
                ])),
            ]
        )
        {
            Headed = true,
        };
    }

    private static string Voted(AidFacts facts, AssessmentMeeting meeting, AssessmentLine line, Guid member) =>
        line.IsRecused(member) ? "回避"
        : line.Ballots.FirstOrDefault(b => b.MemberId == member) is { } cast
            ? facts.Term(cast.Ballot) + (cast.EnteredBy == member ? "" : "（纸质）")
        : meeting.Attendees.Contains(member) ? "未投"
        : "缺席";

    /// <summary>The running number of BF-YXZX-2026-0003.</summary>
    private static string Short(string code) => code[(code.LastIndexOf('-') + 1)..];
}
