using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Cases;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tests.Tour;
using EduUnion.Host.Tour;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Cases;

/// <summary>The rights beside the tasks, and what leads back: each played on both databases with a restart between any two acts.</summary>
public sealed class FollowUpTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Correct_AContentRatingOfAClosedMotion_OpensTheReview_OnceOnly(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var (play, id) = (scene.Moves, await scene.AnsweredAsync());
        await play.RateAsync(id, "提案人", Satisfaction.Satisfied);
        Assert.Equal(MotionState.Closed, (await scene.MotionAsync(id)).State);

        Assert.True((await CorrectAsync(scene, id, Satisfaction.Dissatisfied, "复查后发现没有落实。")).IsOk);

        var motion = await scene.MotionAsync(id);
        Assert.Equal((MotionState.Replied, null), (motion.State, motion.ClosedAt));
        Assert.Equal(["motion.discontent"], await scene.OpenAsync(id));
        var again = await CorrectAsync(scene, id, Satisfaction.Basic, null);
        Assert.Equal("feedback.corrected-before", again.Refusal?.Code);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Correct_AfterThePeriod_OrAfterTheReview_IsRefused(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var late = await scene.AnsweredAsync();
        var acted = await scene.AnsweredAsync();
        await scene.Moves.RateAsync(late, "提案人", Satisfaction.Basic);
        await scene.Stage.MoveToAsync(scene.Stage.Today.AddDays(10), new(9, 0), Stop);
        Assert.Equal(
            "feedback.too-late-to-correct",
            (await CorrectAsync(scene, late, Satisfaction.Satisfied)).Refusal?.Code
        );

        await scene.Moves.RateAsync(acted, "提案人", Satisfaction.Dissatisfied, "没有办。");
        await scene.Moves.DecideAsync(acted, "主任", "motion.discontent", "rehandle");
        Assert.Equal("feedback.acted-on", (await CorrectAsync(scene, acted, Satisfaction.Satisfied)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Explained_TheFormGoesOutAgain_AndASecondDissatisfactionNeedsTheTable(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var (play, id) = (scene.Moves, await scene.AnsweredAsync());
        await play.RateAsync(id, "提案人", Satisfaction.Dissatisfied, "没有办。");
        await play.DecideAsync(id, "主任", "motion.discontent", "explain", comment: "答复已经采纳，需当面说明。");
        await play.DecideAsync(id, "秘书", "motion.explain", "record", Minutes(scene));
        Assert.Equal(["motion.feedback"], await scene.OpenAsync(id));

        await play.RateAsync(id, "提案人", Satisfaction.Dissatisfied, "仍不同意。");

        var motion = await scene.MotionAsync(id);
        Assert.Equal((MotionState.DisputeMeeting, 2), (motion.State, motion.Forms.Length));
        Assert.Equal(["motion.dispute"], await scene.OpenAsync(id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Appeal_Reopened_GoesBackToTheCommittee_AndThereIsNoSecond(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var (play, id) = (scene.Moves, await scene.RejectedAsync());
        await play.DoAsync<FollowUpCommands>(
            "提案人",
            "申请复议",
            c => c.AppealAsync(id, "属于学校职权。", play.As("提案人"), Stop)
        );
        var second = await play.TryAsync<FollowUpCommands>(c => c.AppealAsync(id, "再议。", play.As("提案人"), Stop));
        Assert.Equal("appeal.used", second.Refusal?.Code);

        await play.DecideAsync(id, "主任", "appeal.decide", "reopen", comment: "复议理由成立。");
        Assert.Equal(["motion.check"], await scene.OpenAsync(id));
        await play.ReviewAsync(id, "file");

        var motion = await scene.MotionAsync(id);
        Assert.Equal((MotionState.Filed, true), (motion.State, motion.Number is not null));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Appeal_Upheld_EndsTheMotion_AndAfterThePeriodThereIsNone(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var play = scene.Moves;
        var upheld = await scene.RejectedAsync();
        await play.DoAsync<FollowUpCommands>(
            "提案人",
            "申请复议",
            c => c.AppealAsync(upheld, "请再议。", play.As("提案人"), Stop)
        );
        // The appeal's own period is over: only the chair's ruling ends the waiting now.
        await scene.Stage.MoveToAsync(scene.Stage.Today.AddDays(5), new(9, 0), Stop);
        Assert.Equal(["appeal.decide"], await scene.OpenAsync(upheld));
        await play.DecideAsync(upheld, "主任", "appeal.decide", "uphold", comment: "维持。");
        Assert.Equal(MotionState.Rejected, (await scene.MotionAsync(upheld)).State);
        Assert.Empty(await scene.OpenAsync(upheld));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Appeal_AfterItsPeriod_IsRefused(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var id = await scene.RejectedAsync();
        await scene.Stage.MoveToAsync(scene.Stage.Today.AddDays(7), new(9, 0), Stop);
        var late = await scene.Moves.TryAsync<FollowUpCommands>(c =>
            c.AppealAsync(id, "请再议。", scene.Moves.As("提案人"), Stop)
        );
        Assert.Equal("appeal.too-late", late.Refusal?.Code);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Withdraw_BeforeFiling_EndsAtOnce_AndNothingIsLeftOpen(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var play = scene.Moves;
        var id = await play.FileAsync("改善教师午休场所");
        await play.DoAsync<FollowUpCommands>("提案人", "撤回", c => c.WithdrawAsync(id, null, play.As("提案人"), Stop));
        var motion = await scene.MotionAsync(id);
        Assert.Equal((MotionState.Withdrawn, null), (motion.State, motion.FiledAt));
        Assert.Empty(await scene.OpenAsync(id));
        Assert.Equal(0, await scene.RunningClocksAsync(id));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Withdraw_RefusedByTheCommittee_GoesOn_AndTheMainOfAGroupFreesItsFollowers(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var play = scene.Moves;
        var (main, follower) = await scene.MergedAsync();
        await play.AssignAsync(main, "总务处");
        await WithdrawAsync(scene, main);
        await play.DecideAsync(main, "主任", "withdrawal.consent", "refuse", comment: "事关全体教师。");
        Assert.Equal(MotionState.Assigned, (await scene.MotionAsync(main)).State);

        await WithdrawAsync(scene, main);
        await play.DecideAsync(main, "主任", "withdrawal.consent", "agree");

        Assert.Equal(MotionState.Withdrawn, (await scene.MotionAsync(main)).State);
        var freed = await scene.MotionAsync(follower);
        Assert.Equal((MotionState.Filed, null), (freed.State, freed.MainId));
        Assert.Equal(["motion.assign"], await scene.OpenAsync(follower));
        Assert.Equal(0, await scene.RunningClocksAsync(main));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Unmerge_UntilTheAnswer_LetsItGoOnByItself_AndItCanBeMergedIntoNothingMerged(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var play = scene.Moves;
        var (main, follower) = await scene.MergedAsync();
        var third = await play.FileAsync("食堂增加窗口", who: "提案人");
        await play.RefusedAsync(
            third,
            "秘书",
            "motion.check",
            "propose",
            "merge.with-itself",
            new
            {
                recommendation = "merge",
                recommendationReason = "同一事项。",
                main = third,
            }
        );
        await play.DecideAsync(
            third,
            "秘书",
            "motion.check",
            "propose",
            new
            {
                recommendation = "merge",
                recommendationReason = "同一事项。",
                main = follower,
            }
        );
        await play.RefusedAsync(third, "主任", "motion.review", "merge", "merge.main-is-merged");

        await play.DoAsync<CommitteeCommands>("秘书", "取消并案", c => c.UnmergeAsync(follower, play.As("秘书"), Stop));

        var freed = await scene.MotionAsync(follower);
        Assert.Equal((MotionState.Filed, null), (freed.State, freed.MainId));
        Assert.Equal(["motion.assign"], await scene.OpenAsync(follower));
        await play.AssignAsync(main, "总务处");
        await play.AnswerAsync(main, "总务处");
        Assert.Equal(["motion.assign"], await scene.OpenAsync(follower));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task CountedVote_DecidesAsTheMembersWould_AndTooFewDoNot(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var play = scene.Moves;
        var id = await play.FileAsync("改善教师午休场所");
        await play.DecideAsync(id, "秘书", "motion.check", "propose", new { recommendation = "file" });
        Task<Outcome<StepDone>> Count(string who, int yes, int no) =>
            play.TryAsync<CommitteeCommands>(c =>
                c.CountVoteAsync(id, new("file", yes, no, 0, scene.Stage.Today), play.As(who), Stop)
            );

        Assert.Equal("committee.not-yours", (await Count("委员甲", 5, 0)).Refusal?.Code);
        Assert.Equal("vote.not-carried", (await Count("秘书", 2, 3)).Refusal?.Code);
        Assert.Equal("vote.impossible", (await Count("秘书", 5, 1)).Refusal?.Code);
        Assert.True((await Count("秘书", 3, 2)).IsOk);

        var motion = await scene.MotionAsync(id);
        Assert.Equal((MotionState.Filed, 3), (motion.State, motion.CountedVote!.For));
        Assert.Equal(["motion.assign"], await scene.OpenAsync(id));
        Assert.Equal("vote.not-open", (await Count("秘书", 5, 0)).Refusal?.Code);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task DelegationReview_IsAsked_WhereTheSchoolWantsIt_AndItsSilencePassesTheMotionOn(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var play = scene.Moves;
        await scene.SetAsync("motion.delegation_review", "true");
        var spoken = await play.FileAsync("改善教师午休场所");
        var silent = await play.FileAsync("增设教师阅览区", who: "提案人乙");
        Assert.Equal(["motion.delegation"], await scene.OpenAsync(spoken));
        await play.RefusedAsync(spoken, "团长", "motion.delegation", "doubt", "form.reason-missing");
        await play.DecideAsync(spoken, "团长", "motion.delegation", "support");
        Assert.Equal(["motion.check"], await scene.OpenAsync(spoken));

        await scene.Stage.MoveToAsync(scene.Stage.Today.AddDays(7), new(9, 0), Stop);
        Assert.Equal(["motion.check"], await scene.OpenAsync(silent));
        Assert.Null((await scene.MotionAsync(silent)).DelegationOpinion);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task CollectiveMotion_NeedsNoCosigners_AndOnlyAHeadMayFileIt(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var play = scene.Moves;
        var content = MotionContent.Of("设立教职工书屋", "welfare", MotionPlay.Grounds, ["腾出一间阅览室。"]);
        Task<Outcome<StepDone>> File(string who) =>
            play.TryAsync<MotionCommands>(m =>
                m.CreateAsync(scene.Town.SessionId, content, play.As(who), Stop, collective: true)
            );
        Assert.Equal("motion.not-delegation-head", (await File("提案人")).Refusal?.Code);

        var id = (await File("团长")).Value.CaseId;
        await play.SubmitAsync(id, "团长");
        await play.ReviewAsync(id, "file");

        var motion = await scene.MotionAsync(id);
        Assert.Equal((MotionState.Filed, 0), (motion.State, motion.Confirmed));
        Assert.NotNull(motion.DelegationId);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Promise_Overdue_IsSupervised_ReturnedOnce_AndExplained(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var play = scene.Moves;
        var id = await scene.AnsweredAsync(Promising(scene.Stage.Today.AddDays(10)));
        await play.RateAsync(id, "提案人", Satisfaction.Satisfied);
        var promise = (await scene.MotionAsync(id)).Commitments.Single();
        Task<Outcome<StepDone>> Supervise(string who) =>
            play.TryAsync<CommitteeCommands>(c =>
                c.SuperviseAsync(id, promise.Id, scene.Stage.Today.AddDays(14), "请抓紧落实。", play.As(who), Stop)
            );
        Assert.Equal("commitment.not-overdue", (await Supervise("主任")).Refusal?.Code);
        await scene.Stage.MoveToAsync(scene.Stage.Today.AddDays(15), new(9, 0), Stop);
        Assert.Equal("committee.not-yours", (await Supervise("秘书")).Refusal?.Code);
        Assert.True((await Supervise("主任")).IsOk);
        var clock = Assert.Single(await scene.Stage.ClocksAsync(id, "commitment"), c => c.StoppedAt is null);
        Assert.Equal(scene.Stage.Today.AddDays(14), clock.DueOn);

        await ReportAsync();
        await play.DecideAsync(id, "秘书", "commitment.verify", "return", comment: "现场未见躺椅。");
        await ReportAsync();
        await play.DecideAsync(id, "秘书", "commitment.verify", "explain", comment: "供货商停产，已改用折叠床。");

        var motion = await scene.MotionAsync(id);
        Assert.Equal(
            (MotionState.Closed, CommitmentState.Explained),
            (motion.State, motion.Commitments.Single().State)
        );

        Task ReportAsync() =>
            play.DecideAsync(id, "总务处经办", "commitment.report", "done", new { text = "躺椅已采购。" });
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task MergeAndAnswerAtOneMoment_TheFollowerIsEitherAnsweredOrNotMerged(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var play = scene.Moves;
        var main = await play.FileAsync("改善教工食堂供餐");
        await play.ReviewAsync(main, "file");
        await play.AssignAsync(main, "总务处");
        await play.DecideAsync(main, "总务处经办", "handling.accept", "accept");
        await play.MeetAsync(main, "总务处");
        await play.DraftAsync(main, "总务处");
        await play.DecideAsync(main, "总务处负责人", "handling.sign", "sign");
        await play.DecideAsync(main, "分管校长", "handling.leader", "agree");
        var follower = await play.FileAsync("缩短食堂排队时间", who: "提案人乙");
        await play.DecideAsync(
            follower,
            "秘书",
            "motion.check",
            "propose",
            new
            {
                recommendation = "merge",
                recommendationReason = "同一事项。",
                main,
            }
        );
        foreach (var member in new[] { "主任", "委员甲" })
            await play.DecideAsync(follower, member, "motion.review", "merge");
        var vote = (await scene.Stage.FindTaskAsync(follower, scene.Town["委员乙"], "motion.review")).Id;
        var deliver = (await scene.Stage.FindTaskAsync(main, scene.Town["秘书"], "handling.formcheck")).Id;

        var answers = await Task.WhenAll(
            scene.Stage.WithAsync<CaseSteps, Outcome<StepDone>>(s =>
                s.DecideAsync(new(vote, "merge", null, null, null), play.As("委员乙"), Stop)
            ),
            scene.Stage.WithAsync<CaseSteps, Outcome<StepDone>>(s =>
                s.DecideAsync(new(deliver, "deliver", null, null, null), play.As("秘书"), Stop)
            )
        );

        Assert.True(answers[1].IsOk, answers[1].Refusal?.Code);
        await scene.Stage.WithAsync<SignalSweep, int>(s => s.RunAsync(Stop));
        var motion = await scene.MotionAsync(follower);
        if (answers[0].IsOk)
            Assert.Equal((MotionState.Replied, AnswerClass.A), (motion.State, motion.Parts.Single().Answer!.Class));
        else
            Assert.Equal(("merge.main-answered", MotionState.UnderReview), (answers[0].Refusal!.Code, motion.State));
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Signal_ToldTwice_IsHeardOnce(Provider provider)
    {
        await using var scene = await SceneAsync(provider);
        var (main, follower) = await scene.MergedAsync();
        await scene.Moves.AssignAsync(main, "总务处");
        await scene.Moves.AnswerAsync(main, "总务处");
        var before = await scene.Stage.WithAsync<Host.Persistence.EduUnionDb, CaseRow>(db =>
            db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == follower)
        );
        var signal = await scene.Stage.WithAsync<Host.Persistence.EduUnionDb, Guid>(db =>
            db.Set<SignalRow>().Where(s => s.CaseId == follower).Select(s => s.Id).SingleAsync()
        );

        Assert.False(await scene.Stage.WithAsync<CaseSteps, bool>(s => s.DeliverAsync(signal, Stop)));

        var after = await scene.Stage.WithAsync<Host.Persistence.EduUnionDb, CaseRow>(db =>
            db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == follower)
        );
        Assert.Equal((before.Version, before.JournalSequence), (after.Version, after.JournalSequence));
    }

    private static async Task WithdrawAsync(Scene scene, Guid id)
    {
        var play = scene.Moves;
        await play.DoAsync<FollowUpCommands>(
            "提案人",
            "申请撤回",
            c => c.WithdrawAsync(id, "已另行安排。", play.As("提案人"), Stop)
        );
        await play.DecideAsync(id, "附议人甲", "withdrawal.takeover", "decline");
        await play.DecideAsync(id, "附议人乙", "withdrawal.takeover", "decline");
    }

    private static Task<Outcome<StepDone>> CorrectAsync(
        Scene scene,
        Guid id,
        Satisfaction result,
        string? reason = null
    ) =>
        scene.Moves.TryAsync<FollowUpCommands>(c =>
            c.CorrectFeedbackAsync(id, Satisfaction.Satisfied, result, reason, scene.Moves.As("提案人"), Stop)
        );

    private static object Minutes(Scene scene) =>
        new
        {
            metOn = $"{scene.Stage.Today:yyyy-MM-dd}",
            people = "提案人、秘书、总务处负责人",
            minutes = "逐条说明了答复。",
        };

    private static object Promising(DateOnly due) =>
        new
        {
            @class = "B",
            text = "经研究，储物间改造为教师午休室，暑假前完成，配躺椅二十四张。",
            commitments = new[]
            {
                new
                {
                    item = "午休室改造",
                    owner = "总务处",
                    dueOn = $"{due:yyyy-MM-dd}",
                },
            },
        };

    private static async Task<Scene> SceneAsync(Provider provider)
    {
        var play = await Play.OpenAsync(provider, new DateOnly(2026, 3, 3));
        return new(play, new MotionPlay(play.Stage, play.Town));
    }

    private sealed record Scene(Play Play, MotionPlay Moves) : IAsyncDisposable
    {
        public Stage Stage => Play.Stage;
        public Town Town => Play.Town;

        public Task<Motion> MotionAsync(Guid id) => Stage.MotionAsync(id);

        public async Task<IReadOnlyList<string>> OpenAsync(Guid id) =>
            [.. (await Stage.OpenTasksAsync(id)).Select(t => t.Name).Distinct()];

        public Task<int> RunningClocksAsync(Guid id) =>
            Play.AskAsync(db =>
                db.Set<Host.Clocks.ClockRow>().CountAsync(c => c.CaseId == id && c.StoppedAt == null, Stop)
            );

        public async Task<Guid> AnsweredAsync(object? form = null)
        {
            var id = await Moves.FileAsync("改善教师午休场所");
            await Moves.ReviewAsync(id, "file");
            await Moves.AssignAsync(id, "总务处");
            await Moves.AnswerAsync(id, "总务处", form: form);
            return id;
        }

        public async Task<Guid> RejectedAsync()
        {
            var id = await Moves.FileAsync("改善教师午休场所");
            await Moves.DecideAsync(
                id,
                "秘书",
                "motion.check",
                "propose",
                new
                {
                    recommendation = "reject",
                    recommendationReason = "超出学校职权。",
                    reasonCode = "beyondPower",
                }
            );
            foreach (var member in new[] { "主任", "委员甲", "委员乙" })
                await Moves.DecideAsync(id, member, "motion.review", "reject", new { reasonCode = "beyondPower" });
            return id;
        }

        public async Task<(Guid Main, Guid Follower)> MergedAsync()
        {
            var main = await Moves.FileAsync("改善教工食堂供餐");
            var follower = await Moves.FileAsync("缩短食堂排队时间", who: "提案人乙");
            await Moves.ReviewAsync(main, "file");
            await Moves.ReviewAsync(follower, "merge", main);
            return (main, follower);
        }

        public Task SetAsync(string key, string value) =>
            Play.AskAsync(async db =>
            {
                db.Add(
                    new Parameter
                    {
                        Id = Guid.CreateVersion7(),
                        Key = key,
                        OrganisationId = Town.SchoolId,
                        Value = value,
                        ValidFrom = Stage.Today.AddDays(-1),
                        RecordedAt = Stage.Time.GetUtcNow(),
                    }
                );
                return await db.SaveChangesAsync(Stop);
            });

        public ValueTask DisposeAsync() => Play.DisposeAsync();
    }
}
