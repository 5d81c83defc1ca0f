using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Mail;

/// <summary>Rows of a queue for this worker alone, locked until its transaction ends.</summary>
internal static class DueRows
{
    /// <summary>
    /// PostgreSQL passes over what another node holds; SQLite has one writer, which is us. The SQL is assembled from
    /// constants of this assembly; only the instant and the limit are values.
    /// </summary>
    public static Task<List<T>> TakeDueAsync<T>(
        this EduUnionDb db,
        string table,
        string open,
        string dueColumn,
        DateTimeOffset now,
        int limit,
        CancellationToken cancellation
    )
        where T : class
    {
        var postgres = db is PostgresDb;
        var sql =
            $"SELECT * FROM {table} WHERE {open} AND {dueColumn} <= {{0}} ORDER BY {dueColumn}, id LIMIT {{1}}"
            + (postgres ? " FOR UPDATE SKIP LOCKED" : "");
        object instant = postgres ? now.ToUniversalTime() : InstantAsText.Write(now);
        return db.Set<T>().FromSqlRaw(sql, instant, limit).ToListAsync(cancellation);
    }
}
