using EduUnion.Host.Mail;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EduUnion.Host.Tests.Mail;

/// <summary>
/// A server that refuses, hangs, is slow and breaks off, before and after it has the mail, and that is away for a day. No
/// mail is lost, and one arrives twice only where the server had it and the answer was cut off. Many notices with
/// <c>EDUUNION_FAULTS=long</c>.
/// </summary>
public sealed class MailFaultTests(ITestOutputHelper output)
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("EDUUNION_FAULTS") == "long";

    /// <summary>What the server does to the mails of one member, attempt by attempt, and how often he then has it.</summary>
    private static readonly (string Fate, int Copies)[] Fates =
    [
        ("accept", 1),
        ("451 accept,", 1),
        ("451 451 451 accept,", 1),
        ("cut accept,", 1),
        ("cut cut cut cut cut accept,", 1),
        ("cut cut cut 451 accept,", 1),
        ("drop accept,", 2),
        ("drop cut drop accept,", 3),
        ("slow", 1),
        ("550", 0),
        ("451", 0),
    ];

    private readonly FakeTimeProvider _time = new(MailSamples.Morning);
    private Dictionary<Guid, MailRecipient> _people = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task NothingIsLost_AndTwiceOnlyWhatWasCutOff(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        var people = await PeopleAsync(
            database,
            Long ? 10_000
                : provider is Provider.Postgres ? 500
                : 100
        );
        // A server that falls silent in the middle of a mail must not keep those behind it.
        TestMailServer.Behave(people[0].Person.Address, "hang hang accept,");
        people[0] = (people[0].Person, "hang hang accept,", 1);

        // Away for a day: nothing leaves, and nothing is given up.
        for (var hour = 0; hour < 24; hour++)
        {
            Assert.Equal(0, await RunAsync(database, away: true));
            _time.Advance(TimeSpan.FromHours(1));
        }
        Assert.All(await MailsAsync(database), m => Assert.Equal((MailState.Waiting, 0), (m.State, m.Attempts)));

        for (var again = 0; again < 60; again++)
        {
            await RunAsync(database);
            _time.Advance(TimeSpan.FromHours(2));
        }

        var mails = await MailsAsync(database);
        var arrived = TestMailServer.Received(people.Select(p => p.Person.Address).ToHashSet());
        var copies = people.ToDictionary(p => p.Person.MemberId, p => arrived[p.Person.Address].ToList());
        foreach (var (person, fate, expected) in people)
            Assert.True(
                expected == copies[person.MemberId].Count,
                $"{fate}: {copies[person.MemberId].Count} arrived, "
                    + string.Join(
                        ", ",
                        mails
                            .Where(m => m.MemberId == person.MemberId)
                            .Select(m => $"{m.State} {m.Attempts} {m.NextAt:O} {m.LastError}")
                    )
            );
        Assert.All(copies.Values, c => Assert.True(c.Distinct().Count() <= 1));
        Assert.Equal(people.Count, mails.Count);
        Assert.All(mails, m => Assert.Equal(copies[m.MemberId].Count > 0 ? MailState.Sent : MailState.Dead, m.State));
        output.WriteLine(
            $"{provider}: {mails.Count} mails, {copies.Values.Sum(c => c.Count)} arrivals, "
                + $"{copies.Values.Count(c => c.Count > 1)} of them more than once, "
                + $"{mails.Count(m => m.State == MailState.Dead)} refused for good and shown to the administrator"
        );
    }

    private async Task<List<(MailRecipient Person, string Fate, int Copies)>> PeopleAsync(
        TestDatabase database,
        int count
    )
    {
        var people = new List<(MailRecipient Person, string Fate, int Copies)>();
        await using var db = database.Open();
        for (var i = 0; i < count; i++)
        {
            // A crowd of plain ones around them, as on any morning.
            var (fate, copies) = Long || i < 100 ? Fates[i % Fates.Length] : Fates[0];
            var person = new MailRecipient(Guid.CreateVersion7(), TestMailServer.NewAddress(), "zh-CN");
            if (fate != "accept")
                TestMailServer.Behave(person.Address, fate);
            people.Add((person, fate, copies));
            db.Add(MailSamples.Notice(NoticeKind.MotionFiled, to: NoticeRecipients.ToMembers([person.MemberId])));
        }
        await db.SaveChangesAsync(Stop);
        _people = people.ToDictionary(p => p.Person.MemberId, p => p.Person);
        return people;
    }

    private async Task<int> RunAsync(TestDatabase database, bool away = false)
    {
        await using var db = database.Open();
        var fanOut = new NoticeFanOut(
            db,
            (_, notices, _) =>
                Task.FromResult(
                    notices
                        .SelectMany(n => n.Recipients.Members.Select(id => (n.Id, Person: _people[id])))
                        .ToLookup(pair => pair.Id, pair => pair.Person)
                ),
            MailSamples.Composer(),
            MailSamples.Hours(),
            TestMailServer.Options(),
            _time,
            NullLogger<NoticeFanOut>.Instance
        );
        while (await fanOut.RunAsync(Stop) > 0) { }
        var options = away ? TestMailServer.Options(port: "1") : null;
        return await new MailSender(
            db,
            () => TestMailServer.Transport(options, TimeSpan.FromSeconds(1)),
            MailSamples.Measures(_time),
            _time,
            NullLogger<MailSender>.Instance
        ).RunAsync(Stop);
    }

    private static async Task<List<OutgoingMail>> MailsAsync(TestDatabase database)
    {
        await using var db = database.Open();
        return await db.Set<OutgoingMail>().AsNoTracking().ToListAsync(Stop);
    }
}
