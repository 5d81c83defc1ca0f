using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Journal;

/// <param name="Broken">Sentences, one a broken chain or checkpoint; empty = everything proves.</param>
public sealed record ProofReport(long Lines, int Cases, int Checkpoints, IReadOnlyList<string> Broken);

/// <summary>Proves audit chains and checkpoints; changes nothing.</summary>
public sealed class JournalProof(EduUnionDb db, AuditChain chain, Checkpoints checkpoints)
{
    private const int Batch = 200;

    /// <param name="only">One case, or null for all.</param>
    public async Task<ProofReport> ProveAsync(Guid? only, CancellationToken cancellation)
    {
        var broken = new List<string>();
        var ids = await db.Set<CaseRow>()
            .Where(c => only == null || c.Id == only)
            .OrderBy(c => c.Id)
            .Select(c => c.Id)
            .ToListAsync(cancellation);
        var lines = 0L;
        foreach (var batch in ids.Chunk(Batch))
            lines += await ProveAsync(batch, broken, cancellation);
        var orphans = await db.Set<JournalLine>()
            .Where(l => only == null || l.CaseId == only)
            .Where(l => !db.Set<CaseRow>().Any(c => c.Id == l.CaseId))
            .Select(l => l.CaseId)
            .Distinct()
            .ToListAsync(cancellation);
        broken.AddRange(orphans.Select(id => $"Case {id}: its row is gone, its lines are not."));
        return new(lines, ids.Count, await ProveCheckpointsAsync(only, broken, cancellation), broken);
    }

    private async Task<long> ProveAsync(Guid[] ids, List<string> broken, CancellationToken cancellation)
    {
        var heads = await HeadsAsync(ids, cancellation);
        var lines = (await LinesAsync(ids, cancellation)).ToLookup(l => l.CaseId);
        foreach (var (id, sequence, head) in heads)
        {
            if (chain.FirstBroken(lines[id], head, sequence) is null)
                continue;
            // Between the two reads the case may have gone on: what still fails while it is locked, is broken.
            await using var transaction = await db.BeginWriteAsync(cancellation);
            await db.LockCaseAsync(id, cancellation);
            var (_, length, now) = (await HeadsAsync([id], cancellation))[0];
            if (chain.FirstBroken(await LinesAsync([id], cancellation), now, length) is { } at)
                broken.Add($"Case {id}: line {at} does not prove.");
        }
        return lines.Sum(l => l.LongCount());
    }

    private async Task<List<(Guid Id, int Sequence, byte[] Head)>> HeadsAsync(
        Guid[] ids,
        CancellationToken cancellation
    ) =>
        [
            .. (
                await db.Set<CaseRow>()
                    .AsNoTracking()
                    .Where(c => ids.Contains(c.Id))
                    .OrderBy(c => c.Id)
                    .Select(c => new
                    {
                        c.Id,
                        c.JournalSequence,
                        c.JournalHead,
                    })
                    .ToListAsync(cancellation)
            ).Select(c => (c.Id, c.JournalSequence, c.JournalHead)),
        ];

    private Task<List<JournalLine>> LinesAsync(Guid[] ids, CancellationToken cancellation) =>
        db.Set<JournalLine>()
            .AsNoTracking()
            .Where(l => ids.Contains(l.CaseId))
            .OrderBy(l => l.CaseId)
            .ThenBy(l => l.Sequence)
            .ToListAsync(cancellation);

    /// <summary>Each MAC with the one before it, and that the chains still hold the heads written down.</summary>
    private async Task<int> ProveCheckpointsAsync(Guid? only, List<string> broken, CancellationToken cancellation)
    {
        byte[] before = [];
        var expected = 1L;
        var count = 0;
        for (var more = true; more; )
        {
            var page = await db.Set<JournalCheckpoint>()
                .AsNoTracking()
                .Where(c => c.Id >= expected)
                .OrderBy(c => c.Id)
                .Take(Batch)
                .ToListAsync(cancellation);
            foreach (var checkpoint in page)
            {
                if (checkpoint.Id != expected || !checkpoints.Proves(checkpoint, before))
                    broken.Add($"Checkpoint {expected}: does not prove.");
                else
                    await ProveHeadsAsync(checkpoint, only, broken, cancellation);
                before = checkpoint.Mac;
                expected = checkpoint.Id + 1;
                count++;
            }
            more = page.Count == Batch;
        }
        return count;
    }

    private async Task ProveHeadsAsync(
        JournalCheckpoint checkpoint,
        Guid? only,
        List<string> broken,
        CancellationToken cancellation
    )
    {
        var heads = Checkpoints.Read(checkpoint).Where(h => only is null || h.Key == only);
        foreach (var batch in heads.Chunk(Batch))
        {
            var (ids, sequences) = (batch.Select(h => h.Key).ToList(), batch.Select(h => h.Value.Sequence).ToList());
            var lines = await db.Set<JournalLine>()
                .Where(l => ids.Contains(l.CaseId) && sequences.Contains(l.Sequence))
                .Select(l => new
                {
                    l.CaseId,
                    l.Sequence,
                    l.Mac,
                })
                .ToListAsync(cancellation);
            var macs = lines.ToDictionary(l => (l.CaseId, l.Sequence), l => Convert.ToHexString(l.Mac));
            foreach (var (id, head) in batch)
                if (macs.GetValueOrDefault((id, head.Sequence)) != head.Mac)
                    broken.Add($"Case {id}: line {head.Sequence} is not the one that checkpoint {checkpoint.Id} saw.");
        }
    }
}
