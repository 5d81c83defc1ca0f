using System.Text;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>What the holder of a receipt learns.</summary>
public sealed record ReceiptState(DateOnly FiledOn, ObjectionState State, ObjectionOutcome? Outcome);

/// <summary>
/// The receipt (回执码) with which somebody who gave no name asks what became of his objection. It is made of the case's id
/// and a key, and stored nowhere.
/// </summary>
public sealed class ObjectionReceipts(EduUnionDb db, AidCases cases, Vault vault)
{
    /// <summary>Without those that are taken for another: 0 O, 1 I L, U V.</summary>
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTWXYZ";
    private const int Length = 12;

    /// <summary><c>XXXX-XXXX-XXXX</c>.</summary>
    public string Of(Guid objection)
    {
        var hash = vault.Index("objection.receipt", objection.ToString("N"));
        var code = new StringBuilder(Length + 2);
        foreach (var (i, one) in Encoding.ASCII.GetBytes(hash)[..(2 * Length)].Chunk(2).Index())
            code.Append(i is 4 or 8 ? "-" : "").Append(Letters[(one[0] * 64 + one[1]) % Letters.Length]);
        return code.ToString();
    }

    /// <summary>Null = there is no objection of this receipt; of all that were filed, there are few.</summary>
    public async Task<ReceiptState?> FindAsync(string? typed, CancellationToken cancellation)
    {
        var wanted = Plain(typed);
        if (wanted.Length != Length)
            return null;
        var all = await db.Set<CaseRow>()
            .Where(c => c.Kind == ObjectionCase.KindName)
            .Select(c => c.Id)
            .ToListAsync(cancellation);
        foreach (var id in all.Where(id => Plain(Of(id)) == wanted).Take(1))
        {
            var objection = cases.ObjectionOf(
                await db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == id, cancellation)
            );
            return new ReceiptState(
                Domain.Calendar.ChinaTime.DateOf(objection.FiledAt),
                objection.State,
                objection.Settlement?.Outcome
            );
        }
        return null;
    }

    private static string Plain(string? typed) =>
        new([.. (typed ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
}
