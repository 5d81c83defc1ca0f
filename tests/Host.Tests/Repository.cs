namespace EduUnion.Host.Tests;

/// <summary>Where the sources lie, for tests that read them.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? directory) =>
        directory is null ? throw new DirectoryNotFoundException("No EduUnion.sln above the tests.")
        : File.Exists(Path.Combine(directory.FullName, "EduUnion.sln")) ? directory.FullName
        : Find(directory.Parent);
}
