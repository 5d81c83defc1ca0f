using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Aid;

/// <summary>A meeting's list is what it is when the committee sits, not when it was called (domain §3.3 step 4, §3.8).</summary>
public sealed class AssessmentTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Member_WhoBecameRelatedSinceTheCall_NeitherSeesNorVotes_AndIsNotCounted(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.SurveyedAsync();
        var meeting = await ConveneAsync(bench);
        await ActAsync(
            bench,
            c => c.BeginAsync(meeting, Ids(bench, AidTown.Committee), As(bench, "工会主席"), default)
        );
        var line = (await bench.Play.MeetingAsync(meeting)).Lines.Single().Id;
        await ActAsync(
            bench,
            c =>
                c.ProposeAsync(
                    meeting,
                    line,
                    AidCategory.Rel,
                    Money.Yuan(900),
                    "经评议。",
                    As(bench, "工会主席"),
                    default
                )
        );
        await VoteAsync("评委甲");
        await bench.RelateAsync("申请人", "评委甲");

        Assert.Equal(1, (await ViewAsync(bench, meeting, "评委甲")).Hidden);
        foreach (var member in AidTown.Committee.Except(["评委甲"]))
            await VoteAsync(member);
        await ActAsync(bench, c => c.CloseAsync(meeting, "评审会纪要。", As(bench, "工会主席"), default));

        var result = (await bench.Play.ApplicationAsync(id)).Assessment!;
        // Six are called; who is related now is not one of them, and what he had said is struck out.
        Assert.Equal((5, 5, 5), (result.Eligible, result.Present, result.Yes));

        Task VoteAsync(string member) =>
            ActAsync(
                bench,
                c => c.VoteAsync(meeting, line, bench.Town[member].Id, Ballot.Yes, As(bench, member), default)
            );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Application_WithdrawnSinceTheCall_LeavesTheList(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var first = await bench.SurveyedAsync();
        var content = bench.Play.Illness("申请人乙", identity: 8, spouse: 9, account: "6222020000005678");
        var second = await bench.SurveyedAsync("申请人乙", content);
        var meeting = await ConveneAsync(bench);
        AidPlay.Done(
            await bench.Stage.WithAsync<AidCommands, Outcome<StepDone>>(c =>
                c.WithdrawAsync(first, null, As(bench, "申请人"), default)
            )
        );

        Assert.Equal(second, Assert.Single((await ViewAsync(bench, meeting, "工会主席")).Meeting.Lines).CaseId);
        await ActAsync(
            bench,
            c => c.BeginAsync(meeting, Ids(bench, AidTown.Committee), As(bench, "工会主席"), default)
        );
        Assert.Equal(second, Assert.Single((await bench.Play.MeetingAsync(meeting)).Lines).CaseId);
        await ActAsync(bench, c => c.CloseAsync(meeting, "评审会纪要。", As(bench, "工会主席"), default));
        Assert.False(
            await bench.Stage.WithAsync<EduUnionDb, bool>(db => db.Set<SignalRow>().AnyAsync(s => s.CaseId == first))
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Chair_WhoIsAbsent_IsReplacedByWhomMoreThanHalfName(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.SurveyedAsync();
        var meeting = await ConveneAsync(bench);
        var there = AidTown.Committee.Except(["工会主席"]).ToList();
        foreach (var member in new[] { "评委甲", "评委乙" })
            await NameAsync(member, "评委丁");
        var early = await bench.Stage.WithAsync<MeetingCommands, Outcome<MeetingOpened>>(c =>
            c.BeginAsync(meeting, Ids(bench, there), As(bench, "评委丁"), default)
        );
        Assert.Equal("assessment.not-chair", early.Refusal?.Code);
        // The same voice again counts once.
        await NameAsync("评委乙", "评委丁");
        Assert.Null((await bench.Play.MeetingAsync(meeting)).DeputyId);
        await NameAsync("评委丙", "评委丁");

        await ActAsync(bench, c => c.BeginAsync(meeting, Ids(bench, there), As(bench, "评委丁"), default));
        var line = (await bench.Play.MeetingAsync(meeting)).Lines.Single().Id;
        await ActAsync(
            bench,
            c =>
                c.ProposeAsync(
                    meeting,
                    line,
                    AidCategory.Rel,
                    Money.Yuan(900),
                    "经评议。",
                    As(bench, "评委丁"),
                    default
                )
        );
        foreach (var member in there)
            await ActAsync(
                bench,
                c => c.VoteAsync(meeting, line, bench.Town[member].Id, Ballot.Yes, As(bench, member), default)
            );
        await ActAsync(bench, c => c.CloseAsync(meeting, "评审会纪要。", As(bench, "评委丁"), default));
        Assert.Equal(AidState.Reviewed, (await bench.Play.ApplicationAsync(id)).State);

        Task NameAsync(string by, string deputy) =>
            ActAsync(bench, c => c.NameDeputyAsync(meeting, bench.Town[deputy].Id, As(bench, by), default));
    }

    private static Asker As(AidBench bench, string who) => bench.Play.As(who);

    private static List<Guid> Ids(AidBench bench, IEnumerable<string> who) => [.. who.Select(w => bench.Town[w].Id)];

    private static async Task<Guid> ConveneAsync(AidBench bench) =>
        AidPlay.Done(
            await bench.Stage.WithAsync<MeetingCommands, Outcome<Guid>>(c =>
                c.ConveneAsync(
                    bench.Town.Town.SchoolId,
                    bench.Stage.Time.GetUtcNow(),
                    "工会办公室",
                    null,
                    As(bench, "工会主席"),
                    default
                )
            )
        );

    private static async Task ActAsync<T>(AidBench bench, Func<MeetingCommands, Task<Outcome<T>>> act)
    {
        await bench.Stage.RestartAsync();
        AidPlay.Done(await bench.Stage.WithAsync(act));
    }

    private static Task<MeetingView> ViewAsync(AidBench bench, Guid meeting, string who) =>
        bench.Stage.WithAsync<Access, MeetingView>(async access =>
        {
            var viewer = await access.ViewerAsync(bench.Town[who].Id, default);
            return (
                await bench.Stage.WithAsync<MeetingViews, MeetingView?>(v => v.FindAsync(meeting, viewer, default))
            )!;
        });
}
