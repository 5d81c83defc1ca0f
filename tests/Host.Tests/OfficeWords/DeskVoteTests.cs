using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Persistence;

namespace EduUnion.Host.Tests.OfficeWords;

/// <summary>会签、或签、票签: what several people decide together, as a school writes it into the committee's review.</summary>
public sealed class DeskVoteTests(OfficeHouse house) : IClassFixture<OfficeHouse>
{
    private const string Review = "motion.review";

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Countersign_InParallel_NeedsEverybody(Provider provider)
    {
        var district = await house.OfAsync(provider);
        var id = await ReviewedByAsync(district, new { kind = "all" });

        foreach (var login in OfficeMoves.Committee[..4])
            Assert.False(await VoteAsync(district, id, login, "file"));
        Assert.Equal("UnderReview", await district.StateAsync(id));
        Assert.True(await VoteAsync(district, id, OfficeMoves.Committee[4], "file"));

        Assert.Equal("Filed", await district.StateAsync(id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Countersign_InOrder_AsksOneAfterAnother(Provider provider)
    {
        var district = await house.OfAsync(provider);
        var id = await ReviewedByAsync(district, new { kind = "all", ordered = true });
        var seen = new HashSet<string>();

        for (var turn = 0; turn < OfficeMoves.Committee.Length; turn++)
        {
            var asked = await AskedAsync(district, id);
            var login = Assert.Single(asked).Key;
            Assert.True(seen.Add(login), $"{login} was asked twice");
            Assert.Equal(turn == 4, await VoteAsync(district, id, login, "file"));
        }

        Assert.Equal("Filed", await district.StateAsync(id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task AnyOne_DecidesForAll_AndTheOthersHaveDecidedNothing(Provider provider)
    {
        var district = await house.OfAsync(provider);
        var id = await ReviewedByAsync(district, new { kind = "any" });
        var others = await AskedAsync(district, id);
        Assert.Equal(5, others.Count);

        Assert.True(await VoteAsync(district, id, "weiyuan2", "opinion", "属于部门日常工作。"));

        Assert.Equal("Opinion", await district.StateAsync(id));
        Assert.Empty(await AskedAsync(district, id));
        Assert.NotNull(await district.FindAsync(id, "weiyuan2", Review, "done"));
        foreach (var (login, task) in others.Where(o => o.Key != "weiyuan2"))
        {
            Assert.Null(await district.FindAsync(id, login, Review, "done"));
            Assert.Equal(
                (409, "task.closed"),
                await district.RefusedAsync(login, task, "decide", new { outcome = "file" })
            );
        }
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Vote_ByNumber_EndsWithTheThird(Provider provider)
    {
        var district = await house.OfAsync(provider);
        var id = await ReviewedByAsync(
            district,
            new
            {
                kind = "vote",
                pass = "3",
                fail = "2",
                over = "total",
            }
        );

        Assert.False(await VoteAsync(district, id, "weiyuan1", "opinion", "属于部门日常工作。"));
        Assert.False(await VoteAsync(district, id, "zhuren", "file"));
        Assert.False(await VoteAsync(district, id, "weiyuan2", "file"));
        Assert.True(await VoteAsync(district, id, "weiyuan3", "file"));

        Assert.Equal("Filed", await district.StateAsync(id));
        Assert.Null(await district.FindAsync(id, "weiyuan4", Review));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Vote_ByWeight_CountsTheChairThrice(Provider provider)
    {
        var district = await house.OfAsync(provider);
        var id = await ReviewedByAsync(
            district,
            new
            {
                kind = "vote",
                pass = "1/2",
                over = "total",
                strict = true,
                weights = new { MotionCommitteeChair = 3 },
            }
        );

        // Four of seven votes.
        Assert.False(await VoteAsync(district, id, "zhuren", "file"));
        Assert.True(await VoteAsync(district, id, "weiyuan1", "file"));

        Assert.Equal("Filed", await district.StateAsync(id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Vote_ByShare_IsNotEndedByOneRefusal_AndFailsAsSoonAsItHasFailed(Provider provider)
    {
        var district = await house.OfAsync(provider);
        var id = await ReviewedByAsync(
            district,
            new
            {
                kind = "vote",
                pass = "3/5",
                fail = "2/5",
                over = "total",
            }
        );

        Assert.False(await VoteAsync(district, id, "weiyuan1", "opinion", "属于部门日常工作。"));
        Assert.Equal("UnderReview", await district.StateAsync(id));
        Assert.False(await VoteAsync(district, id, "zhuren", "file"));
        Assert.True(await VoteAsync(district, id, "weiyuan2", "opinion", "属于部门日常工作。"));

        Assert.Equal("Opinion", await district.StateAsync(id));
        Assert.Null(await district.FindAsync(id, "weiyuan3", Review));
    }

    private static async Task<Guid> ReviewedByAsync(District district, object policy)
    {
        await district.PublishAsync("motion", (Review, new { policy }));
        return await district.ToReviewAsync("改善教师午休场所");
    }

    private static async Task<bool> VoteAsync(
        District district,
        Guid id,
        string login,
        string outcome,
        string? comment = null
    ) =>
        (await district.DecideAsync(id, login, Review, outcome, comment: comment))
            .GetProperty("stepDecided")
            .GetBoolean();

    /// <summary>Whose list holds the review of this motion.</summary>
    private static async Task<Dictionary<string, Guid>> AskedAsync(District district, Guid id)
    {
        var asked = new Dictionary<string, Guid>();
        foreach (var login in OfficeMoves.Committee)
            if (await district.FindAsync(id, login, Review) is { } task)
                asked[login] = task;
        return asked;
    }
}
