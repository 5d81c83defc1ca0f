using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Components;

/// <summary>Fictional data for the gallery; "today" is Tuesday 2026-09-29.</summary>
public static class Samples
{
    public static DateOnly Today { get; } = new(2026, 9, 29);

    public static string Say(string chinese, string english) => Language.IsEnglish ? english : chinese;

    public static Due Due(int month, int day, int left) => new(new DateOnly(2026, month, day), left, Today);

    public static IReadOnlyList<Due> Dues =>
        [
            Due(9, 23, -3),
            Due(9, 29, 0),
            Due(10, 12, 5),
            Due(10, 12, 5) with
            {
                Paused = true,
            },
            new(new DateOnly(2027, 1, 12), 70, Today) { Provisional = true },
        ];

    public static IReadOnlyList<Tile> Tiles =>
        [
            new(Say("逾期", "Late"), 3, "?due=late", Status.Late)
            {
                Note = Say("最久 3 个工作日", "Longest 3 working days"),
            },
            new(Say("本周到期", "Due this week"), 7, "?due=week", Status.Soon) { Note = Say("今天 2 件", "2 today") },
            new(Say("待我办理", "Waiting for me"), 12, "?who=me", Status.Mine)
            {
                Note = Say("当前列表", "This list"),
                Current = true,
            },
            new(Say("等待他人", "Waiting for others"), 0, "?who=others", Status.Wait) { Note = Say("没有", "None") },
        ];

    public static WorkList Work =>
        new(
            Say("待我办理的事项，剩余时间最少的在前", "What waits for me, least time left first"),
            [
                new(Say("0302-027　主办 信息中心", "0302-027, host Information Centre"), "规范多媒体教室报修流程", "#")
                {
                    Due = Due(9, 23, -3),
                    Wanted = Say("拟督办单报主任签发", "Draft the follow-up order for the chair"),
                    Stamp = new(
                        Say("信息中心", "Information Centre"),
                        Say("未提交答复，3 天", "no answer, 3 days"),
                        Status.Late
                    ),
                    Action = new(Say("拟督办单", "Draft"), "#"),
                },
                new(Say("0302-005　主办 总务处", "0302-005, host General Affairs"), "更换教学楼东侧老旧护栏", "#")
                {
                    Due = Due(9, 29, 0),
                    Wanted = Say("核对答复函格式，合格即送达代表", "Check the letter’s form, then deliver it"),
                    Action = new(Say("核对", "Check"), "#"),
                },
                new(Say("0302-012　主办 总务处", "0302-012, host General Affairs"), "改善教师午休场所", "#")
                {
                    Due = Due(10, 12, 5),
                    Wanted = Say("签发后核对答复函", "Check the letter once it is signed"),
                    Stamp = new(
                        Say("总务处", "General Affairs"),
                        Say("负责人未签发，1 天", "head has not signed, 1 day")
                    ),
                    Action = new(Say("查看", "Open"), "#"),
                },
                new(Say("收件 0303-044", "Received 0303-044"), "增加教职工体检项目", "#")
                {
                    Wanted = Say("尚在征集附议", "Still gathering co-signers"),
                },
            ]
        );

    public static Stages Stages =>
        new([
            new(Say("提交", "Submitted"), StageState.Past, Dates.Short(new(2026, 6, 8))),
            new(Say("立案", "Filed"), StageState.Past, Dates.Short(new(2026, 6, 24))),
            new(Say("交办", "Assigned"), StageState.Past, Dates.Short(new(2026, 9, 8))),
            new(Say("签收", "Accepted"), StageState.Past, Dates.Short(new(2026, 9, 9))),
            new(Say("签发", "Signed"), StageState.Now, Say("现在", "Now")),
            new(Say("审阅", "Reviewed"), StageState.Todo),
            new(Say("答复", "Answered"), StageState.Todo),
            new(Say("反馈", "Feedback"), StageState.Todo),
        ]);

