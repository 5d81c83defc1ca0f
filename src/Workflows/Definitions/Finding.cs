namespace EduUnion.Workflows.Definitions;

/// <summary>Something wrong in a definition document; the document is refused while it has any.</summary>
/// <param name="Path">JSON pointer into the document, such as <c>/root/activities/2/payload</c>.</param>
/// <param name="Code">Stable, <c>subject.reason</c>.</param>
/// <param name="Sentence">What is wrong and, where it helps, what to do; for the person who drew the process.</param>
public sealed record Finding(string Path, string Code, string Sentence)
{
    /// <summary>How a process comes to it; null for what can be seen on the drawing.</summary>
    public Trail? Trail { get; init; }

    public override string ToString() => $"{Path}: {Code}: {Sentence}";
}
