namespace EduUnion.Workflows.Tests;

/// <summary>The repository that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "EduUnion.sln")))
            at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("The tests run outside their repository.");
    }
}
