namespace EduUnion.Host.Cases;

/// <summary>Reads the aggregate of one kind of case.</summary>
public interface ICaseKind
{
    /// <summary>As <see cref="CaseRow.Kind"/> names it.</summary>
    string Name { get; }

    ICase Read(CaseRow row);
}

/// <summary>Which <see cref="ICase"/> reads the aggregate of a row.</summary>
public sealed class CaseKinds(IEnumerable<ICaseKind> kinds)
{
    private readonly Dictionary<string, ICaseKind> _kinds = kinds.ToDictionary(k => k.Name);

    public ICase Read(CaseRow row) =>
        _kinds.TryGetValue(row.Kind, out var kind)
            ? kind.Read(row)
            : throw new InvalidOperationException($"No kind of case {row.Kind}.");
}
