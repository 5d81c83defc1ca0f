using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using EduUnion.Host.Journal;
using EduUnion.Host.Operations;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using EduUnion.Host.Tests;
using EduUnion.Host.Tests.Api;
using EduUnion.Host.Tests.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduUnion.Faults;

/// <summary>
/// A database as a released program left it, in <c>tests/Faults/Releases/NAME/{sqlite,postgres}</c>: the program's own
/// backup, made small, and beside it what one needs to go on.
/// </summary>
/// <param name="Commit">The state of <c>src</c> that made it.</param>
/// <param name="At">The instant at which its cases lie.</param>
/// <param name="Keys">Its keys as settings. They were made for it and protect nothing else.</param>
/// <param name="Cases">Its cases by the stage in which they lie.</param>
internal sealed record KeptRelease(
    string Commit,
    DateTimeOffset At,
    Dictionary<string, string?> Keys,
    Dictionary<string, Guid> Cases
)
{
    private const string NoteFile = "kept.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The release that is to be kept now; null in an ordinary run.</summary>
    public static string? Wanted { get; } = Environment.GetEnvironmentVariable("EDUUNION_KEEP_RELEASE");

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Faults", "Releases");

    /// <summary>By age.</summary>
    public static IEnumerable<string> Names =>
        Directory
            .EnumerateDirectories(Folder)
            .Select(d => Path.GetFileName(d))
            .Append(Wanted)
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal);

    /// <summary>A directory that holds something is never written again.</summary>
    public static async Task KeepAsync(string release, Provider provider)
    {
        var folder = FolderOf(release, provider);
        if (Directory.Exists(folder))
            return;
        var database = await TestDatabase.MigratedAsync(provider);
        var keys = new[] { "Journal:Key", "Vault:Keys", "Vault:IndexKey" }.ToDictionary(
            name => name,
            string? (_) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))
        );
        foreach (var (name, key) in keys)
            database.Settings[name] = key;
        await using var district = District.On(database);
        district.Running.Time.Advance(UpgradeCases.Morning - district.Running.Time.GetUtcNow());
        var cases = await UpgradeCases.BeginAsync(district);
        var backup = Path.Combine(database.DataDirectory, "backup");
        await using (var scope = district.Running.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Backup>().WriteAsync(backup, default);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(backup))
            await PackAsync(file, Path.Combine(folder, Path.GetFileName(file)));
        var note = new KeptRelease(await CommitAsync(), district.Running.Time.GetUtcNow(), keys, cases);
        await File.WriteAllTextAsync(Path.Combine(folder, NoteFile), JsonSerializer.Serialize(note, Json) + "\n");
    }

    /// <summary>Puts it into an empty database, as an operator would who lost everything but his backup and his keys.</summary>
    public static async Task<KeptRelease> RestoreAsync(string release, TestDatabase target)
    {
        var folder = FolderOf(release, target.Provider);
        var note = JsonSerializer.Deserialize<KeptRelease>(
            await File.ReadAllTextAsync(Path.Combine(folder, NoteFile)),
            Json
        )!;
        foreach (var (name, key) in note.Keys)
            target.Settings[name] = key;
        var backup = Directory.CreateDirectory(Path.Combine(target.DataDirectory, "backup")).FullName;
        foreach (var file in Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f) != NoteFile))
            await UnpackAsync(file, backup);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(target.Settings).Build();
        var options = DatabaseOptions.Read(settings, target.DataDirectory);
        await new Backup(
            options,
            JournalKey.Load(settings, target.DataDirectory, options),
            KeyRing.Load(settings, target.DataDirectory, options),
            TimeProvider.System
        ).RestoreAsync(backup, default);
        return note;
    }

    private static string FolderOf(string release, Provider provider) =>
        Path.Combine(Folder, release, provider is Provider.Sqlite ? "sqlite" : "postgres");

    // PostgreSQL's copy is packed already, and the note can be read as it is.
    private static async Task PackAsync(string from, string to)
    {
        if (!from.EndsWith(".db", StringComparison.Ordinal))
        {
            File.Copy(from, to);
            return;
        }
        await using var source = File.OpenRead(from);
        await using var packed = new GZipStream(File.Create(to + ".gz"), CompressionLevel.SmallestSize);
        await source.CopyToAsync(packed);
    }

    private static async Task UnpackAsync(string from, string directory)
    {
        var to = Path.Combine(directory, Path.GetFileName(from));
        if (!from.EndsWith(".db.gz", StringComparison.Ordinal))
        {
            File.Copy(from, to);
            return;
        }
        await using var packed = new GZipStream(File.OpenRead(from), CompressionMode.Decompress);
        await using var target = File.Create(to[..^3]);
        await packed.CopyToAsync(target);
    }

    private static async Task<string> CommitAsync()
    {
        using var git = Process.Start(
            new ProcessStartInfo("git", ["-C", Repository.Root, "log", "-1", "--format=%H", "--", "src", "seeds"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var said = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return said.Trim();
    }
}
