using System.Text.Json.Nodes;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Calendar;
using EduUnion.Host.Clocks;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Tour;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Calendar;

public sealed class CalendarImportTests
{
    private static readonly DateOnly Due = new(2026, 4, 22);
    private static readonly DateOnly DueLater = new(2026, 4, 23);
    private static readonly Guid Officer = Guid.CreateVersion7();

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Preview_TellsWhatMovesAndChangesNothing(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        var id = await play.AssignedAsync();

        var preview = (await PreviewAsync(play, await OffOnAsync(play, "2026-04-10"))).Value;

        Assert.Equal(new DateOnly(2026, 4, 10), Assert.Single(preview.Days.BecomeOff).Date);
        Assert.Empty(preview.Days.Confirmed);
        var moved = Assert.Single(preview.Clocks.First);
        Assert.Equal((id, "0302-001", "answer"), (moved.CaseId, moved.CaseNumber, moved.Clock));
        Assert.Equal((Due, DueLater, 1), (moved.From!.Value, moved.To!.Value, preview.Clocks.Count));
        Assert.Equal(
            1,
            (await play.Stage.WithAsync<CalendarChanges, ReadCalendar>(c => c.LatestAsync(default))).Number
        );
        Assert.Equal(Due, (await play.Stage.ClocksAsync(id, "answer")).Single().DueOn);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Apply_MovesOpenClocksOnceWritesALineAndTellsThePeople(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        var id = await play.AssignedAsync();
        var other = await play.DraftAsync();
        var linesBefore = await LinesAsync(play, other);

        Assert.Equal(2, (await ApplyAsync(play, await OffOnAsync(play, "2026-04-10"), seen: 1)).Value);
        Assert.Equal(Due, (await play.Stage.ClocksAsync(id, "answer")).Single().DueOn);
        var first = await play.Stage.WithAsync<ClockReplanning, int>(r => r.RunAsync(default));
        await play.Stage.RestartAsync();
        var second = await play.Stage.WithAsync<ClockReplanning, int>(r => r.RunAsync(default));

        Assert.Equal((2, 0), (first, second));
        var clock = (await play.Stage.ClocksAsync(id, "answer")).Single();
        Assert.Equal((DueLater, 2), (clock.DueOn!.Value, clock.CalendarVersion));
        var line = (await LinesAsync(play, id))[^1];
        Assert.Equal(("clock.replanned", null), (line.Act, line.ActorId));
        var text = await play.Stage.WithAsync<AuditChain, string?>(c => Task.FromResult(c.Read(line)));
        Assert.Contains("\"from\":\"2026-04-22\",\"to\":\"2026-04-23\"", text);
        var notice = await play.AskAsync(db => db.Set<Notice>().SingleAsync(n => n.Kind == "moved.answer"));
        Assert.Equal((id, DueLater), (notice.CaseId, notice.Due));
        Assert.Contains(
            notice.Recipients.Offices,
            o => o == new OfficeAddress("DepartmentHead", play.Town.Department("总务处"))
        );
        // Dates that stay are neither journalled nor told, and what has stopped is never looked at.
        Assert.Equal(linesBefore.Count, (await LinesAsync(play, other)).Count);
        Assert.All(await play.Stage.ClocksAsync(id, "review"), c => Assert.Equal(1, c.CalendarVersion));
        Assert.Empty((await play.Stage.WithAsync<JournalProof, ProofReport>(p => p.ProveAsync(null, default))).Broken);
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task AClockThatRingsWithAnOldCalendar_IsReplannedFirst(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        var id = await play.AssignedAsync();
        await ApplyAsync(play, await OffOnAsync(play, "2026-04-10"), seen: 1);

        // Seven working days before 22 April is the 13th, before 23 April the 14th.
        await play.Stage.MoveToAsync(new(2026, 4, 13), new(12, 0), default);
        Assert.Empty(await NoticesAsync(play, id, NoticeKind.AnswerDue));
        Assert.Contains(await LinesAsync(play, id), l => l.Act == "clock.replanned");
        await play.Stage.MoveToAsync(new(2026, 4, 14), new(12, 0), default);
        Assert.Equal([new DateOnly(2026, 4, 14)], await NoticesAsync(play, id, NoticeKind.AnswerDue));
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Apply_AgainstAnOldVersion_IsStale(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        var json = await OffOnAsync(play, "2026-04-10");

        Assert.Equal(2, (await ApplyAsync(play, json, seen: 1)).Value);
        var second = await ApplyAsync(play, json, seen: 1);

        Assert.Equal(("calendar.stale", RefusalKind.Stale), (second.Refusal!.Code, second.Refusal.Kind));
        Assert.Equal(2, await play.AskAsync(db => db.Set<CalendarVersion>().CountAsync()));
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task Apply_TwoAtOnce_OneWins(Provider provider)
    {
        await using var play = await Play.OpenAsync(provider, new(2026, 3, 2));
        var (one, two) = (await OffOnAsync(play, "2026-04-10"), await OffOnAsync(play, "2026-04-13"));

        var both = await Task.WhenAll(ApplyAsync(play, one, seen: 1), ApplyAsync(play, two, seen: 1));

        Assert.Equal("calendar.stale", Assert.Single(both, b => !b.IsOk).Refusal!.Code);
        Assert.Equal(2, Assert.Single(both, b => b.IsOk).Value);
    }

    [Fact]
    public async Task Refusals_ChangeNothing()
    {
        await using var play = await Play.OpenAsync(Provider.Sqlite, new(2026, 3, 2));
        var same = (await LatestAsync(play)).Schedule.ToJson();

        Assert.Equal("calendar.unchanged", (await PreviewAsync(play, same)).Refusal?.Code);
        Assert.Equal("calendar.unchanged", (await ApplyAsync(play, same, seen: 1)).Refusal?.Code);
        Assert.Equal("calendar.unreadable", (await ApplyAsync(play, "{", seen: 1)).Refusal?.Code);
        Assert.Equal(
            "form.required",
            (await ApplyAsync(play, await OffOnAsync(play, "2026-04-10"), seen: 1, note: " ")).Refusal?.Code
        );
        Assert.Equal(1, await play.AskAsync(db => db.Set<CalendarVersion>().CountAsync()));
    }

    private static Task<Outcome<ImportPreview>> PreviewAsync(Play play, string json) =>
        play.Stage.WithAsync<CalendarImport, Outcome<ImportPreview>>(i => i.PreviewAsync(json, default));

    private static Task<Outcome<int>> ApplyAsync(Play play, string json, int seen, string note = "试验") =>
        play.Stage.WithAsync<CalendarImport, Outcome<int>>(i => i.ApplyAsync(json, seen, note, Officer, default));

    private static Task<ReadCalendar> LatestAsync(Play play) =>
        play.Stage.WithAsync<CalendarChanges, ReadCalendar>(c => c.LatestAsync(default));

    private static Task<List<JournalLine>> LinesAsync(Play play, Guid id) =>
        play.AskAsync(db =>
            db.Set<JournalLine>().AsNoTracking().Where(l => l.CaseId == id).OrderBy(l => l.Sequence).ToListAsync()
        );

    /// <summary>The present schedule with one more day off, as somebody would import it.</summary>
    private static async Task<string> OffOnAsync(Play play, string day)
    {
        var document = JsonNode.Parse((await LatestAsync(play)).Schedule.ToJson())!;
        document["years"]!["2026"]!["daysOff"]!
            .AsArray()
            .Add(
                new JsonObject
                {
                    ["name"] = "临时放假",
                    ["from"] = day,
                    ["to"] = day,
                }
            );
        return document.ToJsonString();
    }

    /// <summary>The legal dates on which notices of this kind about the case were written.</summary>
    private static async Task<List<DateOnly>> NoticesAsync(Play play, Guid caseId, NoticeKind kind)
    {
        var written = await play.Stage.WithAsync<EduUnionDb, List<DateTimeOffset>>(db =>
            db.Set<Notice>()
                .Where(n => n.CaseId == caseId && n.Kind == kind.Code)
                .OrderBy(n => n.At)
                .Select(n => n.At)
                .ToListAsync()
        );
        return [.. written.Select(ChinaTime.DateOf)];
    }
}
