using EduUnion.Host.Jobs;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Mail;

/// <summary>
/// That people were told of something which comes by the calendar and belongs to no case. Its key is the occasion itself,
/// so that it is told once whoever looks and however often.
/// </summary>
public sealed class ToldOccasion
{
    /// <summary>Code of the <see cref="NoticeKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whom or what it is about: an organisation, a file.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>The legal date of the occasion, not the day on which it was told.</summary>
    public required DateOnly On { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ToldOccasion>
    {
        public void Configure(EntityTypeBuilder<ToldOccasion> builder)
        {
            builder.ToTable("told_occasions");
            builder.HasKey(o => new
            {
                o.Kind,
                o.SubjectId,
                o.On,
            });
            builder.Property(o => o.Kind).HasMaxLength(40);
        }
    }
}

/// <summary>Tells each occasion once: the notice and the mark that it was told are one commit.</summary>
public sealed class Occasions(EduUnionDb db, OutboxBell bell)
{
    public Task<bool> IsToldAsync(NoticeKind kind, Guid subject, DateOnly on, CancellationToken cancellation) =>
        db.Set<ToldOccasion>().AnyAsync(o => o.Kind == kind.Code && o.SubjectId == subject && o.On == on, cancellation);

    /// <summary>False, and nothing written, when it was told already or another node was first.</summary>
    public async Task<bool> TellAsync(Notice notice, Guid subject, DateOnly on, CancellationToken cancellation)
    {
        if (await IsToldAsync(NoticeKind.Of(notice.Kind), subject, on, cancellation))
            return false;
        db.ChangeTracker.Clear();
        db.AddRange(
            notice,
            new ToldOccasion
            {
                Kind = notice.Kind,
                SubjectId = subject,
                On = on,
                At = notice.At,
            }
        );
        try
        {
            await using var transaction = await db.BeginWriteAsync(cancellation);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (DbUpdateException first) when (db.IsUniqueViolation(first))
        {
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
        bell.Ring();
        return true;
    }
}
