using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Aid;

/// <summary>
/// By what a second application for the same is found (domain §3.4): one row a person of the couple and one for the
/// account, each known by a keyed hash only; what is compared stands beside it, sealed.
/// </summary>
public sealed class AidTrace
{
    public required Guid CaseId { get; init; }

    /// <summary>Keyed hash of an identity number, or of an account's number.</summary>
    public required string Hash { get; init; }

    /// <summary>Keyed hash of what happened; null for an account, which two may share.</summary>
    public string? Event { get; init; }
    public required int Year { get; init; }

    /// <summary>The <see cref="AidClaim"/>, sealed.</summary>
    public required string Claim { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AidTrace>
    {
        public void Configure(EntityTypeBuilder<AidTrace> builder)
        {
            builder.ToTable("aid_traces");
            builder.HasKey(t => new { t.CaseId, t.Hash });
            builder.HasOne<CaseRow>().WithMany().HasForeignKey(t => t.CaseId);
            // Two of one household who submit at the same moment: the second does not commit.
            builder
                .HasIndex(t => new
                {
                    t.Hash,
                    t.Event,
                    t.Year,
                })
                .IsUnique()
                .HasFilter("event IS NOT NULL");
        }
    }
}

/// <summary>Finds second applications, and keeps by what they are found, inside the caller's transaction.</summary>
public sealed class AidTraces(EduUnionDb db, Vault vault)
{
    /// <summary>What ended without aid is in nobody's way.</summary>
    private static readonly string[] Dead =
    [
        nameof(AidState.Withdrawn),
        nameof(AidState.Refused),
        nameof(AidState.Cancelled),
    ];

    /// <summary>
    /// Notes the application as it stands, unless it is one that is not accepted again: <c>aid.duplicate</c>, which says
    /// neither whose nor which the other is.
    /// </summary>
    public async Task<Refusal?> NoteAsync(AidApplication application, DateOnly today, CancellationToken cancellation)
    {
        if (ClaimOf(application, today) is not { } claim)
            return null;
        var others = await OthersAsync(claim, cancellation);
        if (Duplicates.Check(claim, others.Where(o => !o.Dead).Select(o => o.Claim)) is { } refused)
            return refused;
        db.RemoveRange(others.Where(o => o.Dead).Select(o => o.Row));
        db.RemoveRange(await db.Set<AidTrace>().Where(t => t.CaseId == claim.CaseId).ToListAsync(cancellation));
        // The rows of one key cannot be removed and added in one save.
        await db.SaveChangesAsync(cancellation);
        var happened = vault.Index("aid.event", $"{claim.Group}/{claim.EventOn:yyyy-MM-dd}");
        foreach (var person in claim.People)
            db.Add(RowOf(claim, person, happened));
        if (claim.Account is { } account)
            db.Add(RowOf(claim, account, null));
        try
        {
            await db.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateException clash) when (db.IsUniqueViolation(clash))
        {
            // Somebody of the household submitted at the same moment and was first.
            return Refusal.Because("aid.duplicate");
        }
    }

    /// <summary>The case's traces go with the retention; nobody is compared with it after so many years.</summary>
    public Task<int> ForgetAsync(Guid caseId, CancellationToken cancellation) =>
        db.Set<AidTrace>().Where(t => t.CaseId == caseId).ExecuteDeleteAsync(cancellation);

    /// <summary>What the committee should know: other applications of the same people this year, the same account.</summary>
    public async Task<IReadOnlyList<Duplicate>> WarningsAsync(
        AidApplication application,
        DateOnly today,
        CancellationToken cancellation
    ) =>
        ClaimOf(application, today) is { } claim
            ? Duplicates.Of(claim, (await OthersAsync(claim, cancellation)).Where(o => !o.Dead).Select(o => o.Claim))
            : [];

    private async Task<List<(AidTrace Row, AidClaim Claim, bool Dead)>> OthersAsync(
        AidClaim claim,
        CancellationToken cancellation
    )
    {
        string[] hashes = [.. claim.People, .. claim.Account is { } account ? [account] : Array.Empty<string>()];
        var found = await (
            from trace in db.Set<AidTrace>()
            join row in db.Set<CaseRow>() on trace.CaseId equals row.Id
            where hashes.Contains(trace.Hash) && trace.CaseId != claim.CaseId
            select new { trace, row.State }
        ).ToListAsync(cancellation);
        return
        [
            .. found.Select(f =>
                (
                    f.trace,
                    JsonSerializer.Deserialize<AidClaim>(
                        vault.Open(f.trace.Claim, BoundOf(f.trace)),
                        CaseJson.Options
                    )!,
                    Dead.Contains(f.State)
                )
            ),
        ];
    }

    private AidClaim? ClaimOf(AidApplication application, DateOnly today)
    {
        var content = application.Content;
        if (content.Event is not { } happened || content.MainCause is not { } cause)
            return null;
        var year = (application.SubmittedAt is { } at ? ChinaTime.DateOf(at) : today).Year;
        return new(
            application.Id,
            application.ApplicantId,
            [.. content.CoupleNumbers.Select(n => vault.Index("identity", n))],
            content.Account.Number.Length == 0 ? null : vault.Index("account", content.Account.Number),
            cause.Group(),
            happened.Text,
            happened.On,
            year,
            application.FundId
        );
    }

    private AidTrace RowOf(AidClaim claim, string hash, string? happened)
    {
        var row = new AidTrace
        {
            CaseId = claim.CaseId,
            Hash = hash,
            Event = happened,
            Year = claim.Year,
            Claim = "",
        };
        row.Claim = vault.Seal(JsonSerializer.Serialize(claim, CaseJson.Options), BoundOf(row));
        return row;
    }

    private static string BoundOf(AidTrace row) => $"{row.CaseId}/{row.Hash}";
}
