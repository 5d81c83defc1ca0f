using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>
/// Hardship files that were left (退档) long enough ago: what was written in them goes, the file stays. One file is one
/// commit. A file in use keeps its texts; they are what its yearly verification looks back on.
/// </summary>
public sealed class FileRetention(EduUnionDb db, AidFiles files)
{
    /// <summary>Files of this school that were left and still hold their texts, by id.</summary>
    public async Task<IReadOnlyList<Guid>> LeftAsync(Guid school, CancellationToken cancellation) =>
        await db.Set<AidFileRow>()
            .Where(f => f.SchoolId == school && f.State == nameof(FileState.Exited) && f.ForgottenAt == null)
            .OrderBy(f => f.Id)
            .Select(f => f.Id)
            .ToListAsync(cancellation);

    public async Task<IReadOnlyList<Guid>> SchoolsAsync(CancellationToken cancellation) =>
        await db.Set<AidFileRow>()
            .Where(f => f.State == nameof(FileState.Exited) && f.ForgottenAt == null)
            .Select(f => f.SchoolId)
            .Distinct()
            .ToListAsync(cancellation);

    /// <summary>Forgets a file that was left before the given instant; false = it is not due.</summary>
    public async Task<bool> ForgetAsync(
        Guid id,
        DateTimeOffset before,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        db.ChangeTracker.Clear();
        if (await files.FindAsync(id, cancellation) is not { ForgottenAt: null } row)
            return false;
        var file = files.Read(row);
        // Visits to the kin and what they were shown begin the time anew.
        var spoken = file.Visits.Select(v => v.On).Concat(file.KinRequests.Select(k => k.On)).DefaultIfEmpty().Max();
        if (file.UpdatedAt > before || spoken > ChinaTime.DateOf(before) || !file.Forget().IsOk)
            return false;
        files.Write(row, file);
        row.ForgottenAt = now;
        // The row's version decides against somebody who opens the file again at this moment.
        await db.SaveChangesAsync(cancellation);
        return true;
    }
}
