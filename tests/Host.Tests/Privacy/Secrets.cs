using System.Data.Common;
using System.Net;
using System.Text;
using System.Text.Json;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace EduUnion.Host.Tests.Privacy;

/// <summary>
/// Looks for secrets in everything that is written down: every column of every table, every mail, every file of the data
/// directory (so also in the free pages of a SQLite file), in clear and in the forms in which a program writes text.
/// </summary>
internal static class Secrets
{
    /// <param name="dataDirectory">Files below <c>keys</c> are left out; mails are read as mails.</param>
    public static async Task AssertNowhereAsync(EduUnionDb db, string dataDirectory, params string[] secrets) =>
        Assert.Empty(await FindAsync(db, dataDirectory, secrets));

    /// <summary>One sentence a find; the secret itself is not repeated in full.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(
        EduUnionDb db,
        string dataDirectory,
        params string[] secrets
    )
    {
        Assert.All(secrets, s => Assert.True(s.Length >= 2, "too short to be looked for"));
        var forms = secrets.SelectMany(Forms).ToList();
        var found = new List<string>();
        var registered = SealedPlaces.All.Select(p => p.ToString()).ToHashSet();
        await foreach (var (place, value) in EverythingAsync(db))
        {
            Look(place, value is byte[] bytes ? bytes : Encoding.UTF8.GetBytes(Convert.ToString(value)!), forms, found);
            if (IsSealed(value) && !registered.Contains(place))
                found.Add($"{place} is sealed and not among SealedPlaces");
        }
        while (!await LookAtFilesAsync(dataDirectory, forms, found)) { }
        return [.. found.Distinct()];
    }

    /// <summary>
    /// False: a file went away while it was looked for, as SQLite's log does when the last connection closes. Its content is
    /// in a file that was looked at before, so all are looked at again.
    /// </summary>
    private static async Task<bool> LookAtFilesAsync(
        string directory,
        List<(string Secret, string Form, byte[] Bytes)> forms,
        List<string> found
    )
    {
        foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(directory, file);
            if (name.StartsWith("keys", StringComparison.Ordinal))
                continue;
            try
            {
                Look(name, await ReadAsync(file), forms, found);
            }
            catch (FileNotFoundException)
            {
                return false;
            }
            if (file.EndsWith(".eml", StringComparison.Ordinal))
                Look(name, Encoding.UTF8.GetBytes(Words(await MimeMessage.LoadAsync(file))), forms, found);
        }
        return true;
    }

    private static async IAsyncEnumerable<(string Place, object Value)> EverythingAsync(EduUnionDb db)
    {
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        var tables = new List<string>();
        await foreach (
            var row in RowsAsync(
                connection,
                db is SqliteDb
                    ? "SELECT name FROM sqlite_master WHERE type = 'table'"
                    : "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
            )
        )
            tables.Add((string)row[0].Value);
        foreach (var table in tables)
        await foreach (var row in RowsAsync(connection, $"SELECT * FROM {Quoted(db, table)}"))
        foreach (var (column, value) in row)
            yield return ($"{table[(table.IndexOf('.') + 1)..]}.{column}", value);
        await db.Database.CloseConnectionAsync();
    }

    private static string Quoted(EduUnionDb db, string table) => db is SqliteDb ? $"\"{table}\"" : table;

    private static async IAsyncEnumerable<IReadOnlyList<(string Column, object Value)>> RowsAsync(
        DbConnection connection,
        string sql
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            yield return
            [
                .. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetValue(i))),
            ];
    }

    private static bool IsSealed(object value) =>
        Vault.IsSealed(value as string)
        || (value is byte[] { Length: > 12 } bytes && Vault.IsSealed(Encoding.Latin1.GetString(bytes, 0, 13)));

    // Another program may have the database open.
    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(
            file,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static string Words(MimeMessage mail) =>
        string.Join(
            '\n',
            [mail.Headers.ToString(), mail.Subject, mail.TextBody, mail.HtmlBody, .. mail.To.Select(t => t.ToString())]
        );

    private static void Look(
        string place,
        ReadOnlySpan<byte> content,
        List<(string Secret, string Form, byte[] Bytes)> forms,
        List<string> found
    )
    {
        foreach (var (secret, form, bytes) in forms)
            if (content.IndexOf(bytes) >= 0)
                found.Add($"{place} holds {secret[..2]}… ({form})");
    }

    private static IEnumerable<(string Secret, string Form, byte[] Bytes)> Forms(string secret)
    {
        var utf8 = Encoding.UTF8.GetBytes(secret);
        yield return (secret, "clear", utf8);
        yield return (secret, "UTF-16", Encoding.Unicode.GetBytes(secret));
        var escaped = JsonSerializer.Serialize(secret).Trim('"');
        List<(string Form, string Text)> texts =
        [
            ("JSON", escaped),
            ("JSON", escaped.ToLowerInvariant()),
            ("hex", Convert.ToHexString(utf8)),
            ("hex", Convert.ToHexStringLower(utf8)),
            ("URL", WebUtility.UrlEncode(secret)),
            ("URL", Uri.EscapeDataString(secret)),
            ("quoted-printable", string.Concat(utf8.Select(b => $"={b:X2}"))),
            .. Base64(utf8).Select(b => ("base64", b)),
        ];
        foreach (var (form, text) in texts)
            yield return (secret, form, Encoding.UTF8.GetBytes(text));
    }

    // Inside a longer text it may begin at any of three places; what depends on the neighbours is cut off.
    private static IEnumerable<string> Base64(byte[] utf8)
    {
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. utf8]).TrimEnd('=');
            var core = text[((shift * 8 + 5) / 6)..^1];
            if (core.Length < 6)
                continue;
            yield return core;
            yield return core.Replace('+', '-').Replace('/', '_');
        }
    }
}
