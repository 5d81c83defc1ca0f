using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Jobs;
using EduUnion.Host.Tests.Persistence;
using EduUnion.Host.Tour;

namespace EduUnion.Host.Tests.Aid;

/// <summary>Whoever was appointed falls ill, leaves, or turns out to stand too near.</summary>
public sealed class ReplacementTests
{
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Cosurveyor_HandsBackOrStandsAside_AndOthersAreAppointed(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var play = bench.Play;
        var id = await AppointedAsync(bench);
        await play.DecideAsync(id, "调查员甲", "aid.survey", "record", AidPlay.Record(bench.Stage.Today));
        await play.DecideAsync(id, "调查员乙", "aid.survey.sign", "handback", comment: "住院。");
        Assert.Equal(["aid.appoint"], await bench.OpenAsync(id));
        Assert.Contains("工会主席", await MailedAsync(bench, id, "A3.appoint"));

        await play.AppointAsync(id, "调查员甲", "调查员丙");
        await play.DecideAsync(id, "调查员甲", "aid.survey", "record", AidPlay.Record(bench.Stage.Today));
        await play.DecideAsync(
            id,
            "调查员丙",
            "aid.survey.sign",
            "recuse",
            new { relation = "DirectInterest" },
            "与申请人有借款。"
        );
        await play.RefusedAsync(
            id,
            "工会主席",
            "aid.appoint",
            "appoint",
            "survey.surveyor-recused",
            new { surveyors = new[] { bench.Town["调查员甲"].Id, bench.Town["调查员丙"].Id } }
        );
        // Who was ill may be asked again.
        await play.AppointAsync(id, "调查员甲", "调查员乙");
        await play.SurveyAsync(id, "调查员甲", "调查员乙");
        Assert.Equal(AidState.Surveyed, (await play.ApplicationAsync(id)).State);
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Surveyor_WhoSaysNothing_IsReplacedByTheChair(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await AppointedAsync(bench);
        Assert.Equal("case.unknown", (await ReplaceAsync(bench, id, "评委甲", "调查员乙")).Refusal?.Code);
        Assert.Equal("survey.not-surveyor", (await ReplaceAsync(bench, id, "工会主席", "调查员丙")).Refusal?.Code);
        AidPlay.Done(await ReplaceAsync(bench, id, "工会主席", "调查员乙"));

        Assert.Equal(["aid.appoint"], await bench.OpenAsync(id));
        await bench.Play.AppointAsync(id, "调查员甲", "调查员丙");
        await bench.Play.SurveyAsync(id, "调查员丙", "调查员甲");
        // Ten working days from the acceptance, whoever surveys.
        Assert.All(
            await bench.Stage.ClocksAsync(id, "aid.survey"),
            c => Assert.Equal(new DateOnly(2026, 11, 23), c.DueOn)
        );
    }

    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Investigators_HandBackAndAreReplaced_AndTheObjectionIsDecided(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var play = bench.Play;
        var id = await bench.NoticedAsync(Money.Yuan(900));
        var objection = await play.ObjectAsync(id, "申请人乙", anonymous: false, "收入不实");
        await AssignAsync("调查员丙", "调查员丁");
        await play.DecideAsync(objection, "调查员丙", "objection.investigate", "handback", comment: "与申请人有往来。");
        await play.RefusedAsync(
            objection,
            "区经办",
            "objection.assign",
            "assign",
            "objection.investigator-recused",
            new { investigators = new[] { bench.Town["调查员丙"].Id, bench.Town["调查员丁"].Id } }
        );
        await AssignAsync("区调查员", "调查员丁");
        await play.DecideAsync(objection, "区调查员", "objection.investigate", "record", Found());
        AidPlay.Done(
            await bench.Stage.WithAsync<ReplacementCommands, Outcome<StepDone>>(c =>
                c.ReplaceInvestigatorAsync(objection, bench.Town["调查员丁"].Id, "离职。", play.As("区经办"), default)
            )
        );
        Assert.Equal(["objection.assign"], await bench.OpenAsync(objection));
        await AssignAsync("区调查员", "评委甲");
        await play.DecideAsync(objection, "区调查员", "objection.investigate", "record", Found());
        await play.DecideAsync(objection, "评委甲", "objection.sign", "sign");
        await play.DecideAsync(objection, "区经办", "objection.decide", "unfounded", comment: "查无此事。");
        Assert.Null((await play.RowAsync(id)).HeldAt);

        Task AssignAsync(params string[] who) =>
            play.DecideAsync(
                objection,
                "区经办",
                "objection.assign",
                "assign",
                new { investigators = who.Select(w => bench.Town[w].Id) }
            );

        object Found() =>
            new
            {
                visitedOn = $"{bench.Stage.Today:yyyy-MM-dd}",
                people = "邻居",
                finding = "情况与申请一致。",
            };
    }

    /// <summary>The only chair became a relation after the task had opened.</summary>
    [Theory, MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task OfficeTask_WhoseHolderBecameRelated_GoesUpTheLadder(Provider provider)
    {
        await using var bench = await AidBench.OpenAsync(provider, new(2026, 11, 9));
        var id = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"));
        await bench.Play.SubmitAsync(id, "申请人");
        Assert.Equal(0, await ReaddressAsync(bench));
        await bench.RelateAsync("申请人", "工会主席");

        Assert.Equal(1, await ReaddressAsync(bench));
        Assert.Equal(0, await ReaddressAsync(bench));

        var task = (await bench.Stage.OpenTasksAsync(id)).Single();
        Assert.Equal(("aid.formcheck", Office.DistrictOfficer), (task.Name, task.Office));
        // The same three working days.
        Assert.Equal(
            new DateOnly(2026, 11, 12),
            (await bench.Stage.ClocksAsync(id, "aid.formcheck")).Single(c => c.StoppedAt is null).DueOn
        );
        Assert.Contains("区经办", await MailedAsync(bench, id, "A1.check"));
        await bench.Play.DecideAsync(id, "区经办", "aid.formcheck", "accept", new { fund = bench.Town.FundId });
    }

    private static async Task<Guid> AppointedAsync(AidBench bench)
    {
        var id = await bench.Play.ApplyAsync("申请人", bench.Play.Illness("申请人"));
        await bench.Play.SubmitAsync(id, "申请人");
        await bench.Play.AcceptAsync(id);
        await bench.Play.AppointAsync(id, "调查员甲", "调查员乙");
        return id;
    }

    private static async Task<IReadOnlyList<string>> MailedAsync(AidBench bench, Guid id, string kind)
    {
        await bench.MoveToAsync(2026, 11, 9, 17);
        return await bench.MailedAsync(id, kind);
    }

    private static Task<int> ReaddressAsync(AidBench bench) =>
        bench.Stage.WithAsync<OfficeReaddressing, int>(job => job.RunAsync(default));

    private static Task<Outcome<StepDone>> ReplaceAsync(AidBench bench, Guid id, string who, string surveyor) =>
        bench.Stage.WithAsync<ReplacementCommands, Outcome<StepDone>>(c =>
            c.ReplaceSurveyorAsync(id, bench.Town[surveyor].Id, "调离本校。", bench.Play.As(who), default)
        );
}
