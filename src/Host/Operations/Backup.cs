using System.Security.Cryptography;
using System.Text.Json;
using EduUnion.Host.Journal;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;

namespace EduUnion.Host.Operations;

/// <summary>What a backup says of itself, as <c>backup.json</c> beside it.</summary>
/// <param name="At">No later than the instant whose state it holds.</param>
/// <param name="Database">sqlite or postgres.</param>
/// <param name="File">The copy, in the same directory.</param>
/// <param name="Sha256">Of the file, so that a copy damaged on its way is not restored.</param>
/// <param name="Keys">Which keys it is read with: of the journal, of the search hashes, and of what is sealed. Hashes, from which nobody gets a key.</param>
public sealed record BackupNote(
    DateTimeOffset At,
    string Database,
    string File,
    string Sha256,
    IReadOnlyList<string> Keys
);

/// <summary>
/// A copy of the whole database at one instant, made while people work, and the way back. Keys are never in it
/// (docs/operations.md). A restored copy sends nothing until it is released.
/// </summary>
public sealed class Backup(DatabaseOptions database, JournalKey key, KeyRing ring, TimeProvider time)
{
    public const string NoteFile = "backup.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private IDatabaseCopy Copy =>
        database.IsPostgres ? new PostgresCopy(database.ConnectionString) : new SqliteCopy(database.ConnectionString);

    /// <summary>Writes a copy into a directory that does not exist yet or is empty.</summary>
    /// <exception cref="StartRefused">The directory holds something, or the copy could not be made.</exception>
    public async Task<BackupNote> WriteAsync(string directory, CancellationToken cancellation)
    {
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new StartRefused($"{directory} is not empty; a backup never overwrites one.");
        MakeOwn(directory);
        var at = time.GetUtcNow();
        var file = Path.Combine(directory, Copy.FileName);
        await Copy.WriteAsync(file, cancellation);
        var note = new BackupNote(at, Copy.Name, Copy.FileName, await HashAsync(file, cancellation), Keys());
        // Last, so that a directory without it is known to be unfinished.
        await File.WriteAllTextAsync(
            Path.Combine(directory, NoteFile),
            JsonSerializer.Serialize(note, Json),
            cancellation
        );
        return note;
    }

    /// <summary>Puts a copy into an empty database of the same kind, held: it sends nothing until it is released.</summary>
    /// <exception cref="StartRefused">
    /// There is no whole backup, its keys are not at hand, the database is not empty, or the copy could not be read in; the
    /// database is then as it was.
    /// </exception>
    public async Task<BackupNote> RestoreAsync(string directory, CancellationToken cancellation)
    {
        var note = await NoteAsync(directory, cancellation);
        if (note.Database != Copy.Name)
            throw new StartRefused($"{directory} holds a backup of {note.Database}; here is {Copy.Name}.");
        var file = Path.Combine(directory, Path.GetFileName(note.File));
        if (!File.Exists(file) || await HashAsync(file, cancellation) != note.Sha256)
            throw new StartRefused($"{file} is not what was written when the backup was made.");
        if (note.Keys.Except(Keys()).Any())
            throw new StartRefused(
                "The keys at hand are not those of this backup: put its keys directory (or settings) in place first."
            );
        await Copy.RestoreAsync(file, Guid.CreateVersion7(), time.GetUtcNow(), cancellation);
        return note;
    }

    private static async Task<BackupNote> NoteAsync(string directory, CancellationToken cancellation)
    {
        var path = Path.Combine(directory, NoteFile);
        try
        {
            await using var stream = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<BackupNote>(stream, Json, cancellation)
                ?? throw new JsonException();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StartRefused($"{path} cannot be read: there is no whole backup in {directory}.", cause);
        }
    }

    private static async Task<string> HashAsync(string file, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
    }

    private List<string> Keys() =>
        [
            .. new[] { key.Bytes, ring.IndexKey }
                .Concat(ring.Keys.Select(k => k.Bytes))
                .Select(k => Convert.ToHexStringLower(HMACSHA256.HashData(k, "backup"u8))[..16]),
        ];

    // What it holds is for nobody else: names, addresses and what people wrote stand in it, and not all of it is sealed.
    private static void MakeOwn(string directory)
    {
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
        {
            Directory.CreateDirectory(directory, own);
            // One that was there already, and empty, may be anybody's to read.
            try
            {
                if ((File.GetUnixFileMode(directory) & ~own) != 0)
                    File.SetUnixFileMode(directory, own);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw new StartRefused(
                    $"{directory} may be read by others, and cannot be closed to them: name a directory in it that does not exist yet.",
                    cause
                );
            }
        }
    }
}

/// <summary>How one kind of database is copied and put back.</summary>
internal interface IDatabaseCopy
{
    string Name { get; }
    string FileName { get; }

    Task WriteAsync(string file, CancellationToken cancellation);

    /// <summary>All or nothing, and never without the hold.</summary>
    Task RestoreAsync(string file, Guid hold, DateTimeOffset now, CancellationToken cancellation);
}
