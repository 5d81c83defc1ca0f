using EduUnion.Domain;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Parameters;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Seeds;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Parameters;

public class RuleBookTests
{
    private static readonly Guid School = DemoDistrict.OrganisationId("YXZX");
    private static readonly Guid Department = DemoDistrict.OrganisationId("YXZX/ZWC");
    private static readonly Guid By = DemoDistrict.MemberId("qujingban");

    [Fact]
    public async Task ShippedValues_HoldForEveryInstant_AndAreLoadedOnce()
    {
        await using var demo = await Demo.LoadedAsync();
        await demo.InScopeAsync(s => s.GetRequiredService<ShippedParameters>().LoadAsync(default));

        var rules = await RulesAsync(demo, School, new DateTimeOffset(2010, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(30, rules.Workdays("answer"));
        Assert.Equal(2, rules.Number("motion.min_cosigners"));
        Assert.Equal(2, rules.Workdays("ext.decide"));
        Assert.Equal((1, 3), rules.Fraction("coanswer.share"));
        Assert.Equal([7, 3, 1], rules.Numbers("remind.before"));
        Assert.Single(await HistoryAsync(demo, "answer.wd"));
    }

    [Fact]
    public async Task ASchoolsValue_GoesBeforeTheDistricts_AndHoldsForItsDepartments()
    {
        await using var demo = await Demo.LoadedAsync();
        await OkAsync(demo, "answer.wd", DemoDistrict.DistrictId, "25");
        await OkAsync(demo, "answer.wd", School, "20");

        var now = demo.Time.GetUtcNow();
        Assert.Equal(20, (await RulesAsync(demo, Department, now)).Workdays("answer"));
        Assert.Equal(25, (await RulesAsync(demo, DemoDistrict.OrganisationId("YXXX"), now)).Workdays("answer"));
    }

    [Fact]
    public async Task AnEarlierInstant_KeepsTheEarlierValue()
    {
        await using var demo = await Demo.LoadedAsync();
        var started = demo.Time.GetUtcNow();
        demo.Time.Advance(TimeSpan.FromMinutes(1));
        await OkAsync(demo, "answer.wd", School, "20");

        Assert.Equal(30, (await RulesAsync(demo, School, started)).Workdays("answer"));
    }

    [Fact]
    public async Task AnotherNodesValue_IsSeenAfterThreeSeconds()
    {
        await using var demo = await Demo.LoadedAsync();
        await using var other = demo.Node();
        Assert.Equal(30, await AnswerAsync(other, demo));

        await OkAsync(demo, "answer.wd", School, "20");

        Assert.Equal(20, await AnswerAsync(demo.Services, demo));
        Assert.Equal(30, await AnswerAsync(other, demo));
        demo.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(20, await AnswerAsync(other, demo));
    }

    [Theory]
    [InlineData("answer.weeks", "6", "parameter.unknown")]
    [InlineData("answer.wd", "thirty", "parameter.not-number")]
    [InlineData("answer.wd", "0", "parameter.not-number")]
    [InlineData("answer.wd", " 20", "parameter.not-number")]
    [InlineData("vote.strict", "True", "parameter.not-offered")]
    [InlineData("vote.base", "SOME", "parameter.not-offered")]
    [InlineData("quorum", "3/2", "parameter.not-fraction")]
    [InlineData("quorum", "0/0", "parameter.not-fraction")]
    [InlineData("remind.before", "7,,1", "parameter.not-numbers")]
    public async Task Record_WhatTheRulesCannotRead_IsRefusedAndAppendsNothing(string key, string value, string code)
    {
        await using var demo = await Demo.LoadedAsync();

        var refused = await RecordAsync(demo, key, School, value);

        Assert.Equal(code, refused.Refusal?.Code);
        Assert.True((await HistoryAsync(demo, key)).Count <= 1);
    }

    [Fact]
    public async Task Record_ForADepartment_IsRefused()
    {
        await using var demo = await Demo.LoadedAsync();

        Assert.Equal("parameter.organisation", (await RecordAsync(demo, "answer.wd", Department, "20")).Refusal?.Code);
        Assert.Equal("parameter.organisation", (await RecordAsync(demo, "answer.wd", Guid.Empty, "20")).Refusal?.Code);
    }

    private static Task<Rules> RulesAsync(Demo demo, Guid organisation, DateTimeOffset at) =>
        demo.AskAsync<RuleBook, Rules>(b => b.ForAsync(organisation, at, default));

    private static Task<IReadOnlyList<Parameter>> HistoryAsync(Demo demo, string key) =>
        demo.AskAsync<RuleBook, IReadOnlyList<Parameter>>(b => b.HistoryAsync(key, default));

    private static Task<Outcome<Parameter>> RecordAsync(Demo demo, string key, Guid organisation, string value) =>
        demo.AskAsync<RuleBook, Outcome<Parameter>>(b =>
            b.RecordAsync(key, organisation, value, Demo.Today, By, default)
        );

    private static async Task OkAsync(Demo demo, string key, Guid organisation, string value) =>
        Assert.True((await RecordAsync(demo, key, organisation, value)).IsOk);

    private static async Task<int> AnswerAsync(ServiceProvider node, Demo demo)
    {
        await using var scope = node.CreateAsyncScope();
        var rules = await scope
            .ServiceProvider.GetRequiredService<RuleBook>()
            .ForAsync(School, demo.Time.GetUtcNow(), default);
        return rules.Workdays("answer");
    }
}
