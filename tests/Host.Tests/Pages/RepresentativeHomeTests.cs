using EduUnion.Host.Cases;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tests.Pages;

public sealed class RepresentativeHomeTests
{
    [Fact]
    public async Task AnAnswerThatWaitsForARating_IsACard_OnItsProposersDeskOnly()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("the end");
        Guid task = default;
        await running.InDatabaseAsync(async db =>
            task = await db.Set<TaskRow>()
                .Where(t => t.CaseId == id && t.Name == "motion.feedback")
                .Select(t => t.Id)
                .SingleAsync()
        );

        var proposer = await (await Visitor.OfAsync(running, "daibiao1")).GoAsync("/");
        var cosigner = await (await Visitor.OfAsync(running, "fuyi1")).GoAsync("/");
        var clerk = await (await Visitor.OfAsync(running, "zongwuchu")).GoAsync("/department?show=answered");

        Assert.Contains("请评价这件答复：改善教师午休场所", proposer.Text(".notice"));
        Assert.NotNull(proposer.Page.QuerySelector($".notice a[href='/tasks/{task}']"));
        Assert.Null(cosigner.Page.QuerySelector(".notice"));
        Assert.Equal("林晓岚", clerk.Text("main .stamp b"));
    }

    [Fact]
    public async Task WhatOneCosigned_AndWhatOneHasBegun_AreListed()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var id = await bench.UpToAsync("motion.check");
        var draft = await bench.DraftAsync("开设教职工子女课后托管班", "fuyi1");
        var cosigner = await Visitor.OfAsync(running, "fuyi1");
        await (await cosigner.GoAsync("/motions/new")).RestAsync(("title", "写到一半"));

        await cosigner.GoAsync("/");

        Assert.Equal("改善教师午休场所", cosigner.Text(".cosigned a"));
        Assert.Equal("写到一半\n开设教职工子女课后托管班", cosigner.Text(".drafts a"));
        Assert.NotNull(cosigner.Page.QuerySelector($".drafts a[href='/motions/{draft}/edit']"));
        Assert.Null(cosigner.Page.QuerySelector(".own"));
        await cosigner.GoAsync(cosigner.Page.QuerySelector(".drafts a")!.GetAttribute("href")!);
        Assert.Equal("写到一半", cosigner.Value("title"));
        var proposer = await (await Visitor.OfAsync(running, "daibiao1")).GoAsync("/");
        Assert.Equal($"/motions/{id}", proposer.Page.QuerySelector(".own a")!.GetAttribute("href"));
        Assert.Null(proposer.Page.QuerySelector(".cosigned"));
        Assert.Null(proposer.Page.QuerySelector(".drafts"));
    }

    [Fact]
    public async Task AStageThatIsNotReached_IsNotSaidToBeNow()
    {
        await using var running = new Running();
        var bench = new Bench(running);
        var visitor = await Visitor.OfAsync(running, "daibiao1");

        await visitor.GoAsync($"/motions/{await bench.DraftAsync("开设教职工子女课后托管班")}");
        Assert.Equal("提交—", visitor.Text(".steps [aria-current=step]"));
        await visitor.GoAsync($"/motions/{await bench.UpToAsync("motion.check")}");

        Assert.Equal("立案现在", visitor.Text(".steps [aria-current=step]"));
    }
}
