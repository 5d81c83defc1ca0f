using System.Collections.Immutable;

namespace EduUnion.Workflows.Definitions;

/// <summary>Collects findings in document order.</summary>
internal sealed class Findings
{
    private readonly ImmutableArray<Finding>.Builder _all = ImmutableArray.CreateBuilder<Finding>();

    public ImmutableArray<Finding> All => _all.ToImmutable();
    public bool None => _all.Count == 0;

    public void Add(string path, string code, string sentence, Trail? trail = null) =>
        _all.Add(new(path, code, sentence) { Trail = trail });
}
