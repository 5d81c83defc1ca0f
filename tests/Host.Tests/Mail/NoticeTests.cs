using EduUnion.Host.Mail;

namespace EduUnion.Host.Tests.Mail;

public sealed class NoticeTests
{
    private static readonly NoticeRecipients Somebody = NoticeRecipients.ToRoles("proposer");

    [Fact]
    public void Of_KeepsWhatItWasGiven()
    {
        var organisation = Guid.CreateVersion7(MailSamples.Morning);
        var to = NoticeRecipients.ToRoles("host.head").And(NoticeRecipients.ToOffice("UnionChair", organisation));

        var notice = MailSamples.Notice(NoticeKind.AnswerDue, to: to);

        Assert.Equal("N9.due", notice.Kind);
        Assert.Equal(["host.head"], notice.Recipients.Roles);
        Assert.Equal([new OfficeAddress("UnionChair", organisation)], notice.Recipients.Offices);
        Assert.Equal("改善教师午休场所", notice.Args["title"]);
        Assert.True(notice.Reminder);
        Assert.Null(notice.FannedAt);
    }

    [Theory]
    [InlineData("idNumber")]
    [InlineData("diagnosis")]
    [InlineData("bankAccount")]
    [InlineData("applicant")]
    [InlineData("amount")]
    public void Of_ArgumentOutsideTheList_Throws(string name)
    {
        var args = new Dictionary<string, string>
        {
            ["title"] = "午休",
            ["receipt"] = "S-1",
            [name] = "x",
        };

        var bug = Assert.Throws<ArgumentException>(() => Write(NoticeKind.MotionReceived, args));

        Assert.Contains(name, bug.Message);
    }

    [Fact]
    public void Of_MissingArgument_Throws() =>
        Assert.Throws<ArgumentException>(() => Write(NoticeKind.MotionReceived, new() { ["title"] = "午休" }));

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("/c/1\r\nBcc: x@y")]
    [InlineData("c/1")]
    public void Of_LinkOutsideTheSite_Throws(string link) =>
        Assert.Throws<ArgumentException>(() =>
            Write(NoticeKind.MotionReceived, new() { ["title"] = "午休", ["receipt"] = "S-1" }, link)
        );

    [Fact]
    public void Of_DueDateAndKindDisagree_Throws()
    {
        var args = new Dictionary<string, string> { ["title"] = "午休" };

        Assert.Throws<ArgumentException>(() => Write(NoticeKind.CosignInvited, args));
        args["receipt"] = "S-1";
        Assert.Throws<ArgumentException>(() => Write(NoticeKind.MotionReceived, args, due: MailSamples.Due));
    }

    [Fact]
    public void Of_NobodyToTell_Throws() =>
        Assert.Throws<ArgumentException>(() =>
            Notice.Of(
                NoticeKind.MotionReceived,
                null,
                NoticeRecipients.ToMembers(),
                new Dictionary<string, string> { ["title"] = "午休", ["receipt"] = "S-1" },
                "/c/1",
                MailSamples.Morning
            )
        );

    [Fact]
    public void Kinds_AreTheCatalogueAndMovedDeadlines()
    {
        var codes = NoticeKind.All.Select(kind => kind.Code.Split('.')[0]).Distinct();

        Assert.Equal(
            [
                .. Enumerable.Range(1, 17).Select(n => $"N{n}"),
                "moved",
                "N18",
                "N19",
                .. Enumerable.Range(1, 14).Select(n => $"A{n}"),
                "O1",
                "O8",
                "O5",
                "O7",
                "O2",
                "O3",
                "O4",
                "O6",
            ],
            codes
        );
        Assert.All(NoticeKind.All, kind => Assert.Same(kind, NoticeKind.Of(kind.Code)));
        Assert.DoesNotContain(NoticeKind.All, kind => kind is { Reminder: true, Urgent: true });
    }

    private static void Write(
        NoticeKind kind,
        Dictionary<string, string> args,
        string link = "/c/1",
        DateOnly? due = null
    ) => Notice.Of(kind, null, Somebody, args, link, MailSamples.Morning, due);
}
