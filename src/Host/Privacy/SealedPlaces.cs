namespace EduUnion.Host.Privacy;

/// <summary>
/// A column that holds what the <see cref="Vault"/> sealed. Its values are bound to the row's key: the key's columns as
/// text, joined by '/', then <paramref name="Part"/> where one row has several sealed columns.
/// </summary>
/// <param name="IsBytes">The column holds bytes, not text.</param>
public sealed record SealedPlace(string Table, string Column, params IReadOnlyList<string> Key)
{
    public bool IsBytes { get; init; }
    public string? Part { get; init; }

    public override string ToString() => $"{Table}.{Column}";
}

/// <summary>
/// Every sealed column of the database: what <c>vault rotate</c> seals again and <c>vault status</c> counts. A column
/// missing here would be lost with the old key; a test looks for sealed values elsewhere.
/// </summary>
public static class SealedPlaces
{
    public static IReadOnlyList<SealedPlace> All { get; } = [new("drafts", "content", "member_id", "form")];
}
