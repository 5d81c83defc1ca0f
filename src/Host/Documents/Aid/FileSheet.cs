using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;

namespace EduUnion.Host.Documents.Aid;

/// <summary>困难教职工档案表 (form 11): the person by the last application, and what the file itself has gathered.</summary>
internal static class FileSheet
{
    /// <param name="application">The last one that the file comes from; null where the reader is shown none of it.</param>
    public static Sheet Of(AidFacts facts, FileView view, AidApplication? application)
    {
        var file = view.File;
        return new(
            "困难教职工档案表",
            [
                new Grid(
                    "档案",
                    [18, 32, 18, 32],
                    [
                        new(Cell.Of("姓名"), facts.Person(view.Holder), Cell.Of("学校"), facts.School),
                        new(
                            Cell.Of("困难类别"),
                            view.SeesAid ? facts.Term(file.Category) : "—",
                            Cell.Of("档案状态"),
                            facts.Term(file.State)
                        ),
                        new(
                            Cell.Of("建档日期"),
                            Paper.Day(file.OpenedAt),
                            Cell.Of("最近复核"),
                            $"{file.VerifiedYear}年"
                        ),
                        new(
                            Cell.Of("联系领导"),
                            facts.Name(file.LeaderId),
                            Cell.Of("累计帮扶"),
                            view.SeesAid
                                ? $"{file.Aids.Length} 次，{file.Aids.Aggregate(Domain.Money.Zero, (sum, a) => sum + a.Amount)} 元"
                                : "—"
                        ),
                    ]
                ),
                .. application is null ? Array.Empty<Block>() : Person(facts, application.Content),
                .. view.SeesAid ? [Entries(facts, file)] : Array.Empty<Block>(),
                Done(facts, view),
            ]
        )
        {
            Number = $"档案号：{file.Number}",
            Remark = $"制表日期：{Paper.Day(facts.Today)}",
        };
    }

    private static Block[] Person(AidFacts facts, AidContent content)
    {
        var person = content.Person;
        var identity = IdentityNumber.Parse(person.IdentityNumber);
        var net = NetIncome.Of(content);
        return
        [
            new Grid(
                "本人情况",
                [18, 32, 18, 32],
                [
                    new(
                        Cell.Of("性别"),
                        identity is { } id ? (id.IsFemale ? "女" : "男") : "",
                        Cell.Of("出生日期"),
                        identity is { } born && facts.Clear ? Paper.Day(born.BirthDate) : facts.Hidden("—")
                    ),
                    new(
                        Cell.Of("身份证号"),
                        facts.Identity(person.IdentityNumber),
                        Cell.Of("电话"),
                        facts.Phone(person.Phone)
                    ),
                    new(
                        Cell.Of("人员类别"),
                        person.Status is { } kind ? facts.Texts.In(Web.Texts.Chinese, $"memberkind.{kind}") : "",
                        Cell.Of("岗位"),
                        person.Post ?? ""
                    ),
                    new(
                        Cell.Of("健康状况"),
                        facts.Term(person.Health),
                        Cell.Of("残疾类别"),
                        facts.Hidden(person.Disability)
                    ),
                    new(
                        Cell.Of("婚姻状况"),
                        facts.Term(person.Marital),
                        Cell.Of("医疗保障"),
                        facts.Term(person.Insurance)
                    ),
                    new(
                        Cell.Of("住房"),
                        facts.Term(person.Housing) + (person.HousingArea is { } area ? $"，{area} 平方米" : ""),
                        Cell.Of("住址"),
                        facts.Hidden(person.Address)
                    ),
                    new(
                        Cell.Of("致困原因"),
                        string.Join(
                            '、',
                            content
                                .SecondaryCauses.Select(c => (Cause?)c)
                                .Prepend(content.MainCause)
                                .Select(c => facts.Term(c))
                        ),
                        Cell.Of("人均月净收入"),
                        AidFacts.Yuan(net?.Monthly)
                    ),
                    new(Cell.Of("困难情况"), Cell.Across(3, facts.Hidden(content.Narrative))),
                    new(
                        Cell.Of("开户银行"),
                        facts.Hidden(content.Account.BankName),
                        Cell.Of("账号"),
                        facts.Account(content.Account.Number)
                    ),
                ]
            ),
            new Grid(
                "家庭成员",
                [20, 14, 30, 14, 22],
                [
                    new(
                        Cell.Of("家庭成员"),
                        Cell.Of("关系"),
                        Cell.Of("身份证号"),
                        Cell.Of("健康"),
                        Cell.Of("年收入（元）")
                    ),
                    .. content.Members.Select(m => new Row(
                        facts.Person(m.Name),
                        facts.Term(m.Relation),
                        facts.Identity(m.IdentityNumber),
                        facts.Term(m.Health),
                        $"{m.YearlyIncome}"
                    )),
                ]
            )
            {
                Headed = true,
            },
        ];
    }

    private static Grid Entries(AidFacts facts, AidFile file) =>
        new(
            "动态记录",
            [22, 22, 20, 36],
            [
                new(Cell.Of("日期"), Cell.Of("变动"), Cell.Of("类别"), Cell.Of("说明")),
                .. file.History.Select(e => new Row(
                    Paper.Day(e.At),
                    facts.Texts.In(Web.Texts.Chinese, $"aidterm.FileEntry.{e.What}"),
                    facts.Term(e.Category),
                    e.Reason ?? ""
                )),
            ]
        )
        {
            Headed = true,
        };

    /// <summary>What was done for the person; to his leader his own contacts alone.</summary>
    private static Grid Done(AidFacts facts, FileView view)
    {
        var file = view.File;
        return new(
            view.SeesAid ? "帮扶、走访与联系" : "领导联系",
            [22, 18, 60],
            [
                new(Cell.Of("日期"), Cell.Of("事项"), Cell.Of("内容")),
                .. file
                    .Aids.Where(_ => view.SeesAid)
                    .Select(a => (On: a.PaidOn, Line: new Row(Paper.Day(a.PaidOn), "帮扶", AidFacts.Yuan(a.Amount))))
                    .Concat(
                        file.Visits.Where(_ => view.SeesAid)
                            .Select(v =>
                                (
                                    v.On,
                                    Line: new Row(
                                        Paper.Day(v.On),
                                        "走访慰问",
                                        string.Join(
                                            '，',
                                            new[]
                                            {
                                                v.Occasion,
                                                facts.List(v.Visitors),
                                                AidFacts.Yuan(v.Gift),
                                                facts.Hidden(v.Note),
                                            }.Where(w => w.Length > 0)
                                        )
                                    )
                                )
                            )
                    )
                    .Concat(
                        view.Contacts.Select(c =>
                            (
                                c.On,
                                Line: new Row(
                                    Paper.Day(c.On),
                                    "领导联系",
                                    $"{facts.Name(c.LeaderId)}，{facts.Term(c.Mode)}。{facts.Hidden(c.Need)} {facts.Hidden(c.Action)}"
                                )
                            )
                        )
                    )
                    .OrderBy(e => e.On)
                    .Select(e => e.Line),
            ]
        )
        {
            Headed = true,
        };
    }
}