    public static IReadOnlyList<TimelineEntry> Timeline =>
        [
            new(
                At(9, 28, 16, 5),
                EntryKind.Decide,
                Say("孙果（总务处）送签第 2 稿", "Sun Guo (General Affairs) sent draft 2")
            )
            {
                Detail = Say("改动：完成日期由“年内”改为 2026年12月31日。", "Changed: the day of completion."),
            },
            new(At(9, 24, 8, 30), EntryKind.Mail, Say("期限提醒，剩 7 个工作日", "Reminder, 7 working days left")),
            new(At(9, 10, 9, 12), EntryKind.View, Say("孙果查看提案人电话", "Sun Guo saw the proposer’s number")),
            new(At(7, 4, 0, 0), EntryKind.Hold, Say("暑假", "Summer vacation")) { Until = new DateOnly(2026, 8, 31) },
        ];

    public static IReadOnlyList<Person> People =>
        [
            new(
                "陈禾",
                Say("提案人　语文组代表团", "Proposer, Chinese department"),
                Say("6月8日 提交", "Submitted 8 Jun")
            ),
            new(
                "林溪",
                Say("数学组代表团", "Mathematics department"),
                Tag: new(Say("已附议", "Co-signed"), Status.Done)
            ),
            new(
                "吴桐",
                Say("后勤代表团", "Logistics"),
                Tag: new(Say("已邀请，未回复", "Invited, no reply"), Status.Wait)
            ),
        ];

    public static Letter Letter =>
        new(
            "云中提复〔2026〕12号（待签）",
            "对第三届第二次教代会第012号提案的答复",
            "陈禾代表：",
            [
                "您提出的《改善教师午休场所》（第012号提案）收悉，现答复如下：",
                "一、实训楼一层储物间改造为教师午休室，2026年12月31日前完成，配躺椅 24 张。",
            ]
        )
        {
            Remark = "办理类别：B",
            Signature = ["云溪中学总务处", "（签发后生成日期）"],
        };

    public static IReadOnlyList<Field> Fields =>
        [
            new("title", Say("案名", "Title"))
            {
                Hint = Say("一事一案，写明要解决的一件事。", "One matter a motion."),
                Value = "食堂错峰就餐与排队分流",
                MaxLength = 40,
                Required = true,
            },
            new("grounds", Say("案由", "Grounds"), FieldKind.LongText)
            {
                Hint = Say("事实、原因、分析。", "Facts, causes, analysis."),
                Value = "午间三个年级同时就餐，教师窗口平均排队 18 分钟。",
                Error = Say("还差 24 个字（至少 50 字）", "24 more characters needed (at least 50)"),
                MinLength = 50,
                Required = true,
            },
            new("class", Say("办理类别", "Class"), FieldKind.Choice)
            {
                Value = "B",
                Required = true,
                Options = [new("A", "A"), new("B", "B", Say("须有落实事项", "Needs commitments")), new("C", "C")],
            },
            new("hosts", Say("协办部门", "Co-handlers"), FieldKind.Choices)
            {
                Values = ["hr"],
                Options = [new("hr", Say("人事处", "Personnel")), new("it", Say("信息中心", "Information Centre"))],
            },
            new("category", Say("类别", "Category"), FieldKind.Choice)
            {
                Options =
                [
                    .. Enumerable.Range(1, 8).Select(i => new Choice($"{i}", Say($"类别 {i}", $"Category {i}"))),
                ],
            },
            new("metOn", Say("面商日期", "Date of the meeting"), FieldKind.Date)
            {
                Value = "2026-09-22",
                Required = true,
            },
            new("workdays", Say("延长的工作日", "Working days of extension"), FieldKind.Number)
            {
                Value = "5",
                Required = true,
            },
            new("file", Say("附件", "Attachments"), FieldKind.File),
            new(
                "checked",
                Say("已核对 3 项落实事项的日期", "The dates of the 3 commitments are checked"),
                FieldKind.Tick
            ),
        ];

    public static ErrorSummary Errors =>
        new([
            new("grounds", Say("案由还差 24 个字（至少 50 字）", "Grounds: 24 more characters needed")),
            new(null, Say("还缺 1 位附议人（至少 2 位）", "1 co-signer missing (at least 2 needed)")),
        ]);

