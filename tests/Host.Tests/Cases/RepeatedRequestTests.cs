using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Cases;

/// <summary>The same request again, as after a lost answer: by its key it is known.</summary>
public sealed class RepeatedRequestTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Decide_SameKeyAndBody_GetsTheFirstAnswerAndChangesNothing(Provider provider)
    {
        await using var played = await PlayedCase.ToSignAsync(provider);
        var task = await played.TaskOfAsync("总务处负责人", "handling.sign");
        var first = await played.DecideAsync(task, "总务处负责人", "sign", key: "k-1");
        Assert.True(first.IsOk, first.Refusal?.Code);
        var after = await played.EverythingAsync();

        var again = await played.DecideAsync(task, "总务处负责人", "sign", key: "k-1");

        Assert.Equal(first.Value, again.Value);
        Assert.Equal(after, await played.EverythingAsync());
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Decide_SameKeyOtherBody_IsRefusedAndChangesNothing(Provider provider)
    {
        await using var played = await PlayedCase.ToSignAsync(provider);
        var task = await played.TaskOfAsync("总务处负责人", "handling.sign");
        Assert.True((await played.DecideAsync(task, "总务处负责人", "sign", key: "k-1")).IsOk);
        var after = await played.EverythingAsync();

        var other = await played.DecideAsync(task, "总务处负责人", "return", key: "k-1", comment: "缺数据。");

        Assert.Equal("request.key-reused", other.Refusal?.Code);
        Assert.Equal(after, await played.EverythingAsync());
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Decide_SameKeyOfAnotherMember_IsAnotherRequest(Provider provider)
    {
        await using var played = await PlayedCase.UnderReviewAsync(provider);
        foreach (var who in new[] { "主任", "委员甲" })
        {
            var task = await played.TaskOfAsync(who, "motion.review");
            Assert.True((await played.DecideAsync(task, who, "file", key: "k-1")).IsOk);
        }
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Decide_Refused_IsNotKept(Provider provider)
    {
        await using var played = await PlayedCase.ToSignAsync(provider);
        var task = await played.TaskOfAsync("总务处负责人", "handling.sign");

        var refused = await played.DecideAsync(task, "总务处负责人", "return", key: "k-1");
        var done = await played.DecideAsync(task, "总务处负责人", "sign", key: "k-1");

        Assert.Equal("form.reason-missing", refused.Refusal?.Code);
        Assert.True(done.IsOk, done.Refusal?.Code);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Create_SameKeyAtOnce_MakesOneMotion(Provider provider)
    {
        await using var played = await PlayedCase.ToSignAsync(provider);
        var content = MotionContent.Of("增设教师自行车棚", "logistics", MotionPlay.Grounds, ["在东门内设置。"]);
        var asker = new Asker(played.Town["提案人"].Id, "k-1", [1]);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 3)
                .Select(_ =>
                    Task.Run(() =>
                        played.WithAsync<MotionCommands, Outcome<StepDone>>(m =>
                            m.CreateAsync(played.Town.SessionId, content, asker, CancellationToken.None)
                        )
                    )
                )
        );

        Assert.Single(answers.Select(a => a.Value).Distinct());
        Assert.Equal(2, await played.ReadAsync(db => db.Set<CaseRow>().CountAsync()));
    }
}
