using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Persistence;
using Microsoft.Data.Sqlite;
using static EduUnion.Host.Tests.Api.AidMoves;

namespace EduUnion.Faults;

/// <summary>The checker is content with what the program leaves, and finds every damage that is done to it on purpose.</summary>
public sealed class CheckerTests(CheckerTests.Played played) : IClassFixture<CheckerTests.Played>
{
    private const string SomeTask =
        "(SELECT id FROM tasks WHERE state = 'Decided' AND decided_by IS NOT NULL AND name = 'motion.check')";

    public static TheoryData<string, string> Damages =>
        new()
        {
            { TwiceDecided, "was decided 2 times" },
            { $"DELETE FROM journal WHERE task_id = {SomeTask}", "and no line of the journal says so" },
            { $"UPDATE tasks SET outcome = 'other' WHERE id = {SomeTask}", "and the task does not" },
            { "DELETE FROM journal WHERE sequence = 2", "goes from line 1 to 3" },
            { "UPDATE cases SET journal_head = x'00'", "its journal ends with" },
            { "UPDATE cases SET version = version + 1", "is at version" },
            {
                "UPDATE tasks SET state = 'Dropped' WHERE state = 'Open'; UPDATE clocks SET stopped_at = started_at",
                "is stuck: no end"
            },
            {
                "INSERT INTO incidents (id, case_id, activity, reason, at) SELECT id, id, 'x', 'broken', opened_at FROM cases",
                "has stopped as an incident: broken"
            },
            { "UPDATE journal SET act = 'clock.review' WHERE sequence IN (1, 2)", "and there are" },
            { Reminder(1) + Reminder(2), "was reminded 2 times on one day" },
            { "UPDATE journal SET act = 'clock.check' WHERE act = 'motion.check'", "and 0 clocks were due" },
            { Check("expiry_outcome = 'lapse', due_at = '2026-01-01T00:00:00.000000Z'"), "ended at" },
            { Check("expiry_outcome = 'lapse', due_at = started_at, stopped_at = NULL"), ": missed" },
            { Check("next_at = started_at, stopped_at = NULL"), "and did not" },
            { Check("due_at = started_at"), "counted again" },
            { LastCall(1, "k.started_at") + LastCall(2, "k.due_at"), "had 2 last calls" },
            { LastCall(1, "k.due_at"), "it had been over since" },
            {
                "DROP INDEX ix_payment_lines_live; INSERT INTO payment_lines SELECT 'X', batch_id, fund_id, claim_id, 7, "
                    + "'X', amount, payee, tail, state, changed_at, sent_by, reason FROM payment_lines",
                "is on 2 payment lines at once"
            },
            { Entry("Send"), "went to the bank 2 times" },
            { Entry("Pay"), "was paid 2 times" },
            { "DELETE FROM ledger_entries WHERE kind = 'Pay'", "has no payment of it" },
            { "UPDATE ledger_entries SET amount = amount + 1 WHERE number = 1", "its entries say" },
            { "UPDATE ledger_entries SET amount = 0 WHERE number = 1", "is over 0 fen" },
            { "UPDATE funds SET balances_available = balances_available - 1", "its entries say" },
            { "UPDATE funds SET entries = entries + 1", "entries and has" },
            { "UPDATE ledger_entries SET number = 99 WHERE number = 2", "goes from entry 1 to 3" },
            {
                "DROP INDEX ix_ledger_entries_fund_id_reverses; UPDATE ledger_entries SET reverses = 1 WHERE number > 1",
                "was taken back"
            },
            { "UPDATE notices SET fanned_at = NULL", "was never told to anybody" },
            { "DELETE FROM outgoing_mails", "names a member, and nobody got it" },
            { "DELETE FROM outgoing_mails", "a mail left that nobody wrote" },
            { "UPDATE outgoing_mails SET message_id = '<other@school.example>'", "has the Message-ID other@" },
            { "UPDATE outgoing_mails SET state = 'Waiting'", "is Waiting" },
            { "UPDATE outgoing_mails SET address = 'other@school.example'", "and not for other@school.example" },
            { "DELETE FROM requests", "and the answer is lost" },
            { "PRAGMA foreign_keys = OFF; DELETE FROM cases", "is lost" },
            { "UPDATE tasks SET state = 'Open' WHERE name = 'motion.check'", "and the task is open" },
            { "UPDATE journal SET actor_id = NULL WHERE act = 'motion.check'", "and its line is lost" },
        };

    [Fact]
    public async Task Undamaged_ThereIsNothingToSay() =>
        Assert.Equal("", string.Join('\n', await played.CheckAsync(_ => { })));

    [Theory, MemberData(nameof(Damages))]
    public async Task Damaged_IsFound(string sql, string expected)
    {
        var found = await played.CheckAsync(file => Execute(file, sql));
        Assert.Contains(found, v => v.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task MailThatNeverLeft_IsFound()
    {
        var gone = Directory.GetFiles(played.Mails).Order(StringComparer.Ordinal).First();
        var kept = await File.ReadAllBytesAsync(gone);
        File.Delete(gone);
        var found = await played.CheckAsync(_ => { });
        await File.WriteAllBytesAsync(gone, kept);
        Assert.EndsWith("is said to have left, and did not", Assert.Single(found));
    }

    [Fact]
    public async Task SecondAnswerUnderOneKey_IsFound()
    {
        var first = Acknowledgements.Read(played.Acknowledged)[0];
        var found = await played.CheckAsync(_ => { }, first with { Answer = "{}" });
        Assert.Contains("was answered in two ways", Assert.Single(found));
    }

    private static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Foreign Keys=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0, sql);
    }

