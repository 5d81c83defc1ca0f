using System.Text.Json;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Aid;

/// <summary>A meeting of the aid committee (评审会): an aggregate of its own, sealed, that signals its cases.</summary>
public sealed class MeetingRow
{
    public required Guid Id { get; init; }
    public required Guid SchoolId { get; init; }
    public required string State { get; set; }
    public required DateTimeOffset MeetsAt { get; set; }
    public required string Aggregate { get; set; }
    public long Version { get; set; }

    public List<MeetingLineRow> Lines { get; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<MeetingRow>
    {
        public void Configure(EntityTypeBuilder<MeetingRow> builder)
        {
            builder.ToTable("aid_meetings");
            builder.Property(m => m.Id).ValueGeneratedNever();
            builder.Property(m => m.Version).IsConcurrencyToken();
            builder.HasMany(m => m.Lines).WithOne().HasForeignKey(l => l.MeetingId);
            builder.HasIndex(m => new { m.SchoolId, m.MeetsAt });
        }
    }
}

/// <summary>Which case a line is about; the line's id is the source of the signal.</summary>
public sealed class MeetingLineRow
{
    public required Guid Id { get; init; }
    public required Guid MeetingId { get; init; }
    public required Guid CaseId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<MeetingLineRow>
    {
        public void Configure(EntityTypeBuilder<MeetingLineRow> builder)
        {
            builder.ToTable("aid_meeting_lines");
            builder.Property(l => l.Id).ValueGeneratedNever();
            builder.HasOne<CaseRow>().WithMany().HasForeignKey(l => l.CaseId);
            builder.HasIndex(l => l.CaseId);
        }
    }
}

/// <summary>Reads meetings.</summary>
public sealed class MeetingBook(EduUnionDb db, Vault vault)
{
    public AssessmentMeeting Read(MeetingRow row) =>
        JsonSerializer.Deserialize<AssessmentMeeting>(vault.Open(row.Aggregate, row.Id), CaseJson.Options)!;

    /// <summary>Writes a changed meeting back to its row, and its lines to theirs.</summary>
    public void Write(MeetingRow row, AssessmentMeeting meeting)
    {
        row.State = meeting.State.ToString();
        row.MeetsAt = meeting.MeetsAt;
        row.Aggregate = vault.Seal(JsonSerializer.Serialize(meeting, CaseJson.Options), row.Id);
        row.Version++;
        foreach (var gone in row.Lines.Where(l => meeting.Lines.All(m => m.Id != l.Id)).ToList())
            db.Remove(gone);
        foreach (var line in meeting.Lines.Where(m => row.Lines.All(l => l.Id != m.Id)))
            db.Add(
                new MeetingLineRow
                {
                    Id = line.Id,
                    MeetingId = row.Id,
                    CaseId = line.CaseId,
                }
            );
    }

    /// <summary>
    /// What the retention takes out of the meetings that had this case before them; the minutes of a meeting go with the
    /// last of its cases. Inside the caller's transaction; nothing is saved here.
    /// </summary>
    public async Task ForgetAsync(Guid caseId, CancellationToken cancellation)
    {
        var meetings = await db.Set<MeetingRow>()
            .Include(m => m.Lines)
            .Where(m => m.Lines.Any(l => l.CaseId == caseId))
            .ToListAsync(cancellation);
        foreach (var row in meetings)
        {
            var listed = row.Lines.Select(l => l.CaseId).ToList();
            var gone = await db.Set<PurgedCase>()
                .Where(p => listed.Contains(p.CaseId))
                .Select(p => p.CaseId)
                .ToListAsync(cancellation);
            var meeting = Read(row);
            meeting.Forget(gone.Append(caseId).ToHashSet());
            Write(row, meeting);
        }
    }

    /// <summary>Applications of the school that are surveyed, not held, and on no list of a meeting that is still to come.</summary>
    public IQueryable<CaseRow> Waiting(Guid school)
    {
        string[] coming = [nameof(MeetingState.Convened), nameof(MeetingState.Open)];
        var listed =
            from line in db.Set<MeetingLineRow>()
            join meeting in db.Set<MeetingRow>() on line.MeetingId equals meeting.Id
            where meeting.SchoolId == school && coming.Contains(meeting.State)
            select line.CaseId;
        return db.Set<CaseRow>()
            .AsNoTracking()
            .Where(c => c.Kind == AidCase.KindName && c.SchoolId == school && c.State == nameof(AidState.Surveyed))
            .Where(c => c.HeldAt == null && !listed.Contains(c.Id));
    }

    public async Task<AssessmentMeeting?> FindAsync(Guid id, CancellationToken cancellation) =>
        await db.Set<MeetingRow>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, cancellation) is { } row
            ? Read(row)
            : null;

    /// <summary>The committee's result of a line; null as long as there is none.</summary>
    public async Task<AssessmentResult?> ResultAsync(Guid line, CancellationToken cancellation)
    {
        var row = await (
            from one in db.Set<MeetingLineRow>()
            join meeting in db.Set<MeetingRow>() on one.MeetingId equals meeting.Id
            where one.Id == line
            select meeting
        )
            .AsNoTracking()
            .FirstOrDefaultAsync(cancellation);
        return row is null ? null : Read(row).Lines.FirstOrDefault(l => l.Id == line)?.Result;
    }
}
