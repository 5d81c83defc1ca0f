using EduUnion.Host.Mail;

namespace EduUnion.Host.Tests.Mail;

public sealed class MailOptionsTests
{
    private const string Secret = "s3cret-value";

    private static readonly (string, string?)[] Whole =
    [
        ("Mail:Host", "mail.yunxi.example"),
        ("Mail:User", "union"),
        ("Mail:Password", Secret),
        ("Mail:From", "教育工会 <noreply@yunxi.example>"),
        ("PublicUrl", "https://union.yunxi.example"),
    ];

    [Fact]
    public void Read_Nothing_WritesFiles()
    {
        var options = MailSamples.Options();

        Assert.Null(options.Host);
        Assert.Equal("http://127.0.0.1:5080/", options.PublicUrl.ToString());
    }

    [Fact]
    public void Read_Whole_IsEncryptedByDefaultAndHidesThePassword()
    {
        var options = MailSamples.Options(Whole);

        Assert.Equal(MailSecurity.StartTls, options.Security);
        Assert.Equal(587, options.Port);
        Assert.Equal("yunxi.example", options.Domain);
        Assert.Equal("https://union.yunxi.example/", options.PublicUrl.ToString());
        Assert.Equal("mail.yunxi.example:587 (StartTls, as union)", options.ToString());
        Assert.DoesNotContain(Secret, options.ToString());
    }

    [Theory]
    [InlineData("Mail:Host", "https://mail.yunxi.example")]
    [InlineData("Mail:Host", "mail.yunxi.example:25")]
    [InlineData("Mail:Host", null)]
    [InlineData("Mail:Port", "70000")]
    [InlineData("Mail:Port", "smtp")]
    [InlineData("Mail:Security", "ssl")]
    [InlineData("Mail:Security", "None")]
    [InlineData("Mail:User", null)]
    [InlineData("Mail:Password", " ")]
    [InlineData("Mail:From", "somebody")]
    [InlineData("Mail:From", null)]
    [InlineData("PublicUrl", "union.yunxi.example")]
    [InlineData("PublicUrl", "ftp://union.yunxi.example")]
    [InlineData("PublicUrl", "https://union.yunxi.example/app?x=1")]
    [InlineData("PublicUrl", "https://user:pw@union.yunxi.example")]
    public void Read_WrongValue_StopsTheStartWithOneSentence(string key, string? value)
    {
        var settings = Whole.Where(pair => pair.Item1 != key).Append((key, value)).ToArray();

        var refused = Assert.Throws<StartRefused>(() => MailSamples.Options(settings));

        Assert.Matches(@"^(Mail:\w+|PublicUrl) [^\n]+\.$", refused.Message);
        Assert.DoesNotContain(Secret, refused.Message);
    }

    [Fact]
    public void Read_PasswordInTheClear_IsAllowedInsideTheMachineOnly()
    {
        var local = Whole.Append(("Mail:Security", "none")).Where(pair => pair.Item1 != "Mail:Host");

        Assert.Equal(25, MailSamples.Options([.. local, ("Mail:Host", "127.0.0.1")]).Port);
    }
}
