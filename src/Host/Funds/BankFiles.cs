using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Sheets;

namespace EduUnion.Host.Funds;

/// <summary>A list for the bank.</summary>
public sealed record BankFile(string Name, string ContentType, byte[] Content);

/// <summary>
/// The one place where account numbers are opened: the file for the bank. Who opened them, when and for which list is
/// recorded before the file is handed out.
/// </summary>
public sealed class BankFiles(
    EduUnionDb db,
    RequestBook requests,
    PaymentCommands payments,
    Vault vault,
    TimeProvider time
)
{
    private static readonly string[] Heads =
    [
        "序号",
        "付款编号",
        "收款人户名",
        "收款账号",
        "开户银行",
        "金额（元）",
        "金额大写",
        "用途",
    ];

    /// <summary>
    /// Refusals: <c>payment.not-released</c> (409: before the second person nothing leaves the house),
    /// <c>payment.all-answered</c> (409), and those of <see cref="PaymentCommands.LockedAsync"/>.
    /// </summary>
    public async Task<Outcome<BankFile>> ExportAsync(
        Guid batchId,
        bool spreadsheet,
        Guid by,
        CancellationToken cancellation
    )
    {
        var asker = new Asker(by);
        BankFile? file = null;
        var done = await requests.OnceAsync<BankFileRow>(
            asker,
            async () =>
            {
                var now = time.GetUtcNow();
                var locked = await payments.LockedAsync(batchId, asker, cancellation);
                if (!locked.IsOk)
                    return locked.Refusal;
                var (batch, fund, claims) = locked.Value;
                if (batch.State != BatchState.Released)
                    return new Refusal("payment.not-released", RefusalKind.Conflict);
                // What is answered already must not reach the bank a second time.
                if (batch.Lines.All(l => l.State != LineState.Sent))
                    return new Refusal("payment.all-answered", RefusalKind.Conflict);
                file = FileOf(batch, fund, spreadsheet);
                var row = new BankFileRow
                {
                    Id = Guid.CreateVersion7(now),
                    BatchId = batchId,
                    ById = by,
                    At = now,
                    Format = spreadsheet ? "xlsx" : "csv",
                };
                db.Add(row);
                foreach (var line in batch.Lines.Where(l => l.State == LineState.Sent))
                    db.Add(Seen(claims.First(c => c.Id == line.ClaimId).CaseId, batch, by, now));
                return row;
            },
            row => row.At,
            cancellation
        );
        return done.IsOk ? file! : done.Refusal;
    }

    /// <summary>The payee reads among those who looked that his account was opened for the bank.</summary>
    private SensitiveView Seen(Guid caseId, PaymentBatch batch, Guid by, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return new SensitiveView
        {
            Id = id,
            CaseId = caseId,
            ViewerId = by,
            Field = "account",
            Purpose = ViewPurpose.Pay,
            Reason = vault.Seal($"发放清册 {batch.Number}", id),
            At = now,
        };
    }

    private static string? Written(object? cell) =>
        cell is decimal yuan
            ? yuan.ToString("0.00", CultureInfo.InvariantCulture)
            : Convert.ToString(cell, CultureInfo.InvariantCulture);

    private BankFile FileOf(PaymentBatch batch, Fund fund, bool spreadsheet)
    {
        var sent = batch.Lines.Where(l => l.State == LineState.Sent).OrderBy(l => l.Position).ToList();
        var rows = sent.ConvertAll(line =>
        {
            var payee = Payee.Open(vault, line.Payee, line.Id);
            return (object?[])
                [
                    line.Position,
                    line.Reference,
                    payee.Name,
                    payee.Account,
                    payee.Bank,
                    line.Amount.Fen / 100m,
                    CapitalAmount.Of(line.Amount),
                    "困难帮扶",
                ];
        });
        var total = sent.Aggregate(Money.Zero, (sum, line) => sum + line.Amount);
        rows.Add(["合计", $"{sent.Count} 笔", "", "", "", total.Fen / 100m, CapitalAmount.Of(total), fund.Name]);
        var name = $"发放清册 {batch.Number}";
        return spreadsheet
            ? new(name + ".xlsx", Workbook.ContentType, Workbook.Write("发放清册", Heads, rows))
            : new(
                name + ".csv",
                "text/csv; charset=utf-8",
                CsvText.Write(rows.Select(row => (IReadOnlyList<string?>)[.. row.Select(Written)]).Prepend(Heads))
            );
    }
}
