using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EduUnion.Host.Tests.Mail;

/// <summary>From the notice of a business event to the mail on the server, over a real database and a real server.</summary>
public sealed class MailWorkerTests
{
    private readonly FakeTimeProvider _time = new(MailSamples.Morning);
    private readonly MailRecipient _wang = new(
        Guid.CreateVersion7(MailSamples.Morning),
        TestMailServer.NewAddress(),
        "zh-CN"
    );
    private readonly MailRecipient _smith = new(
        Guid.CreateVersion7(MailSamples.Morning),
        TestMailServer.NewAddress(),
        "en"
    );

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Run_OneNotice_ReachesEachPersonOnceInTheirLanguage(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await SaveAsync(database, MailSamples.Notice(NoticeKind.MotionFiled, to: Everybody()));

        await RunAsync(database);
        await RunAsync(database);

        Assert.Contains("提案立案", Assert.Single(TestMailServer.Received(_wang.Address)).Subject);
        Assert.Contains("Motion filed", Assert.Single(TestMailServer.Received(_smith.Address)).Subject);
        Assert.All(await AllAsync<OutgoingMail>(database), mail => Assert.Equal(MailState.Sent, mail.State));
        Assert.Equal(_time.GetUtcNow(), Assert.Single(await AllAsync<Notice>(database)).FannedAt);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Run_OnSunday_OnlyTheUrgentLeavesAndTheRestOnMonday(Provider provider)
    {
        _time.SetUtcNow(MailSamples.Shanghai(2026, 10, 11, 10, 0));
        await using var database = await TestDatabase.MigratedAsync(provider);
        await SaveAsync(
            database,
            MailSamples.Notice(NoticeKind.AnswerLastCall, _time.GetUtcNow(), To(_wang)),
            MailSamples.Notice(NoticeKind.AnswerToSign, _time.GetUtcNow(), To(_wang))
        );

        await RunAsync(database);

        Assert.Contains("最后提醒", Assert.Single(TestMailServer.Received(_wang.Address)).Subject);
        _time.SetUtcNow(MailSamples.Shanghai(2026, 10, 12, 8, 29));
        await RunAsync(database);
        Assert.Single(TestMailServer.Received(_wang.Address));
        _time.SetUtcNow(MailSamples.Shanghai(2026, 10, 12, 8, 30));
        await RunAsync(database);
        Assert.Contains("请签发", TestMailServer.Received(_wang.Address)[1].Subject);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Run_RemindersOfOneMorning_AreOneMailAPersonAndTheLastCallIsItsOwn(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await SaveAsync(
            database,
            MailSamples.Notice(NoticeKind.AnswerDue, to: To(_wang), caseId: Guid.CreateVersion7()),
            MailSamples.Notice(NoticeKind.AnswerOverdue, to: Everybody(), caseId: Guid.CreateVersion7()),
            MailSamples.Notice(NoticeKind.ReviewDue, to: To(_wang), caseId: Guid.CreateVersion7()),
            MailSamples.Notice(NoticeKind.AnswerLastCall, to: To(_wang), caseId: Guid.CreateVersion7())
        );

        await RunAsync(database);
        await RunAsync(database);

        var subjects = TestMailServer.Received(_wang.Address).Select(message => message.Subject).ToList();
        Assert.Equal(2, subjects.Count);
        Assert.Contains(subjects, subject => subject!.Contains("今天有 3 件事项提醒您"));
        Assert.Contains(subjects, subject => subject!.Contains("最后提醒"));
        Assert.StartsWith(
            "【教育工会】Answer to motion",
            Assert.Single(TestMailServer.Received(_smith.Address)).Subject
        );
        var mails = (await AllAsync<OutgoingMail>(database)).Where(mail => mail.MemberId == _wang.MemberId).ToList();
        var digest = mails.Single(mail => mail.Subject.Contains("今天有"));
        Assert.Equal(2, mails.Count(mail => mail.State == MailState.Digested && mail.DigestId == digest.Id));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Run_NodeThatDiesBetweenSendingAndMarking_SendsAgainUnderTheSameMessageId(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await SaveAsync(database, MailSamples.Notice(NoticeKind.MotionFiled, to: To(_wang)));
        await using (var dead = database.Open())
        {
            await FanOut(dead).RunAsync(TestContext.Current.CancellationToken);
            var sender = Sender(dead, () => new DiesAfterSending(TestMailServer.Transport()));
            await Assert.ThrowsAsync<IOException>(() => sender.RunAsync(TestContext.Current.CancellationToken));
        }

        await RunAsync(database);
        Assert.Single(TestMailServer.Received(_wang.Address));
        _time.Advance(TimeSpan.FromMinutes(10));
        await RunAsync(database);

        var received = TestMailServer.Received(_wang.Address);
        Assert.Equal(2, received.Count);
        Assert.Equal(received[0].MessageId, received[1].MessageId);
        Assert.Equal(MailState.Sent, Assert.Single(await AllAsync<OutgoingMail>(database)).State);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Run_ConnectionCutBeforeTheAnswer_SendsAgainUnderTheSameMessageId(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await SaveAsync(database, MailSamples.Notice(NoticeKind.MotionFiled, to: To(_wang)));
        TestMailServer.Behave(_wang.Address, "drop");
        await RunAsync(database);
        var cut = Assert.Single(await AllAsync<OutgoingMail>(database));
        TestMailServer.Behave(_wang.Address, null);

        _time.Advance(TimeSpan.FromMinutes(1));
        await RunAsync(database);

        Assert.Equal((MailState.Waiting, 1), (cut.State, cut.Attempts));
        var received = TestMailServer.Received(_wang.Address);
        Assert.Equal(2, received.Count);
        Assert.Equal(received[0].MessageId, received[1].MessageId);
        Assert.Equal(MailState.Sent, Assert.Single(await AllAsync<OutgoingMail>(database)).State);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Run_RefusedForNow_IsRetriedThreeTimesThenDead(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await SaveAsync(database, MailSamples.Notice(NoticeKind.MotionFiled, to: To(_wang)));
        TestMailServer.Behave(_wang.Address, "451");
        var attempts = new List<int>();
        foreach (var minutes in new[] { 0, 1, 5, 30, 60 })
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            await RunAsync(database);
            attempts.Add(Assert.Single(await AllAsync<OutgoingMail>(database)).Attempts);
        }

        Assert.Equal([1, 2, 3, 4, 4], attempts);
        var mail = Assert.Single(await AllAsync<OutgoingMail>(database));
        Assert.Equal(MailState.Dead, mail.State);
        Assert.StartsWith("451", mail.LastError);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Run_OneMailRefusedForGood_TheOthersStillGo(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await SaveAsync(database, MailSamples.Notice(NoticeKind.MotionFiled, to: Everybody()));
        TestMailServer.Behave(_wang.Address, "550");

        await RunAsync(database);

        var mails = (await AllAsync<OutgoingMail>(database)).ToDictionary(mail => mail.MemberId);
        Assert.Equal(MailState.Dead, mails[_wang.MemberId].State);
        Assert.Equal(MailState.Sent, mails[_smith.MemberId].State);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Run_WrongPassword_EverythingWaitsAndGoesOnceItIsRight(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await SaveAsync(database, MailSamples.Notice(NoticeKind.MotionFiled, to: Everybody()));
        var wrong = TestMailServer.Options(password: "wrong");
        for (var minute = 0; minute < 10; minute++)
        {
            await RunAsync(database, () => TestMailServer.Transport(wrong));
            _time.Advance(TimeSpan.FromMinutes(1));
        }
        var waiting = await AllAsync<OutgoingMail>(database);

        await RunAsync(database);

        Assert.All(waiting, mail => Assert.Equal((MailState.Waiting, 0), (mail.State, mail.Attempts)));
        Assert.All(await AllAsync<OutgoingMail>(database), mail => Assert.Equal(MailState.Sent, mail.State));
    }

    [Fact]
    public async Task Run_FourNodesAtOnce_SendNothingTwice()
    {
        await using var database = await TestDatabase.MigratedAsync(Provider.Postgres);
        var people = Enumerable
            .Range(0, 8)
            .Select(_ => _wang with { MemberId = Guid.CreateVersion7(), Address = TestMailServer.NewAddress() })
            .ToArray();
        await SaveAsync(
            database,
            Enumerable
                .Range(0, 40)
                .Select(n =>
                    MailSamples.Notice(n % 2 == 0 ? NoticeKind.AnswerDue : NoticeKind.MotionFiled, to: To(people))
                )
        );

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RunAsync(database, people: people))));
        await RunAsync(database, people: people);

        // Twenty outcomes, and the twenty reminders in one.
        Assert.All(people, person => Assert.Equal(21, TestMailServer.Received(person.Address).Count));
    }

    [Fact]
    public async Task FanOut_NoticeThatCannotBeWorded_DoesNotHoldUpTheOthers()
    {
        await using var database = await TestDatabase.MigratedAsync(Provider.Sqlite);
        var broken = MailSamples.Notice(NoticeKind.MotionFiled, to: To(_wang));
        await SaveAsync(database, broken, MailSamples.Notice(NoticeKind.MotionFiled, to: To(_smith)));
        await using (var db = database.Open())
            await db.Set<Notice>()
                .Where(notice => notice.Id == broken.Id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(notice => notice.Kind, "N6.renamed"),
                    TestContext.Current.CancellationToken
                );

        await RunAsync(database);

        Assert.Single(TestMailServer.Received(_smith.Address));
        var kept = (await AllAsync<Notice>(database)).Single(notice => notice.Id == broken.Id);
        Assert.Null(kept.FannedAt);
        Assert.Equal(_time.GetUtcNow().AddHours(1), kept.NotBefore);
    }

    private static async Task SaveAsync(TestDatabase database, params IEnumerable<Notice> notices)
    {
        await using var db = database.Open();
        db.AddRange(notices);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<List<T>> AllAsync<T>(TestDatabase database)
        where T : class
    {
        await using var db = database.Open();
        return await db.Set<T>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }

    private NoticeRecipients Everybody() => To(_wang, _smith);

    private static NoticeRecipients To(params MailRecipient[] people) =>
        NoticeRecipients.ToMembers([.. people.Select(person => person.MemberId)]);

    private async Task RunAsync(
        TestDatabase database,
        Func<IMailTransport>? connect = null,
        MailRecipient[]? people = null
    )
    {
        await using var db = database.Open();
        var cancellation = TestContext.Current.CancellationToken;
        while (await FanOut(db, people).RunAsync(cancellation) > 0) { }
        while (await new ReminderDigest(db, MailSamples.Composer(), _time).RunAsync(cancellation) > 0) { }
        await Sender(db, connect ?? (() => TestMailServer.Transport())).RunAsync(cancellation);
    }

    private NoticeFanOut FanOut(EduUnionDb db, MailRecipient[]? people = null) =>
        new(
            db,
            (_, notices, _) => Task.FromResult(Resolve(notices, people ?? [_wang, _smith])),
            MailSamples.Composer(),
            MailSamples.Hours(),
            TestMailServer.Options(),
            _time,
            NullLogger<NoticeFanOut>.Instance
        );

    private MailSender Sender(EduUnionDb db, Func<IMailTransport> connect) =>
        new(db, connect, MailSamples.Measures(_time), _time, NullLogger<MailSender>.Instance);

    private static ILookup<Guid, MailRecipient> Resolve(IReadOnlyList<Notice> notices, MailRecipient[] people) =>
        notices
            .SelectMany(notice =>
                notice.Recipients.Members.Select(id => (notice.Id, People: people.Single(p => p.MemberId == id)))
            )
            .ToLookup(pair => pair.Id, pair => pair.People);

    /// <summary>The program is killed after the server has taken the mail and before that is written down.</summary>
    private sealed class DiesAfterSending(IMailTransport inner) : IMailTransport
    {
        public async Task<Delivery> SendAsync(OutgoingMail mail, CancellationToken cancellation)
        {
            await inner.SendAsync(mail, cancellation);
            throw new IOException("killed");
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
