using System.Globalization;

namespace EduUnion.Faults;

// Decisions, journals, clocks.
internal sealed partial class Checker
{
    /// <summary>
    /// Where answers are legally taken back and given again: a task there may be decided more than once, and what its row
    /// says is the last answer.
    /// </summary>
    private const string Reopened =
        "(SELECT b.case_id FROM journal b WHERE b.act LIKE 'office.%' OR b.act LIKE '%take-back' OR b.act LIKE 'case.%')";

    private async Task CheckCasesAsync()
    {
        await NoneAsync(
            "task {0} of case {1} was decided {2} times",
            $"""
            SELECT j.task_id, j.case_id, count(*) FROM journal j
            WHERE j.task_id IS NOT NULL AND j.outcome IS NOT NULL AND j.case_id NOT IN {Reopened}
            GROUP BY j.task_id, j.case_id HAVING count(*) > 1
            """
        );
        await NoneAsync(
            "task {0} of case {1} is decided with {2}, and no line of the journal says so",
            """
            SELECT t.id, t.case_id, t.outcome FROM tasks t
            WHERE t.state = 'Decided' AND t.decided_by IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.task_id = t.id AND j.outcome = t.outcome)
            """
        );
        await NoneAsync(
            "the journal of case {1} says that task {0} was decided with {2}, and the task does not",
            $"""
            SELECT j.task_id, j.case_id, j.outcome FROM journal j
            WHERE j.task_id IS NOT NULL AND j.outcome IS NOT NULL AND j.case_id NOT IN {Reopened}
            AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.id = j.task_id AND t.state = 'Decided' AND t.outcome = j.outcome)
            """
        );
        await CheckJournalsAsync();
        // Whoever waits without a task waits for money, for a meeting, for another motion, or because it is held.
        await NoneAsync(
            "case {0} ({1}, {2}) is stuck: no end, and nothing that anybody or anything still has to do",
            """
            SELECT c.id, c.kind, c.state FROM cases c
            WHERE c.closed_at IS NULL AND c.main_id IS NULL AND c.held_at IS NULL AND c.state <> 'Assessment'
            AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.state IN ('Open', 'Waiting', 'Answered'))
            AND NOT EXISTS (SELECT 1 FROM clocks k WHERE k.case_id = c.id AND k.stopped_at IS NULL AND k.next_at IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM incidents i WHERE i.case_id = c.id AND i.closed_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM signals s WHERE s.case_id = c.id AND s.delivered_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM claims m WHERE m.case_id = c.id AND m.state IN ('Waiting', 'Reserved', 'Listed', 'Sent'))
            """
        );
        await NoneAsync(
            "case {0} has stopped as an incident: {1}",
            "SELECT i.case_id, i.reason FROM incidents i WHERE i.closed_at IS NULL"
        );
    }

    /// <summary>One line a transaction: no gap, and the case's row knows the last.</summary>
    private async Task CheckJournalsAsync()
    {
        var heads = (await RowsAsync("SELECT id, journal_sequence, journal_head, version FROM cases")).ToDictionary(
            row => row[0]!
        );
        var last = heads.Keys.ToDictionary(id => id, _ => (Sequence: 0, Mac: ""));
        foreach (var line in await RowsAsync("SELECT case_id, sequence, mac FROM journal ORDER BY case_id, sequence"))
        {
            var (id, sequence) = (line[0]!, Number(line[1]));
            if (!last.TryGetValue(id, out var before))
                continue; // The rest of a case that retention has erased.
            if (sequence != before.Sequence + 1)
                _violations.Add($"the journal of case {id} goes from line {before.Sequence} to {sequence}");
            last[id] = (sequence, line[2]!);
        }
        foreach (var (id, row) in heads)
        {
            if (Number(row[1]) != last[id].Sequence || row[2] != last[id].Mac)
                _violations.Add($"case {id} says line {row[1]}, its journal ends with {last[id].Sequence}");
            if (Number(row[3]) != Number(row[1]))
                _violations.Add($"case {id} is at version {row[3]} after {row[1]} steps");
        }
    }

    private async Task CheckClocksAsync()
    {
        await NoneAsync(
            "clocks {1} of case {0} (part {2}) expired {3} times, and there are {4} of them",
            """
            SELECT * FROM (
              SELECT j.case_id, j.act, j.part, count(*) AS times,
                (SELECT count(*) FROM clocks k WHERE k.case_id = j.case_id AND 'clock.' || k.name = j.act
                 AND (k.part = j.part OR (k.part IS NULL AND j.part IS NULL))) AS clocks
              FROM journal j WHERE j.act LIKE 'clock.%' AND j.act <> 'clock.replanned' GROUP BY j.case_id, j.act, j.part
            ) expired WHERE times > clocks
            """
        );
        // A ladder has at most one rung a day; those that a sweep makes up for after a pause are of one instant.
        await NoneAsync(
            "case {0} was reminded {4} times on one day of the same: {1}, due {2}, {3}",
            """
            SELECT n.case_id, n.kind, n.due, n.args, count(DISTINCT n.at) FROM notices n
            WHERE n.reminder AND n.case_id IS NOT NULL
            GROUP BY n.case_id, n.kind, n.due, n.args, n.recipients, n.link_path, substr(CAST(n.at AS text), 1, 10)
            HAVING count(DISTINCT n.at) > 1
            """
        );
    }

    private async Task CheckAcknowledgedAsync(IReadOnlyList<Acknowledged> acknowledged)
    {
        foreach (var key in acknowledged.GroupBy(a => (a.Member, a.Key)))
            if (key.Select(a => a.Answer).Distinct().Count() > 1)
                _violations.Add($"{key.First().What} was answered in two ways under the key {key.Key.Key}");
        var cases = (await RowsAsync("SELECT id FROM cases")).Select(row => row[0]!).ToHashSet();
        var kept = (await RowsAsync("SELECT member_id, key FROM requests"))
            .Select(row => (Member: row[0]!, Key: row[1]!))
            .ToHashSet();
        var lines = (
            await RowsAsync("SELECT task_id, outcome, actor_id FROM journal WHERE task_id IS NOT NULL")
        ).ToLookup(row => row[0]!);
        var tasks = (await RowsAsync("SELECT id, state FROM tasks")).ToDictionary(row => row[0]!, row => row[1]!);
        foreach (var answer in acknowledged.DistinctBy(a => (a.Member, a.Key)))
        {
            if (!kept.Contains((Id(answer.Member), answer.Key)))
                _violations.Add($"{answer.What} was acknowledged under {answer.Key}, and the answer is lost");
            if (answer.Case is { } @case && !cases.Contains(Id(@case)))
                _violations.Add($"{answer.What} was acknowledged, and case {@case} is lost");
            if (answer.Task is not { } task)
                continue;
            if (!lines[Id(task)].Any(l => l[1] == answer.Outcome && l[2] == Id(answer.Member)))
                _violations.Add($"{answer.Outcome} on task {task} was acknowledged, and its line is lost");
            if (tasks.GetValueOrDefault(Id(task)) is null or "Open")
                _violations.Add($"{answer.Outcome} on task {task} was acknowledged, and the task is open");
        }
    }

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);
}