    public static Dialog Dialog(bool flat) =>
        new("dlg-back", Say("退回修改", "Return for revision"), "/components", Say("退回孙果修改", "Return to Sun Guo"))
        {
            Flat = flat,
            Grave = true,
            Href = flat ? "/components" : "/components?do=back",
            Text = Say("期限继续计算，仍为 10月12日。", "The clock runs on; it is still due on 12 October."),
            Fields =
            [
                new Field("comment", Say("修改意见", "What to change"), FieldKind.LongText)
                {
                    IdPrefix = "back-",
                    Required = true,
                },
            ],
            Hidden = new Dictionary<string, string> { ["seen"] = "41" },
        };

    public static IReadOnlyList<Place> Places =>
        [
            Box("assign", Say("交办", "Assign"), 0, 80, PlaceState.Past),
            Box("accept", Say("签收", "Accept"), 150, 80, PlaceState.Past),
            Box("back", Say("退回改派", "Not ours"), 150, 0, PlaceState.Todo),
            Box("draft", Say("办理 · 面商 · 拟稿", "Meeting and draft"), 300, 80, PlaceState.Past),
            Box("sign", Say("负责人签发", "Signature of the head"), 450, 80, PlaceState.Now),
            Box("leader", Say("分管领导审阅", "Leader’s review"), 600, 80, PlaceState.Todo),
            Box("deliver", Say("送达答复", "Delivery"), 600, 180, PlaceState.Todo),
            Box("feedback", Say("征询意见", "Feedback"), 450, 180, PlaceState.Todo),
            Box("again", Say("重新办理", "Handle again"), 300, 180, PlaceState.Todo),
            Box("close", Say("办结", "Close"), 300, 260, PlaceState.Todo),
        ];

    public static IReadOnlyList<Way> Ways =>
        [
            new("assign", "accept"),
            new("accept", "draft"),
            new("accept", "back", Say("5 个工作日内", "within 5 days")),
            new("back", "assign", Say("改派", "reassign")),
            new("draft", "sign"),
            new("sign", "leader"),
            new("sign", "draft", Say("退回", "return")),
            new("leader", "deliver"),
            new("deliver", "feedback"),
            new("feedback", "again", Say("不满意", "not satisfied")),
            new("again", "draft"),
            new("feedback", "close", Say("满意", "satisfied")),
        ];

    private static Place Box(string id, string text, int x, int y, PlaceState state) =>
        new(id, text, x, y, 110, 44, state);

    /// <summary>The clock of the design board: assigned 8 September, 20 working days, due 12 October.</summary>
    public static ClockPanel Clock
    {
        get
        {
            var days = new List<DayLine>
            {
                new(new(2026, 9, 8), DayKind.Start, null, Say("交办当天不算", "The day of assignment does not count")),
            };
            var n = 0;
            for (var d = new DateOnly(2026, 9, 9); d <= new DateOnly(2026, 10, 12); d = d.AddDays(1))
                days.Add(Line(d, ref n));
            return new ClockPanel(Due(10, 12, 5), 20, 15, days)
            {
                StartWord = Say("交办", "start"),
                Reminders = [new(2026, 9, 24), new(2026, 10, 8), new(2026, 10, 10)],
                Basis = Say(
                    "依据 2026 年放假安排（日历第 3 版）。",
                    "By the holiday schedule of 2026 (calendar version 3)."
                ),
            };
        }
    }

    private static DayLine Line(DateOnly d, ref int n)
    {
        if (d is { Month: 9, Day: >= 25 and <= 27 })
            return new DayLine(d, DayKind.Rest, null, Say("中秋节放假", "Mid-Autumn holiday"));
        if (d is { Month: 10, Day: <= 7 })
            return new DayLine(d, DayKind.Rest, null, Say("国庆节放假", "National Day holiday"));
        if (d is { Month: 9, Day: 20 } or { Month: 10, Day: 10 })
            return new DayLine(d, DayKind.MakeUp, ++n, Say("调休上班", "Make-up working day"));
        if (d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            return new DayLine(d, DayKind.Rest, null, Say("周末", "Weekend"));
        return new DayLine(d, DayKind.Counted, ++n);
    }

    private static DateTimeOffset At(int month, int day, int hour, int minute) =>
        new(2026, month, day, hour, minute, 0, TimeSpan.FromHours(8));
}
