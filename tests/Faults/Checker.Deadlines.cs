using System.Globalization;
using System.Text.Json;

namespace EduUnion.Faults;

// Deadlines: one effect each, never before they are due, never passed over, and on the day that is theirs.
internal sealed partial class Checker
{
    private const string SamePart = "(k.part = j.part OR (k.part IS NULL AND j.part IS NULL))";

    /// <summary>Only the deadlines, as they have to stand after a tick at this moment; for programmes that look after each.</summary>
    public static async Task<IReadOnlyList<string>> DeadlineViolationsAsync(
        Host.Tests.Persistence.TestDatabase database,
        DateTimeOffset now
    )
    {
        await using var checker = new Checker(Connection(database));
        await checker._database.OpenAsync();
        await checker.CheckDeadlinesAsync();
        await checker.CheckNothingIsDueAsync(now);
        return checker._violations;
    }

    private async Task CheckDeadlinesAsync()
    {
        await NoneAsync(
            "{1} of case {0} took effect {3} times at {2}, and {4} clocks were due and ended then",
            $"""
            SELECT * FROM (
              SELECT j.case_id, j.act, j.at, count(*) AS times,
                (SELECT count(*) FROM clocks k WHERE k.case_id = j.case_id AND 'clock.' || k.name = j.act AND {SamePart}
                 AND k.stopped_at = j.at AND k.due_at <= j.at) AS due
              FROM journal j WHERE j.act LIKE 'clock.%' AND j.outcome IS NOT NULL
              GROUP BY j.case_id, j.act, j.part, j.at
            ) expired WHERE times > due
            """
        );
        // Another deadline of the same case may end the step first.
        await NoneAsync(
            "clock {1} of case {0} was due at {2} and ended at {3} by something else",
            """
            SELECT k.case_id, k.name, k.due_at, k.stopped_at FROM clocks k
            WHERE k.expiry_outcome IS NOT NULL AND k.expiry_outcome NOT LIKE '@%' AND k.stopped_at > k.due_at
            AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.case_id = k.case_id AND j.at = k.stopped_at
                            AND j.act LIKE 'clock.%' AND j.act <> 'clock.replanned')
            """
        );
        await NoneAsync(
            "case {0} had {3} last calls {1} for {2}",
            """
            SELECT n.case_id, n.kind, n.due, count(*) FROM notices n
            WHERE n.case_id IS NOT NULL AND n.kind LIKE '%.last'
            GROUP BY n.case_id, n.kind, n.due, n.args, n.recipients HAVING count(*) > 1
            """
        );
        await NoneAsync(
            "case {0} was told at {2} to hurry ({1}), and it had been over since {3}",
            """
            SELECT n.case_id, n.kind, n.at, k.due_at FROM notices n
            JOIN clocks k ON k.case_id = n.case_id AND k.due_on = n.due AND k.due_at <= n.at
            WHERE n.kind LIKE '%.last'
            AND k.expiry_outcome IS NOT NULL AND k.expiry_outcome NOT LIKE '@%'
            AND NOT EXISTS (SELECT 1 FROM clocks o WHERE o.case_id = n.case_id AND o.due_on = n.due AND o.expiry_outcome IS NULL)
            """
        );
    }

    /// <summary>After a tick at this moment nothing is left that was due, and every date is what its inputs say.</summary>
    private async Task CheckNothingIsDueAsync(DateTimeOffset now)
    {
        foreach (
            var clock in await RowsAsync(
                """
                SELECT k.case_id, k.name, k.expiry_outcome, k.due_at, k.next_at FROM clocks k
                JOIN cases c ON c.id = k.case_id WHERE k.stopped_at IS NULL AND c.held_at IS NULL AND c.closed_at IS NULL
                """
            )
        )
        {
            if (clock[2] is not null && Instant(clock[3]) <= now)
                _violations.Add($"clock {clock[1]} of case {clock[0]} was due at {clock[3]}: missed");
            else if (Instant(clock[4]) <= now)
                _violations.Add($"clock {clock[1]} of case {clock[0]} had to ring at {clock[4]}, and did not");
        }
        await CheckDatesAsync();
    }

    /// <summary>Every deadline is counted again from its inputs and the published days of its calendar version.</summary>
    private async Task CheckDatesAsync()
    {
        var days = new Dictionary<int, PublishedDays>();
        foreach (var version in await RowsAsync("SELECT number, schedule, local FROM calendar_versions"))
            days[Number(version[0])] = PublishedDays.Of(version[1]!, version[2]!);
        var above = (await RowsAsync("SELECT id, parent_id FROM organisations")).ToDictionary(
            row => row[0]!,
            row => row[1]
        );
        foreach (
            var clock in await RowsAsync(
                "SELECT id, case_id, name, organisation_id, inputs, calendar_version, due_at FROM clocks WHERE name <> 'timer'"
            )
        )
        {
            var path = new HashSet<string>();
            for (var at = clock[3]; at is not null && path.Add(at); at = above.GetValueOrDefault(at)) { }
            using var inputs = JsonDocument.Parse(clock[4]!);
            var due = days.TryGetValue(Number(clock[5]), out var known) ? known.Due(inputs.RootElement, path) : null;
            if (due != Instant(clock[6]))
                _violations.Add(
                    $"clock {clock[2]} of case {clock[1]} is due at {clock[6]}; counted again it is {due:O}"
                );
        }
    }

    private static DateTimeOffset? Instant(string? text) =>
        text is null
            ? null
            : DateTimeOffset
                .Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                .ToUniversalTime();
}
