using System.Security.Cryptography;
using Npgsql;

namespace EduUnion.Benchmarks;

/// <summary>
/// The floor: the writes of a step in hand-written SQL over Npgsql, without EF, rules or engine. Lock, read, one batch of
/// writes, commit; the same tables, the same rows, documents and texts of the same size.
/// </summary>
internal sealed class Floor
{
    private const string Lock =
        "SELECT 1 FROM cases WHERE id = (SELECT case_id FROM tasks WHERE id = $1) FOR NO KEY UPDATE";

    private const string Read = """
        SELECT c.aggregate, c.family, c.version, c.journal_sequence, c.school_id,
               t.step_id, t.part, t.organisation_id, t.clock_id, k.inputs, k.due_on, k.due_at, k.next_at
        FROM tasks t
        JOIN cases c ON c.id = t.case_id
        JOIN clocks k ON k.id = t.clock_id
        WHERE t.id = $1 AND t.state = 'Open' AND t.version = $2
          AND EXISTS (SELECT 1 FROM office_holdings h WHERE h.member_id = $3 AND h.office = t.office
                      AND h.organisation_id = t.organisation_id AND h.held_from <= $4 AND (h.held_until IS NULL OR h.held_until >= $4))
        """;

    private const string Case = """
        UPDATE cases SET aggregate = $1, family = $2, version = $3, journal_sequence = $4, journal_head = $5, changed_at = $6
        WHERE id = $7 AND version = $8
        """;

    private const string Task = """
        UPDATE tasks SET state = 'Decided', outcome = $1, decided_by = $2, closed_at = $3 WHERE id = $4
        """;

    private const string Clock = "UPDATE clocks SET stopped_at = $1, next_at = NULL WHERE id = $2";

    private const string NextTask = """
        INSERT INTO tasks (id, case_id, step_id, name, part, office, organisation_id, desk, position, weight, outcomes,
                           state, version, opened_at, clock_id, urges)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'Own', 0, 1, $8, 'Open', 1, $9, $10, 0)
        """;

    private const string NextClock = """
        INSERT INTO clocks (id, case_id, span, name, step_id, part, organisation_id, department_id, inputs, rules_at,
                            calendar_version, original_due_on, due_on, due_at, provisional, started_at, next_at, failures)
        VALUES ($1, $2, 'Step', 'sign', $3, $4, $5, $6, $7, $8, 1, $9, $9, $10, FALSE, $8, $11, 0)
        """;

    private const string Notice = """
        INSERT INTO notices (id, case_id, kind, at, not_before, reminder, urgent, due, link_path, recipients, args)
        VALUES ($1, $2, 'N12.sign', $3, $3, FALSE, FALSE, $4, $5, $6, $7)
        """;

    private const string Journal = """
        INSERT INTO journal (case_id, sequence, at, actor_id, act, outcome, task_id, part, private, salt, commitment, mac)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    private const string Request = """
        INSERT INTO requests (member_id, key, body_hash, answer, at) VALUES ($1, $2, $3, $4, $5)
        """;

    private readonly Ground _ground;
    private readonly Approval _approval;
    private readonly string _private;
    private readonly string _recipients;
    private readonly string _args;
    private readonly string _answer;

    private Floor(
        Ground ground,
        Approval approval,
        (string Private, string Recipients, string Args, string Answer) like
    )
    {
        (_ground, _approval) = (ground, approval);
        (_private, _recipients, _args, _answer) = like;
    }

    /// <summary>Takes the texts from what the program has written for this decided task.</summary>
    public static async Task<Floor> LikeAsync(Ground ground, Approval approval, Guid task)
    {
        var like = await ground.ReadAsync(
            """
            SELECT j.private, n.recipients, n.args, r.answer
            FROM journal j JOIN requests r ON r.key = j.task_id::text
            CROSS JOIN (SELECT recipients, args FROM notices WHERE kind = 'N12.sign' LIMIT 1) n
            WHERE j.task_id = $1
            """,
            row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)),
            task
        );
        return new Floor(ground, approval, like[0]);
    }

    /// <param name="last">No step follows: no task, clock and notice.</param>
    public async Task DecideAsync(Waiting task, int who, bool last)
    {
        var member = _approval.Approvers[who % _approval.Approvers.Length];
        var now = TimeProvider.System.GetUtcNow();
        await using var connection = await _ground.Sql.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var locking = Command(connection, Lock, task.Task))
            await locking.ExecuteNonQueryAsync();
        await using var batch = new NpgsqlBatch(connection, transaction);
        await using (
            var reading = Command(
                connection,
                Read,
                task.Task,
                task.Version,
                member,
                DateOnly.FromDateTime(now.UtcDateTime)
            )
        )
        await using (var row = await reading.ExecuteReaderAsync())
        {
            if (!await row.ReadAsync())
                throw new InvalidOperationException("The task is not open.");
            Fill(batch, task, member, now, row, last);
        }
        await using (var written = await batch.ExecuteReaderAsync())
            if (batch.BatchCommands[0].RecordsAffected != 1)
                throw new InvalidOperationException("Somebody else was faster.");
        await transaction.CommitAsync();
    }

    private void Fill(NpgsqlBatch batch, Waiting task, Guid member, DateTimeOffset now, NpgsqlDataReader row, bool last)
    {
        var (version, sequence, step, part) = (row.GetInt64(2), row.GetInt32(3) + 1, row.GetGuid(5), row.GetGuid(6));
        var (outcome, mac) = (Approval.Favourable(task.Step), RandomNumberGenerator.GetBytes(32));
        Add(batch, Case, row.GetString(0), row.GetString(1), version + 1, sequence, mac, now, task.Case, version);
        Add(batch, Task, outcome, member, now, task.Task);
        Add(batch, Clock, now, row.GetGuid(8));
        if (!last)
        {
            var (next, clock) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            var (name, office) =
                task.Step == "handling.sign"
                    ? ("handling.leader", "SchoolLeader")
                    : ("handling.sign", "DepartmentHead");
            var due = row.GetFieldValue<DateOnly>(10);
            Add(batch, NextTask, next, task.Case, step, name, part, office, row.GetGuid(7), "sign,return", now, clock);
            Add(
                batch,
                NextClock,
                clock,
                task.Case,
                step,
                part,
                row.GetGuid(4),
                row.GetGuid(7),
                row.GetString(9),
                now,
                due,
                row.GetDateTime(11),
                row.GetDateTime(12)
            );
            Add(batch, Notice, Guid.CreateVersion7(), task.Case, now, due, $"/tasks/{next}", _recipients, _args);
        }
        Add(
            batch,
            Journal,
            task.Case,
            sequence,
            now,
            member,
            task.Step,
            outcome,
            task.Task,
            part,
            _private,
            RandomNumberGenerator.GetBytes(16),
            RandomNumberGenerator.GetBytes(32),
            mac
        );
        Add(batch, Request, member, task.Task.ToString(), RandomNumberGenerator.GetBytes(32), _answer, now);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }
}
