using EduUnion.Host.Mail;

namespace EduUnion.Host.Tests.Mail;

public sealed class OutgoingMailTests
{
    private static readonly DateTimeOffset Now = MailSamples.Morning;
    private static readonly Delivery Later = new(DeliveryKind.Later, "451 Try again later");

    [Fact]
    public void Record_Later_IsRetriedThreeTimesThenGivenUp()
    {
        var mail = MailSamples.Mail();
        var waits = new List<double>();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            mail.Record(Later, Now);
            waits.Add((mail.NextAt - Now).TotalMinutes);
            Assert.Equal(MailState.Waiting, mail.State);
        }

        mail.Record(Later, Now);

        Assert.Equal([1, 5, 30], waits);
        Assert.Equal((MailState.Dead, 4), (mail.State, mail.Attempts));
        Assert.Equal("451 Try again later", mail.LastError);
    }

    [Fact]
    public void Record_Never_IsGivenUpAtOnce()
    {
        var mail = MailSamples.Mail();

        mail.Record(new Delivery(DeliveryKind.Never, "550 No such user"), Now);

        Assert.Equal((MailState.Dead, 1), (mail.State, mail.Attempts));
    }

    [Fact]
    public void Record_Unavailable_CostsNoAttemptHoweverLongItLasts()
    {
        var mail = MailSamples.Mail();

        for (var minute = 0; minute < 600; minute++)
            mail.Record(new Delivery(DeliveryKind.Unavailable, "Connection refused"), Now.AddMinutes(minute));

        Assert.Equal((MailState.Waiting, 0), (mail.State, mail.Attempts));
        Assert.Equal(Now.AddMinutes(600), mail.NextAt);
    }

    [Fact]
    public void Record_Accepted_ForgetsTheTroubleBefore()
    {
        var mail = MailSamples.Mail();
        mail.Record(Later, Now);

        mail.Record(Delivery.Accepted, Now.AddMinutes(1));

        Assert.Equal(MailState.Sent, mail.State);
        Assert.Equal(Now.AddMinutes(1), mail.SentAt);
        Assert.Null(mail.LastError);
    }
}
