using System.Net;
using System.Net.Sockets;
using EduUnion.Host.Mail;

namespace EduUnion.Host.Tests.Mail;

public sealed class SmtpMailTransportTests
{
    private readonly string _address = TestMailServer.NewAddress();

    [Fact]
    public async Task Send_OverStartTlsWithSignIn_Arrives()
    {
        var mail = MailSamples.Mail(address: _address);

        var delivery = await SendAsync(mail, TestMailServer.Transport());

        Assert.Equal(Delivery.Accepted, delivery);
        var received = Assert.Single(TestMailServer.Received(_address));
        Assert.Equal(mail.Subject, received.Subject);
        Assert.Equal(mail.Text, received.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(mail.MessageId, $"<{received.MessageId}>");
        Assert.Equal("教育工会", Assert.Single(received.From.Mailboxes).Name);
    }

    [Fact]
    public async Task Send_MoreThanAConnectionCarries_AllArriveOnce()
    {
        await using var transport = TestMailServer.Transport();
        var mails = Enumerable.Range(0, 60).Select(_ => MailSamples.Mail(address: _address)).ToList();

        foreach (var mail in mails)
            Assert.Equal(Delivery.Accepted, await transport.SendAsync(mail, TestContext.Current.CancellationToken));

        var received = TestMailServer.Received(_address).Select(message => $"<{message.MessageId}>");
        Assert.Equal(mails.Select(mail => mail.MessageId), received);
    }

    [Fact]
    public async Task Send_WrongPassword_BlamesTheRoadAndDoesNotRepeatThePassword()
    {
        var transport = TestMailServer.Transport(TestMailServer.Options(password: "wrong-password"));

        var delivery = await SendAsync(MailSamples.Mail(address: _address), transport);

        Assert.Equal(DeliveryKind.Unavailable, delivery.Kind);
        Assert.Contains("535", delivery.Reason);
        Assert.DoesNotContain("wrong-password", delivery.Reason);
    }

    [Fact]
    public async Task Send_UnknownCertificate_SendsNothing()
    {
        var delivery = await SendAsync(
            MailSamples.Mail(address: _address),
            new SmtpMailTransport(TestMailServer.Options())
        );

        Assert.Equal(DeliveryKind.Unavailable, delivery.Kind);
        Assert.Empty(TestMailServer.Received(_address));
    }

    [Fact]
    public async Task Send_InTheClearToAServerThatWantsMore_IsUnavailable()
    {
        var delivery = await SendAsync(
            MailSamples.Mail(address: _address),
            TestMailServer.Transport(TestMailServer.Options(security: "None"))
        );

        Assert.Equal(DeliveryKind.Unavailable, delivery.Kind);
    }

    [Fact]
    public async Task Send_NobodyListens_IsUnavailable()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var delivery = await SendAsync(
            MailSamples.Mail(address: _address),
            TestMailServer.Transport(TestMailServer.Options(port: $"{port}"))
        );

        Assert.Equal(DeliveryKind.Unavailable, delivery.Kind);
    }

    [Theory]
    [InlineData("451", DeliveryKind.Later)]
    [InlineData("550", DeliveryKind.Never)]
    public async Task Send_Refused_SaysForHowLong(string mode, DeliveryKind expected)
    {
        TestMailServer.Behave(_address, mode);

        var delivery = await SendAsync(MailSamples.Mail(address: _address), TestMailServer.Transport());

        Assert.Equal(expected, delivery.Kind);
        Assert.StartsWith(mode, delivery.Reason);
        Assert.Empty(TestMailServer.Received(_address));
    }

    [Fact]
    public async Task Send_AfterARefusalAndACut_TheNextMailStillGoes()
    {
        var refused = TestMailServer.NewAddress();
        var cut = TestMailServer.NewAddress();
        TestMailServer.Behave(refused, "550");
        TestMailServer.Behave(cut, "drop");
        await using var transport = TestMailServer.Transport();
        var kinds = new List<DeliveryKind>();

        foreach (var address in new[] { refused, cut, _address })
        {
            var mail = MailSamples.Mail(address: address);
            kinds.Add((await transport.SendAsync(mail, TestContext.Current.CancellationToken)).Kind);
        }

        Assert.Equal([DeliveryKind.Never, DeliveryKind.Unknown, DeliveryKind.Accepted], kinds);
    }

    private static async Task<Delivery> SendAsync(OutgoingMail mail, SmtpMailTransport transport)
    {
        await using (transport)
            return await transport.SendAsync(mail, TestContext.Current.CancellationToken);
    }
}
