using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EduUnion.Host.Administration;

/// <summary>
/// One act of administration: who did what to whom. Append-only. Names of people and organisations stand in it, no
/// addresses, numbers or reasons; dates are written <c>yyyy-MM-dd</c>, so that the line reads in both languages.
/// </summary>
public sealed class AdminLogLine
{
    /// <summary>Five wrong passwords one after the other closed an account for a while; the program's own act.</summary>
    public const string LockedOut = "account.locked-out";

    /// <summary>How acts end by which a list was taken away as a file: <c>member.exported</c>.</summary>
    public const string Exported = ".exported";

    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null = the program or its command line.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Stable, <c>office.granted</c>; its words are <c>adminlog.act.{act}</c>.</summary>
    public required string Act { get; init; }

    /// <summary>Whom or what it was done to.</summary>
    public required string Subject { get; init; }
    public required string Text { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AdminLogLine>
    {
        public void Configure(EntityTypeBuilder<AdminLogLine> builder)
        {
            builder.ToTable("admin_log");
            builder.HasKey(l => l.Id);
            builder.Property(l => l.Id).ValueGeneratedNever();
            builder.Property(l => l.Act).HasMaxLength(60);
            builder.HasIndex(l => new { l.At, l.Id });
            builder.HasIndex(l => new { l.Act, l.At });
        }
    }
}

/// <summary>A line of the log with the actor's name.</summary>
public sealed record AdminLogItem(Guid Id, DateTimeOffset At, string? Actor, string Act, string Subject, string Text);

/// <summary>The record of administrative acts.</summary>
public sealed class AdminLog(EduUnionDb db, TimeProvider time)
{
    /// <summary>Writes a line that is saved with the caller's change, in the caller's transaction.</summary>
    public void Add(Guid? by, string act, string subject, string text = "")
    {
        var now = time.GetUtcNow();
        db.Add(
            new AdminLogLine
            {
                Id = Guid.CreateVersion7(now),
                At = now,
                ActorId = by,
                Act = act,
                Subject = subject,
                Text = text,
            }
        );
    }

    /// <summary>The latest first, paged by key.</summary>
    /// <param name="group">The part of an act before the dot; null = all.</param>
    public async Task<Slice<AdminLogItem>> ListAsync(
        string? group,
        Guid? after,
        int limit,
        CancellationToken cancellation
    )
    {
        var lines = db.Set<AdminLogLine>().AsNoTracking();
        if (group is { Length: > 0 })
            lines = lines.Where(l => l.Act.StartsWith(group + "."));
        if (after is { } last)
        {
            var from = await lines.Where(l => l.Id == last).Select(l => l.At).FirstOrDefaultAsync(cancellation);
            lines = lines.Where(l => l.At < from || (l.At == from && l.Id < last));
        }
        var items = await (
            from line in lines
            join member in db.Set<Member>() on line.ActorId equals (Guid?)member.Id into members
            from member in members.DefaultIfEmpty()
            orderby line.At descending, line.Id descending
            select new AdminLogItem(
                line.Id,
                line.At,
                member == null ? null : member.Name,
                line.Act,
                line.Subject,
                line.Text
            )
        )
            .Take(limit + 1)
            .ToListAsync(cancellation);
        return new([.. items.Take(limit)], items.Count > limit ? items[limit - 1].Id.ToString() : null);
    }
}
