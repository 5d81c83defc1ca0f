using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Privacy;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Aid;

/// <summary>Whoever lives in the household and is a colleague stands aside from the case, whatever his office.</summary>
public sealed class HouseholdTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Surveyor_OfTheHousehold_IsRefused(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.Play.ApplyAsync("申请人", With(bench, "调查员甲"));
        await bench.Play.SubmitAsync(id, "申请人");
        await bench.Play.AcceptAsync(id);

        await bench.Play.RefusedAsync(
            id,
            "工会主席",
            "aid.appoint",
            "appoint",
            "survey.surveyor-recused",
            new { surveyors = new[] { bench.Town["调查员甲"].Id, bench.Town["调查员乙"].Id } }
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task CommitteeMember_OfTheHousehold_NeitherSeesNorVotes(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.SurveyedAsync(content: With(bench, "评委甲"));
        var chair = bench.Play.As("工会主席");
        var meeting = (
            await bench.Stage.WithAsync<MeetingCommands, Outcome<Guid>>(c =>
                c.ConveneAsync(
                    bench.Town.Town.SchoolId,
                    bench.Stage.Time.GetUtcNow(),
                    "工会办公室",
                    null,
                    chair,
                    default
                )
            )
        ).Value;
        await bench.Stage.WithAsync<MeetingCommands, Outcome<MeetingOpened>>(c =>
            c.BeginAsync(meeting, [.. AidTown.Committee.Select(m => bench.Town[m].Id)], chair, default)
        );
        var line = Assert.Single((await bench.Play.MeetingAsync(meeting)).Lines);
        Assert.Equal(RecusalGround.Household, Assert.Single(line.Recusals).Ground);
        await bench.Stage.WithAsync<MeetingCommands, Outcome<LineProposed>>(c =>
            c.ProposeAsync(meeting, line.Id, AidCategory.Rel, Money.Yuan(900), "经评议。", chair, default)
        );

        var vote = await bench.Stage.WithAsync<MeetingCommands, Outcome<LineVoted>>(c =>
            c.VoteAsync(meeting, line.Id, bench.Town["评委甲"].Id, Ballot.Yes, bench.Play.As("评委甲"), default)
        );

        Assert.Equal("aid.recused", vote.Refusal?.Code);
        Assert.False(await SeesAsync(bench, "评委甲", id));
        Assert.True(await SeesAsync(bench, "评委乙", id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Chair_OfTheHousehold_IsPassedOverAndRefused(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.Play.ApplyAsync("申请人", With(bench, "工会主席"));
        await bench.Play.SubmitAsync(id, "申请人");

        Assert.Equal(Office.DistrictOfficer, (await bench.Stage.OpenTasksAsync(id)).Single().Office);
        Assert.False(await SeesAsync(bench, "工会主席", id));
        var cancelled = await bench.Stage.WithAsync<AidLifeCommands, Outcome<StepDone>>(c =>
            c.CancelAsync(id, CancelReason.FalsePapers, "材料虚假。", bench.Play.As("工会主席"), default)
        );
        Assert.Equal("aid.recused", cancelled.Refusal?.Code);
        var looked = await bench.Stage.WithAsync<UnmaskCommands, Outcome<Unmasked>>(c =>
            c.UnmaskAsync(id, "identity", ViewPurpose.Check, "核对申请材料", bench.Play.As("工会主席"), default)
        );
        Assert.Equal("aid.recused", looked.Refusal?.Code);
    }

    /// <summary>Nobody is kept out of a case by a wrong id: the name must be his.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ALink_IsToAMemberOfThatName(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var right = With(bench, "评委甲");
        var id = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"));
        foreach (
            var wrong in new[]
            {
                right.Members[0] with
                {
                    Name = "别人",
                },
                right.Members[0] with
                {
                    MemberId = Guid.NewGuid(),
                },
                right.Members[0] with
                {
                    MemberId = bench.Town["评委乙"].Id,
                },
                right.Members[0] with
                {
                    Name = bench.Town["申请人"].Name,
                    MemberId = bench.Town["申请人"].Id,
                },
            }
        )
        {
            var refused = await SaveAsync(right with { Members = right.Members.SetItem(0, wrong) });
            Assert.Equal(
                ("aid.colleague-unknown", "members[0].memberId"),
                (refused.Refusal?.Code, refused.Refusal?.Field)
            );
        }
        Assert.True((await SaveAsync(right)).IsOk);

        Task<Outcome<StepDone>> SaveAsync(AidContent content) =>
            bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
                c.SaveDraftAsync(id, content, null, bench.Play.As("申请人"), default)
            );
    }

    /// <summary>The applicant's spouse is this colleague.</summary>
    private static AidContent With(AidBench bench, string spouse)
    {
        var content = bench.Play.Illness("申请人");
        var person = bench.Town[spouse];
        return content with
        {
            Members = content.Members.SetItem(0, content.Members[0] with { Name = person.Name, MemberId = person.Id }),
        };
    }

    private static async Task<bool> SeesAsync(AidBench bench, string who, Guid id)
    {
        var viewer = await bench.Stage.WithAsync<Access, Viewer>(a => a.ViewerAsync(bench.Town[who].Id, default));
        return await bench.Stage.WithAsync<AidAccess, bool>(aid => aid.Visible(viewer).AnyAsync(c => c.Id == id));
    }
}
