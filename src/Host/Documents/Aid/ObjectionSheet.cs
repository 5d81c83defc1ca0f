using EduUnion.Domain.Aid;

namespace EduUnion.Host.Documents.Aid;

/// <summary>异议登记表 (form 15). Who objects stands in no document.</summary>
internal static class ObjectionSheet
{
    public static Sheet Of(AidFacts facts, AidApplication application, Objection objection)
    {
        var notice = application.Notices.FirstOrDefault(n => n.Round == objection.NoticeRound);
        var record = objection.Record;
        return new(
            "公示异议登记表",
            [
                new Grid(
                    "异议登记表",
                    [18, 32, 18, 32],
                    [
                        new(
                            Cell.Of("公示编号"),
                            application.Number ?? "",
                            Cell.Of("公示期"),
                            notice is null ? "" : $"{Paper.Day(notice.From)}至{Paper.Day(notice.Through)}"
                        ),
                        new(
                            Cell.Of("提出方式"),
                            string.Join(
                                '　',
                                Paper.Tick(!objection.IsAnonymous, "实名（身份不公开）"),
                                Paper.Tick(objection.IsAnonymous, "匿名")
                            ),
                            Cell.Of("登记日期"),
                            Paper.Day(objection.FiledAt)
                        ),
                        new(Cell.Of("异议事项"), Cell.Across(3, facts.Term(objection.Ground))),
                        new(Cell.Of("异议内容"), Cell.Across(3, objection.Text)) { Height = 24 },
                        new(
                            Cell.Of("调查人"),
                            facts.List(objection.Investigators),
                            Cell.Of("调查日期"),
                            record is null ? "" : Paper.Day(record.VisitedOn)
                        ),
                        new(Cell.Of("走访对象"), Cell.Across(3, facts.Hidden(record?.People))),
                        new(Cell.Of("调查结果"), Cell.Across(3, record?.Finding ?? "")) { Height = 30 },
                        new(
                            Cell.Of("调查人签字"),
                            Cell.Across(
                                3,
                                record is null
                                    ? ""
                                    : string.Join(
                                        '\n',
                                        record.Signatures.Select(s => $"{facts.Name(s.By)}　{Paper.Day(s.At)}")
                                    )
                            )
                        ),
                        new(Cell.Of("处理结果"), Cell.Across(3, Result(facts, objection))),
                        new(Cell.Of("理由"), Cell.Across(3, objection.Settlement?.Reason ?? "")) { Height = 20 },
                    ]
                ),
                new Signing(
                    $"处理人：{(objection.SettledBy is null ? "　　　　　　" : facts.Name(objection.SettledBy))}",
                    Paper.Day(objection.SettledAt)
                ),
            ]
        );
    }

    private static string Result(AidFacts facts, Objection objection)
    {
        var settled = objection.Settlement;
        var words = Enum.GetValues<ObjectionOutcome>().Select(o => Paper.Tick(o == settled?.Outcome, facts.Term(o)));
        var to = string.Join(
            '，',
            new[] { AidFacts.Yuan(settled?.Amount), facts.Term(settled?.Category) }.Where(w => w.Length > 0)
        );
        return string.Join('　', words) + (to.Length > 0 ? $"\n调整为：{to}" : "");
    }
}
