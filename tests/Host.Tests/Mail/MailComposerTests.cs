using AngleSharp.Html.Parser;
using EduUnion.Host.Mail;
using Calendar = Ical.Net.Calendar;

namespace EduUnion.Host.Tests.Mail;

public sealed class MailComposerTests
{
    public static TheoryData<string, string> Texts() => MailWordsTests.Texts();

    [Fact]
    public void Compose_ReadsAsDesigned()
    {
        var mail = MailSamples
            .Composer()
            .Compose(MailSamples.Notice(NoticeKind.AnswerToSign), "zh-CN", MailSamples.Today);

        Assert.Equal("【教育工会】第012号提案请签发答复，剩 3 个工作日", mail.Subject);
        Assert.Equal(
            """
            第012号提案《改善教师午休场所》的答复等您签发。

            期限：2026年10月12日 周一前答复，剩 3 个工作日

            打开：https://union.yunxi.example/c/0302-012

            联系人：校工会办公室，分机 8016
            此信由系统发出，请勿回复；已办理请忽略。
            附件是日历提醒。

            """,
            mail.Text
        );
    }

    [Fact]
    public void Compose_InEnglish_ReadsAsWell()
    {
        var mail = MailSamples.Composer(1).Compose(MailSamples.Notice(NoticeKind.AnswerDue), "en", MailSamples.Today);

        Assert.Equal("【教育工会】Motion 012 awaits an answer: 1 working day left", mail.Subject);
        Assert.Contains("Deadline: answer by Mon 12 October 2026, 1 working day left", mail.Text);
        Assert.Contains("Contact: 校工会办公室, 分机 8016", mail.Text);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Compose_EveryKind_IsWholeInTextAndHtml(string code, string language)
    {
        var notice = MailSamples.Notice(NoticeKind.Of(code));

        var mail = MailSamples.Composer().Compose(notice, language, MailSamples.Today);

        Assert.StartsWith("【教育工会】", mail.Subject);
        Assert.DoesNotContain('{', mail.Subject + mail.Text + mail.Html);
        Assert.Contains("https://union.yunxi.example/c/0302-012", mail.Text);
        Assert.Equal(notice.Due is not null, mail.Ics is not null);
        var page = new HtmlParser().ParseDocument(mail.Html);
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("https://union.yunxi.example/c/0302-012", Assert.Single(page.Links).GetAttribute("href"));
        Assert.Empty(page.QuerySelectorAll("style, script, img, link"));
        Assert.Contains(page.Title!, mail.Text);
        if (notice.Due is not null)
            Assert.Contains(MailWords.In(language).Left(3), page.Body!.TextContent);
    }

    [Fact]
    public void Compose_TitleWithLineEnds_StaysInOneHeaderLine()
    {
        var title = "午休\r\nBcc: all@yunxi.example\u2028X: y\u0085z\u202Egnp";

        var mail = MailSamples
            .Composer()
            .Compose(MailSamples.Notice(NoticeKind.CosignInvited, title: title), "zh-CN", MailSamples.Today);

        Assert.Equal("【教育工会】请您附议《午休 Bcc: all@yunxi.example X: y z gnp》", mail.Subject);
        Assert.DoesNotContain(mail.Text.Split('\n'), line => line.StartsWith("Bcc", StringComparison.Ordinal));
    }

    [Fact]
    public void Compose_TitleWithMarkup_IsText()
    {
        var title = "<script>alert(1)</script>\"'&";

        var mail = MailSamples
            .Composer()
            .Compose(MailSamples.Notice(NoticeKind.CosignInvited, title: title), "zh-CN", MailSamples.Today);

        var page = new HtmlParser().ParseDocument(mail.Html);
        Assert.Empty(page.QuerySelectorAll("script"));
        Assert.Contains(title, page.Body!.TextContent);
    }

    [Theory]
    [InlineData("请联系13900001234处理")]
    [InlineData("请联系 139-0000-1234")]
    [InlineData("证号11010519491231002X")]
    [InlineData("证号１１０１０５１９４９１２３１００２１")]
    [InlineData("卡号6222 0200 0000 0000 123")]
    [InlineData("卡号6222020000000000123")]
    [InlineData("座机010-65223456")]
    public void Compose_NumbersOfPersonsInTypedText_AreHidden(string typed)
    {
        var notice = MailSamples.Notice(NoticeKind.MotionRejected, title: typed, reason: typed);

        var mail = MailSamples.Composer().Compose(notice, "zh-CN", MailSamples.Today);

        var all = mail.Subject + mail.Text + mail.Html;
        Assert.DoesNotContain(typed, all);
        Assert.DoesNotMatch(@"[0-9０-９]{5}", mail.Text.Replace("0302-012", ""));
        Assert.Contains("＊＊＊", mail.Text);
    }

    [Fact]
    public void Compose_YearsAndQuantitiesInATitle_Stay()
    {
        var title = "2026-2027学年第1学期 3000平方米操场，预算120000元";

        var mail = MailSamples
            .Composer()
            .Compose(MailSamples.Notice(NoticeKind.CosignInvited, title: title), "zh-CN", MailSamples.Today);

        Assert.Contains(title, mail.Subject);
    }

    [Fact]
    public void Compose_WithoutContact_NamesNobody()
    {
        var notice = Notice.Of(
            NoticeKind.MotionReceived,
            null,
            NoticeRecipients.ToRoles("proposer"),
            new Dictionary<string, string> { ["title"] = "午休", ["receipt"] = "S-1" },
            "/c/1",
            MailSamples.Morning
        );

        var mail = MailSamples.Composer().Compose(notice, "zh-CN", MailSamples.Today);

        Assert.DoesNotContain("联系人", mail.Text);
        Assert.Contains(">教育工会<", mail.Html);
    }

    [Fact]
    public void Compose_Calendar_IsOneAllDayEntryOfTheDeadline()
    {
        var mail = MailSamples.Composer().Compose(MailSamples.Notice(NoticeKind.AnswerDue), "zh-CN", MailSamples.Today);

        var entry = Assert.Single(Ical.Net.Calendar.Load(mail.Ics!)!.Events);
        Assert.Equal(MailSamples.Due, entry.Start!.Date);
        Assert.False(entry.Start.HasTime);
        Assert.Equal("第012号提案《改善教师午休场所》等待贵部门答复。", entry.Summary);
        Assert.Equal("https://union.yunxi.example/c/0302-012", entry.Url!.ToString());
        Assert.Contains("METHOD:PUBLISH", mail.Ics);
        Assert.Empty(entry.Attendees);
    }

    [Fact]
    public void Compose_Calendar_KeepsOneUidPerCaseAndDeadline()
    {
        var first = Uid(NoticeKind.AnswerDue, MailSamples.Case);

        Assert.Equal(first, Uid(NoticeKind.ExtensionGranted, MailSamples.Case));
        Assert.NotEqual(first, Uid(NoticeKind.ReceiptLastCall, MailSamples.Case));
        Assert.NotEqual(first, Uid(NoticeKind.AnswerDue, Guid.CreateVersion7(MailSamples.Morning)));
    }

    [Fact]
    public void ComposeDigest_TellsAll()
    {
        Notice[] notices =
        [
            MailSamples.Notice(NoticeKind.AnswerDue, caseId: Guid.CreateVersion7(MailSamples.Morning)),
            MailSamples.Notice(NoticeKind.ReviewDue, caseId: Guid.CreateVersion7(MailSamples.Morning)),
        ];

        var mail = MailSamples.Composer().ComposeDigest(notices, "zh-CN", MailSamples.Today);

        Assert.Equal("【教育工会】今天有 2 件事项提醒您，最急的剩 3 个工作日", mail.Subject);
        Assert.Contains("第012号提案《改善教师午休场所》等待贵部门答复。\n期限：", mail.Text);
        Assert.Contains("有 2 件提案等待立案审查。\n期限：", mail.Text);
        Assert.Contains("工作台：https://union.yunxi.example/\n", mail.Text);
        Assert.Equal(2, Ical.Net.Calendar.Load(mail.Ics!)!.Events.Count);
        Assert.Equal(3, new HtmlParser().ParseDocument(mail.Html).Links.Length);
    }

    [Fact]
    public void ComposeDigest_OfVeryMany_StaysReadable()
    {
        var notices = Enumerable.Range(0, 126).Select(_ => MailSamples.Notice(NoticeKind.AnswerDue)).ToList();

        var mail = MailSamples.Composer().ComposeDigest(notices, "en", MailSamples.Today);

        Assert.Contains("126 reminders today", mail.Subject);
        Assert.Contains("86 more are on your desk.", mail.Text);
    }

    private static string? Uid(NoticeKind kind, Guid caseId)
    {
        var notice = MailSamples.Notice(kind, caseId: caseId);
        return Ical.Net.Calendar.Load(MailSamples.Composer().Compose(notice, "en", MailSamples.Today).Ics!)!.Events[
            0
        ]!.Uid;
    }
}
