using System.Globalization;
using System.Text.Json;
using EduUnion.Host.Cases;
using EduUnion.Host.Jobs;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Journal;

/// <summary>How far a chain had come.</summary>
public sealed record ChainHead(int Sequence, string Mac);

/// <summary>
/// Writes down, hourly, the heads of the chains that moved. A chain alone does not show that its last lines were cut off
/// together with the head on the case row; against a checkpoint, and a copy of it kept elsewhere, it does. Checkpoints are
/// a chain too: each MAC covers the one before.
/// </summary>
public sealed class Checkpoints(EduUnionDb db, AuditChain chain, TimeProvider time) : IJob
{
    /// <summary>A line carries the instant before its commit, and may appear after a checkpoint that is younger.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(10);

    /// <summary>Returns how many chains moved; writes nothing when none did.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var last = await db.Set<JournalCheckpoint>()
            .AsNoTracking()
            .OrderByDescending(c => c.Id)
            .FirstOrDefaultAsync(cancellation);
        var since = last is null ? DateTimeOffset.UnixEpoch : last.At - LongestStep;
        var moved = db.Set<JournalLine>().Where(l => l.At > since).Select(l => l.CaseId);
        var heads = await db.Set<CaseRow>()
            .AsNoTracking()
            .Where(c => moved.Contains(c.Id))
            .Select(c => new
            {
                c.Id,
                c.JournalSequence,
                c.JournalHead,
            })
            .ToListAsync(cancellation);
        var known = last is null ? [] : Read(last);
        var news = heads
            .Select(h => (h.Id, Head: new ChainHead(h.JournalSequence, Convert.ToHexString(h.JournalHead))))
            .Where(h => known.GetValueOrDefault(h.Id) != h.Head)
            .OrderBy(h => h.Id)
            .ToList();
        if (news.Count == 0)
            return 0;
        var now = time.GetUtcNow();
        var at = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMicrosecond));
        var id = (last?.Id ?? 0) + 1;
        var text = JsonSerializer.Serialize(news.ToDictionary(h => h.Id, h => h.Head), JsonSerializerOptions.Web);
        db.Add(
            new JournalCheckpoint
            {
                Id = id,
                At = at,
                Heads = text,
                Mac = Mac(last?.Mac ?? [], id, at, text),
            }
        );
        try
        {
            await db.SaveChangesAsync(cancellation);
            return news.Count;
        }
        catch (DbUpdateException clash) when (db.IsUniqueViolation(clash))
        {
            // Another node wrote it at the same moment.
            return 0;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    internal static Dictionary<Guid, ChainHead> Read(JournalCheckpoint checkpoint) =>
        JsonSerializer.Deserialize<Dictionary<Guid, ChainHead>>(checkpoint.Heads, JsonSerializerOptions.Web)!;

    internal bool Proves(JournalCheckpoint checkpoint, byte[] before) =>
        Mac(before, checkpoint.Id, checkpoint.At, checkpoint.Heads).AsSpan().SequenceEqual(checkpoint.Mac);

    // Begins with a word no line begins with: a line's MAC can never pass for a checkpoint's.
    private byte[] Mac(byte[] before, long id, DateTimeOffset at, string heads) =>
        chain.Mac(
            string.Create(
                CultureInfo.InvariantCulture,
                $"checkpoint\n{Convert.ToHexString(before)}\n{id}\n{at.UtcTicks / TimeSpan.TicksPerMicrosecond}\n{heads}"
            )
        );
}
