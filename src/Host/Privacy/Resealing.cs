using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Privacy;

/// <summary>How many values of a place each key sealed.</summary>
public sealed record SealedCount(SealedPlace Place, string KeyId, long Count);

/// <param name="Unreadable">Whose key is missing, or which were changed: they stay as they are.</param>
public sealed record Resealed(long Done, long Unreadable);

/// <summary>
/// Seals with the current key what older ones sealed. A value is replaced only while it is the one that was read: whoever
/// writes the row meanwhile wins, and what he wrote is looked at again. So it runs beside the program, may die at any
/// point and go on later, and two at once do no harm. Versions of rows stay: a form that somebody has open is not stale.
/// </summary>
public sealed class Resealing(EduUnionDb db, Vault vault, KeyRing ring)
{
    /// <summary>Files are large; a batch of them is held in memory.</summary>
    private const int Batch = 20;
    private const int HeadLength = 12;
    private const int NonceLength = 12;

    /// <summary>By place and key, places without a sealed value left out.</summary>
    public async Task<IReadOnlyList<SealedCount>> CountAsync(CancellationToken cancellation)
    {
        var counts = new List<SealedCount>();
        foreach (var place in SealedPlaces.All)
        {
            var head = $"substr({place.Column}, {place.Before.Length + 1}, {HeadLength})";
            await foreach (
                var row in ReadAsync(
                    $"SELECT {head}, count(*) FROM {place.Table} WHERE {IsSealed(place)} GROUP BY 1 ORDER BY 1",
                    [("mark", Marked(place, place.Before + Vault.Mark))],
                    cancellation
                )
            )
            {
                var text = row[0] is byte[] bytes ? Encoding.ASCII.GetString(bytes) : (string)row[0];
                counts.Add(new(place, text[Vault.Mark.Length..^1], Convert.ToInt64(row[1])));
            }
        }
        return counts;
    }

    /// <summary>
    /// Until no value of the place is left that another key sealed and that can be read. One that cannot be read stays as
    /// it is and is counted; it does not keep the others from being sealed again.
    /// </summary>
    public async Task<Resealed> ResealAsync(SealedPlace place, CancellationToken cancellation)
    {
        var done = 0L;
        var unreadable = new HashSet<string>();
        while (true)
        {
            var found = false;
            object[] after = [];
            while (await OlderAsync(place, after, cancellation) is { Count: > 0 } rows)
            {
                foreach (var row in rows)
                    try
                    {
                        done += await ReplaceAsync(place, row[..^1], row[^1], cancellation);
                        found = true;
                    }
                    catch (CryptographicException)
                    {
                        unreadable.Add(place.BoundOf(row[..^1]));
                    }
                after = rows[^1][..^1];
            }
            // Behind us somebody may have written with the old key meanwhile.
            if (!found)
                return new Resealed(done, unreadable.Count);
        }
    }

    /// <summary>Puts the value sealed anew in the place of the one that was read; 0 = somebody was faster.</summary>
    internal async Task<int> ReplaceAsync(SealedPlace place, object[] key, object old, CancellationToken cancellation)
    {
        var bound = place.BoundOf(key);
        object renewed = old is byte[] bytes
            ? vault.Seal(vault.Open(bytes, bound), bound)
            : place.Wrapped(vault.Seal(vault.Open(place.Bare((string)old), bound), bound));
        // The nonce is in the first bytes and never twice the same: enough to know a file again.
        var same = old is byte[] file
            ? $"substr({place.Column}, 1, {HeadLength + NonceLength}) = @old"
            : $"{place.Column} = @old";
        var keys = place.Key.Select((column, i) => $"{column} = @key{i}");
        return await ExecuteAsync(
            $"UPDATE {place.Table} SET {place.Column} = @new WHERE {string.Join(" AND ", keys)} AND {same}",
            [
                ("new", renewed),
                ("old", old is byte[] whole ? whole[..(HeadLength + NonceLength)] : old),
                .. key.Select((value, i) => ($"key{i}", value)),
            ],
            cancellation
        );
    }

    /// <summary>The next batch in the order of the keys, which what cannot be read does not hold up.</summary>
    private async Task<List<object[]>> OlderAsync(SealedPlace place, object[] after, CancellationToken cancellation)
    {
        var keys = string.Join(", ", place.Key);
        var behind =
            after.Length == 0 ? "" : $" AND ({keys}) > ({string.Join(", ", after.Select((_, i) => $"@after{i}"))})";
        var rows = new List<object[]>();
        await foreach (
            var row in ReadAsync(
                $"SELECT {keys}, {place.Column} FROM {place.Table} "
                    + $"WHERE {IsSealed(place)} AND substr({place.Column}, {place.Before.Length + 1}, {HeadLength}) <> @head{behind} "
                    + $"ORDER BY {keys} LIMIT {Batch}",
                [
                    ("mark", Marked(place, place.Before + Vault.Mark)),
                    ("head", Marked(place, Vault.Head(ring.Current.Id))),
                    .. after.Select((value, i) => ($"after{i}", value)),
                ],
                cancellation
            )
        )
            rows.Add(row);
        return rows;
    }

    private static string IsSealed(SealedPlace place) =>
        $"substr({place.Column}, 1, {place.Before.Length + Vault.Mark.Length}) = @mark";

    private static object Marked(SealedPlace place, string text) =>
        place.IsBytes ? Encoding.ASCII.GetBytes(text) : text;

    private async IAsyncEnumerable<object[]> ReadAsync(
        string sql,
        (string Name, object Value)[] values,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = Command(sql, values);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var row = new object[reader.FieldCount];
                reader.GetValues(row);
                yield return row;
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task<int> ExecuteAsync(
        string sql,
        (string Name, object Value)[] values,
        CancellationToken cancellation
    )
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await using var command = Command(sql, values);
            return await command.ExecuteNonQueryAsync(cancellation);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private DbCommand Command(string sql, (string Name, object Value)[] values)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
