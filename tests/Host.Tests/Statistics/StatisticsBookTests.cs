using EduUnion.Domain.Motions;
using EduUnion.Domain.Statistics;
using EduUnion.Host.Parameters;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Workflows.Clocks;
using Microsoft.Extensions.DependencyInjection;
using static EduUnion.Host.Tests.Statistics.Register;

namespace EduUnion.Host.Tests.Statistics;

/// <summary>The scenarios of domain §8 as they count, read from rows on both databases.</summary>
public sealed class StatisticsBookTests
{
    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Scenario1_AHappyMotion_IsOnTimeKeptAndClosed(Provider provider)
    {
        await using var register = await OpenAsync(provider);
        var motion = Assign(register.Filed(new(2026, 3, 10)), new(2026, 3, 10), Logistics);
        Answer(motion, new(2026, 4, 17), AnswerClass.B, new Commitment("午休室改造完成", "总务处", new(2026, 8, 31)));
        Rate(motion, new(2026, 4, 20), Satisfaction.Satisfied);
        var item = Guid.CreateVersion7();
        motion.Follow(_ => item, new(2026, 4, 20));
        Ok(motion.Report(item, done: true, "已完成。", DemoDistrict.MemberId("zongwuchu"), At(new(2026, 8, 30))));
        Ok(motion.Settle(item, CommitmentState.Verified, null, DemoDistrict.MemberId("zhuren"), At(new(2026, 9, 10))));
        motion.Close(At(new(2026, 9, 10)));
        var id = await register.PutAsync(motion, Workdays(new(2026, 3, 10), 30));

        var late = await register.CountAsync(new(2026, 9, 30));
        var early = await register.CountAsync(new(2026, 4, 21));

        Assert.Equal("1/1 100.0%", Says(late, FigureKind.OnTime));
        Assert.Equal([id], late[FigureKind.OnTime].Numerator.Motions);
        Assert.Equal("1/1 100.0%", Says(late, FigureKind.FaceToFace));
        Assert.Equal("1/1 100.0%", Says(late, FigureKind.FullSatisfaction));
        Assert.Equal("1/1 100.0%", Says(late, FigureKind.Implementation));
        Assert.Equal("1/1 100.0%", Says(late, FigureKind.Closing));
        Assert.Equal("0/1 0.0%", Says(early, FigureKind.Implementation));
        Assert.Equal("0/1 0.0%", Says(early, FigureKind.Closing));
        // Thirty working days from 10 March end on 22 April 2026.
        var open = Assign(register.Filed(new(2026, 3, 10)), new(2026, 3, 10), Logistics);
        await register.PutAsync(open, Workdays(new(2026, 3, 10), 30));
        Assert.Equal("1/1 100.0%", Says(await register.CountAsync(new(2026, 4, 21)), FigureKind.OnTime));
        Assert.Equal("1/2 50.0%", Says(await register.CountAsync(new(2026, 4, 22)), FigureKind.OnTime));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Scenario2_TooFewCosigners_IsInNoRate(Provider provider)
    {
        await using var register = await OpenAsync(provider);
        var created = Motion.Create(
            Guid.CreateVersion7(),
            DemoDistrict.OrganisationId("YXZX"),
            DemoDistrict.SessionId("YXZX"),
            DemoDistrict.MemberId("daibiao1"),
            MotionContent.Of("改善教师午休场所", "welfare", Api.District.Grounds, ["设置教师午休室。"])
        );
        var motion = Ok(created).Motion;
        Ok(motion.Lapse(2, At(new(2026, 3, 10))));
        Ok(motion.AcceptConversion());
        motion.BecomeOpinion("T-YXZX-32-001", At(new(2026, 3, 10)));
        await register.PutAsync(Answer(Assign(motion, new(2026, 3, 11), Logistics), new(2026, 3, 20)));

        var counted = await register.CountAsync(new(2026, 9, 30));

        Assert.All(counted.Tallies, t => Assert.Equal(0, t.Sample.Count));
        Assert.All(counted.Figures, f => Assert.Equal(0, f.Numerator.Count));
        Assert.Equal(
            [FigureKind.PerRepresentative, FigureKind.Participation],
            counted.Figures.Where(f => f.Value != "—").Select(f => f.Kind)
        );
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Scenario3_AMergedPair_IsOneCaseWithTwoForms(Provider provider)
    {
        await using var register = await OpenAsync(provider);
        var main = Assign(register.Filed(new(2026, 3, 10), "食堂就餐"), new(2026, 3, 10), Logistics);
        var follower = register.Submitted(new(2026, 3, 9), "食堂排队", proposer: "daibiao2");
        follower.Merge(register.NextNumber(), main.Id, main.Number!, At(new(2026, 3, 10)));
        Answer(main, new(2026, 4, 17));
        follower.TakeAnswer(main.Parts, At(new(2026, 4, 17)));
        Rate(main, new(2026, 4, 20), Satisfaction.Satisfied);
        Rate(follower, new(2026, 4, 21), Satisfaction.Dissatisfied);
        await register.PutAsync(follower);
        await register.PutAsync(main, Workdays(new(2026, 3, 10), 30));

        var counted = await register.CountAsync(new(2026, 4, 30));

        Assert.Equal(1, counted[TallyKind.Cases].Count);
        Assert.Equal(2, counted[TallyKind.Filed].Count);
        Assert.Equal("1/2 50.0%", Says(counted, FigureKind.Merging));
        Assert.Equal("1/2 50.0%", Says(counted, FigureKind.Satisfaction));
        Assert.Equal("1/1 100.0%", Says(counted, FigureKind.OnTime));
        Assert.Equal([main.Id], counted[FigureKind.Reply].Numerator.Motions);

        Ok(follower.ReviewDiscontent(rehandle: true, null, DemoDistrict.MemberId("zhuren"), At(new(2026, 4, 22))));
        follower.Rehandle(_ => Guid.CreateVersion7(), At(new(2026, 4, 22)));
        var again = MotionStatistics.Of(
            [.. new[] { main, follower }.Select(m => MotionFacts.Of(m, _ => null, null, false)!)],
            [],
            new(2026, 4, 30)
        );
        Assert.Equal("1/1 100.0%", Says(again, FigureKind.Rehandling));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Scenario5_AnExtension_IsJudgedOnTheNewDay(Provider provider)
    {
        await using var register = await OpenAsync(provider);
        var motion = Assign(register.Filed(new(2026, 9, 7)), new(2026, 9, 8), Logistics);
        Answer(motion, new(2026, 10, 20));
        await register.PutAsync(
            motion,
            _ => new ClockInputs(new(2026, 9, 8)) { Workdays = 20 }.Extend(10, new(2026, 9, 30))
        );

        var counted = await register.CountAsync(new(2026, 10, 31));

        Assert.Equal("1/1 100.0%", Says(counted, FigureKind.OnTime));
        Assert.Equal("0/1 0.0%", Says(counted, FigureKind.OnTimeOriginal));
        Assert.Equal("0/0 —", Says(await register.CountAsync(new(2026, 10, 13)), FigureKind.OnTime));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Scenario6_TwoTimesDissatisfied_IsClosedWithDissent(Provider provider)
    {
        await using var register = await OpenAsync(provider);
        var motion = Answer(
            Assign(register.Filed(new(2026, 3, 10)), new(2026, 3, 10), Logistics),
            new(2026, 4, 17),
            AnswerClass.C
        );
        Rate(motion, new(2026, 4, 20), Satisfaction.Dissatisfied);
        var chair = DemoDistrict.MemberId("zhuren");
        Ok(motion.ReviewDiscontent(rehandle: true, null, chair, At(new(2026, 4, 21))));
        motion.Rehandle(_ => Guid.CreateVersion7(), At(new(2026, 4, 21)));
        Answer(motion, new(2026, 5, 15), AnswerClass.C);
        Rate(motion, new(2026, 5, 18), Satisfaction.Dissatisfied);
        motion.CallMeeting();
        Ok(
            motion.MinuteDispute(
                new(2, new(2026, 5, 20), null, "三方", "保留意见。", chair, At(new(2026, 5, 20))),
                new(2026, 5, 20)
            )
        );
        motion.Close(At(new(2026, 5, 20)));
        await register.PutAsync(motion, Workdays(new(2026, 3, 10), 30));

        var counted = await register.CountAsync(new(2026, 5, 31));

        Assert.Equal("1/1 100.0%", Says(counted, FigureKind.Closing));
        Assert.Equal([motion.Id], counted[TallyKind.Dissent].Motions);
        Assert.Equal("1/1 100.0%", Says(counted, FigureKind.Rehandling));
        Assert.Equal("0/1 0.0%", Says(counted, FigureKind.Satisfaction));
        Assert.Equal("1/1 100.0%", Says(counted, FigureKind.Feedback));
        Assert.Equal("0/1 0.0%", Says(counted, FigureKind.Adoption));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Scenario8_Withdrawn_IsOutsideTheCases(Provider provider)
    {
        await using var register = await OpenAsync(provider);
        var after = register.Filed(new(2026, 3, 10));
        Ok(after.AskWithdrawal("已解决。", after.ProposerId, At(new(2026, 3, 11))));
        after.EndByWithdrawal(At(new(2026, 3, 16)));
        await register.PutAsync(after, changedOn: new(2026, 3, 16));
        var before = register.Submitted(new(2026, 3, 5));
        Ok(before.Withdraw("重复。"));
        await register.PutAsync(before, changedOn: new(2026, 3, 6));

        var counted = await register.CountAsync(new(2026, 3, 31));

        Assert.Equal(0, counted[TallyKind.Cases].Count);
        Assert.Equal([after.Id], counted[TallyKind.WithdrawnAfterFiling].Motions);
        Assert.Equal([before.Id], counted[TallyKind.WithdrawnBeforeFiling].Motions);
        Assert.Equal("1/1 100.0%", Says(counted, FigureKind.Filing));
        Assert.Equal("0/0 —", Says(counted, FigureKind.Reply));
        // The day before, it stood.
        Assert.Equal("0/1 0.0%", Says(await register.CountAsync(new(2026, 3, 15)), FigureKind.Reply));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ARealCase_TellsWhenItBecameAnOpinion(Provider provider)
    {
        await using var register = await OpenAsync(provider);
        var play = new Pages.Play(register.District.Running);
        var id = await play.SubmittedAsync("daibiao1", "开设教职工子女课后托管班");
        register.District.Running.Time.SetUtcNow(At(new(2026, 3, 4)));
        await play.ReviewAsync(id, "opinion");

        Assert.Equal("0/1 0.0%", Says(await register.CountAsync(new(2026, 3, 3)), FigureKind.Conversion));
        Assert.Equal("1/1 100.0%", Says(await register.CountAsync(new(2026, 3, 4)), FigureKind.Conversion));
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task ARealCase_OfASecondHost_HasTheFreshPeriod(Provider provider)
    {
        await using var register = await OpenAsync(provider);
        var play = new Pages.Play(register.District.Running);
        var id = await play.AssignedAsync("daibiao1", "改善教师午休场所", "JWC");
        register.District.Running.Time.SetUtcNow(At(new(2026, 3, 4)));
        await play.DecideAsync(id, "jiaowuchu", "handling.accept", "notOurs", comment: "不属于本部门。");
        await play.DecideAsync(
            id,
            "mishu",
            "handling.reassign",
            "reassign",
            new { host = Logistics, cohandlers = Array.Empty<Guid>() }
        );

        // Thirty working days from 2 March end on 14 April, from 4 March on 16 April.
        Assert.Equal("0/0 —", Says(await register.CountAsync(new(2026, 4, 15)), FigureKind.OnTime));
        Assert.Equal("0/1 0.0%", Says(await register.CountAsync(new(2026, 4, 16)), FigureKind.OnTime));
        Assert.Equal([Logistics], (await register.CountAsync(new(2026, 4, 16))).Hosts);
    }

    [Fact]
    public async Task TheSchoolsParameter_SaysWhetherALapsedFormSatisfies()
    {
        await using var register = await OpenAsync(Provider.Sqlite);
        var motion = Answer(Assign(register.Filed(new(2026, 3, 10)), new(2026, 3, 10), Logistics), new(2026, 4, 17));
        motion.LapseFeedback(At(new(2026, 5, 6)));
        await register.PutAsync(motion);
        Assert.Equal("0/0 —", Says(await register.CountAsync(new(2026, 5, 6)), FigureKind.Satisfaction));

        await using (var scope = register.District.Running.Services.CreateAsyncScope())
            Ok(
                await scope
                    .ServiceProvider.GetRequiredService<RuleBook>()
                    .RecordAsync(
                        "feedback.lapse",
                        motion.SchoolId,
                        "COUNTED_SATISFIED",
                        new(2026, 3, 1),
                        DemoDistrict.MemberId("quzhuxi"),
                        default
                    )
            );

        var counted = await register.CountAsync(new(2026, 5, 6));
        Assert.Equal("1/1 100.0%", Says(counted, FigureKind.Satisfaction));
        Assert.Equal("0/1 0.0%", Says(counted, FigureKind.Feedback));
        Assert.Equal([motion.Id], counted[TallyKind.Lapsed].Motions);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Representatives_AreThoseInOfficeOnTheDay(Provider provider)
    {
        await using var register = await OpenAsync(provider);
        await register.PutAsync(register.Filed(new(2026, 3, 10)));

        var counted = await register.CountAsync(new(2026, 3, 31));

        var heads = counted[FigureKind.PerRepresentative].Denominator.Count;
        Assert.InRange(heads, 10, 30);
        Assert.Equal($"3/{heads} {Figure.Write(3, heads, ratio: false)}", Says(counted, FigureKind.Participation));
        Assert.Equal(0, (await register.CountAsync(new(2024, 1, 1)))[FigureKind.PerRepresentative].Denominator.Count);
        await register.District.Running.InDatabaseAsync(async db =>
        {
            var left = db.Set<Domain.Congresses.Representative>()
                .Single(r => r.MemberId == DemoDistrict.MemberId("fuyi2"));
            left.Until = new DateOnly(2026, 3, 20);
            await db.SaveChangesAsync();
        });
        Assert.Equal((2, heads - 1), await CountsAsync(new(2026, 3, 31)));
        Assert.Equal((3, heads), await CountsAsync(new(2026, 3, 20)));

        async Task<(int, int)> CountsAsync(DateOnly day)
        {
            var figure = (await register.CountAsync(day))[FigureKind.Participation];
            return (figure.Numerator.Count, figure.Denominator.Count);
        }
    }

    private static string Says(MotionStatistics counted, FigureKind kind)
    {
        var figure = counted[kind];
        return $"{figure.Numerator.Count}/{figure.Denominator.Count} {figure.Value}";
    }
}
