using System.Net;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using EduUnion.Host.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Pages;

/// <summary>A form sent twice, two windows at once, a page drawn again after a refusal: nothing is done twice, nothing is lost.</summary>
public sealed class AidTwiceTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AnonymousObjection_PressedTwice_IsOne_AndItsReceiptIsShownOnce(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var states = new AidStates(running);
        await states.NoticedAsync(Money.Yuan(900));
        var notice = await states.WithAsync<EduUnionDb, Guid>(db =>
            db.Set<NoticeRow>().Select(n => n.Id).SingleAsync()
        );
        var stranger = new Visitor(running.Browser());
        await stranger.GoAsync($"/notices/{notice}");
        await stranger.PressAsync("提交异议", ("ground", "Assets"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.Status);
        Assert.NotNull(stranger.Page.QuerySelector("#text-e"));

        var answers = await stranger.PressTwiceAsync("提交异议", ("ground", "Assets"), ("text", "名下另有一套住房。"));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        Assert.Equal(
            1,
            await states.WithAsync<EduUnionDb, int>(db =>
                db.Set<CaseRow>().CountAsync(c => c.Kind == ObjectionCase.KindName)
            )
        );
        await stranger.GoAsync($"/notices/{notice}");
        var receipt = stranger.Text(".receipt");
        Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$", receipt);
        await stranger.GoAsync($"/notices/{notice}");
        Assert.Equal("", stranger.Text(".receipt"));

        await stranger.GoAsync("/notices/receipt");
        await stranger.PressAsync(
            "查询",
            ("code", receipt.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))
        );
        Assert.Equal(HttpStatusCode.OK, stranger.Status);
        await stranger.PressAsync("查询", ("code", "2222-2222-2222"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.Status);
        // What is stored finds it and tells nothing of it.
        Assert.DoesNotContain(
            receipt.Replace("-", "", StringComparison.Ordinal),
            await states.WithAsync<EduUnionDb, string>(db =>
                db.Set<ObjectionReceiptRow>().Select(r => r.Code).SingleAsync()
            )
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Notices_AndMeetings_GoOnFromTheirKey(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var states = new AidStates(running);
        await states.NoticedAsync(Money.Yuan(900));
        await states.NoticedAsync(Money.Yuan(800), "shenqing2");
        var all = await NoticesAsync(states, 10, null);
        Assert.Equal((2, null), (all.Items.Count, all.Next));
        var first = await NoticesAsync(states, 1, null);
        var second = await NoticesAsync(states, 1, Guid.Parse(first.Next!));
        Assert.Equal(all.Items, [.. first.Items, .. second.Items]);
        Assert.Null(second.Next);

        var meetings = await MeetingsAsync(states, 10, null);
        var latest = await MeetingsAsync(states, 1, null);
        var before = await MeetingsAsync(states, 1, Guid.Parse(latest.Next!));
        Assert.Equal(2, meetings.Items.Count);
        Assert.Equal(meetings.Items, [.. latest.Items, .. before.Items]);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Meeting_CalledTwice_IsOne(Provider provider)
    {
        await using var database = await TestDatabase.MigratedAsync(provider);
        await using var running = new Running(database: database);
        var states = new AidStates(running);
        await states.SurveyedAsync();
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        var window = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync($"/assessment/new?school={AidStates.School}");
        await window.GoAsync($"/assessment/new?school={AidStates.School}");
        var typed = new[]
        {
            ("on", $"{Seeds.Demo.Today.AddDays(1):yyyy-MM-dd}"),
            ("at", "14:30"),
            ("place", "工会办公室"),
        };
        await chair.PressTwiceAsync("召集评审会", typed);
        Assert.Equal(1, await MeetingRowsAsync(states));

        // The other window still lists what waits no more.
        await window.PressAsync("召集评审会", typed);
        Assert.Equal(1, await MeetingRowsAsync(states));
        var asked = await states.WithAsync<MeetingCommands, Outcome<Guid>>(c =>
            c.ConveneAsync(
                AidStates.School,
                running.Time.GetUtcNow(),
                "工会办公室",
                null,
                AidStates.As("xiaozhuxi"),
                default
            )
        );
        Assert.Equal(("lines", "assessment.no-lines"), (asked.Refusal?.Field, asked.Refusal?.Code));
    }

    [Fact]
    public async Task Meeting_AfterARefusal_StandsAsItIs()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        await states.SurveyedAsync();
        var id = await states.WithAsync<MeetingCommands, Outcome<Guid>>(c =>
            c.ConveneAsync(
                AidStates.School,
                running.Time.GetUtcNow(),
                "工会办公室",
                null,
                AidStates.As("xiaozhuxi"),
                default
            )
        );
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync($"/assessment/{id.Value}");
        var ticked = chair.Page.QuerySelectorAll("input[name=attendees][checked]").Length;
        Assert.Equal(6, ticked);
        await chair.PressAsync("取消会议", ("reason", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, chair.Status);
        Assert.Equal(ticked, chair.Page.QuerySelectorAll("input[name=attendees][checked]").Length);
        Assert.Equal("工会办公室", chair.Value("place"));
        Assert.NotEqual("", chair.Value("at"));
    }

    [Fact]
    public async Task Recusal_WithoutAReason_IsRefusedAtItsOwnField()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        await states.SurveyedAsync();
        var id = await states.WithAsync<MeetingCommands, Outcome<Guid>>(c =>
            c.ConveneAsync(
                AidStates.School,
                running.Time.GetUtcNow(),
                "工会办公室",
                null,
                AidStates.As("xiaozhuxi"),
                default
            )
        );
        var line = (
            await states.WithAsync<MeetingBook, AssessmentMeeting?>(b => b.FindAsync(id.Value, default))
        )!.Lines[0];
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync($"/assessment/{id.Value}/lines/{line.Id}");
        await chair.PressAsync("回避", ("relation", ""), ("why", "连襟"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, chair.Status);
        Assert.Equal("连襟", chair.Value("why"));
        Assert.Equal("", chair.Value("reason") ?? "");
        await chair.PressAsync("回避", ("relation", "InLaw"), ("why", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, chair.Status);
        Assert.NotNull(chair.Page.QuerySelector("#why-e"));
        Assert.Null(chair.Page.QuerySelector("#reason-e"));
    }

    [Fact]
    public async Task Household_RowThatMovedInAnotherWindow_IsNotOverwritten()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.DraftAsync();
        var before = (await states.ApplicationAsync(id)).Content.Members;
        var old = await Visitor.OfAsync(running, "shenqing1");
        await old.GoAsync($"/aid/{id}/apply/household/1");
        var window = await Visitor.OfAsync(running, "shenqing1");
        await window.GoAsync($"/aid/{id}/apply/household");
        await window.PressAsync("drop=1");

        await old.PressAsync("do=list", ("member.place", "某公司"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, old.Status);
        Assert.Equal("某公司", old.Value("member-place"));
        Assert.Equal(before[1], Assert.Single((await states.ApplicationAsync(id)).Content.Members));
        // What was typed for one is not offered for another.
        await old.GoAsync($"/aid/{id}/apply/household/1");
        Assert.Equal(before[1].Name, old.Value("member-name"));
        Assert.NotEqual("某公司", old.Value("member-place"));
    }

    [Fact]
    public async Task DistrictAppointment_OffersAndTakesThePeopleOfEverySchool()
    {
        await using var running = new Running();
        var states = new AidStates(running);
        var id = await states.AcceptedAsync();
        await states.DecideAsync(id, "xiaozhuxi", "aid.appoint", "district", comment: "本校无人可派");
        Guid[] surveyors = [DemoDistrict.MemberId("yey-diaocha1"), DemoDistrict.MemberId("quzhuxi")];
        var officer = await Visitor.OfAsync(running, "qujingban");
        await officer.GoAsync($"/tasks/{await states.TaskAsync(id, "aid.appoint.district")}");
        foreach (var member in surveyors)
            Assert.NotNull(officer.Page.QuerySelector($"[value='{member}']"));
        await states.DecideAsync(id, "qujingban", "aid.appoint.district", "appoint", new { surveyors });
        Assert.Equal(surveyors, (await states.ApplicationAsync(id)).Surveyors);
    }

    [Fact]
    public async Task Colleagues_AreAllOffered_HoweverMany()
    {
        await using var running = new Running();
        var last = Guid.CreateVersion7();
        await running.InDatabaseAsync(async db =>
        {
            db.AddRange(
                Enumerable
                    .Range(0, 400)
                    .Select(i => new Member
                    {
                        Id = Guid.CreateVersion7(),
                        OrganisationId = AidStates.School,
                        Name = $"一{i:000}",
                    })
            );
            db.Add(
                new Member
                {
                    Id = last,
                    OrganisationId = AidStates.School,
                    Name = "龚最后",
                }
            );
            await db.SaveChangesAsync();
        });
        var chair = await Visitor.OfAsync(running, "xiaozhuxi");
        await chair.GoAsync("/aid/behalf");
        Assert.NotNull(chair.Page.QuerySelector($"[value='{last}']"));
        await chair.PressAsync("开始填写", ("member", $"{last}"), ("agreed", "true"));
        Assert.EndsWith("/apply", chair.Path);
    }

    private static Task<int> MeetingRowsAsync(AidStates states) =>
        states.WithAsync<EduUnionDb, int>(db => db.Set<MeetingRow>().CountAsync());

    private static Task<Slice<ShownNotice>> NoticesAsync(AidStates states, int limit, Guid? after) =>
        states.WithAsync<NoticeViews, Slice<ShownNotice>>(v => v.ListAsync(null, limit, after, default));

    private static Task<Slice<MeetingItem>> MeetingsAsync(AidStates states, int limit, Guid? after) =>
        states.WithAsync<MeetingViews, Slice<MeetingItem>>(async v =>
            await v.ListAsync(
                await states.WithAsync<Access, Viewer>(a => a.ViewerAsync(DemoDistrict.MemberId("jingshen"), default)),
                limit,
                after,
                default
            )
        );
}
