using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.People;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Host.Tests.Pages;

/// <summary>The file of a person who died: what is owed to his near kin, on its page.</summary>
public sealed class AidFileKinTests
{
    [Fact]
    public async Task TheKinAreVisited_AndAnswered_AndBothStandOnThePage()
    {
        await using var running = new Running();
        var file = await OfTheDeadAsync(running);
        var chair = await Visitor.OfAsync(running, "yey-xiaozhuxi");
        await chair.GoAsync($"/aid/files/{file}");
        Assert.Contains("请以组织名义走访近亲属", chair.Text("main"));

        await chair.PressAsync("记录近亲属查阅", ("kin", "某某（配偶）"), ("given", "核验身份后查阅档案。"));
        Assert.Contains("请", chair.Text("#kin-on-e"));
        await chair.PressAsync("记录近亲属查阅", ("on", $"{Today:yyyy-MM-dd}"));
        Assert.Contains("某某（配偶）", chair.Text("#h-kin ~ ol"));
        Assert.Contains("核验身份后查阅档案。", chair.Text("#h-kin ~ ol"));

        await chair.PressAsync(
            "记录走访",
            ("on", $"{Today:yyyy-MM-dd}"),
            ("visitors", $"{DemoDistrict.MemberId("yey-xiaozhuxi")}"),
            ("visitors", $"{DemoDistrict.MemberId("yey-zuzhang1")}"),
            ("occasion", "亲属慰问"),
            ("note", "已看望。")
        );
        Assert.DoesNotContain("请以组织名义走访近亲属", chair.Text("main"));
        Assert.Contains("亲属慰问", chair.Text("#h-visits ~ ol"));
    }

    private static DateOnly Today => EduUnion.Host.Tests.Seeds.Demo.Today;

    private static async Task<Guid> OfTheDeadAsync(Running running)
    {
        await using var scope = running.Services.CreateAsyncScope();
        var (db, files) = (
            scope.ServiceProvider.GetRequiredService<EduUnionDb>(),
            scope.ServiceProvider.GetRequiredService<AidFiles>()
        );
        var now = running.Time.GetUtcNow();
        var file = AidFile
            .Open(
                Guid.CreateVersion7(now),
                "DA-YXYE-2026-0001",
                DemoDistrict.MemberId("yey-shenqing1"),
                DemoDistrict.OrganisationId("YXYE"),
                AidCategory.Rel,
                Guid.CreateVersion7(now),
                now,
                Today
            )
            .File;
        Assert.True(file.Exit(ExitReason.Died, "家属告知。", null, null, now, Today).IsOk);
        var row = new AidFileRow
        {
            Id = file.Id,
            MemberId = file.MemberId,
            SchoolId = file.SchoolId,
            Number = file.Number,
            State = "",
            VerifiedYear = 0,
            Aggregate = "",
        };
        files.Write(row, file);
        db.Add(row);
        await db.SaveChangesAsync();
        return file.Id;
    }
}
