using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Jobs;
using EduUnion.Host.Mail;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace EduUnion.Host.Tests.Mail;

public sealed class MailBookTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task SendAgain_GoesOnceToThePresentAddress(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        var school = new Organisation
        {
            Id = Guid.CreateVersion7(),
            Kind = OrganisationKind.School,
            Code = "YXZX",
            Name = "云溪中学",
        };
        var member = new Member
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = school.Id,
            Name = "王老师",
            Email = "wang@new.example",
        };
        var notice = MailSamples.Notice(NoticeKind.AnswerToSign);
        var mail = OutgoingMail.Of(
            notice,
            new MailRecipient(member.Id, "wang@old.example", "zh-CN"),
            MailSamples.Composer().Compose(notice, "zh-CN", MailSamples.Today),
            "yunxi.example",
            MailSamples.Morning
        );
        mail.Record(new Delivery(DeliveryKind.Never, "550 No such user"), MailSamples.Morning);
        await using (var db = database.Open())
        {
            db.AddRange(school, member, notice, mail);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("550 No such user", Assert.Single(await ListAsync(database, MailState.Dead)).LastError);
        Assert.True(await Book(database).SendAgainAsync(mail.Id, default));
        Assert.False(await Book(database).SendAgainAsync(mail.Id, default));

        Assert.Empty(await ListAsync(database, MailState.Dead));
        var line = Assert.Single(await ListAsync(database, MailState.Waiting));
        Assert.Equal(("王老师", "wang@new.example", 0), (line.Member, line.Address, line.Attempts));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task List_PagesByKeyFromTheLatest(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        var notice = MailSamples.Notice(NoticeKind.AnswerToSign);
        await using (var db = database.Open())
        {
            db.Add(notice);
            for (var i = 0; i < 5; i++)
                db.Add(
                    OutgoingMail.Of(
                        notice,
                        new MailRecipient(Guid.CreateVersion7(), $"p{i}@yunxi.example", "zh-CN"),
                        MailSamples.Composer().Compose(notice, "zh-CN", MailSamples.Today),
                        "yunxi.example",
                        MailSamples.Morning.AddMinutes(i / 2)
                    )
                );
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var first = await Book(database).ListAsync(MailState.Waiting, null, 2, default);
        var second = await Book(database).ListAsync(MailState.Waiting, first[^1].Id, 2, default);
        var third = await Book(database).ListAsync(MailState.Waiting, second[^1].Id, 2, default);

        Assert.Equal([2, 2, 1], new[] { first.Count, second.Count, third.Count });
        Assert.Equal(5, first.Concat(second).Concat(third).Select(m => m.Id).Distinct().Count());
        Assert.Equal("p4@yunxi.example", first[0].Address);
    }

    private static Task<IReadOnlyList<MailLine>> ListAsync(TestDatabase database, MailState state) =>
        Book(database).ListAsync(state, null, 10, default);

    private static MailBook Book(TestDatabase database) =>
        new(database.Open(), new OutboxBell(), new FakeTimeProvider(MailSamples.Morning));
}
