using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Host.Sheets;

namespace EduUnion.Host.Funds;

/// <summary>One line of what the bank says.</summary>
/// <param name="Line">In the file; 0 = entered by hand.</param>
/// <param name="Reference">付款编号, ours.</param>
/// <param name="BankReference">银行流水号, the bank's own; known for ever.</param>
/// <param name="IsPaid">Null: the word for it is none that is known.</param>
public sealed record BankResult(int Line, string Reference, string BankReference, bool? IsPaid, string Reason);

/// <summary>The bank's answer as a sheet.</summary>
public static class ResultSheet
{
    private static readonly (string Column, ImmutableArray<string> Called, bool Required)[] Columns =
    [
        ("reference", ["付款编号", "附言", "reference"], true),
        ("bankReference", ["银行流水号", "流水号", "回单号", "bank reference"], true),
        ("result", ["结果", "交易结果", "状态", "result"], true),
        ("reason", ["原因", "失败原因", "退回原因", "reason"], false),
    ];

    private static readonly string[] Paid = ["成功", "已支付", "已到账", "交易成功", "paid", "success"];
    private static readonly string[] Back = ["失败", "退回", "退汇", "交易失败", "bounced", "returned", "failed"];

    /// <summary>Refusals: those of <see cref="Sheet.Read"/>.</summary>
    public static Outcome<List<BankResult>> Read(string text)
    {
        var sheet = Sheet.Read(text, Columns);
        return sheet.IsOk
            ? sheet
                .Value.Select(row => new BankResult(
                    row.Line,
                    row["reference"],
                    row["bankReference"],
                    PaidOf(row["result"]),
                    row["reason"]
                ))
                .ToList()
            : sheet.Refusal;
    }

    public static bool? PaidOf(string word) =>
        Paid.Contains(word, StringComparer.OrdinalIgnoreCase) ? true
        : Back.Contains(word, StringComparer.OrdinalIgnoreCase) ? false
        : null;
}
