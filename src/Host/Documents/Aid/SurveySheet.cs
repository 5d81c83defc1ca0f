using EduUnion.Domain.Aid;

namespace EduUnion.Host.Documents.Aid;

/// <summary>入户调查表 (form 13): what was declared beside what was seen, and at least two signatures.</summary>
internal static class SurveySheet
{
    public static Sheet Of(AidFacts facts, AidApplication application, SurveyRecord record)
    {
        var (content, form) = (application.Content, record.Form);
        return new(
            "困难教职工入户调查表",
            [
                new Grid(
                    "入户调查表",
                    [18, 32, 18, 32],
                    [
                        new(Cell.Of("申请人"), facts.Person(content.Person.Name), Cell.Of("学校"), facts.School),
                        new(Cell.Of("调查日期"), Paper.Day(form.VisitedOn), Cell.Of("地点"), facts.Hidden(form.Place)),
                        new(
                            Cell.Of("调查方式"),
                            Cell.Across(
                                3,
                                string.Join(
                                    '　',
                                    Paper.Tick(form.Mode == SurveyMode.Home, "入户"),
                                    Paper.Tick(form.Mode == SurveyMode.Phone, "电话")
                                ) + (form.PhoneReason is { Length: > 0 } reason ? $"（原因：{reason}）" : "")
                            )
                        ),
                        new(Cell.Of("走访对象"), Cell.Across(3, facts.Hidden(form.People))),
                    ]
                ),
                Members(facts, content),
                new Grid(
                    "调查情况",
                    [18, 82],
                    [
                        new(Cell.Of("住房"), form.Housing) { Height = 14 },
                        new(Cell.Of("收支核对"), form.IncomeCheck) { Height = 14 },
                        new(Cell.Of("走访所见"), facts.Hidden(form.Observations)) { Height = 24 },
                        new(
                            Cell.Of("结论"),
                            string.Join(
                                '　',
                                Enum.GetValues<SurveyConclusion>()
                                    .Select(c => Paper.Tick(c == form.Conclusion, facts.Term(c)))
                            )
                        ),
                        new(Cell.Of("建议"), form.Suggestion ?? "") { Height = 14 },
                    ]
                ),
                new Grid(
                    "调查人签字",
                    [18, 41, 41],
                    [
                        new(Cell.Of("调查人"), Cell.Of("签字"), Cell.Of("日期")),
                        .. application
                            .Surveyors.Union(record.Signatures.Select(s => s.By))
                            .Select((id, i) => Signature(facts, record, id, i)),
                    ]
                )
                {
                    Headed = true,
                },
            ]
        )
        {
            Number = $"编号：{application.Number}",
            Remark = application.FileNumber is { } file ? $"档案号：{file}" : "",
        };
    }

    /// <summary>As the applicant declared it; the surveyors say whether it is so.</summary>
    private static Grid Members(AidFacts facts, AidContent content) =>
        new(
            "家庭成员（申请人申报）",
            [24, 16, 18, 18, 24],
            [
                new(Cell.Of("家庭成员"), Cell.Of("关系"), Cell.Of("健康"), Cell.Of("身份"), Cell.Of("年收入（元）")),
                new Row(
                    facts.Person(content.Person.Name),
                    "本人",
                    facts.Term(content.Person.Health),
                    "",
                    $"{content.Incomes.Aggregate(Domain.Money.Zero, (sum, i) => sum + i.Yearly)}"
                ),
                .. content.Members.Select(m => new Row(
                    facts.Person(m.Name),
                    facts.Term(m.Relation),
                    facts.Term(m.Health),
                    facts.Term(m.Status),
                    $"{m.YearlyIncome}"
                )),
            ]
        )
        {
            Headed = true,
        };

    private static Row Signature(AidFacts facts, SurveyRecord record, Guid surveyor, int index)
    {
        var signed = record.Signatures.FirstOrDefault(s => s.By == surveyor);
        return new Row(
            new Cell($"{index + 1}") { Head = true },
            signed is null ? "" : facts.Name(surveyor),
            signed is null ? "" : Paper.Day(signed.At)
        );
    }
}
