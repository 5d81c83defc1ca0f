using System.Globalization;

namespace EduUnion.Benchmarks;

/// <summary>Copies of a case with everything that hangs on it, made inside the server by one statement a table.</summary>
internal sealed class BulkCases(Ground ground, Approval approval)
{
    /// <summary>So many open cases share a school: work lists of a school do not grow with the number of schools.</summary>
    private const int OfASchool = 500;

    private static int _batches;

    /// <summary>Cases whose process is not started yet.</summary>
    public async Task<Guid[]> PlayableAsync(int count, CancellationToken cancellation)
    {
        var batch = ++_batches;
        await CopyAsync(approval.Template, approval.TemplatePart, batch, count, null, cancellation);
        return [.. Enumerable.Range(1, count).Select(i => IdOf(batch, 0, i))];
    }

    /// <summary>
    /// Open cases at their first step, with its task and clocks, each school with its own. <paramref name="like"/> is a
    /// case that stands there.
    /// </summary>
    public async Task OpenAsync(Guid like, int count, CancellationToken cancellation)
    {
        var batch = ++_batches;
        var schools = (count + OfASchool - 1) / OfASchool;
        await ground.ExecuteAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                INSERT INTO organisations (id, parent_id, kind, code, name)
                SELECT {Id(batch, 8, "i")}, (SELECT parent_id FROM organisations WHERE id = '{Approval.School}'),
                       'School', 'B{batch}-' || i, '第' || i || '中学' FROM generate_series(1, {schools}) i;
                INSERT INTO organisations (id, parent_id, kind, code, name)
                SELECT {Id(batch, 9, "i")}, {Id(batch, 8, "i")}, 'Department', 'B{batch}-' || i || '-ZWC', '总务处'
                FROM generate_series(1, {schools}) i;
                """
            ),
            cancellation
        );
        await CopyAsync(like, PartOf(like), batch, count, schools, cancellation);
        await ground.ExecuteAsync("ANALYZE", cancellation);
    }

    /// <summary>Cases that are over: nothing of them is open, and nothing of them is in a work list.</summary>
    public async Task ClosedAsync(Guid like, int count, CancellationToken cancellation)
    {
        await ground.ExecuteAsync(
            $"""
            UPDATE tasks SET state = 'Decided', outcome = 'sign', decided_by = '{approval.Approvers[
                0
            ]}', closed_at = now()
            WHERE case_id = '{like}';
            UPDATE clocks SET stopped_at = now(), next_at = NULL WHERE case_id = '{like}';
            UPDATE cases SET state = 'Closed', closed_at = now() WHERE id = '{like}';
            """,
            cancellation
        );
        await OpenAsync(like, count, cancellation);
    }

    private async Task CopyAsync(
        Guid like,
        Guid likePart,
        int batch,
        int count,
        int? schools,
        CancellationToken cancellation
    )
    {
        var school = schools is { } n ? Id(batch, 8, $"(1 + i % {n})") : $"'{Approval.School}'::uuid";
        var department = schools is { } m ? Id(batch, 9, $"(1 + i % {m})") : $"'{Approval.Department}'::uuid";
        var @case = Id(batch, 0, "i");
        var number = $"'B{batch}-' || i";
        // The documents name the case, its part, its number and its school.
        string Renamed(string column) =>
            $"""
                replace(replace(replace(replace(replace(o.{column}, '"' || o.number || '"', '"' || {number} || '"'), '{like}', {@case}::text), '{likePart}', {Id(
                    batch,
                    7,
                    "i"
                )}::text),
                        '{Approval.School}', {school}::text), '{Approval.Department}', {department}::text)
                """;
        var tables = new (string Table, string Row, string Changes)[]
        {
            (
                "cases",
                "o.id",
                $"""
                'id', {@case}, 'school_id', {school}, 'aggregate', {Renamed("aggregate")}, 'family', {Renamed(
                    "family"
                )},
                'number', {number}, 'receipt', {number}
                """
            ),
            (
                "case_parties",
                "o.case_id",
                $"'case_id', {@case}, 'party_id', CASE o.party_id WHEN '{Approval.Department}' THEN {department} ELSE o.party_id END"
            ),
            (
                "tasks",
                "o.case_id",
                $"""
                'id', {Id(batch, 1, "i")}, 'case_id', {@case}, 'part', {Id(batch, 7, "i")},
                'organisation_id', {department}, 'clock_id', {Id(batch, 3, "i")}
                """
            ),
            (
                "clocks",
                "o.case_id",
                $"""
                'id', CASE o.span WHEN 'Step' THEN {Id(batch, 3, "i")} ELSE {Id(batch, 4, "i")} END, 'case_id', {@case},
                'part', {Id(batch, 7, "i")}, 'organisation_id', {school}, 'department_id', {department}
                """
            ),
            ("journal", "o.case_id", $"'case_id', {@case}"),
        };
        foreach (var (table, row, changes) in tables)
            await ground.ExecuteAsync(
                $"""
                INSERT INTO {table}
                SELECT copy.*
                FROM {table} o
                CROSS JOIN generate_series(1, {count}) i
                CROSS JOIN LATERAL jsonb_populate_record(o, jsonb_build_object({changes})) copy
                WHERE {row} = '{like}'
                """,
                cancellation
            );
    }

    /// <summary>Ids that grow, as those of a running program do.</summary>
    private static string Id(int batch, int kind, string number) =>
        $"('01900000-{batch:x4}-7000-800{kind}-' || lpad(to_hex({number}), 12, '0'))::uuid";

    private static Guid PartOf(Guid @case) =>
        Guid.Parse(@case.ToString().Replace("-8000-", "-8007-", StringComparison.Ordinal));

    private static Guid IdOf(int batch, int kind, int number) =>
        Guid.Parse($"01900000-{batch:x4}-7000-800{kind}-{number:x12}");
}
