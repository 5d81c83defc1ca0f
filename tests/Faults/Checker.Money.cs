using System.Globalization;

namespace EduUnion.Faults;

// The ledger, added up anew.
internal sealed partial class Checker
{
    private static readonly string[] Accounts =
    [
        "Opening",
        "Income",
        "Available",
        "Reserved",
        "InTransit",
        "Paid",
        "Returned",
        "Allotment",
        "Budget",
    ];

    /// <summary>What is kept on the credit side.</summary>
    private static readonly string[] Sources = ["Opening", "Income", "Returned", "Allotment"];

    private async Task CheckMoneyAsync()
    {
        await NoneAsync(
            "claim {0} is on {1} payment lines at once",
            """
            SELECT claim_id, count(*) FROM payment_lines WHERE state IN ('Listed', 'Sent', 'Paid')
            GROUP BY claim_id HAVING count(*) > 1
            """
        );
        await NoneAsync(
            "line {0} went to the bank {1} times",
            "SELECT line_id, count(*) FROM ledger_entries WHERE kind = 'Send' GROUP BY line_id HAVING count(*) > 1"
        );
        await NoneAsync(
            "line {0} was paid {1} times",
            "SELECT line_id, count(*) FROM ledger_entries WHERE kind = 'Pay' GROUP BY line_id HAVING count(*) > 1"
        );
        await NoneAsync(
            "line {0} is {1}, and the ledger has no payment of it",
            """
            SELECT l.id, l.state FROM payment_lines l WHERE l.state IN ('Paid', 'Returned')
            AND NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.line_id = l.id AND e.kind = 'Pay')
            """
        );
        await NoneAsync(
            "entry {1} of fund {0} was taken back {2} times",
            """
            SELECT fund_id, reverses, count(*) FROM ledger_entries WHERE reverses IS NOT NULL
            GROUP BY fund_id, reverses HAVING count(*) > 1
            """
        );
        await NoneAsync(
            "entry {1} of fund {0} is over {2} fen, from {3} to {4}",
            "SELECT fund_id, number, amount, credit, debit FROM ledger_entries WHERE amount <= 0 OR credit = debit"
        );
        await CheckBalancesAsync();
    }

    /// <summary>Every entry on two accounts; their sums are what the fund's row says, and both sides are equal.</summary>
    private async Task CheckBalancesAsync()
    {
        var sums = new Dictionary<string, Dictionary<string, long>>();
        var numbers = new Dictionary<string, int>();
        foreach (
            var row in await RowsAsync(
                "SELECT fund_id, number, debit, credit, amount FROM ledger_entries ORDER BY fund_id, number"
            )
        )
        {
            var fund = row[0]!;
            var amount = long.Parse(row[4]!, CultureInfo.InvariantCulture);
            if (!sums.TryGetValue(fund, out var of))
                sums[fund] = of = Accounts.ToDictionary(a => a, _ => 0L);
            of[row[2]!] += Sources.Contains(row[2]) ? -amount : amount;
            of[row[3]!] += Sources.Contains(row[3]) ? amount : -amount;
            var before = numbers.GetValueOrDefault(fund);
            if (Number(row[1]) != before + 1)
                _violations.Add($"the ledger of fund {fund} goes from entry {before} to {row[1]}");
            numbers[fund] = Number(row[1]);
        }
        var columns = string.Join(
            ", ",
            Accounts.Select(a => a == "InTransit" ? "balances_in_transit" : $"balances_{a.ToLowerInvariant()}")
        );
        foreach (var fund in await RowsAsync($"SELECT id, entries, {columns} FROM funds"))
        {
            var of = sums.GetValueOrDefault(fund[0]!) ?? Accounts.ToDictionary(a => a, _ => 0L);
            if (Number(fund[1]) != numbers.GetValueOrDefault(fund[0]!))
                _violations.Add(
                    $"fund {fund[0]} counts {fund[1]} entries and has {numbers.GetValueOrDefault(fund[0]!)}"
                );
            foreach (var (account, at) in Accounts.Select((a, i) => (a, i + 2)))
                if (of[account] != long.Parse(fund[at]!, CultureInfo.InvariantCulture))
                    _violations.Add($"fund {fund[0]} says {fund[at]} fen {account}, its entries say {of[account]}");
            var assets = of["Available"] + of["Reserved"] + of["InTransit"] + of["Paid"] + of["Budget"];
            if (assets != Sources.Sum(a => of[a]))
                _violations.Add($"the ledger of fund {fund[0]} does not balance");
            // What is given to another fund is income less; nothing else can be below nothing.
            foreach (var (account, sum) in of.Where(a => a.Value < 0 && a.Key != "Income"))
                _violations.Add($"fund {fund[0]} has {sum} fen {account}");
        }
    }
}
