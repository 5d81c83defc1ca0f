using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using EduUnion.Host.Persistence;

namespace EduUnion.Host.Privacy;

/// <summary>One key of the ring.</summary>
/// <param name="Id">Eight hexadecimal digits of the key's SHA-256: the same key has the same name everywhere.</param>
public sealed record VaultKey(string Id, byte[] Bytes)
{
    public static VaultKey Of(byte[] bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes))[..8], bytes);
}

/// <summary>
/// The keys of the <see cref="Vault"/>, outside the database: <c>Vault:Keys</c> (base64 of 32 bytes each, separated by
/// commas, the last one current) with <c>Vault:IndexKey</c>, else files in <c>keys/vault</c> beside the data, the one with
/// the highest number current. Files are looked at again when the directory changes, so that a running program follows a
/// rotation; configured keys change with a restart.
/// </summary>
public sealed class KeyRing
{
    private const int Size = 32;
    private const string KeySetting = "Vault:Keys";
    private const string IndexSetting = "Vault:IndexKey";

    private readonly string? _directory;
    private volatile Ring _ring;

    private KeyRing(string? directory, Ring ring, byte[] indexKey) =>
        (_directory, _ring, IndexKey) = (directory, ring, indexKey);

    /// <summary>The key of the search hashes. Never rotated: every hash would have to be made anew from its plain value.</summary>
    internal byte[] IndexKey { get; }

    /// <summary>What is sealed now, is sealed with this one.</summary>
    internal VaultKey Current => Look().Keys[^1];

    /// <summary>All keys, the current one last.</summary>
    internal IReadOnlyList<VaultKey> Keys => Look().Keys;

    /// <summary>
    /// Null = there is no such key. Before that is said the files are read again, whatever the directory's time says: of a
    /// key that another node has just made this one may not have seen a change yet.
    /// </summary>
    internal VaultKey? Find(string id) => Of(Look(), id) ?? (_directory is null ? null : Of(Reread(_ring), id));

    /// <summary>
    /// The configured keys, or those of the files. Files are made only for a database in which nothing is sealed.
    /// </summary>
    /// <exception cref="StartRefused">
    /// A key is not 32 bytes, a file cannot be used, or keys are missing although something is sealed.
    /// </exception>
    public static KeyRing Load(IConfiguration configuration, string dataDirectory, DatabaseOptions database)
    {
        if (configuration[KeySetting] is { Length: > 0 } configured)
        {
            var keys = configured.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return new KeyRing(
                null,
                new Ring([.. keys.Select(k => VaultKey.Of(Read(KeySetting, k)))], default),
                Read(IndexSetting, configuration[IndexSetting])
            );
        }
        var directory = Path.Combine(dataDirectory, "keys", "vault");
        try
        {
            var (first, index) = (Path.Combine(directory, FileName(1)), Path.Combine(directory, "index.key"));
            if (!File.Exists(index) || Files(directory).IsEmpty)
            {
                // With new keys nothing sealed so far could be read or found again.
                if (SealedPlaces.All.Any(p => FirstLook.Finds(database, AnyRow(p))))
                    throw new StartRefused(
                        $"{database} holds sealed data, but keys in {directory} are missing: put them back from your copy, or set {KeySetting} and {IndexSetting}."
                    );
                Directory.CreateDirectory(directory);
                if (!File.Exists(index))
                    Write(index);
                if (Files(directory).IsEmpty)
                    Write(first);
            }
            return new KeyRing(directory, ReadAll(directory), ReadFile(index));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StartRefused($"The vault's keys in {directory} cannot be read or written.", cause);
        }
    }

    /// <summary>Makes a new key current, for this program at once and for others on the same files with their next look.</summary>
    /// <returns>The new key's id; null: the keys are configured, and a new one is added there.</returns>
    internal string? Add()
    {
        if (_directory is null)
            return null;
        var last = Path.GetFileNameWithoutExtension(Files(_directory)[^1]);
        Write(Path.Combine(_directory, FileName(int.Parse(last, NumberStyles.None, CultureInfo.InvariantCulture) + 1)));
        return (_ring = ReadAll(_directory)).Keys[^1].Id;
    }

    private Ring Look()
    {
        var ring = _ring;
        return _directory is null || Directory.GetLastWriteTimeUtc(_directory) == ring.ChangedAt ? ring : Reread(ring);
    }

    private Ring Reread(Ring ring)
    {
        try
        {
            var read = ReadAll(_directory!);
            // Files that somebody is moving are no reason to forget what is known.
            return _ring = read.Keys.IsEmpty ? ring with { ChangedAt = read.ChangedAt } : read;
        }
        catch (IOException)
        {
            return ring;
        }
    }

    private static VaultKey? Of(Ring ring, string id) => ring.Keys.FirstOrDefault(k => k.Id == id);

    private static Ring ReadAll(string directory)
    {
        // The time first: a file that comes while we read is seen at the next look.
        var changed = Directory.GetLastWriteTimeUtc(directory);
        return new Ring([.. Files(directory).Select(f => VaultKey.Of(ReadFile(f)))], changed);
    }

    private static ImmutableArray<string> Files(string directory) =>
        Directory.Exists(directory)
            ? [.. Directory.EnumerateFiles(directory, "????.key").Where(IsKey).Order(StringComparer.Ordinal)]
            : [];

    private static bool IsKey(string file) => Path.GetFileNameWithoutExtension(file).All(char.IsAsciiDigit);

    private static string FileName(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:0000}.key");

    /// <summary>Whole or not at all: another program may look at the directory at any moment.</summary>
    private static void Write(string file)
    {
        var unfinished = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(unfinished, options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(Size));
            // On the disk before anything is sealed with it: a power failure must not leave sealed rows without their key.
            stream.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(unfinished, file);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another program made it at the same moment: that one stands.
            File.Delete(unfinished);
        }
    }

    private static byte[] ReadFile(string file) =>
        File.ReadAllBytes(file) is { Length: Size } bytes
            ? bytes
            : throw new StartRefused($"{file} is not a key of {Size} bytes.");

    private static byte[] Read(string setting, string? text)
    {
        var bytes = new byte[Size];
        return Convert.TryFromBase64String(text ?? "", bytes, out var length) && length == Size
            ? bytes
            : throw new StartRefused($"{setting} is not {Size} bytes in base64.");
    }

    private static string AnyRow(SealedPlace place) =>
        place.IsBytes
            ? $"SELECT 1 FROM {place.Table} WHERE {place.Column} IS NOT NULL LIMIT 1"
            : $"SELECT 1 FROM {place.Table} WHERE {place.Column} LIKE '{place.Before}{Vault.Mark}%' LIMIT 1";

    private sealed record Ring(ImmutableArray<VaultKey> Keys, DateTime ChangedAt);
}