    private static string TwiceDecided =>
        "INSERT INTO journal (case_id, sequence, at, actor_id, act, outcome, task_id, part, private, salt, commitment, mac) "
        + "SELECT case_id, 99, at, actor_id, act, outcome, task_id, part, private, salt, commitment, mac FROM journal "
        + $"WHERE task_id = {SomeTask}";

    private static string Reminder(int number) =>
        "INSERT INTO notices (id, case_id, kind, at, not_before, reminder, urgent, due, link_path, fanned_at, recipients, args) "
        + $"SELECT '{number}', case_id, kind, substr(at, 1, 10) || ' 0{number}:00:00', not_before, 1, urgent, due, link_path, fanned_at, recipients, args "
        + "FROM notices WHERE id = (SELECT min(id) FROM notices WHERE case_id IS NOT NULL AND length(id) > 9);";

    private static string Check(string change) => $"UPDATE clocks SET {change} WHERE name = 'check'";

    /// <summary>Of the collection's end, which takes the motion from its proposer.</summary>
    private static string LastCall(int number, string at) =>
        "INSERT INTO notices (id, case_id, kind, at, not_before, reminder, urgent, due, link_path, fanned_at, recipients, args) "
        + $"SELECT '{number}', k.case_id, 'N2.last', {at}, n.not_before, n.reminder, n.urgent, k.due_on, n.link_path, n.fanned_at, "
        + "n.recipients, n.args FROM notices n JOIN clocks k ON k.name = 'collection' "
        + "WHERE n.id = (SELECT min(id) FROM notices WHERE case_id IS NOT NULL AND length(id) > 9);";

    private static string Entry(string kind) =>
        "INSERT INTO ledger_entries (fund_id, number, at, kind, debit, credit, amount, claim_id, line_id, by_id, text) "
        + "SELECT fund_id, 99, at, kind, debit, credit, amount, claim_id, line_id, by_id, text FROM ledger_entries "
        + $"WHERE kind = '{kind}'";

    /// <summary>A motion under review and an aid that was paid, everything told; copied for every damage.</summary>
    public sealed class Played : IAsyncLifetime
    {
        private District _district = null!;

        public string Mails => Path.Combine(_district.DataDirectory, "mail");

        public string Acknowledged => Path.Combine(_district.DataDirectory, "acknowledged.jsonl");

        public async ValueTask InitializeAsync()
        {
            _district = await District.OpenAsync(Provider.Sqlite);
            await _district.MoveToAsync(new(2026, 3, 3));
            var id = await _district.SubmittedAsync("daibiao1", "改善教师午休场所");
            var task = await _district.TaskAsync(id, "mishu", "motion.check");
            var answer = await (await _district.AsAsync("mishu")).PostAsync(
                $"/api/tasks/{task}/decide",
                new { outcome = "propose", form = new { recommendation = "file" } },
                "k-1"
            );
            using (var log = new Acknowledgements(Acknowledged))
                log.Write(
                    new Acknowledged(Host.Seeds.DemoDistrict.MemberId("mishu"), "k-1", "decide", answer.GetRawText())
                    {
                        Case = id,
                        Task = task,
                        Outcome = "propose",
                    }
                );
            await _district.MoveToAsync(new(2026, 11, 2));
            var fund = await _district.PrepareAsync();
            var aid = await AidJourney.ApprovedAsync(_district, fund, 900_00);
            await _district.ReconcileAsync(await _district.SendAsync(fund, aid));
            await _district.StateAsync(aid, "Paid");
            await _district.MoveToAsync(new(2026, 11, 13));
            // What is gathered for a morning leaves on it.
            await _district.SendMailsAsync();
            _district.Wait(TimeSpan.FromHours(1));
            await _district.SendMailsAsync();
        }

        internal async Task<IReadOnlyList<string>> CheckAsync(Action<string> damage, Acknowledged? more = null)
        {
            await using var copy = await TestDatabase.EmptyAsync(Provider.Sqlite);
            using (var whole = new SqliteConnection($"Data Source={_district.Database.SqliteFile};Pooling=False"))
            using (var file = new SqliteConnection($"Data Source={copy.SqliteFile};Pooling=False"))
            {
                whole.Open();
                file.Open();
                whole.BackupDatabase(file);
            }
            damage(copy.SqliteFile);
            var log = Path.Combine(copy.DataDirectory, "acknowledged.jsonl");
            File.Copy(Acknowledged, log);
            if (more is not null)
                using (var twice = new Acknowledgements(log))
                    twice.Write(more);
            return await Checker.ViolationsAsync(copy, Mails, log, _district.Running.Time.GetUtcNow());
        }

        public async ValueTask DisposeAsync() => await _district.DisposeAsync();
    }
}
