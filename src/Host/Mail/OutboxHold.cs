using EduUnion.Host.Administration;
using EduUnion.Host.Jobs;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Mail;

/// <summary>
/// As long as one is open nothing is sent. A restored copy begins with one: nobody knows yet whether the original still
/// runs, and people must not be told everything twice.
/// </summary>
public sealed class OutboxHold
{
    public required Guid Id { get; init; }
    public required DateTimeOffset Since { get; init; }
    public DateTimeOffset? ReleasedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<OutboxHold>
    {
        public void Configure(EntityTypeBuilder<OutboxHold> builder)
        {
            builder.ToTable("outbox_holds");
            builder.HasKey(h => h.Id);
            builder.Property(h => h.Id).ValueGeneratedNever();
        }
    }
}

public sealed class OutboxHolds(EduUnionDb db, AdminLog record, OutboxBell bell, TimeProvider time)
{
    /// <summary>Since when nothing is sent; null = mail leaves as usual.</summary>
    public Task<DateTimeOffset?> SinceAsync(CancellationToken cancellation) =>
        db.Set<OutboxHold>().Where(h => h.ReleasedAt == null).MinAsync(h => (DateTimeOffset?)h.Since, cancellation);

    /// <summary>Nothing is sent from now on, until it is released. False: it is held already.</summary>
    public async Task<bool> HoldAsync(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellation);
        if (await SinceAsync(cancellation) is not null)
            return false;
        var now = time.GetUtcNow();
        db.Add(new OutboxHold { Id = Guid.CreateVersion7(now), Since = now });
        record.Add(null, "outbox.held", "");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Lets mail leave again, recorded with who did it. False: nothing was held.</summary>
    public async Task<bool> ReleaseAsync(Guid? by, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.BeginWriteAsync(cancellation);
        var now = time.GetUtcNow();
        var released = await db.Set<OutboxHold>()
            .Where(h => h.ReleasedAt == null)
            .ExecuteUpdateAsync(h => h.SetProperty(x => x.ReleasedAt, now), cancellation);
        if (released == 0)
            return false;
        record.Add(by, "outbox.released", "");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        bell.Ring();
        return true;
    }
}
