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
    /// The file under which the member is aided: opened with the first aid, renewed with each further one (先建档、后帮扶).
    /// Refusals: those of <see cref="AidFile.Renew"/>.
    /// </summary>
    public async Task<Outcome<string>> OpenAsync(
        AidApplication application,
        DateTimeOffset now,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        // An emergency is paid before anybody has assessed it.
        var category = application.Category ?? AidCategory.Acc;
        if (await OfMemberAsync(application.ApplicantId, cancellation) is { } known)
        {
            var file = Read(known);
            var renewed = file.Renew(category, application.Id, now, today);
            if (!renewed.IsOk)
                return renewed.Refusal;
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
            category,
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

    /// <summary>Writes a changed file back to its row.</summary>
    public void Write(AidFileRow row, AidFile file)
    {
        row.SchoolId = file.SchoolId;
        row.State = file.State.ToString();
        row.VerifiedYear = file.VerifiedYear;
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
