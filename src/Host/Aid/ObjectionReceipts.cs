using System.Text;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Aid;

/// <summary>What the holder of a receipt learns.</summary>
public sealed record ReceiptState(DateOnly FiledOn, ObjectionState State, ObjectionOutcome? Outcome);

/// <summary>By which hash of a receipt its objection is found; the receipt itself stands nowhere.</summary>
public sealed class ObjectionReceiptRow
{
    public required string Code { get; init; }
    public required Guid CaseId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ObjectionReceiptRow>
    {
        public void Configure(EntityTypeBuilder<ObjectionReceiptRow> builder)
        {
            builder.ToTable("aid_objection_receipts");
            builder.HasKey(r => r.Code);
            builder.Property(r => r.Code).HasMaxLength(43);
            builder.HasOne<CaseRow>().WithOne().HasForeignKey<ObjectionReceiptRow>(r => r.CaseId);
        }
    }
}

/// <summary>
/// The receipt (回执码) with which somebody who gave no name asks what became of his objection. It is made of the case's id
/// and a key; only a keyed hash of it is stored.
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

    /// <summary>Null = there is no objection of this receipt.</summary>
    public async Task<ReceiptState?> FindAsync(string? typed, CancellationToken cancellation)
    {
        var code = CodeOf(typed);
        var row = await (
            from receipt in db.Set<ObjectionReceiptRow>()
            join filed in db.Set<CaseRow>().AsNoTracking() on receipt.CaseId equals filed.Id
            where receipt.Code == code
            select filed
        ).FirstOrDefaultAsync(cancellation);
        if (row is null)
            return null;
        var objection = cases.ObjectionOf(row);
        return new ReceiptState(
            Domain.Calendar.ChinaTime.DateOf(objection.FiledAt),
            objection.State,
            objection.Settlement?.Outcome
        );
    }

    /// <summary>Added to the step in which the objection is opened.</summary>
    internal void Note(Guid objection) =>
        db.Add(new ObjectionReceiptRow { Code = CodeOf(Of(objection)), CaseId = objection });

    private string CodeOf(string? receipt) =>
        vault.Index(
            "objection.receipt-code",
            new([.. (receipt ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)])
        );
}
