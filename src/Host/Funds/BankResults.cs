using System.Text.RegularExpressions;
using EduUnion.Domain;
using EduUnion.Domain.Funds;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Funds;

/// <summary>What became of one line of the bank's answer, or would become of it.</summary>
public sealed record ResultLine(int Line, string Reference, ResultEffect? Effect, Refusal? Refusal);

/// <param name="Applied">False: only looked, nothing is written.</param>
public sealed record ResultsDone(Guid BatchId, bool Applied, IReadOnlyList<ResultLine> Lines)
{
    /// <summary>Lines that change something.</summary>
    public int Changes => Lines.Count(l => l.Effect is not (null or ResultEffect.Repeats));
}

/// <summary>
/// Takes the bank's answers into a list. Looking and writing are the same computation, so what was shown is what happens;
/// lines that are refused do not hold up the others, and what was said before is said again without effect.
/// </summary>
public sealed partial class BankResults(
    EduUnionDb db,
    FundCommits commits,
    PaymentCommands payments,
    Vault vault,
    TimeProvider time
)
{
    private const int LongestReference = 60;

    /// <summary>
    /// The bank's words go into rows that are never erased and that every reader of the fund sees: without the payee's name
    /// and without long numbers.
    /// </summary>
    private static string Harmless(string said, Payee payee) =>
        Digits().Replace(payee.Name.Length == 0 ? said : said.Replace(payee.Name, "…"), "…").Trim();

    [GeneratedRegex("[0-9０-９]{5,}")]
    private static partial Regex Digits();

    /// <summary>
    /// Refusals of the whole: those of <see cref="PaymentCommands.LockedAsync"/>. Of a line: <c>result.line-unknown</c>,
    /// <c>result.word-unknown</c>, <c>result.reference-missing</c>, and those of <see cref="Reconciliation.Judge"/>.
    /// </summary>
    public async Task<Outcome<ResultsDone>> TakeAsync(
        Guid batchId,
        IReadOnlyList<BankResult> results,
        bool apply,
        Asker asker,
        CancellationToken cancellation
    )
    {
        if (apply)
            return await commits.RunAsync(
                asker,
                now => ComputeAsync(batchId, results, true, asker, now, cancellation),
                cancellation
            );
        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellation);
        var looked = await ComputeAsync(batchId, results, false, asker, time.GetUtcNow(), cancellation);
        db.ChangeTracker.Clear();
        return looked;
    }

    private async Task<Outcome<ResultsDone>> ComputeAsync(
        Guid batchId,
        IReadOnlyList<BankResult> results,
        bool apply,
        Asker asker,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var locked = await payments.LockedAsync(batchId, asker, cancellation);
        if (!locked.IsOk)
            return locked.Refusal;
        var (batch, fund, claims) = locked.Value;
        var references = results.Select(r => r.BankReference.Trim()).Distinct().ToList();
        var known = await db.Set<PaymentResult>()
            .Where(r => references.Contains(r.BankReference))
            .ToDictionaryAsync(r => r.BankReference, cancellation);
        var sent = await db.Set<LedgerEntry>()
            .Where(e => e.FundId == fund.Id && e.Kind == PostingKind.Send)
            .Where(e => db.Set<PaymentLine>().Any(l => l.BatchId == batchId && l.Id == e.LineId))
            .ToDictionaryAsync(e => e.Number, cancellation);
        var lines = new List<ResultLine>();
        foreach (var result in results)
        {
            var taken = Take(result);
            lines.Add(
                new(result.Line, result.Reference, taken.IsOk ? taken.Value : null, taken.IsOk ? null : taken.Refusal)
            );
        }
        return new ResultsDone(batchId, apply, lines);

        Outcome<ResultEffect> Take(BankResult said)
        {
            if (batch.Lines.FirstOrDefault(l => l.Reference == said.Reference.Trim()) is not { } line)
                return Refusal.At("reference", "result.line-unknown", said.Reference);
            if (said.IsPaid is not { } paid)
                return Refusal.At("result", "result.word-unknown");
            if (said.BankReference.Trim() is not { Length: > 0 and <= LongestReference } reference)
                return Refusal.At("bankReference", "result.reference-missing", LongestReference);
            if (Remark.Check("reason", said.Reason) is { } unreadable)
                return unreadable;
            var result = new PaymentResult
            {
                BankReference = reference,
                LineId = line.Id,
                IsPaid = paid,
                Reason = Harmless(said.Reason, Payee.Open(vault, line.Payee, line.Id)),
                At = now,
                ById = asker.MemberId,
            };
            var before = known.GetValueOrDefault(reference);
            var judged = Reconciliation.Judge(line, result, before);
            if (judged is not { IsOk: true, Value: not ResultEffect.Repeats })
                return judged;
            var entry = line.SentBy is { } number ? sent[number] : null;
            var claim = claims.First(c => c.Id == line.ClaimId);
            db.Add(Reconciliation.Take(fund, claim, line, result, before, entry).Value!);
            db.Add(result);
            known.Add(reference, result);
            var signal = judged.Value == ResultEffect.Pays ? SignalRow.PaymentPaid : SignalRow.PaymentBounced;
            payments.Tell(line, claims, signal, now);
            return judged;
        }
    }
}
