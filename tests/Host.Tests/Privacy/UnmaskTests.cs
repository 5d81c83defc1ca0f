using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Privacy;
using EduUnion.Host.Tests.Cases;
using EduUnion.Host.Tests.Persistence;
using static EduUnion.Host.Tests.Persistence.Databases;

namespace EduUnion.Host.Tests.Privacy;

public sealed class UnmaskTests
{
    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task ALook_IsRecordedOnceAndShown(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(provider, Samples.Sensitive);

        var shown = await LookAsync(played, key: "k");
        var again = await LookAsync(played, key: "k");

        Assert.NotEmpty(shown.Value.Value!);
        Assert.Equal(shown.Value, again.Value);
        var views = await ViewsAsync(played);
        var view = Assert.Single(views);
        Assert.Equal(("grounds", ViewPurpose.Check, "核对材料"), (view.Field, view.Purpose, view.Reason));
        Assert.Equal(shown.Value.At, view.At);
        var entries = await played.WithAsync<Timelines, IReadOnlyList<CaseEntry>>(t => t.OfAsync(played.Id, default));
        var entry = Assert.Single(entries, e => e.Act == "aid.unmask");
        var happened = Assert.Single(entry.Events);
        Assert.Equal(nameof(SensitiveDataViewed), happened.Code);
        Assert.Equal("核对材料", happened.Data.GetProperty("reason").GetString());
        Assert.DoesNotContain(shown.Value.Value!, happened.Data.GetRawText());

        // Long after, the same request is a record of a look and no way to a second one.
        played.Stage.Time.MoveTo(played.Now.AddMinutes(6));
        Assert.Equal("sensitive.shown", (await LookAsync(played, key: "k")).Refusal?.Code);
        Assert.Single(await ViewsAsync(played));
        Assert.True((await LookAsync(played)).IsOk);
        var counts = await played.WithAsync<SensitiveViews, IReadOnlyList<ViewCount>>(v =>
            v.CountsAsync(view.At, played.Now.AddMinutes(1), default)
        );
        var count = Assert.Single(counts);
        Assert.Equal((Samples.Author(played), 2, 1), (count.ViewerId, count.Views, count.Cases));
        Assert.Empty(
            await played.WithAsync<SensitiveViews, IReadOnlyList<ViewCount>>(v =>
                v.CountsAsync(view.At.AddDays(-7), view.At, default)
            )
        );
    }

    [Theory, MemberData(nameof(Both), MemberType = typeof(Databases))]
    public async Task ARefusedLook_ShowsAndRecordsNothing(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(provider, Samples.Sensitive);
        var before = await played.EverythingAsync();

        Assert.Equal("sensitive.reason-short", (await LookAsync(played, " 看一看 ")).Refusal?.Code);
        Assert.Equal("form.too-long", (await LookAsync(played, new string('看', 2001))).Refusal?.Code);
        Assert.Equal("text.control-characters", (await LookAsync(played, "核对\u0001材料")).Refusal?.Code);
        Assert.Equal("sensitive.unknown", (await LookAsync(played, field: "nothing")).Refusal?.Code);
        Assert.Equal("sensitive.unknown", (await LookAsync(played, field: new string('x', 81))).Refusal?.Code);
        Assert.Equal("sensitive.not-yours", (await LookAsync(played, who: "附议人甲")).Refusal?.Code);

        Assert.Equal(before, await played.EverythingAsync());
        Assert.Empty(await ViewsAsync(played));
    }

    [Fact]
    public async Task ACaseWithoutSensitiveFields_HasNothingToShow()
    {
        await using var played = await PlayedCase.UnderReviewAsync(Provider.Sqlite);

        Assert.Equal("sensitive.unknown", (await LookAsync(played)).Refusal?.Code);
    }

    private static Task<Outcome<Unmasked>> LookAsync(
        PlayedCase played,
        string reason = "核对材料",
        string field = "grounds",
        string who = "提案人",
        string? key = null
    ) =>
        played.WithAsync<UnmaskCommands, Outcome<Unmasked>>(u =>
            u.UnmaskAsync(
                played.Id,
                field,
                ViewPurpose.Check,
                reason,
                new Asker(played.Town[who].Id, key, key is null ? null : [1]),
                TestContext.Current.CancellationToken
            )
        );

    private static Task<IReadOnlyList<ViewLine>> ViewsAsync(PlayedCase played) =>
        played.WithAsync<SensitiveViews, IReadOnlyList<ViewLine>>(v => v.OfCaseAsync(played.Id, default));
}
