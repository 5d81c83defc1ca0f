using EduUnion.Domain.Calendar;
using EduUnion.Host.Seeds;
using EduUnion.Host.Tests.Api;

namespace EduUnion.Host.Tests.Exchange;

/// <summary>Brings a motion to where colleagues have something to say to each other.</summary>
internal static class OfficeMoves
{
    public static DateOnly Today(this District district) => ChinaTime.DateOf(district.Running.Time.GetUtcNow());

    /// <summary>The general office's clerk has drafted the answer; its head is to sign.</summary>
    public static async Task<Guid> DraftedAsync(this District district)
    {
        var id = await FollowUpMoves.AssignedAsync(district, "daibiao1", "改善教师午休场所");
        await district.DraftAnswerAsync(id);
        return id;
    }

    /// <summary>From the receipt to the draft.</summary>
    public static async Task DraftAnswerAsync(this District district, Guid id)
    {
        await district.DecideAsync(id, "zongwuchu", "handling.accept", "accept");
        await district.DecideAsync(
            id,
            "zongwuchu",
            "handling.meeting",
            "record",
            new
            {
                metOn = $"{district.Today():yyyy-MM-dd}",
                mode = "meeting",
                place = "实训楼一层",
                people = "提案人、总务处经办",
                gist = "提案人同意分两步实施。",
            }
        );
        await district.DecideAsync(
            id,
            "zongwuchu",
            "handling.draft",
            "submit",
            new { @class = "A", text = "经研究，所提建议全部采纳，已列入本年度计划，完成时间见附表。" }
        );
    }

    public static string Day(this District district, int ahead) => $"{district.Today().AddDays(ahead):yyyy-MM-dd}";

    public static Guid Member(string login) => DemoDistrict.MemberId(login);
}
