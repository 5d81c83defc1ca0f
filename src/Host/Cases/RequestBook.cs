using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>
/// One change, one transaction, one answer: a refusal leaves nothing behind, and the same request again gets the first
/// answer and changes nothing.
/// </summary>
public sealed class RequestBook(EduUnionDb db, Vault vault)
{
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    /// <summary>
    /// Runs the change and commits it together with the answer to be repeated. Refusals: the change's own,
    /// <c>request.key-reused</c> (the key came with another body), <c>request.in-progress</c> (409).
    /// </summary>
    /// <param name="asker">Null = the program, which repeats nothing.</param>
    /// <param name="at">The instant of the change, read from its answer.</param>
    public async Task<Outcome<T>> OnceAsync<T>(
        Asker? asker,
        Func<Task<Outcome<T>>> change,
        Func<T, DateTimeOffset> at,
        CancellationToken cancellation
    )
    {
        // Nothing read before the locks may take part: neither a clock that the sweep has claimed, nor what a step that
        // failed has left half done.
        db.ChangeTracker.Clear();
        try
        {
            await using var transaction = await db.BeginWriteAsync(cancellation);
            var done = await change();
            if (!done.IsOk)
            {
                await transaction.RollbackAsync(cancellation);
                db.ChangeTracker.Clear();
                return await RepeatedAsync<T>(asker, cancellation) ?? done;
            }
            if (asker?.Key is { } key)
                db.Add(
                    new RequestRow
                    {
                        MemberId = asker.MemberId,
                        Key = key,
                        BodyHash = asker.BodyHash ?? [],
                        Answer = vault.Seal(JsonSerializer.Serialize(done.Value, Json), BoundOf(asker.MemberId, key)),
                        At = at(done.Value),
                    }
                );
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            db.ChangeTracker.Clear();
            return done;
        }
        catch (DbUpdateException clash) when (db.IsUniqueViolation(clash) && asker?.Key is not null)
        {
            // The same request is being answered at this moment, here or on another node: its answer is ours.
            db.ChangeTracker.Clear();
            return await RepeatedAsync<T>(asker, cancellation)
                ?? new Refusal("request.in-progress", RefusalKind.Conflict);
        }
    }

    /// <summary>The stored answer, or a refusal when the key came with another body; null when the key is new.</summary>
    public async Task<Outcome<T>?> RepeatedAsync<T>(Asker? asker, CancellationToken cancellation)
    {
        if (asker?.Key is not { } key)
            return null;
        var stored = await db.Set<RequestRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(r => r.MemberId == asker.MemberId && r.Key == key, cancellation);
        if (stored is null)
            return null;
        if (!stored.BodyHash.AsSpan().SequenceEqual(asker.BodyHash))
            return Refusal.Because("request.key-reused");
        return JsonSerializer.Deserialize<T>(vault.Open(stored.Answer, BoundOf(asker.MemberId, key)), Json)!;
    }

    private static string BoundOf(Guid member, string key) => SealedPlaces.Requests.BoundOf([member, key]);
}
