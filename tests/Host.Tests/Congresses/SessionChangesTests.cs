using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Administration;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Mail;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Tour;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Congresses;

/// <summary>The window runs from 23 February to 10 March 2026, 17:00; the session opens on 25 March.</summary>
public sealed class SessionChangesTests
{
    private static readonly DateOnly Opens = new(2026, 3, 25);

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AMovedWindow_TakesTheClocksOfItsMotionsAlong(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        await play.Stage.WithAsync<Announcements, int>(a => a.RunAsync(default));
        var draft = await play.DraftAsync();

        Assert.True((await ChangeAsync(play, new(Opens, null, new(2026, 2, 23), new(2026, 3, 6)))).IsOk);
        Assert.Equal(1, await MoveAsync(play));
        Assert.Equal(0, await MoveAsync(play));

        var collection = Assert.Single(await play.Stage.ClocksAsync(draft, "collection"));
        Assert.Equal(ChinaTime.At(new(2026, 3, 6), new(17, 0)), collection.DueAt);
        // The one invitation that is open: five working days, and not beyond the window.
        var cosign = Assert.Single(await play.Stage.ClocksAsync(draft, "cosign"), c => c.StoppedAt is null);
        Assert.Equal(new DateOnly(2026, 3, 6), cosign.DueOn);
        var line = await play.Stage.WithAsync<Timelines, CaseEntry>(async t =>
            (await t.OfAsync(draft, default)).Single(e => e.Act == "session.move-collection")
        );
        Assert.Equal(play.Town["秘书"].Name, line.Actor);
        Assert.Contains(line.Events, e => e.Code == nameof(DeadlineMoved));
        var told = await play.AskAsync(db => db.Set<Notice>().Where(n => n.Kind == "N1.moved").ToListAsync());
        Assert.Equal(new DateOnly(2026, 3, 6), Assert.Single(told).Due);
        Assert.Single(
            await play.AskAsync(db => db.Set<AdminLogLine>().Where(l => l.Act == "session.moved").ToListAsync())
        );
        // The draft closes with the new window, not with the old one.
        await play.Stage.MoveToAsync(new(2026, 3, 7), new(9, 0), default);
        Assert.NotNull(Assert.Single(await play.Stage.ClocksAsync(draft, "collection")).StoppedAt);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AProlongedWindow_GivesInvitationsTheirWholePeriodAndMovesTheReview(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 9));
        var draft = await play.DraftAsync();
        var moves = new EduUnion.Host.Tour.MotionPlay(play.Stage, play.Town);
        await moves.DecideAsync(draft, "附议人乙", "motion.cosign", "confirm");
        await moves.SubmitAsync(draft);
        var other = await play.DraftAsync();

        Assert.True((await ChangeAsync(play, new(Opens, null, new(2026, 2, 23), new(2026, 3, 20)))).IsOk);
        Assert.Equal(2, await MoveAsync(play));

        var cosign = Assert.Single(await play.Stage.ClocksAsync(other, "cosign"), c => c.StoppedAt is null);
        Assert.Equal(new DateOnly(2026, 3, 16), cosign.DueOn);
        var check = Assert.Single(await play.Stage.ClocksAsync(draft, "check"));
        Assert.True(check.DueOn > new DateOnly(2026, 3, 20));
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task TermsAndSessions_ArePlannedByTheParameters_AndNonsenseIsRefused(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        var by = play.Town["秘书"].Id;
        var term = await play.AskAsync(db => db.Set<CongressTerm>().Select(t => t.Id).SingleAsync());
        var id = Guid.CreateVersion7();

        Assert.Equal("session.number-taken", await RefusedAsync(2, new(new(2026, 9, 1))));
        Assert.Equal("session.outside-term", await RefusedAsync(3, new(new(2040, 9, 1))));
        Assert.Equal(
            "session.window-reversed",
            await RefusedAsync(3, new(new(2026, 9, 1), null, new(2026, 8, 2), new(2026, 8, 1)))
        );
        Assert.Equal("term.unknown", (await AddAsync(Guid.CreateVersion7(), 3, new(new(2026, 9, 1)))).Refusal?.Code);
        Assert.True((await AddAsync(term, 3, new(new(2026, 9, 1)))).IsOk);

        var session = await play.AskAsync(db => db.Set<CongressSession>().SingleAsync(s => s.Id == id));
        Assert.Equal(ChinaTime.At(new(2026, 8, 2), new(8, 0)), session.CollectionOpensAt);
        Assert.Equal(ChinaTime.At(new(2026, 8, 17), new(17, 0)), session.CollectionClosesAt);
        Assert.Equal(session.OpensOn, session.LastDay);
        Assert.Equal("term.overlap", (await TermAsync(4, new(2026, 9, 1), new(2029, 8, 31))).Refusal?.Code);
        Assert.Equal("term.number-taken", (await TermAsync(3, new(2029, 9, 1), new(2030, 8, 31))).Refusal?.Code);
        Assert.Equal("term.too-long", (await TermAsync(4, new(2029, 9, 1), new(2035, 8, 31))).Refusal?.Code);
        Assert.True((await TermAsync(4, new(2029, 9, 1), new(2032, 8, 31))).IsOk);

        async Task<string?> RefusedAsync(int number, SessionDays days) =>
            (await AddAsync(term, number, days)).Refusal?.Code;
        Task<Outcome<Guid>> AddAsync(Guid of, int number, SessionDays days) =>
            play.Stage.WithAsync<SessionChanges, Outcome<Guid>>(s => s.AddAsync(id, of, number, days, by, default));
        Task<Outcome<Guid>> TermAsync(int number, DateOnly from, DateOnly until) =>
            play.Stage.WithAsync<TermChanges, Outcome<Guid>>(t =>
                t.AddAsync(Guid.CreateVersion7(), play.Town.SchoolId, number, from, until, by, default)
            );
    }

    [Fact]
    public async Task AClosedWindow_IsNotEdited()
    {
        await using var play = await Play.OpenAsync(Provider.Sqlite, new(2026, 3, 11));

        var refused = await ChangeAsync(play, new(Opens, null, new(2026, 2, 23), new(2026, 3, 12)));

        Assert.Equal("session.window-closed", refused.Refusal?.Code);
        Assert.True((await ChangeAsync(play, new(Opens, Opens.AddDays(1), new(2026, 2, 23), new(2026, 3, 10)))).IsOk);
        Assert.Equal(0, await MoveAsync(play));
    }

    private static Task<Outcome<Guid>> ChangeAsync(Play play, SessionDays days) =>
        play.Stage.WithAsync<SessionChanges, Outcome<Guid>>(s =>
            s.ChangeAsync(play.Town.SessionId, days, play.Town["秘书"].Id, default)
        );

    private static Task<int> MoveAsync(Play play) =>
        play.Stage.WithAsync<CollectionMoves, int>(m => m.RunAsync(default));
}
