using EduUnion.Host.Mail;
using MimeKit;

namespace EduUnion.Host.Tests.Mail;

public sealed class FileMailTransportTests : IDisposable
{
    private static readonly MailboxAddress From = new("教育工会", "noreply@yunxi.example");
    private readonly string _directory = Directory.CreateTempSubdirectory("eduunion-mail-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Send_Twice_IsOneFile()
    {
        var mail = MailSamples.Mail();
        await using var transport = new FileMailTransport(Path.Combine(_directory, "new"), From);

        Assert.Equal(Delivery.Accepted, await transport.SendAsync(mail, TestContext.Current.CancellationToken));
        Assert.Equal(Delivery.Accepted, await transport.SendAsync(mail, TestContext.Current.CancellationToken));

        var file = Assert.Single(Directory.GetFiles(_directory, "*", SearchOption.AllDirectories));
        var read = await MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal($"{mail.NoticeId:N}-{mail.MemberId:N}.eml", Path.GetFileName(file));
        Assert.Equal(mail.Subject, read.Subject);
    }

    [Fact]
    public async Task Send_BadAddress_IsRefusedForGood()
    {
        await using var transport = new FileMailTransport(_directory, From);

        var delivery = await transport.SendAsync(
            MailSamples.Mail(address: "nobody"),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(DeliveryKind.Never, delivery.Kind);
        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public async Task Send_DirectoryIsAFile_KeepsTheMailWaiting()
    {
        var file = Path.Combine(_directory, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        await using var transport = new FileMailTransport(file, From);

        var delivery = await transport.SendAsync(MailSamples.Mail(), TestContext.Current.CancellationToken);

        Assert.Equal(DeliveryKind.Unavailable, delivery.Kind);
    }
}
