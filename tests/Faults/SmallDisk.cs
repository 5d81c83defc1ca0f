using System.Diagnostics;

namespace EduUnion.Faults;

/// <summary>A disk of a few megabytes, in memory. Needs root, as setting up the tests does.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly bool _own;

    private SmallDisk(string path, bool own) => (Path, _own) = (path, own);

    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <param name="over">An empty directory that is to lie on it; null = one of its own.</param>
    public static async Task<SmallDisk> MountAsync(int megabytes, string? over = null)
    {
        var path = over ?? Directory.CreateTempSubdirectory("eduunion-disk-").FullName;
        await Command.RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=755", "tmpfs", path);
        return new SmallDisk(path, over is null);
    }

    /// <summary>Not a byte is left; done again, also what was freed meanwhile is taken.</summary>
    public async Task FillAsync()
    {
        await using var file = new FileStream(
            Ballast,
            FileMode.Append,
            FileAccess.Write,
            FileShare.None,
            bufferSize: 0
        );
        foreach (var size in new[] { 1024 * 1024, 4096 })
            try
            {
                for (var block = new byte[size]; ; )
                    await file.WriteAsync(block);
            }
            catch (IOException)
            {
                // Full, but for less than a block.
            }
    }

    public void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync("umount", "-l", Path);
        if (_own)
            Directory.Delete(Path);
    }
}

/// <summary>A program of the operating system, run to its end.</summary>
internal static class Command
{
    public static async Task RunAsync(string program, params string[] arguments) =>
        Assert.True(await CodeAsync(program, arguments) == 0, $"{program} {string.Join(' ', arguments)} failed");

    public static async Task<int> CodeAsync(string program, params string[] arguments)
    {
        // What a server that it starts may say keeps nobody waiting: its output goes nowhere.
        string[] quiet = ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments];
        using var process = Process.Start(new ProcessStartInfo("sh", quiet) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
