using EduUnion.Host.Mail;
using MimeKit;

namespace EduUnion.Host.Tests.Mail;

public sealed class MimeMailTests
{
    private static readonly MailboxAddress From = new("教育工会", "noreply@yunxi.example");

    [Fact]
    public void Of_CarriesTheHeadersThatStopAutoReplies()
    {
        var read = Read(MimeMail.Of(MailSamples.Mail(), From));

        Assert.Equal("auto-generated", read.Headers["Auto-Submitted"]);
        Assert.Equal("All", read.Headers["X-Auto-Response-Suppress"]);
        Assert.Equal("bulk", read.Headers["Precedence"]);
    }

    [Fact]
    public void Of_HasTextHtmlAndCalendar()
    {
        var mail = MailSamples.Mail();

        var read = Read(MimeMail.Of(mail, From));

        Assert.Equal(mail.Subject, read.Subject);
        Assert.Equal(mail.Text, read.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("第012号提案", read.HtmlBody);
        var calendar = Assert.IsType<TextPart>(Assert.Single(read.Attachments));
        Assert.Equal("text/calendar", calendar.ContentType.MimeType);
        Assert.Equal("PUBLISH", calendar.ContentType.Parameters["method"]);
        Assert.Equal("reminder.ics", calendar.FileName);
        Assert.Equal(mail.Ics, calendar.Text.ReplaceLineEndings("\r\n"));
    }

    [Fact]
    public void Of_WithoutDueDate_HasNoAttachment()
    {
        var read = Read(MimeMail.Of(MailSamples.Mail(NoticeKind.MotionFiled), From));

        Assert.Empty(read.Attachments);
        Assert.IsType<MultipartAlternative>(read.Body);
    }

    [Fact]
    public void Of_SameMail_HasTheSameMessageId()
    {
        var mail = MailSamples.Mail();

        Assert.Equal(MimeMail.Of(mail, From).MessageId, MimeMail.Of(mail, From).MessageId);
        Assert.Equal($"{mail.NoticeId:N}-{mail.MemberId:N}@yunxi.example", MimeMail.Of(mail, From).MessageId);
    }

    [Fact]
    public void Of_TitleWithLineEnds_AddsNoHeader()
    {
        var mail = MailSamples.Mail(NoticeKind.CosignInvited, title: "午休\r\nBcc: all@yunxi.example");

        var read = Read(MimeMail.Of(mail, From));

        Assert.Empty(read.Bcc);
        Assert.Null(read.Headers["Bcc"]);
        Assert.Equal("wang@yunxi.example", Assert.Single(read.To.Mailboxes).Address);
    }

    [Theory]
    [InlineData("a@yunxi.example, b@yunxi.example")]
    [InlineData("a@yunxi.example\r\nBcc: b@yunxi.example")]
    [InlineData("Wang <a@yunxi.example>")]
    [InlineData("not an address")]
    [InlineData("nobody")]
    [InlineData("")]
    public void Of_AddressThatIsNotOne_IsRefused(string address) =>
        Assert.Throws<ParseException>(() => MimeMail.Of(MailSamples.Mail(address: address), From));

    private static MimeMessage Read(MimeMessage message)
    {
        using var wire = new MemoryStream();
        message.WriteTo(wire);
        wire.Position = 0;
        return MimeMessage.Load(wire);
    }
}
