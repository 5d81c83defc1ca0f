using System.Security.Cryptography;
using EduUnion.Host.Persistence;

namespace EduUnion.Host.Journal;

/// <summary>The key of the audit chains: <c>Journal:Key</c> (base64, 32 bytes), else a file beside the data.</summary>
public sealed class JournalKey(byte[] bytes)
{
    public byte[] Bytes => bytes;

    /// <summary>The configured key, or the file's. A file is made only for a database without a single line.</summary>
    /// <exception cref="StartRefused">
    /// The configured key is not 32 bytes in base64, the file cannot be used, or it is missing although there are lines.
    /// </exception>
    public static JournalKey Load(IConfiguration configuration, string dataDirectory, DatabaseOptions database)
    {
        if (configuration["Journal:Key"] is { Length: > 0 } configured)
        {
            var bytes = new byte[32];
            return Convert.TryFromBase64String(configured, bytes, out var length) && length == 32
                ? new JournalKey(bytes)
                : throw new StartRefused("Journal:Key is not 32 bytes in base64.");
        }
        var file = Path.Combine(dataDirectory, "keys", "journal.key");
        try
        {
            if (!File.Exists(file))
                Make(file, database);
            return new JournalKey(File.ReadAllBytes(file));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StartRefused($"The journal key {file} cannot be read or written.", cause);
        }
    }

    private static void Make(string file, DatabaseOptions database)
    {
        // With a new key every line written so far would count as forged, and its private text could not be read again.
        if (FirstLook.Finds(database, "SELECT 1 FROM journal LIMIT 1"))
            throw new StartRefused(
                $"{database} holds a journal, but its key {file} is missing: put the file back from your copy, or set Journal:Key."
            );
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, RandomNumberGenerator.GetBytes(32));
    }
}
