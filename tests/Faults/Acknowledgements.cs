using System.Text.Json;

namespace EduUnion.Faults;

/// <summary>One answer as somebody got it: from then on he relies on it.</summary>
/// <param name="Key">The request's Idempotency-Key.</param>
/// <param name="What">For people: method and path.</param>
/// <param name="Answer">The body, to the last character.</param>
internal sealed record Acknowledged(Guid Member, string Key, string What, string Answer)
{
    /// <summary>The case that the answer names, if any.</summary>
    public Guid? Case { get; init; }

    /// <summary>The task that was decided, if one was, and how.</summary>
    public Guid? Task { get; init; }
    public string? Outcome { get; init; }
}

/// <summary>The log of acknowledged answers, a line of JSON each, written the moment an answer arrives.</summary>
internal sealed class Acknowledgements : IDisposable
{
    private readonly Lock _one = new();
    private readonly StreamWriter _file;

    public Acknowledgements(string path)
    {
        Path = path;
        _file = new StreamWriter(path, append: true) { AutoFlush = true };
    }

    public string Path { get; }

    public int Count { get; private set; }

    public void Write(Acknowledged answer)
    {
        lock (_one)
        {
            _file.WriteLine(JsonSerializer.Serialize(answer));
            Count++;
        }
    }

    public static IReadOnlyList<Acknowledged> Read(string path)
    {
        using var shared = new StreamReader(File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var all = new List<Acknowledged>();
        while (shared.ReadLine() is { } line)
            all.Add(JsonSerializer.Deserialize<Acknowledged>(line)!);
        return all;
    }

    public void Dispose() => _file.Dispose();
}
