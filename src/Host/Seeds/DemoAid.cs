using EduUnion.Domain.Calendar;
using EduUnion.Host.Calendar;
using EduUnion.Host.Tour;

namespace EduUnion.Host.Seeds;

/// <summary>
/// The fictional district's hardship aid: three funds with money, and one application in each state that somebody has to do
/// something about. Played through the same use cases as everything else, on the working days before today; what the
/// applicants say is in <c>seeds/demo/aid.json</c>.
/// </summary>
public sealed class DemoAid(IConfiguration configuration, string dataDirectory, TimeProvider time)
{
    private static readonly Guid School = DemoDistrict.OrganisationId("YXZX");

    /// <summary>The tour's name of a role, and who has it here.</summary>
    private static readonly (string Role, string Login)[] Offices =
    [
        ("工会主席", "xiaozhuxi"),
        ("区经办", "qujingban"),
        ("区工会主席", "quzhuxi"),
        ("财务甲", "caiwu1"),
        ("财务乙", "caiwu2"),
        ("小组长", "zuzhang1"),
        ("评委甲", "pingwei1"),
        ("评委乙", "pingwei2"),
        ("评委丙", "pingwei3"),
        ("评委丁", "pingwei4"),
        ("评委戊", "pingwei5"),
        ("调查员甲", "diaocha1"),
        ("调查员乙", "diaocha2"),
        ("zhiyuan5", "zhiyuan5"),
    ];

    public async Task PlayAsync(CancellationToken cancellation)
    {
        var today = ChinaTime.DateOf(time.GetUtcNow());
        var said = SeedFiles.Read<List<DemoApplication>>("demo/aid.json");
        await using var stage = await Theatre.OpenAsync(
            ChinaTime.At(today.AddDays(-60), new(8, 0)),
            configuration,
            dataDirectory,
            TextWriter.Null,
            cancellation
        );
        var people = Offices.Concat(said.Select(s => (Role: s.Who, Login: s.Who)));
        var town = Town.Of(
            DemoDistrict.DistrictId,
            School,
            people.Select(p => DemoDistrict.Cast(p.Login, p.Role)).ToList()
        );
        var calendar = await stage.WithAsync<CalendarBook, WorkingCalendar>(c => c.ForAsync(School, cancellation));
        try
        {
            await new DemoAidPlay(stage, town, said, d => calendar.BackWorkdays(today, d), cancellation).PlayAsync(
                today.Year
            );
        }
        catch (ScenarioBroken broken)
        {
            throw new StartRefused($"seeds/demo/aid.json: {broken.Message}", broken);
        }
    }
}
