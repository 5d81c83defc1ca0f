using System.Security.Cryptography;
using EduUnion.Host.Tests;

namespace EduUnion.Faults;

/// <summary>
/// What a release has brought into databases is never written again: its migrations, by which they were made, and its
/// definitions, by which their cases run. Each release has the hashes of its files in <c>frozen.sha256</c>.
/// </summary>
public sealed class UpgradeFrozenTests
{
    private const string List = "frozen.sha256";

    public static TheoryData<string> Releases => [.. KeptRelease.Names];

    [Theory, MemberData(nameof(Releases))]
    public void ReleasedFiles_AreAsTheyWere(string release)
    {
        var list = Path.Combine(KeptRelease.Folder, release, List);
        if (release == KeptRelease.Wanted && !File.Exists(list))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(list)!);
            File.WriteAllLines(list, Released(Repository.Root).Select(f => $"{HashOf(Repository.Root, f)}  {f}"));
        }
        Assert.Equal("", string.Join('\n', Changed(Repository.Root, File.ReadAllLines(list))));
    }

    [Fact]
    public void ChangedOrMissingFile_IsFound()
    {
        var copy = Directory.CreateTempSubdirectory("eduunion-");
        var files = Released(Repository.Root).ToList();
        foreach (var file in files)
        {
            var to = Path.Combine(copy.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Path.Combine(Repository.Root, file), to);
        }
        var hashes = files.Select(f => $"{HashOf(copy.FullName, f)}  {f}").ToList();
        Assert.Empty(Changed(copy.FullName, hashes));

        var initial = files.First(f => f.EndsWith("_Initial.cs", StringComparison.Ordinal));
        var motion = files.Single(f => f.EndsWith("/motion.json", StringComparison.Ordinal));
        File.AppendAllText(Path.Combine(copy.FullName, initial), " ");
        File.Delete(Path.Combine(copy.FullName, motion));
        Assert.Equal(
            [$"{initial} was released and has changed", $"{motion} is gone"],
            Changed(copy.FullName, hashes).Order(StringComparer.Ordinal)
        );
        copy.Delete(recursive: true);
    }

    private static IEnumerable<string> Changed(string root, IEnumerable<string> list) =>
        from line in list
        let parts = line.Split("  ", 2)
        where !File.Exists(Path.Combine(root, parts[1])) || HashOf(root, parts[1]) != parts[0]
        select File.Exists(Path.Combine(root, parts[1]))
            ? $"{parts[1]} was released and has changed"
            : $"{parts[1]} is gone";

    /// <summary>Migrations without the snapshot, which follows the model; definitions, and what was recorded of them.</summary>
    private static IEnumerable<string> Released(string root) =>
        new[]
        {
            ("src/Host/Persistence/Migrations/Sqlite", "*_*.cs"),
            ("src/Host/Persistence/Migrations/Postgres", "*_*.cs"),
            ("src/Workflows/Definitions", "*.json"),
            ("tests/Workflows.Tests/Golden", "*.json"),
        }
            .SelectMany(p =>
                Directory
                    .EnumerateFiles(Path.Combine(root, p.Item1), p.Item2)
                    .Select(f => $"{p.Item1}/{Path.GetFileName(f)}")
            )
            .Order(StringComparer.Ordinal);

    private static string HashOf(string root, string file) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(root, file))));
}
