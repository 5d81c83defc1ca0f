using EduUnion.Domain.Calendar;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Parameters;

namespace EduUnion.Host.Tests.Parameters;

/// <summary>What is remembered is what would be resolved, at every instant and place.</summary>
public sealed class RuleSheetTests
{
    private static readonly Guid District = Guid.NewGuid();
    private static readonly Guid School = Guid.NewGuid();
    private static readonly Guid Other = Guid.NewGuid();
    private static readonly DateTimeOffset Noon = ChinaTime.At(new DateOnly(2026, 3, 2), new TimeOnly(12, 0));

    private static readonly Parameter[] Rows =
    [
        Row("check", null, "3", new DateOnly(2020, 1, 1), Noon.AddYears(-1)),
        // Recorded before its day.
        Row("check", null, "4", new DateOnly(2026, 3, 5), Noon),
        // Recorded after its day.
        Row("check", District, "5", new DateOnly(2026, 3, 1), Noon.AddDays(1)),
        Row("check", School, "6", new DateOnly(2026, 3, 5), Noon.AddHours(-1)),
        Row("review", School, "7", new DateOnly(2026, 3, 6), Noon.AddDays(4)),
    ];

    [Fact]
    public void ResolveFor_EveryInstantAndPlace_IsWhatTheRowsSay()
    {
        var sheet = new RuleSheet([.. Rows]);
        Guid[][] paths =
        [
            [School, District],
            [Other, District],
            [District],
            [Other],
            [],
        ];
        // Twice, so that the second answer is the remembered one, and around every midnight and record.
        foreach (var at in Enumerable.Range(-30, 180).Select(h => Noon.AddHours(h)).SelectMany(Around).ToList())
        foreach (var path in paths)
        {
            var rules = Rules.Resolve(Rows, path, at, ChinaTime.DateOf(at));
            for (var time = 0; time < 2; time++)
            {
                var remembered = sheet.ResolveFor(path, at);
                Assert.Equal(rules.Text("check"), remembered.Text("check"));
                Assert.Equal(rules.Has("review"), remembered.Has("review"));
            }
        }

        static IEnumerable<DateTimeOffset> Around(DateTimeOffset at) => [at.AddTicks(-1), at, at.AddTicks(1)];
    }

    private static Parameter Row(string key, Guid? at, string value, DateOnly from, DateTimeOffset recorded) =>
        new()
        {
            Id = Guid.NewGuid(),
            Key = key,
            OrganisationId = at,
            Value = value,
            ValidFrom = from,
            RecordedAt = recorded,
            RecordedBy = null,
        };
}
