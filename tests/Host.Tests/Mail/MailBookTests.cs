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
        mail.Record(new Delivery(DeliveryKind.Never, "550 <wang@old.example>: no such user"), MailSamples.Morning);
        await using (var db = database.Open())
        {
            db.AddRange(school, member, notice, mail);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            "550 <w***@old.example>: no such user",
            Assert.Single(await ListAsync(database, MailState.Dead)).LastError
        );
        Assert.True(await Book(database).SendAgainAsync(mail.Id, default));
        Assert.False(await Book(database).SendAgainAsync(mail.Id, default));

        Assert.Empty(await ListAsync(database, MailState.Dead));
        var line = Assert.Single(await ListAsync(database, MailState.Waiting));
        await using var kept = database.Open();
        Assert.Equal("wang@new.example", (await kept.Set<OutgoingMail>().SingleAsync()).Address);
        Assert.Equal(("王老师", "w***@new.example", 0), (line.Member, line.Address, line.Attempts));
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

        var first = await PageAsync(database, null, null);
        var second = await PageAsync(database, first.Next, null);
        var third = await PageAsync(database, second.Next, null);

        Assert.Equal([2, 2, 1], new[] { first, second, third }.Select(p => p.Lines.Count));
        Assert.Equal(5, first.Lines.Concat(second.Lines).Concat(third.Lines).Select(m => m.Id).Distinct().Count());
        Assert.Equal("p***@yunxi.example", first.Lines[0].Address);
        Assert.Equal((null, null), (first.Previous, third.Next));

        var back = await PageAsync(database, null, third.Previous);
        Assert.Equal(second.Lines, back.Lines);
        Assert.Equal((second.Previous, second.Next), (back.Previous, back.Next));
        var start = await PageAsync(database, null, back.Previous);
        Assert.Equal(first.Lines, start.Lines);
        Assert.Equal((null, first.Next), (start.Previous, start.Next));
    }

    [Theory]
    [InlineData("wang.li@school.example", "w***@school.example")]
    [InlineData("@school.example", "***")]
    [InlineData("nonsense", "***")]
    public void Mask_LeavesTheFirstLetterAndTheHost(string address, string masked) =>
        Assert.Equal(masked, MailBook.Mask(address));

    private static Task<MailPage> PageAsync(TestDatabase database, Guid? after, Guid? before) =>
        Book(database).PageAsync(MailState.Waiting, after, before, 2, default);

    private static async Task<IReadOnlyList<MailLine>> ListAsync(TestDatabase database, MailState state) =>
        (await Book(database).PageAsync(state, null, null, 10, default)).Lines;

    private static MailBook Book(TestDatabase database) =>
        new(database.Open(), new OutboxBell(), new FakeTimeProvider(MailSamples.Morning));
}
