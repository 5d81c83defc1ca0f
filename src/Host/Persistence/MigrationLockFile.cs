namespace EduUnion.Host.Persistence;

/// <summary>A file beside the database, locked while its owner lives. It stays behind, empty, and means nothing then.</summary>
internal static class MigrationLockFile
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <exception cref="StartRefused">Another program has been migrating the same file for two minutes.</exception>
    public static async Task<IAsyncDisposable> TakeAsync(
        string databaseFile,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var path = databaseFile + ".migrating";
        for (var started = time.GetTimestamp(); ; )
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (time.GetElapsedTime(started) < Patience && Directory.Exists(Folder(path)))
            {
                await Task.Delay(Pause, time, cancellation);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw new StartRefused($"The database cannot be migrated because {path} cannot be locked.", cause);
            }
        }
    }

    private static string? Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path));
}
