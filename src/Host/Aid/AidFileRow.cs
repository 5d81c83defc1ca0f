using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Aid;

/// <summary>A hardship file (困难档案): one a member, sealed, with the columns by which lists find it.</summary>
public sealed class AidFileRow
{
    public required Guid Id { get; init; }
    public required Guid MemberId { get; init; }
    public required Guid SchoolId { get; set; }
    public required string Number { get; init; }
    public required string State { get; set; }

    /// <summary>The last year in which it was verified, or in which it was opened.</summary>
    public required int VerifiedYear { get; set; }

    /// <summary>The last entry in its history; nothing for a year is a thing to do.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Whether anything was ever paid under it.</summary>
    public bool IsAided { get; set; }
    public required string Aggregate { get; set; }
    public long Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AidFileRow>
    {
        public void Configure(EntityTypeBuilder<AidFileRow> builder)
        {
            builder.ToTable("aid_files");
            builder.Property(f => f.Id).ValueGeneratedNever();
            builder.Property(f => f.Version).IsConcurrencyToken();
            builder.HasIndex(f => f.MemberId).IsUnique();
            builder.HasIndex(f => f.Number).IsUnique();
            builder.HasIndex(f => new { f.SchoolId, f.State });
        }
    }
}

/// <summary>Reads and changes hardship files inside the caller's transaction; nothing is saved here.</summary>
public sealed class AidFiles(EduUnionDb db, Vault vault, OrganisationBook organisations)
{
    public AidFile Read(AidFileRow row) =>
        JsonSerializer.Deserialize<AidFile>(vault.Open(row.Aggregate, row.Id), CaseJson.Options)!;

    public Task<AidFileRow?> FindAsync(Guid id, CancellationToken cancellation) =>
        db.Set<AidFileRow>().FirstOrDefaultAsync(f => f.Id == id, cancellation);

    public Task<AidFileRow?> OfMemberAsync(Guid member, CancellationToken cancellation) =>
        db.Set<AidFileRow>().FirstOrDefaultAsync(f => f.MemberId == member, cancellation);

    /// <summary>
    /// Why the person's file does not allow a payment: those of <see cref="AidFile.Renew"/>. Null = it does, or there is
    /// none yet. Changes nothing.
    /// </summary>
    public async Task<Refusal?> RefusedAsync(
        AidApplication application,
        DateTimeOffset now,
        DateOnly today,
        CancellationToken cancellation
    ) =>
        await OfMemberAsync(application.ApplicantId, cancellation) is { } known
            ? Renew(Read(known), application, now, today).Refusal
            : null;

    /// <summary>
    /// Opens the person's file, or renews the one there is, and says its number. Ask <see cref="RefusedAsync"/> before; the
    /// caller holds the lock of the person's year.
    /// </summary>
    public async Task<string> OpenAsync(
        AidApplication application,
        DateTimeOffset now,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        if (await OfMemberAsync(application.ApplicantId, cancellation) is { } known)
        {
            var file = Read(known);
            if (Renew(file, application, now, today) is { IsOk: false } refused)
                throw new InvalidOperationException($"A refused file is not opened: {refused.Refusal.Code}");
            Write(known, file);
            return known.Number;
        }
        var code = organisations.Find(application.SchoolId)!.Code;
        var number = await AidCounter.NextAsync(db, application.SchoolId, code, "DA", today.Year, cancellation);
        var (opened, _) = AidFile.Open(
            Guid.CreateVersion7(now),
            number,
            application.ApplicantId,
            application.SchoolId,
            application.Category ?? AidCategory.Acc,
            application.Id,
            now,
            today
        );
        var row = new AidFileRow
        {
            Id = opened.Id,
            MemberId = opened.MemberId,
            SchoolId = opened.SchoolId,
            Number = number,
            State = "",
            VerifiedYear = 0,
            Aggregate = "",
        };
        Write(row, opened);
        db.Add(row);
        return number;
    }

    // An emergency is paid before anybody has assessed it: it says nothing of the category.
    private static Outcome<FileEntered> Renew(
        AidFile file,
        AidApplication application,
        DateTimeOffset now,
        DateOnly today
    ) =>
        file.Renew(
            application is { Route: AidRoute.Emergency, IsAfterReview: false }
                ? file.Category
                : application.Category ?? file.Category,
            application.Id,
            now,
            today
        );

    /// <summary>Writes a changed file back to its row.</summary>
    public void Write(AidFileRow row, AidFile file)
    {
        row.SchoolId = file.SchoolId;
        row.State = file.State.ToString();
        row.VerifiedYear = file.VerifiedYear;
        row.UpdatedAt = file.UpdatedAt;
        row.IsAided = !file.IsNeverAided;
        row.Aggregate = vault.Seal(JsonSerializer.Serialize(file, CaseJson.Options), row.Id);
        row.Version++;
    }

    /// <summary>Changes the member's file, if there is one.</summary>
    public async Task<Refusal?> ChangeAsync<T>(
        Guid member,
        Func<AidFile, Outcome<T>> change,
        CancellationToken cancellation
    )
    {
        if (await OfMemberAsync(member, cancellation) is not { } row)
            return null;
        var file = Read(row);
        var changed = change(file);
        if (changed.IsOk)
            Write(row, file);
        return changed.Refusal;
    }
}
